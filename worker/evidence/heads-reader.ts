import { open } from 'node:fs/promises';
import type pg from 'pg';
import { readHead, type SignedHead } from '../../shared/evidence/log/index.js';

export type HeadLine = SignedHead & { readonly line: string; readonly end: number };

/** Reads the signed heads of a chain's file behind the ones that the database has. */
export class HeadsReader {
  private offset = 0;

  private constructor(
    private readonly path: string,
    private number: number,
  ) {}

  static async behind(pool: pg.Pool, path: string, writer: string): Promise<HeadsReader> {
    const { rows } = await pool.query<{ number: number | null }>(
      'select max(number) as number from evidence.head where writer = $1',
      [writer],
    );
    return new HeadsReader(path, rows[0]!.number ?? 0);
  }

  /** The next heads, none that vouches for records beyond number `until`. */
  async next(until: number): Promise<HeadLine[]> {
    const handle = await open(this.path, 'r');
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(size - this.offset, MOST));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
      const from = this.offset;
      const heads: HeadLine[] = [];
      for (let start = 0, stop; (stop = buffer.indexOf(10, start)) >= 0 && stop < bytesRead; start = stop + 1) {
        const bytes = buffer.subarray(start, stop);
        const head = readHead(bytes);
        if (!head || head.seq > until) break;
        const end = from + stop + 1;
        if (head.number > this.number) heads.push({ ...head, line: bytes.toString(), end });
        else this.taken([{ number: this.number, end }]);
      }
      return heads;
    } finally {
      await handle.close();
    }
  }

  /** Notes heads that the database has now. */
  taken(heads: readonly { readonly number: number; readonly end: number }[]): void {
    const { number, end } = heads.at(-1)!;
    [this.number, this.offset] = [number, end];
  }
}

/** Bytes read at once. */
const MOST = 4 << 20;
