import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Agent } from 'undici';
import { DeliveryLog, type Patience } from './delivery-log.js';
import { guardedAgent } from './guarded-agent.js';
import { Holds } from './subscription-locks.js';
import type { Delivery, Outcome } from './outcome.js';
import { statePushOffer } from './push-offer.js';
import { pushStatus, type PushStatus } from './push-status.js';
import { openEnvelope, type EnvelopeKeys } from './secret-envelope.js';
import { sendWebhook } from './send-webhook.js';
import { RecordUnreadable, type Stream, type StreamName } from './stream.js';
import type { Subscription } from './subscription.js';
import { wrongTarget, type PushOffer } from './target.rule.js';
import { writeDelivery } from './write-file.js';

export interface PusherOptions {
  /** The governance database. One connection of it is kept. */
  readonly pool: pg.Pool;
  /** Origins that webhooks may have. */
  readonly origins: ReadonlySet<string>;
  /** Folder for files; files are off where absent. */
  readonly folder?: string | undefined;
  readonly keys: EnvelopeKeys;
  /** What can be subscribed to. */
  readonly streams: Readonly<Record<StreamName, Stream>>;
  /** Told when nothing can be delivered because the database cannot be used, and when it can again. */
  readonly onState?: (failing: unknown) => void;
  readonly patience?: Patience;
  /** Longest time for one delivery, milliseconds. */
  readonly timeoutMs?: number;
  /** How often to look, milliseconds. */
  readonly pollMs?: number;
}

const PATIENCE: Patience = { firstMs: 1_000, mostMs: 300_000, failing: 6 };

/** Pushes to each department what it has subscribed to, each entry once by cursor: what a delivery holds and its id are
 *  fixed before it is sent, and the cursor moves behind it when the receiver has taken it. It may be killed at any point
 *  and several may run: what is sent again is the same delivery under the same id.
 *  @source QZ-8.4f, YN-33c */
export class Pusher {
  private readonly log: DeliveryLog;
  private readonly agent: Agent;
  private readonly offer: PushOffer;
  private readonly holds: Holds;
  private readonly busy = new Map<number, Promise<void>>();
  private readonly leaving = new AbortController();
  private readonly waking = new AbortController();
  private running?: Promise<void>;
  private stated = false;
  private failing?: unknown;
  private faults = 0;

  constructor(private readonly options: PusherOptions) {
    const { pool, patience = PATIENCE, timeoutMs = 10_000, origins, folder } = options;
    this.log = new DeliveryLog(pool, patience);
    this.agent = guardedAgent(timeoutMs);
    this.offer = { origins: [...origins], files: folder !== undefined };
    this.holds = new Holds(pool);
  }

  start(): void {
    this.running = this.run();
  }

  /** Gives what is under way a moment to end; what is left is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.waking.abort();
    await this.running;
    const patience = setTimeout(() => this.leaving.abort(), LEAVE_MS);
    await Promise.all(this.busy.values());
    clearTimeout(patience);
    this.holds.end();
    await this.agent.destroy();
  }

  /** Delivers what there is now, and resolves when each receiver has taken it or has failed. */
  async pass(): Promise<void> {
    await this.round();
    await Promise.all(this.busy.values());
  }

  /** How every subscription stands. */
  status(): Promise<PushStatus[]> {
    return pushStatus(this.options.pool);
  }

  private async run(): Promise<void> {
    const { pollMs = 1_000, onState } = this.options;
    while (!this.waking.signal.aborted) {
      const before = this.faults;
      await this.round().catch((error: unknown) => this.fault(error));
      await pause(pollMs, undefined, { signal: this.waking.signal }).catch(() => undefined);
      if (this.failing !== undefined && this.faults === before) onState?.((this.failing = undefined));
    }
  }

  private fault(error: unknown): void {
    this.faults++;
    if (this.failing === undefined) this.options.onState?.((this.failing = error));
  }

  private async round(): Promise<void> {
    const { pool, keys } = this.options;
    if (!this.stated) await statePushOffer(pool, this.offer, keys.public);
    this.stated = true;
    for (const number of await this.log.due()) {
      if (this.busy.has(number) || this.waking.signal.aborted) continue;
      const serving = this.serve(number)
        .catch((error: unknown) => this.fault(error))
        .finally(() => this.busy.delete(number));
      this.busy.set(number, serving);
    }
  }

  /** One subscription, until there is nothing more or it fails. */
  private async serve(number: number): Promise<void> {
    const release = await this.holds.take(number);
    if (!release) return;
    try {
      for (;;) {
        if (this.waking.signal.aborted) return;
        const subscription = await this.log.open(number);
        if (!subscription || !(await this.stepOrStall(subscription))) return;
      }
    } finally {
      await release();
    }
  }

  /** A record that is not as it was written keeps a cursor before it: it is not passed over without a word. */
  private async stepOrStall(subscription: Subscription): Promise<boolean> {
    try {
      return await this.step(subscription);
    } catch (error) {
      if (!(error instanceof RecordUnreadable)) throw error;
      await this.log.stall(subscription, 'RECORD_UNREADABLE');
      return false;
    }
  }

  /** @returns whether there may be more to do */
  private async step(subscription: Subscription): Promise<boolean> {
    const { pool, streams } = this.options;
    const { department, position, lag } = subscription;
    const stream = streams[subscription.stream];
    let { pending } = subscription;
    let lines: readonly string[];
    if (pending) lines = await stream.within(pool, department, position, pending.to);
    else {
      if (lag === 0) return false;
      const found = await stream.behind(pool, department, position, position + lag);
      if (found.lines.length === 0) return this.log.pass(subscription, found.to);
      lines = found.lines;
      pending = (await this.log.fix(subscription, `msg_${randomUUID()}`, found.to)) ?? null;
      if (!pending) return true;
    }
    const at = new Date();
    const begun = performance.now();
    const outcome = await this.deliver(subscription, {
      ...pending,
      ...{ body: lines.join(''), contentType: stream.contentType },
    });
    if (outcome.error === 'STOPPED') return false;
    const milliseconds = Math.round(performance.now() - begun);
    return this.log.note(subscription, pending, { ...outcome, at, milliseconds, records: lines.length });
  }

  /** What the operator allows is looked at each time: a target that was listed once may not be now. */
  private async deliver({ kind, target, department, secret }: Subscription, delivery: Delivery): Promise<Outcome> {
    const wrong = wrongTarget(kind, target, this.offer);
    if (wrong) return { error: wrong.code };
    const { folder, keys, timeoutMs = 10_000 } = this.options;
    if (kind === 'file') return writeDelivery(delivery, { root: folder!, department, target });
    const opened = await openEnvelope(secret ?? '', keys).catch(() => undefined);
    if (opened === undefined) return { error: 'SECRET_UNREADABLE' };
    return sendWebhook(delivery, {
      ...{ url: target, secret: opened, timeoutMs },
      ...{ dispatcher: this.agent, signal: this.leaving.signal },
    });
  }
}

/** How long a delivery may go on when the worker is told to stop, milliseconds. */
const LEAVE_MS = 3_000;
