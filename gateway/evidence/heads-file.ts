import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { headsName, readLastLine, readHead, signHead } from '../../shared/evidence/log/index.js';
import { openSigningKey } from '../../shared/evidence/keys/index.js';
import { syncFolder } from '../../shared/files/sync-folder.js';
import type { ChainEnd } from '../../shared/evidence/store/index.js';

export interface HeadsOptions {
  readonly folder: string;
  readonly writer: string;
  /** File of the keys. */
  readonly keys: string;
}

/** The signed heads of one writer's chain, each on stable storage before the next. */
export class HeadsFile {
  private constructor(
    private readonly options: HeadsOptions,
    private readonly handle: FileHandle,
    private number: number,
    private signed: number,
    /** Bytes that are on stable storage. */
    private size: number,
  ) {}

  /** Number of the newest record that is signed; -1 before the first head. */
  get upTo(): number {
    return this.signed;
  }

  /** Opens the file and cuts a torn line off. */
  static async open(options: HeadsOptions): Promise<HeadsFile> {
    const path = join(options.folder, headsName(options.writer));
    const handle = await open(path, 'a+', 0o600);
    try {
      await syncFolder(options.folder);
      const { value: head, size } = await readLastLine(path, readHead);
      await handle.truncate(size);
      return new HeadsFile(options, handle, head?.number ?? 0, head?.seq ?? -1, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Signs a chain's end, when it has moved since it was signed last. */
  async sign(tail: ChainEnd): Promise<void> {
    if (tail.seq === this.signed) return;
    // What a failed write may have left.
    await this.handle.truncate(this.size);
    // Read each time: a key that was made meanwhile is in force from here on.
    const key = await openSigningKey(this.options.keys);
    const { writer } = this.options;
    const time = new Date().toISOString();
    const line = Buffer.from(signHead({ writer, number: this.number + 1, seq: tail.seq, hash: tail.hash, time }, key));
    await this.handle.appendFile(line);
    await this.handle.datasync();
    this.size += line.length;
    this.number += 1;
    this.signed = tail.seq;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
