import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import type pg from 'pg';
import { ACT_CHANNEL, type RecordStore } from '../../../../shared/evidence/store/index.js';
import type { Profile, WorkingCalendar } from '../../../../shared/law/index.js';
import { distributeNotices } from '../notice/distribute-notices.js';
import { Listening } from './listening.js';
import { recount } from './recount.js';
import { SOURCES } from './sources.js';
import { sweep } from './sweep.js';

export interface JobsOptions {
  /** The governance database; two of its connections are kept. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly profile: Profile;
  /** Read for each sweep, so that the notice of a coming year counts from the sweep after it was put there. */
  readonly calendar: () => WorkingCalendar;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Told of the first failure in a row, and of `undefined` when it works again. */
  readonly onState?: (failing: unknown) => void;
}

/** The queue's own tables. */
const SCHEMA = 'graphile_worker';
/** How long to wait before starting again what could not start, or ended, milliseconds. */
const AGAIN_MS = 2_000;

/** What governance does by itself when its time has come: reminders, escalation, expiry, notices. Jobs say only that it
 *  is time to look; what there is to do is read from the state, so a job that is lost or runs twice does no harm.
 *  It may be killed at any point and several may run. */
export class Jobs {
  private runner?: Runner;
  private readonly listening: Listening;
  private timer?: NodeJS.Timeout;
  private starting?: Promise<void>;
  private stopping = false;
  private failing = false;

  constructor(private readonly options: JobsOptions) {
    // A connection that is lost while it is lent out is found by who uses it.
    options.pool.on('connect', (client) => client.on('error', () => undefined));
    this.listening = new Listening(options.pool, {
      [ACT_CHANNEL]: () => this.add('notices'),
      sharehub_governance: () => this.add('sweep'),
    });
  }

  start(): void {
    this.starting = this.begin();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.starting;
    await this.listening.stop();
    await this.runner?.stop().catch(() => undefined);
  }

  private async begin(): Promise<void> {
    if (this.stopping) return;
    try {
      const runner = await run({
        pgPool: this.options.pool,
        schema: SCHEMA,
        noHandleSignals: true,
        // Done in batches, since what fails of it otherwise rejects a promise that nobody holds (graphile-worker 0.18.0).
        preset: { worker: { concurrentJobs: 2, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        logger: SILENT,
        parsedCronItems: parseCronItems([
          { task: 'sweep', match: '*/5 * * * *', options: { jobKey: 'sweep', maxAttempts: 1 } },
          { task: 'notices', match: '* * * * *', options: { jobKey: 'notices', maxAttempts: 1 } },
        ]),
        taskList: {
          sweep: () => this.attempt(() => this.sweep()),
          notices: () => this.attempt(() => distributeNotices(this.options.pool)),
        },
      });
      this.runner = runner;
      runner.promise.then(
        () => this.again(undefined),
        (error: unknown) => this.again(error),
      );
      await this.listening.start();
      this.add('sweep');
      this.add('notices');
    } catch (error) {
      this.again(error);
    }
  }

  private again(error: unknown): void {
    if (error !== undefined) this.failed(error);
    if (this.stopping) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), AGAIN_MS);
  }

  /** A job that fails is not tried again by itself: the next one looks at the same state. */
  private async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      if (this.failing) this.options.onState?.(undefined);
      this.failing = false;
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (!this.failing) this.options.onState?.(error);
    this.failing = true;
  }

  /** Due dates first, so that nobody is told of one that the calendar has moved. */
  private async sweep(): Promise<void> {
    const { pool, store, profile, calendar, now = Date.now } = this.options;
    const clock = { now: now(), calendar: calendar(), timeZone: profile.timeZone };
    await recount({ ...clock, pool, store });
    await sweep({ ...clock, pool, store, profile, sources: SOURCES });
  }

  /** One job of a kind waits at a time. */
  private add(task: 'sweep' | 'notices'): void {
    this.runner?.addJob(task, {}, { jobKey: task, maxAttempts: 1 }).catch((error: unknown) => this.failed(error));
  }
}

const SILENT = new Logger(() => () => undefined);
