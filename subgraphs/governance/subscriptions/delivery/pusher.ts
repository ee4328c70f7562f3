import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Agent } from 'undici';
import { subscriptionTables, type SubscriptionDatabase } from '../tables.js';
import { DeliveryLog, type RetryPolicy } from './delivery-log.js';
import { guardedAgent } from './guarded-agent.js';
import type { Delivery, DeliveryOutcome } from './delivery.js';
import { publishPushSettings } from './push-settings.js';
import { readPushStatus, type PushStatus } from './push-status.js';
import { decryptSecret, type EnvelopeKeys } from '../../../../shared/trust/secret-envelope.js';
import { sendWebhook } from './send-webhook.js';
import { RecordUnreadable, type Stream } from './stream.js';
import type { StreamName } from './stream-name.js';
import { SubscriptionLocks } from './subscription-locks.js';
import type { PendingDelivery, Subscription } from './subscription.js';
import { findTargetProblem, type PushSettings } from './target.rule.js';
import { writeDelivery } from './write-file.js';

export interface PusherOptions {
  /** The governance database. One connection of it is kept. */
  readonly pool: pg.Pool;
  /** Origins that webhooks may have. */
  readonly origins: ReadonlySet<string>;
  /** Folder for files; files are off where absent. */
  readonly folder?: string | undefined;
  readonly keys: EnvelopeKeys;
  /** Streams that departments can subscribe to. */
  readonly streams: Readonly<Record<StreamName, Stream>>;
  /** Called with the error when the database cannot be used, and with `undefined` when it can again. */
  readonly onState?: (failing: unknown) => void;
  readonly retry?: RetryPolicy;
  /** Longest time for one delivery, milliseconds. */
  readonly timeoutMs?: number;
  /** Pause between two rounds, milliseconds. */
  readonly pollMs?: number;
}

const RETRY: RetryPolicy = { firstMs: 1_000, mostMs: 300_000, failing: 6 };

/** Delivers to each department what it has subscribed to, each entry once by cursor: the content and id of a delivery are
 *  fixed before it is sent, and the cursor moves behind it once the receiver has accepted it. The process may be killed at
 *  any point and several may run: whatever is sent again is the same delivery under the same id.
 *  @source QZ-8.4f, YN-33c */
export class Pusher {
  private readonly log: DeliveryLog;
  private readonly agent: Agent;
  private readonly db: SubscriptionDatabase;
  private readonly settings: PushSettings;
  private readonly locks: SubscriptionLocks;
  private readonly busy = new Map<number, Promise<void>>();
  private readonly leaving = new AbortController();
  private readonly waking = new AbortController();
  private running?: Promise<void>;
  private published = false;
  private failing?: unknown;
  private faults = 0;

  constructor(private readonly options: PusherOptions) {
    const { pool, retry = RETRY, timeoutMs = 10_000, origins, folder } = options;
    this.db = subscriptionTables(pool);
    this.log = new DeliveryLog(this.db, retry);
    this.agent = guardedAgent(timeoutMs);
    this.settings = { origins: [...origins], files: folder !== undefined };
    this.locks = new SubscriptionLocks(pool);
  }

  start(): void {
    this.running = this.run();
  }

  /** Waits a moment for deliveries in progress; an aborted one is sent again by the next worker. */
  async stop(): Promise<void> {
    this.waking.abort();
    await this.running;
    const deadline = setTimeout(() => this.leaving.abort(), STOP_GRACE_MS);
    await Promise.all(this.busy.values());
    clearTimeout(deadline);
    this.locks.close();
    await this.agent.destroy();
  }

  /** Delivers everything that is due now; resolves when each receiver has accepted it or failed. */
  async runOnce(): Promise<void> {
    await this.startDue();
    await Promise.all(this.busy.values());
  }

  /** The status of every subscription. */
  status(): Promise<PushStatus[]> {
    return readPushStatus(this.db);
  }

