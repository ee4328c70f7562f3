import { setTimeout as pause } from 'node:timers/promises';
import { HubError } from '../../shared/kernel/index.js';
import { type EvidenceEvent, writeLine } from '../../shared/evidence/index.js';
import type { ChainStore, Written } from './chain-store.js';
import { FileChain, type FileChainOptions } from './file-chain.js';
import { say } from '../request/messages/index.js';

export interface LogOptions {
  /** Interval between two signed heads while the chain grows, milliseconds. */
  readonly signEvery?: number;
  /** Time for which a record may wait for failing storage before its request is refused, milliseconds. */
  readonly grace?: number;
  /** Number of requests in flight, including those that wait for their record. Without it no batch is held open. */
  readonly underWay?: () => number;
}
interface Waiting {
  readonly event: EvidenceEvent;
  readonly done: () => void;
  readonly failed: (error: HubError) => void;
}

/** The one place where the gateway writes evidence. `append` resolves when the record is on stable storage; requests that
 *  wait at the same time share one write and one fsync (group commit). While records arrive faster than they can be stored
 *  one by one, a batch is held open a few milliseconds for the other requests in flight: a write and an fsync cost as much
 *  as twenty records. Each record carries the hash of the one before it.
 *  A failed write fails every request that waits for it, at once or after the grace period, and leaves nothing behind. */
export class EvidenceLog {
  private waiting: Waiting[] = [];
  private running?: Promise<void>;
  private closed = false;
  /** True when the previous batch had more than one record. */
  private shared = false;
  /** Called with every record that arrives while a batch is held open. */
  private onGrown?: (() => void) | undefined;
  private closing?: Promise<void>;
  private failing?: unknown;
  private unsignable?: unknown;
  private readonly timer: NodeJS.Timeout;
  /** Records stored and refused since the log was opened. */
  readonly counts = { stored: 0, refused: 0 };
  /** Number of the newest record. */
  private sequence: number;

  private constructor(
    private readonly chain: ChainStore,
    private readonly options: LogOptions,
    sequence: number,
  ) {
    this.sequence = sequence;
    this.timer = setInterval(() => void this.sign(), options.signEvery ?? 10_000).unref();
  }

  /** Opens a log whose chain is in files.
   *  @throws HubError EVIDENCE_UNAVAILABLE when the folder cannot be written */
  static open(options: FileChainOptions & LogOptions): Promise<EvidenceLog> {
    return EvidenceLog.over(() => FileChain.open(options), options);
  }

  /** Opens a log on a chain.
   *  @throws HubError EVIDENCE_UNAVAILABLE when it cannot be opened */
  static async over(open: () => Promise<ChainStore>, options: LogOptions): Promise<EvidenceLog> {
    try {
      const chain = await open();
      return new EvidenceLog(chain, options, (await chain.settle()).seq);
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** Records that are stored and not covered by a signed head yet; 0 where somebody else signs. */
  get unsigned(): number {
    return this.sequence - (this.chain.signed ?? this.sequence);
  }

  /** Number of the newest record. */
  get newest(): number {
    return this.sequence;
  }

  get isFailing(): boolean {
    return this.failing !== undefined;
  }

  /** Whose chain this log writes. */
  get writer(): string {
    return this.chain.writer;
  }

  /** @throws HubError EVIDENCE_UNAVAILABLE when it could not be stored; the answer must not leave then */
  append(event: EvidenceEvent): Promise<void> {
    if (this.closed) return Promise.reject(unavailable(new Error('closed')));
    return new Promise((done, failed) => {
      this.waiting.push({ event, done, failed });
      if (this.running) this.onGrown?.();
      else this.running = this.drain();
    });
  }

  /** The reason for which records cannot be stored, in words for the operator; undefined when they can. While there is one,
   *  each call tries again: a hub that gets no requests because it is not ready must notice by itself that it has recovered. */
  async ready(): Promise<string | undefined> {
    if (this.failing !== undefined) {
      // Requests that wait out their grace try by themselves.
      if (this.waiting.length === 0 || !this.options.grace) await this.running;
      if (this.failing !== undefined && !this.closed && !this.running)
        await (this.running = this.tryAgain().then(() => this.drain()));
    }
    if (this.failing !== undefined) return `evidence cannot be stored: ${reasonOf(this.failing)}`;
    if (this.unsignable !== undefined) await this.sign();
    return this.unsignable === undefined ? undefined : `evidence cannot be signed: ${reasonOf(this.unsignable)}`;
  }

  /** Waits for the current write, signs the chain's end and releases the chain. Further calls have no effect. */
  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    this.onGrown?.();
    await this.running;
    await this.chain.close();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      if (this.mayGrow()) await this.holdOpen();
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.commitWithin(batch);
        this.counts.stored += batch.length;
        this.shared = batch.length > 1;
        for (const { done } of batch) done();
      } catch (cause) {
        this.counts.refused += batch.length;
        const error = unavailable(cause);
        for (const { failed } of batch) failed(error);
      }
    }
    // At once, not in a later microtask: whoever appends now must start the next drain.
    this.running = undefined;
  }

  /** True if the batch is worth waiting for: the last records shared theirs, and more than half of the requests under way
   *  have not come yet. Those that come later are worked on while it is stored. A request that is alone is never held. */
  private mayGrow(): boolean {
    return this.shared && !this.closed && (this.options.underWay?.() ?? 0) > 2 * this.waiting.length;
  }

  private holdOpen(): Promise<void> {
    return new Promise((resolve) => {
      const close = () => {
        clearTimeout(timer);
        this.onGrown = undefined;
        resolve();
      };
      const timer = setTimeout(close, HOLD_MS);
      this.onGrown = () => {
        if (!this.mayGrow()) close();
      };
    });
  }

  /** Retries the commit until the grace period ends. Records appended meanwhile join the batch and share the remaining
   *  time. */
  private async commitWithin(batch: Waiting[]): Promise<void> {
    const until = performance.now() + (this.options.grace ?? 0);
    for (;;) {
      try {
        await this.commit(batch);
        this.failing = undefined;
        return;
      } catch (cause) {
        this.failing = cause;
        const left = until - performance.now();
        if (left <= 0 || this.closed) throw cause;
        await pause(Math.min(left, BETWEEN_TRIES));
        batch.push(...this.waiting.splice(0));
      }
    }
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const tail = await this.chain.settle();
    const { writer } = this.chain;
    let [prev, seq] = [tail.hash, tail.seq];
    const written: Written[] = [];
    for (const { event } of batch) {
      const place = { writer, seq: ++seq, prev };
      const { line, hash } = writeLine(place, event);
      written.push({ event, place, line, hash });
      prev = hash;
    }
    await this.chain.store(written);
    this.sequence = seq;
  }

  private async tryAgain(): Promise<void> {
    try {
      await this.chain.tryAgain();
      this.failing = undefined;
    } catch (cause) {
      this.failing = cause;
    }
  }

  /** Signs the chain's end. A failure is reported by `ready`. */
  private async sign(): Promise<void> {
    try {
      await this.chain.sign();
      this.unsignable = undefined;
    } catch (cause) {
      this.unsignable = cause;
    }
  }
}

/** Longest time for which a batch is held open, milliseconds. */
const HOLD_MS = 4;
/** Between two tries to store a record that waits out its grace, milliseconds. */
const BETWEEN_TRIES = 100;

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return code === 'ENOSPC' || code === 'EDQUOT' ? `its disk is full (${code})` : code;
}

const unavailable = (cause: unknown) => new HubError('EVIDENCE_UNAVAILABLE', say('http.recordFailed'), {}, { cause });
