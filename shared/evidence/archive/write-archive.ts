import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { syncFolder } from '../../files/sync-folder.js';
import { hashOf, readChainPosition } from '../record-line.js';
import { CopiedRow } from '../verify/database/copied-row.js';
import { copyRows } from '../verify/database/copy-rows.js';
import { Positions } from '../verify/database/positions.js';
import { archivedLine } from './archive-folder.js';
import { archiveName, type Manifest } from './manifest.js';
import type { SequenceRange } from './sequence-range.js';

export type WrittenArchive = Pick<Manifest, 'file' | 'bytes' | 'sha256' | 'records' | 'positions' | 'graphs'> & {
  readonly chains: readonly SequenceRange[];
};

/** Writes the records of a partition into a file, which has its name only when it is whole and on stable storage. */
export async function writeArchive(
  client: ClientBase,
  { partition, month, folder }: { readonly partition: string; readonly month: string; readonly folder: string },
): Promise<WrittenArchive> {
  const file = archiveName(month);
  const [path, draft] = [join(folder, file), join(folder, `${file}.part`)];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sum = new Sum();
  const digest = createHash('sha256');
  await pipeline(
    sum.lines(copyRows(client, partition)),
    createGzip({ level: 6, chunkSize: 1 << 16 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        digest.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(draft, { mode: 0o600, flush: true }),
  );
  await rename(draft, path);
  await syncFolder(dirname(path));
  const { size: bytes } = await stat(path);
  return { file, bytes, sha256: digest.digest('hex'), ...sum.up() };
}

/** Content of the file, summed up. */
class Sum {
  private readonly positions = new Positions();
  private readonly chains = new Map<string, SequenceRange>();
  private readonly graphs: { position: number; line: string }[] = [];
  private records = 0;

  async *lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const row = new CopiedRow();
    for await (const chunk of chunks) {
      const lines: Buffer[] = [];
      row.feed(chunk);
      while (row.advance()) lines.push(this.take(row));
      if (lines.length > 0) yield Buffer.concat(lines);
    }
  }

  up() {
    const { records, graphs } = this;
    return { records, graphs, positions: this.positions.list(), chains: [...this.chains.values()] };
  }

  private take(row: CopiedRow): Buffer {
    const { line } = row;
    const [position, chainPosition, hash] = [row.big('position'), readChainPosition(line), hashOf(line)];
    const before = chainPosition && this.chains.get(chainPosition.writer);
    if (
      !chainPosition ||
      hash === undefined ||
      (before && (chainPosition.seq !== before.last + 1 || chainPosition.prev !== before.hash))
    )
      throw new Error(`the row at position ${position} is not as it was written`);
    const { writer, seq, prev } = chainPosition;
    const first = before ?? { first: seq, prev };
    this.chains.set(writer, { writer, first: first.first, prev: first.prev, last: seq, hash });
    this.positions.add(position);
    if (row.string('kind') === 'graph') this.graphs.push({ position, line: line.toString() });
    this.records++;
    return archivedLine(position, line);
  }
}
