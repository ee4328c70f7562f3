import { sql, type SqlBool } from 'kysely';
import { type AccessRecord, visibleUse, type ItemUse } from '../../../../shared/evidence/index.js';
import { recordMonths } from '../../../../shared/evidence/store/index.js';
import { RecordUnreadable, type Stream, type StreamPage } from '../delivery/stream.js';
import type { SubscriptionDatabase } from '../tables.js';

/** Uses of a provider's items, as that provider may see them. @source QZ-8.4f, YN-33c */
export const usesOfProvider: Stream = { contentType: 'application/x-ndjson', readNext, readRange };

/** Most positions examined at once. */
const WINDOW = 20_000;
/** Most uses of one delivery, and most bytes, as far as whole uses allow. */
const MAX_USES = 500;
const MAX_BYTES = 1_000_000;

async function readNext(db: SubscriptionDatabase, provider: string, after: number, until: number): Promise<StreamPage> {
  const end = Math.min(until, after + WINDOW);
  const found = await readUses(db, { provider, after, to: end, limit: MAX_USES + 1 });
  const lines: string[] = [];
  let bytes = 0;
  for (const [i, { line }] of found.entries()) {
    bytes += Buffer.byteLength(line);
    if (i === MAX_USES || (i > 0 && bytes > MAX_BYTES)) return { lines, to: found[i - 1]!.position };
    lines.push(line);
  }
  return { lines, to: end };
}

async function readRange(db: SubscriptionDatabase, provider: string, after: number, to: number): Promise<string[]> {
  return (await readUses(db, { provider, after, to, limit: to - after })).map(({ line }) => line);
}

interface UseRequest {
  readonly provider: string;
  readonly after: number;
  readonly to: number;
  readonly limit: number;
}
interface PlacedLine {
  readonly position: number;
  readonly line: string;
}

/** Reads month by month, since the primary key of a record is its month and position. */
async function readUses(db: SubscriptionDatabase, { provider, after, to, limit }: UseRequest): Promise<PlacedLine[]> {
  const rows = await db
    .with(
      (cte) => cte('part').materialized(),
      () => recordMonths,
    )
    .selectFrom('part')
    .crossJoinLateral((eb) =>
      eb
        .selectFrom('evidence.record as record')
        .select(['record.position', 'record.line', 'record.items'])
        .whereRef('record.month', '=', 'part.month')
        .where('record.position', '>', String(after))
        .where('record.position', '<=', String(to))
        .where('record.kind', '=', 'access')
        .where((record) =>
          record.exists(
            record
              .selectFrom('evidence.item_use as item')
              .select('item.items')
              .whereRef('item.items', '=', 'record.items')
              .where('item.provider', '=', provider),
          ),
        )
        .orderBy('record.position')
        .limit(limit)
        .as('held'),
    )
    .select(['held.position', 'held.line', 'held.items'])
    .orderBy('held.position')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const sets = [...new Set(rows.map(({ items }) => items))];
  const items = await db
    .selectFrom('evidence.item_use')
    .select(['items', 'coordinate', 'part', 'code', 'provider', 'resource'])
    .where((eb) => sql<SqlBool>`${eb.ref('items')} = any(${sets}::int[])`)
    .where('provider', '=', provider)
    .execute();
  const itemsOf = Map.groupBy(items, (item) => item.items);
  return rows.map(({ position, line, items: set }) => ({
    position: Number(position),
    line: toLine(Number(position), line, itemsOf.get(set ?? -1) ?? [], provider),
  }));
}

function toLine(position: number, line: string, items: readonly ItemUse[], provider: string): string {
  try {
    const use = visibleUse(position, JSON.parse(line) as AccessRecord, items, provider);
    if (use) return `${JSON.stringify(use)}\n`;
  } catch {
    // `sharehub evidence verify` says what is wrong with the record.
  }
  throw new RecordUnreadable(`the record at position ${position}`);
}
