import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { manifestName } from './manifest.js';

/** Folder of the months of evidence that left the database. */
export const archiveFolder = (dataDir: string): string => join(dataDir, 'archive');

/** Months of which the folder has an archive or a manifest, YYYY-MM, oldest first; none when there is no such folder. */
export async function listArchives(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(absent);
  const months = new Set((names ?? []).map((name) => /^(\d{4}-\d{2})\.(?:ndjson\.gz|manifest\.json)$/.exec(name)?.[1]));
  return [...months].filter((month) => month !== undefined).sort();
}

/** The bytes of a month's manifest; undefined when there is none. */
export const manifestOf = (folder: string, month: string): Promise<Buffer | undefined> =>
  readFile(join(folder, manifestName(month))).catch(absent);

/** Size of a file, bytes; undefined when it is not there. */
export const sizeOf = async (path: string): Promise<number | undefined> => (await stat(path).catch(absent))?.size;

/** A line of an archive: a record's line as it was stored, and its position. */
export interface ArchivedLine {
  readonly position: number;
  readonly line: Buffer;
}
const [BEFORE, BETWEEN, BEHIND] = ['{"position":', ',"record":', '}'];

/** As it is written: the record's bytes unchanged within a line of JSON. */
export const archivedLine = (position: number, line: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${BEFORE}${position}${BETWEEN}`), line, Buffer.from(`${BEHIND}\n`)]);

/** An archive while it is read: its lines, and when they have been read the SHA-256 of the file, hex. */
export class ArchiveReader {
  private readonly digest = createHash('sha256');

  constructor(private readonly path: string) {}

  get sha256(): string {
    return this.digest.copy().digest('hex');
  }

  /** The lines in pieces; `undefined` for one that is no line of an archive.
   *  @throws what the file system or the decompression says */
  async *lines(): AsyncGenerator<readonly (ArchivedLine | undefined)[]> {
    const file = createReadStream(this.path, { highWaterMark: 1 << 18 });
    file.on('data', (chunk) => this.digest.update(chunk));
    const gunzip = createGunzip({ chunkSize: 1 << 18 });
    file.on('error', (error) => gunzip.destroy(error));
    let rest: Buffer = Buffer.alloc(0);
    try {
      for await (const chunk of file.pipe(gunzip)) {
        const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
        const found: (ArchivedLine | undefined)[] = [];
        let start = 0;
        for (let stop; (stop = bytes.indexOf(10, start)) >= 0; start = stop + 1)
          found.push(readLine(bytes.subarray(start, stop)));
        rest = bytes.subarray(start);
        if (found.length > 0) yield found;
      }
    } finally {
      file.destroy();
    }
    if (rest.length > 0) yield [undefined];
  }
}

function readLine(bytes: Buffer): ArchivedLine | undefined {
  const [, position] = /^\{"position":(\d{1,15}),"record":\{/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  if (position === undefined || bytes.at(-1) !== 0x7d) return undefined;
  const from = BEFORE.length + position.length + BETWEEN.length;
  return { position: Number(position), line: bytes.subarray(from, -1) };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
