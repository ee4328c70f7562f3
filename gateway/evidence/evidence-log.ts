import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../shared/kernel/index.js';
import type { EvidenceEvent } from '../../shared/evidence/evidence-event.js';
import { writeLine } from '../../shared/evidence/record-line.js';
import { takeChain, type Chain } from './chain.js';
import { HeadsFile } from './heads-file.js';
import { SegmentFile } from './segment-file.js';

export interface EvidenceLogOptions {
  readonly folder: string;
  /** File of the keys that sign the chain's head; made at first use. */
  readonly keys: string;
  /** How often the head is signed when the chain has moved, milliseconds. */
  readonly signEvery?: number;
  /** `false` skips fsync; only for measuring what it costs. */
  readonly sync?: boolean;
  /** A segment is closed and a new one begun beyond this size, bytes. */
  readonly segmentBytes?: number;
}
interface Waiting {
  readonly event: EvidenceEvent;
  readonly done: () => void;
  readonly failed: (error: HubError) => void;
}

/** The one place where evidence is written. `append` resolves when the record is on stable storage; requests that wait
 *  at the same time share one write and one fsync (group commit). Each record carries the hash of the one before it.
 *  A failed write fails everyone who waited for it and is cut off again; the next append tries a new segment. */
export class EvidenceLog {
  private waiting: Waiting[] = [];
  private running?: Promise<void>;
  private segment?: SegmentFile;
  /** Where a failed write may have left something that is not cut off yet. */
  private doubtful?: SegmentFile;
  private closed = false;
  private closing?: Promise<void>;
  private failing?: unknown;
  private signing: Promise<void> = Promise.resolve();
  private unsignable?: unknown;
  private timer?: NodeJS.Timeout;
  /** Records stored and refused since the log was opened. */
  readonly counts = { stored: 0, refused: 0 };
  private head: string;
  private sequence: number;

  private constructor(
    private readonly options: EvidenceLogOptions,
    private readonly chain: Chain,
    private readonly heads: HeadsFile,
  ) {
    [this.head, this.sequence] = [chain.hash, chain.seq];
  }

  /** Opens the folder, cuts torn tails off, and goes on with a chain that nobody else writes.
   *  @throws HubError EVIDENCE_UNAVAILABLE when the folder cannot be written */
  static async open(options: EvidenceLogOptions): Promise<EvidenceLog> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      const chain = await takeChain(options.folder);
      let heads: HeadsFile | undefined;
      try {
        heads = await HeadsFile.open({ folder: options.folder, writer: chain.writer, keys: options.keys });
        // Also what a killed writer had no time to sign, and of a new chain that there is one.
        await heads.sign(chain);
        const log = new EvidenceLog(options, chain, heads);
        await log.rotate();
        log.timer = setInterval(() => void log.sign(), options.signEvery ?? 10_000).unref();
        return log;
      } catch (error) {
        await heads?.close();
        chain.release();
        throw error;
      }
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** Records that are stored and not covered by a signed head yet. */
  get unsigned(): number {
    return this.sequence - this.heads.upTo;
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
      this.running ??= this.drain();
    });
  }

  /** What keeps records from being stored, in words for the operator. While something does, each call tries again: a hub
   *  that nobody sends requests to because it is not ready must find out by itself that there is room again. */
  async ready(): Promise<string | undefined> {
    if (this.failing !== undefined) {
      await this.running;
      if (this.failing !== undefined && !this.closed) await (this.running ??= this.tryAgain().then(() => this.drain()));
    }
    if (this.failing !== undefined) return `evidence cannot be stored: ${reasonOf(this.failing)}`;
    if (this.unsignable !== undefined) await this.sign();
    return this.unsignable === undefined ? undefined : `evidence cannot be signed: ${reasonOf(this.unsignable)}`;
  }

  /** Waits for what is being stored, signs the chain's end and lets it go. Once is enough; again does nothing more. */
  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.running;
    // What cannot be cut off now is cut off by whoever goes on with the chain.
    await this.settle().catch(() => undefined);
    await this.segment?.close();
    this.segment = undefined;
    await this.sign();
    await this.heads.close();
    this.chain.release();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.commit(batch);
        this.failing = undefined;
        this.counts.stored += batch.length;
        for (const { done } of batch) done();
      } catch (cause) {
        this.failing = cause;
        this.counts.refused += batch.length;
        const error = unavailable(cause);
        for (const { failed } of batch) failed(error);
      }
    }
    // At once, not in a later microtask: whoever appends now must start the next drain.
    this.running = undefined;
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    await this.settle();
    if (!this.segment || this.segment.size >= (this.options.segmentBytes ?? 64_000_000)) await this.rotate();
    const segment = this.segment!;
    const { writer } = this.chain;
    let [prev, seq, text] = [this.head, this.sequence, ''];
    for (const { event } of batch) {
      const { line, hash } = writeLine({ writer, seq: ++seq, prev }, event);
      text += line;
      prev = hash;
    }
    try {
      await segment.append(Buffer.from(text));
    } catch (error) {
      this.segment = undefined;
      this.doubtful = segment;
      await this.settle().catch(() => undefined);
      throw error;
    }
    [this.head, this.sequence] = [prev, seq];
  }

  /** Nothing follows a failed write before what it left is cut off: its records were answered to nobody, and their
   *  numbers are given again. */
  private async settle(): Promise<void> {
    await this.doubtful?.discard();
    this.doubtful = undefined;
  }

  private async tryAgain(): Promise<void> {
    try {
      await this.settle();
      if (!this.segment) await this.rotate();
      await this.tryRoom();
      this.failing = undefined;
    } catch (cause) {
      this.failing = cause;
    }
  }

  /** Writes as much as many requests at once need, and takes it away again. */
  private async tryRoom(): Promise<void> {
    const path = join(this.options.folder, `${this.chain.writer}.room`);
    try {
      await writeFile(path, Buffer.alloc(ROOM), { mode: 0o600, flush: true });
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Signs the chain's end, in its turn; what keeps it from being signed is said by `ready`. */
  private sign(): Promise<void> {
    return (this.signing = this.signing.then(async () => {
      try {
        await this.heads.sign({ seq: this.sequence, hash: this.head });
        this.unsignable = undefined;
      } catch (cause) {
        this.unsignable = cause;
      }
    }));
  }

  /** Begins a segment. The one before it ends with a signed head. */
  private async rotate(): Promise<void> {
    const old = this.segment;
    this.segment = undefined;
    await old?.close();
    if (old) void this.sign();
    const { folder, sync = true } = this.options;
    this.segment = await SegmentFile.create(folder, this.chain.writer, this.sequence + 1, sync);
  }
}

/** Room that must be there before a log that had none is called ready again, bytes. */
const ROOM = 256 * 1024;

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return code === 'ENOSPC' || code === 'EDQUOT' ? `its disk is full (${code})` : code;
}

const unavailable = (cause: unknown) =>
  new HubError(
    'EVIDENCE_UNAVAILABLE',
    'The access record could not be stored, so nothing is given out. Try again later.',
    {},
    { cause },
  );
