import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import {
  listSegments,
  listWriters,
  releaseName,
  type Segment,
  readLastLine,
  readRelease,
  writeRelease,
} from '../../shared/evidence/log/index.js';
import { openSigningKey } from '../../shared/evidence/keys/index.js';
import { readRecord } from '../../shared/evidence/index.js';
import { withFileLock } from '../../shared/files/with-file-lock.js';
import { syncFolder } from '../../shared/files/sync-folder.js';

export interface ReleaseOptions {
  readonly folder: string;
  readonly pool: Pick<pg.Pool, 'query'>;
  /** File of the keys that sign evidence. */
  readonly keys: string;
  /** Days for which a segment stays after it was last written; 0 keeps all. */
  readonly keepDays: number;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: number;
  /** Told of a chain whose records the database does not all have, though it says so. */
  readonly onMissing?: (writer: string, segment: string) => void;
}
interface Old extends Segment {
  /** Number of its last record. */
  readonly last: number;
  /** When it was last written, milliseconds since the epoch. */
  readonly written: number;
}
const DAY = 86_400_000;

/** Removes segments whose records the database has, one by one counted there, and that are old enough. A signed statement
 *  says so before they go.
 *  @returns  segments that were removed */
export async function releaseSegments(options: ReleaseOptions): Promise<number> {
  const { folder, keepDays } = options;
  if (keepDays === 0) return 0;
  let removed = 0;
  for (const writer of await listWriters(folder))
    removed += await withFileLock(join(folder, releaseName(writer)), () => releaseOf(writer, options));
  return removed;
}

async function releaseOf(writer: string, options: ReleaseOptions): Promise<number> {
  const { folder, pool, keys, onMissing } = options;
  const { rows } = await pool.query<{ seq: string }>(
    `select seq from evidence.chain where writer = $1 and home = 'folder'`,
    [writer],
  );
  const shipped = Number(rows[0]?.seq ?? 0);
  const released = (await readRelease(folder, writer)).release?.seq ?? 0;
  const going: Old[] = [];
  let end: { readonly seq: number; readonly hash: string } | undefined;
  for (const segment of await oldSegments(writer, options)) {
    if (segment.last > shipped) break;
    if (segment.last > released) {
      const hash = await lastHash(join(folder, segment.name), segment.last);
      if (hash === undefined || !(await hasAll(pool, segment, hash))) {
        onMissing?.(writer, segment.name);
        break;
      }
      end = { seq: segment.last, hash };
    }
    going.push(segment);
  }
  if (end) await writeRelease(folder, { writer, ...end }, await openSigningKey(keys));
  for (const { name } of going) await unlink(join(folder, name));
  if (going.length > 0) await syncFolder(folder);
  return going.length;
}

/** Segments behind which there is another, from the first on, that are old enough. */
async function oldSegments(writer: string, { folder, keepDays, now = Date.now() }: ReleaseOptions): Promise<Old[]> {
  const segments = (await listSegments(folder)).filter((segment) => segment.writer === writer);
  const old: Old[] = [];
  for (const [i, segment] of segments.slice(0, -1).entries()) {
    const { mtimeMs: written } = await stat(join(folder, segment.name));
    if (written > now - keepDays * DAY) break;
    old.push({ ...segment, last: segments[i + 1]!.first - 1, written });
  }
  return old;
}

async function lastHash(path: string, seq: number): Promise<string | undefined> {
  const { value } = await readLastLine(path, (line) => readRecord(line));
  return value?.seq === seq ? value.hash : undefined;
}

/** True if the database has every record of a segment, in its tables or archived, and the same last one. */
async function hasAll(pool: ReleaseOptions['pool'], segment: Old, hash: string): Promise<boolean> {
  const { writer, first, last, begun, written } = segment;
  const { rows } = await pool.query<{ count: string; newest: string | null }>(
    `select count(*) as count, max(left(right(line, 45), 43)) filter (where seq = $3) as newest
       from evidence.record where writer = $1 and seq between $2 and $3 and at between $4 and $5`,
    [writer, first, last, new Date(begun - DAY).toISOString(), new Date(written + DAY).toISOString()],
  );
  const { rows: archived } = await pool.query<{ first: string; last: string; hash: string }>(
    `select chain ->> 'first' as first, chain ->> 'last' as last, chain ->> 'hash' as hash
       from evidence.archive, json_array_elements(manifest::json -> 'chains') chain
      where chain ->> 'writer' = $1`,
    [writer],
  );
  let count = Number(rows[0]!.count);
  let newest = rows[0]!.newest;
  for (const range of archived) {
    count += Math.max(0, Math.min(last, Number(range.last)) - Math.max(first, Number(range.first)) + 1);
    if (Number(range.last) === last) newest = range.hash;
    else if (Number(range.first) <= last && Number(range.last) > last) newest ??= hash;
  }
  return count === last - first + 1 && newest === hash;
}
