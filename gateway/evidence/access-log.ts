import { createHash } from 'node:crypto';
import { mkdir, open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../shared/kernel/index.js';
import type { AccessRecord } from './access-record.js';
import { mendSegment, SEGMENT, segmentName } from './segment.js';

export interface AccessLogOptions {
  readonly folder: string;
  /** `false` skips fsync; only for measuring what it costs. */
  readonly sync?: boolean;
  /** A segment is closed and a new one begun beyond this size, bytes. */
  readonly segmentBytes?: number;
}

interface Segment {
  readonly path: string;
  readonly handle: FileHandle;
  /** Bytes that are on stable storage. */
  size: number;
}
interface Waiting {
  readonly record: AccessRecord;
  readonly done: () => void;
  readonly failed: (error: HubError) => void;
}

/** The append-only file of access records. `append` resolves when the record is on stable storage; requests that wait
 *  at the same time share one write and one fsync (group commit). Each line carries the hash of the line before it.
 *  A failed write fails everyone who waited for it, is cut off again, and the next append tries a new segment. */
export class AccessLog {
  private waiting: Waiting[] = [];
  private running?: Promise<void>;
  private segment?: Segment;
  private closed = false;

  private constructor(
    private readonly options: AccessLogOptions,
    private head: string,
    private sequence: number,
  ) {}

  /** Opens the folder, cuts torn tails off, and continues the chain.
   *  @throws HubError EVIDENCE_UNAVAILABLE when the folder cannot be written */
  static async open(options: AccessLogOptions): Promise<AccessLog> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      const names = (await readdir(options.folder)).filter((name) => SEGMENT.test(name)).sort();
      let tail = { head: '', sequence: 0 };
      // The newest segment that holds a record carries the head of the chain.
      for (const name of names.reverse()) {
        tail = await mendSegment(join(options.folder, name));
        if (tail.sequence > 0) break;
      }
      const log = new AccessLog(options, tail.head, tail.sequence);
      await log.rotate();
      return log;
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      throw unavailable(cause);
    }
  }

  /** @throws HubError EVIDENCE_UNAVAILABLE when it could not be stored; the answer must not leave then */
  append(record: AccessRecord): Promise<void> {
    if (this.closed) return Promise.reject(unavailable(new Error('closed')));
    return new Promise((done, failed) => {
      this.waiting.push({ record, done, failed });
      this.running ??= this.drain();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    if (this.segment) await discard(this.segment);
    this.segment = undefined;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.commit(batch);
        for (const { done } of batch) done();
      } catch (cause) {
        const error = unavailable(cause);
        for (const { failed } of batch) failed(error);
      }
    }
    // At once, not in a later microtask: whoever appends now must start the next drain.
    this.running = undefined;
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    if (!this.segment || this.segment.size >= (this.options.segmentBytes ?? 64_000_000)) await this.rotate();
    const segment = this.segment!;
    let [head, sequence, text] = [this.head, this.sequence, ''];
    for (const { record } of batch) {
      const body = JSON.stringify({ seq: ++sequence, prev: head, ...record });
      head = createHash('sha256').update(body).digest('base64url');
      text += `${body.slice(0, -1)},"hash":"${head}"}\n`;
    }
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await segment.handle.write(
          bytes,
          written,
          bytes.length - written,
          segment.size + written,
        );
        written += bytesWritten;
      }
      if (this.options.sync !== false) await segment.handle.datasync();
    } catch (error) {
      // Nothing is ever written behind a failed fsync: the next append begins a new segment.
      this.segment = undefined;
      await discard(segment);
      throw error;
    }
    segment.size += bytes.length;
    [this.head, this.sequence] = [head, sequence];
  }

  /** Begins a segment in a file of its own: what a failed write may have left in another one stays apart. */
  private async rotate(): Promise<void> {
    const old = this.segment;
    this.segment = undefined;
    await old?.handle.close();
    const segment = await create(this.options.folder, this.sequence + 1);
    try {
      if (this.options.sync !== false) await syncFolder(this.options.folder);
    } catch (error) {
      await discard(segment);
      throw error;
    }
    this.segment = segment;
  }
}

async function create(folder: string, sequence: number): Promise<Segment> {
  for (let begun = Date.now(); ; begun++) {
    const path = join(folder, segmentName(sequence, begun));
    const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (handle) return { path, handle, size: 0 };
  }
}

/** Lets a segment go. What lies behind its size was answered to nobody and is cut off; an empty one is removed. */
async function discard({ handle, path, size }: Segment): Promise<void> {
  const cut = await handle.truncate(size).then(
    () => true,
    () => false,
  );
  await handle.close().catch(() => undefined);
  if (cut && size === 0) await unlink(path).catch(() => undefined);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const unavailable = (cause: unknown) =>
  new HubError(
    'EVIDENCE_UNAVAILABLE',
    'The access record could not be stored, so nothing is given out. Try again later.',
    {},
    { cause },
  );