  private async run(): Promise<void> {
    const { pollMs = 1_000, onState } = this.options;
    while (!this.waking.signal.aborted) {
      const before = this.faults;
      await this.startDue().catch((error: unknown) => this.reportFault(error));
      // Rejected only by `stop`, which the loop then notices.
      await pause(pollMs, undefined, { signal: this.waking.signal }).catch(() => undefined);
      if (this.failing !== undefined && this.faults === before) onState?.((this.failing = undefined));
    }
  }

  private reportFault(error: unknown): void {
    this.faults++;
    if (this.failing === undefined) this.options.onState?.((this.failing = error));
  }

  private async startDue(): Promise<void> {
    if (!this.published) await publishPushSettings(this.db, this.settings, this.options.keys.public);
    this.published = true;
    for (const number of await this.log.findDue()) {
      if (this.busy.has(number) || this.waking.signal.aborted) continue;
      const serving = this.serve(number)
        .catch((error: unknown) => this.reportFault(error))
        .finally(() => this.busy.delete(number));
      this.busy.set(number, serving);
    }
  }

  /** Delivers to one subscription until nothing is left or it fails. */
  private async serve(number: number): Promise<void> {
    const release = await this.locks.tryLock(number);
    if (!release) return;
    try {
      for (;;) {
        if (this.waking.signal.aborted) return;
        const subscription = await this.log.findOpen(number);
        if (!subscription || !(await this.deliverOrStall(subscription))) return;
      }
    } finally {
      await release();
    }
  }

  /** A record that cannot be read stops the cursor before it and is reported; it is never skipped silently. */
  private async deliverOrStall(subscription: Subscription): Promise<boolean> {
    try {
      return await this.deliverNext(subscription);
    } catch (error) {
      if (!(error instanceof RecordUnreadable)) throw error;
      await this.log.recordStall(subscription, 'RECORD_UNREADABLE');
      return false;
    }
  }

  /** @returns true when there may be more to deliver */
  private async deliverNext(subscription: Subscription): Promise<boolean> {
    const { department, position, lag } = subscription;
    const stream = this.options.streams[subscription.stream];
    let pending: PendingDelivery | null | undefined = subscription.pending;
    let lines: readonly string[];
    if (pending) lines = await stream.readRange(this.db, department, position, pending.to);
    else {
      if (lag === 0) return false;
      const page = await stream.readNext(this.db, department, position, position + lag);
      if (page.lines.length === 0) return this.log.skipTo(subscription, page.to);
      lines = page.lines;
      pending = await this.log.fixDelivery(subscription, `msg_${randomUUID()}`, page.to);
      if (!pending) return true;
    }
    const at = new Date();
    const begun = performance.now();
    const delivery = { ...pending, body: lines.join(''), contentType: stream.contentType };
    const outcome = await this.send(subscription, delivery);
    if (outcome.error === 'STOPPED') return false;
    const milliseconds = Math.round(performance.now() - begun);
    return this.log.recordAttempt(subscription, pending, { ...outcome, at, milliseconds, records: lines.length });
  }

  /** The operator's settings are checked each time: a target that was listed once may not be listed any more. */
  private async send({ kind, target, department, secret }: Subscription, delivery: Delivery): Promise<DeliveryOutcome> {
    const problem = findTargetProblem(kind, target, this.settings);
    if (problem) return { error: problem.code };
    const { folder, keys, timeoutMs = 10_000 } = this.options;
    if (kind === 'file') return writeDelivery(delivery, { root: folder!, department, target });
    // Why it cannot be decrypted does not matter: the secret was encrypted under another hub's key, or altered.
    const decrypted = await decryptSecret(secret ?? '', keys).catch(() => undefined);
    if (decrypted === undefined) return { error: 'SECRET_UNREADABLE' };
    return sendWebhook(delivery, {
      url: target,
      secret: decrypted,
      timeoutMs,
      dispatcher: this.agent,
      signal: this.leaving.signal,
    });
  }
}

/** Longest time for deliveries in progress when the worker stops, milliseconds. */
const STOP_GRACE_MS = 3_000;
