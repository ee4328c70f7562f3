import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeChain, type Chain } from './chain.js';
import type { ChainEnd } from '../../shared/evidence/store/index.js';
import type { ChainStore, Written } from './chain-store.js';
import { DurableMark } from '../../shared/evidence/log/index.js';
import { HeadsFile } from './heads-file.js';
import { SegmentFile } from './segment-file.js';

export interface FileChainOptions {
  readonly folder: string;
  /** File of the keys that sign the chain's head; made at first use. */
  readonly keys: string;
  /** `false` skips fsync; only for measuring what it costs. */
  readonly sync?: boolean;
  /** A segment is closed and a new one begun beyond this size, bytes. */
  readonly segmentBytes?: number;
}

/** A chain in segment files of a folder, which no other process writes. */
export class FileChain implements ChainStore {
  private segment?: SegmentFile;
  /** Segment in which a failed write may have left bytes that are not cut off yet. */
  private doubtful?: SegmentFile;
  private tail: ChainEnd;
  private signing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: FileChainOptions,
    private readonly chain: Chain,
    private readonly heads: HeadsFile,
    private readonly mark: DurableMark,
  ) {
    this.tail = { seq: chain.seq, hash: chain.hash };
  }

  /** Opens the folder, cuts torn tails off, and goes on with a chain that nobody else writes. */
  static async open(options: FileChainOptions): Promise<FileChain> {
    const { folder, keys } = options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const chain = await takeChain(folder);
    const opened: { close(): Promise<void> }[] = [];
    try {
      const heads = await HeadsFile.open({ folder, writer: chain.writer, keys });
      opened.push(heads);
      // Also what a killed writer had no time to sign, and of a new chain that there is one.
      await heads.sign(chain);
      const mark = await DurableMark.open(folder, chain.writer);
      opened.push(mark);
      mark.set(chain);
      const store = new FileChain(options, chain, heads, mark);
      await store.rotate();
      return store;
    } catch (error) {
      for (const part of opened) await part.close();
      chain.release();
      throw error;
    }
  }

  get writer(): string {
    return this.chain.writer;
  }

  get signed(): number {
    return this.heads.upTo;
  }

  async store(batch: readonly Written[]): Promise<void> {
    if (!this.segment || this.segment.size >= (this.options.segmentBytes ?? 64_000_000)) await this.rotate();
    const segment = this.segment!;
    let text = '';
    for (const { line } of batch) text += line;
    try {
      await segment.append(Buffer.from(text));
    } catch (error) {
      this.segment = undefined;
      this.doubtful = segment;
      // Tried again before the next write, which cannot happen until it succeeds.
      await this.settle().catch(() => undefined);
      throw error;
    }
    const { place, hash } = batch.at(-1)!;
    this.tail = { seq: place.seq, hash };
    this.mark.set(this.tail);
  }

  /** Nothing follows a failed write before what it left is cut off: its records were answered to nobody, and their
   *  numbers are given again. */
  async settle(): Promise<ChainEnd> {
    await this.doubtful?.discard();
    this.doubtful = undefined;
    return this.tail;
  }

  async tryAgain(): Promise<void> {
    await this.settle();
    if (!this.segment) await this.rotate();
    await this.tryRoom();
  }

  sign(): Promise<void> {
    return (this.signing = this.signing.catch(() => undefined).then(() => this.heads.sign(this.tail)));
  }

  async close(): Promise<void> {
    // What cannot be cut off now is cut off by whoever goes on with the chain.
    await this.settle().catch(() => undefined);
    await this.segment?.close();
    this.segment = undefined;
    // The next owner of the chain signs what could not be signed now.
    await this.sign().catch(() => undefined);
    await this.heads.close();
    await this.mark.close();
    this.chain.release();
  }

  /** Writes as much as many requests at once need, and takes it away again. */
  private async tryRoom(): Promise<void> {
    const path = join(this.options.folder, `${this.writer}.room`);
    try {
      await writeFile(path, Buffer.alloc(ROOM), { mode: 0o600, flush: true });
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Begins a segment. The one before it ends with a signed head. */
  private async rotate(): Promise<void> {
    const old = this.segment;
    this.segment = undefined;
    await old?.close();
    // The log signs again at its interval, and `ready` reports why it cannot.
    if (old) void this.sign().catch(() => undefined);
    const { folder, sync = true } = this.options;
    this.segment = await SegmentFile.create(folder, this.writer, this.tail.seq + 1, sync);
  }
}

/** Room that must be there before a log that had none is called ready again, bytes. */
const ROOM = 256 * 1024;
