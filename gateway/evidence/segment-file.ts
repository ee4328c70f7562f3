import { open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentName } from '../../shared/evidence/log/index.js';
import { syncFolder } from '../../shared/files/sync-folder.js';

/** A segment that is being written. Only what lies before `size` was ever answered for. */
export class SegmentFile {
  /** Bytes that are on stable storage. */
  size = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly sync: boolean,
  ) {}

  /** Begins a file whose name is durable. @throws the file system's error, and leaves no file */
  static async create(folder: string, writer: string, first: number, sync: boolean): Promise<SegmentFile> {
    for (let begun = Date.now(); ; begun++) {
      const path = join(folder, segmentName(writer, first, begun));
      const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      if (!handle) continue;
      const segment = new SegmentFile(path, handle, sync);
      try {
        if (sync) await syncFolder(folder);
        return segment;
      } catch (error) {
        await segment.discard().catch(() => undefined);
        throw error;
      }
    }
  }

  /** Writes behind what is there. After a failure the file must be discarded: behind a failed fsync nothing is safe. */
  async append(bytes: Buffer): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const left = bytes.length - written;
      written += (await this.handle.write(bytes, written, left, this.size + written)).bytesWritten;
    }
    if (this.sync) await this.handle.datasync();
    this.size += bytes.length;
  }

  /** Lets the file go when nothing failed; an empty one is removed. */
  async close(): Promise<void> {
    await this.handle.close();
    // An empty file that stays is removed by the next owner of the chain.
    if (this.size === 0) await unlink(this.path).catch(() => undefined);
  }

  /** Lets the file go, without what lies behind its size; an empty one is removed.
   *  @throws when that could not be cut off: nothing may be written anywhere else before a later call succeeds */
  async discard(): Promise<void> {
    await this.handle.truncate(this.size);
    if (this.sync) await this.handle.datasync();
    await this.close();
  }
}
