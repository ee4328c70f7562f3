import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import type pg from 'pg';
import { ACT_CHANNEL, type RecordStore } from '../../../../shared/evidence/store/index.js';
import type { Profile, WorkingCalendar } from '../../../../shared/law/index.js';
import { recomputeFreshness } from '../../freshness/index.js';
import { distributeNotices } from '../notice/distribute-notices.js';
import { announceDeadlines } from './announce-deadlines.js';
import { ChannelListener } from './channel-listener.js';
import { recalculateDueDates } from './recalculate-due-dates.js';
import { recordBeat } from './record-beat.js';
import { DEADLINE_SOURCES } from './sources.js';

export interface JobsOptions {
  /** The governance database; two of its connections are kept. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly profile: Profile;
  /** Read for each run, so that the calendar of a coming year counts from the run after its file was added. */
  readonly calendar: () => WorkingCalendar;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Called with the first error in a row, and with `undefined` when it works again. */
  readonly onState?: (failing: unknown) => void;
}

/** Schema of the queue's own tables. */
const SCHEMA = 'graphile_worker';
/** Pause before the queue is started again after it failed or ended, milliseconds. */
const RESTART_MS = 2_000;

/** Runs what governance does by itself in time: reminders, escalation, expiry and notices. A job only says that it is time
 *  to look; the work is read from the state, so that a job that is lost or runs twice does no harm. The process may be
 *  killed at any point, and several may run. */
export class Jobs {
  private runner?: Runner;
  private readonly listener: ChannelListener;
  private timer?: NodeJS.Timeout;
  private starting?: Promise<void>;
  private stopping = false;
  private failing = false;

  constructor(private readonly options: JobsOptions) {
    // Whoever uses a connection that is lost sees its query fail.
    options.pool.on('connect', (client) => client.on('error', () => undefined));
    this.listener = new ChannelListener(options.pool, {
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
    await this.listener.stop();
    // It rejects when it has ended by itself already.
    await this.runner?.stop().catch(() => undefined);
  }

  private async begin(): Promise<void> {
    if (this.stopping) return;
    try {
      const runner = await run({
        pgPool: this.options.pool,
        schema: SCHEMA,
        noHandleSignals: true,
        // Batched, since a failure would otherwise reject a promise that nobody awaits (graphile-worker 0.18.0).
        preset: { worker: { concurrentJobs: 2, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        logger: SILENT,
        parsedCronItems: parseCronItems([
          { task: 'sweep', match: '*/5 * * * *', options: { jobKey: 'sweep', maxAttempts: 1 } },
          { task: 'notices', match: '* * * * *', options: { jobKey: 'notices', maxAttempts: 1 } },
        ]),
        taskList: {
          sweep: () => this.attempt(() => this.watchDeadlines()),
          notices: () => this.attempt(() => distributeNotices(this.options.pool)),
        },
      });
      this.runner = runner;
      runner.promise.then(
        () => this.restart(undefined),
        (error: unknown) => this.restart(error),
      );
      await this.listener.start();
      this.add('sweep');
      this.add('notices');
    } catch (error) {
      this.restart(error);
    }
  }

  private restart(error: unknown): void {
    if (error !== undefined) this.reportFailure(error);
    if (this.stopping) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), RESTART_MS);
  }

  /** A failed job is not retried, since the next one reads the same state. */
  private async attempt(job: () => Promise<unknown>): Promise<void> {
    try {
      await job();
      if (this.failing) this.options.onState?.(undefined);
      this.failing = false;
    } catch (error) {
      this.reportFailure(error);
    }
  }

  private reportFailure(error: unknown): void {
    if (!this.failing) this.options.onState?.(error);
    this.failing = true;
  }

  /** Due dates come first, so that nobody is notified of one that the calendar has moved, or of data that is here by now. */
  private async watchDeadlines(): Promise<void> {
    const { pool, store, profile, calendar, now = Date.now } = this.options;
    const clock = { now: now(), calendar: calendar(), timeZone: profile.timeZone };
    await recalculateDueDates({ ...clock, pool, store });
    await recomputeFreshness(pool, { profile, calendar: clock.calendar, now: clock.now });
    await announceDeadlines({ ...clock, pool, store, profile, sources: DEADLINE_SOURCES });
    await recordBeat(pool, 'deadlines');
  }

  /** At most one job of a kind waits. */
  private add(task: 'sweep' | 'notices'): void {
    this.runner
      ?.addJob(task, {}, { jobKey: task, maxAttempts: 1 })
      .catch((error: unknown) => this.reportFailure(error));
  }
}

const SILENT = new Logger(() => () => undefined);
