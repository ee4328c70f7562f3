import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { listSegments, type Segment } from '../../shared/evidence/log/index.js';
import { hashOf, lineStart, type StoredRecord } from '../../shared/evidence/index.js';
import type { ChainEnd, StoredLine } from '../../shared/evidence/store/index.js';

/** Bytes read at once. */
const CHUNK = 4 << 20;

/** A chain in files does not go on where it should: what follows was altered, or is gone. */
export class ChainBroken extends Error {}

/** Reads a chain from its files, record by record behind the ones it gave before, also while it is being written. */
export class ChainReader {
  /** Offset of the next line, for when the end that was last given is asked for again. */
  private at?: { readonly file: string; readonly offset: number; readonly end: ChainEnd };

  constructor(
    private readonly folder: string,
    private readonly writer: string,
  ) {}

  /** The records behind `after`, none beyond number `until`; at least one and at most a few megabytes of them, none when
   *  there is nothing behind it yet.
   *  @throws ChainBroken when what follows is not as it was written */
  async next(after: ChainEnd, until: number): Promise<StoredLine[]> {
    if (after.seq >= until) return [];
    const segments = (await listSegments(this.folder)).filter(({ writer }) => writer === this.writer);
    const known = this.at?.end.seq === after.seq && this.at.end.hash === after.hash ? this.at : undefined;
    let index = known ? segments.findIndex(({ name }) => name === known.file) : firstFor(segments, after.seq + 1);
    let offset = known && index >= 0 ? known.offset : 0;
    if (index < 0) index = firstFor(segments, after.seq + 1);
    for (; index >= 0 && index < segments.length; index++, offset = 0) {
      const found = await this.read(segments[index]!, offset, after, until);
      if (found.length > 0) return found;
    }
    throw new ChainBroken(`record ${after.seq + 1} is in no file`);
  }

  private async read({ name, first }: Segment, from: number, after: ChainEnd, until: number): Promise<StoredLine[]> {
    const handle = await open(join(this.folder, name), 'r');
    try {
      let [offset, seq] = [from, from === 0 ? first : after.seq + 1];
      let buffer = Buffer.allocUnsafe(CHUNK);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
        const cut = buffer.lastIndexOf(10, bytesRead - 1) + 1;
        if (bytesRead === 0 || (cut === 0 && bytesRead < buffer.length)) return [];
        if (cut === 0) {
          buffer = Buffer.allocUnsafe(buffer.length * 2);
          continue;
        }
        const lines: StoredLine[] = [];
        let [end, start] = [after, 0];
        while (start < cut && seq <= until) {
          const stop = buffer.indexOf(10, start);
          if (seq > after.seq) {
            const bytes = buffer.subarray(start, stop);
            const line = this.check(bytes, end);
            if (!line && lines.length > 0) break;
            if (!line) throw new ChainBroken(`record ${end.seq + 1} is not as it was written`);
            lines.push(line);
            end = { seq, hash: line.record.hash };
          }
          seq++;
          start = stop + 1;
        }
        offset += start;
        if (lines.length > 0) {
          this.at = { file: name, offset, end };
          return lines;
        }
        if (seq > until) return [];
      }
    } finally {
      await handle.close();
    }
  }

  private check(bytes: Buffer, { seq, hash }: ChainEnd): StoredLine | undefined {
    const begin = lineStart({ writer: this.writer, seq: seq + 1, prev: hash });
    const digest = bytes.toString('latin1', 0, begin.length) === begin ? hashOf(bytes) : undefined;
    if (digest === undefined) return undefined;
    const line = bytes.toString();
    return { line, record: JSON.parse(line) as StoredRecord };
  }
}

/** The last segment that can hold a record. */
const firstFor = (segments: readonly Segment[], seq: number): number =>
  segments.findLastIndex(({ first }) => first <= seq);
