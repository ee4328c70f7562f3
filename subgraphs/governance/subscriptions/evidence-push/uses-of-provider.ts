import type pg from 'pg';
import { type AccessRecord, visibleUse, type ItemUse } from '../../../../shared/evidence/index.js';
import { RecordUnreadable, type Stream, type Stretch } from '../delivery/stream.js';

/** The uses of a provider's items. @source QZ-8.4f, YN-33c */
export const usesOfProvider: Stream = { contentType: 'application/x-ndjson', behind, within };

/** How far one look goes, positions. */
const WINDOW = 20_000;
/** Most uses, and most bytes (as far as whole uses allow), of one delivery. */
const MOST_USES = 500;
const MOST_BYTES = 1_000_000;

/** The uses of a provider's items behind a position, as many as one delivery holds.
 *  @param until  the newest position that may be looked at */
async function behind(pool: pg.Pool, provider: string, after: number, until: number): Promise<Stretch> {
  const end = Math.min(until, after + WINDOW);
  const found = await read(pool, provider, after, end, MOST_USES + 1);
  const lines: string[] = [];
  let bytes = 0;
  for (const [i, { line }] of found.entries()) {
    bytes += Buffer.byteLength(line);
    if (i === MOST_USES || (i > 0 && bytes > MOST_BYTES)) return { lines, to: found[i - 1]!.position };
    lines.push(line);
  }
  return { lines, to: end };
}

/** Every use of a provider's items behind a position, up to another: what a delivery that was fixed holds. */
async function within(pool: pg.Pool, provider: string, after: number, to: number): Promise<string[]> {
  return (await read(pool, provider, after, to, to - after)).map(({ line }) => line);
}

interface PlacedLine {
  readonly position: number;
  readonly line: string;
}

/** Month by month, since a record's place is its month and position. */
const READ = `
  with month as materialized (
    select to_date(substr(part.relname, 8), 'YYYY_MM') as month
      from pg_inherits join pg_class part on part.oid = inhrelid
     where inhparent = 'evidence.record'::regclass)
  select record.position, record.line, record.items
    from month cross join lateral (
      select position, line, items from evidence.record
       where record.month = month.month and position > $2 and position <= $3 and kind = 'access'
         and exists (select from evidence.item_use where item_use.items = record.items and provider = $1)
       order by position limit $4) record
   order by position limit $4`;

async function read(pool: pg.Pool, provider: string, after: number, to: number, limit: number): Promise<PlacedLine[]> {
  const { rows } = await pool.query<{ position: string; line: string; items: number }>(READ, [
    ...[provider, after, to, limit],
  ]);
  if (rows.length === 0) return [];
  const { rows: uses } = await pool.query<ItemUse & { items: number }>(
    `select items, coordinate, part, code, provider, resource from evidence.item_use
      where items = any($1::int[]) and provider = $2`,
    [[...new Set(rows.map(({ items }) => items))], provider],
  );
  const sets = Map.groupBy(uses, ({ items }) => items);
  return rows.map(({ position, line, items }) => ({
    position: Number(position),
    line: viewOf(Number(position), line, sets.get(items) ?? [], provider),
  }));
}

function viewOf(position: number, line: string, items: readonly ItemUse[], provider: string): string {
  try {
    const use = visibleUse(position, JSON.parse(line) as AccessRecord, items, provider);
    if (use) return `${JSON.stringify(use)}\n`;
  } catch {
    // What is wrong with it is not for who pushes to say.
  }
  throw new RecordUnreadable(`the record at position ${position}`);
}
