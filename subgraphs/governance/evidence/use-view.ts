import type { AccessRecord } from '../../../shared/evidence/access-record.js';
import type { Query, Row } from '../../../shared/evidence/store/store-connection.js';
import { visibleUse, type ItemUse } from '../../../shared/evidence/visible-use.js';
import type { Place } from './cursor.js';
import type { Use } from './use.js';
import { seesWhole, type Viewer } from './viewer.js';

/** A stored use, as it was read. */
export interface FoundUse extends Place {
  readonly line: string;
  readonly department: string | null;
  readonly items: number;
}

export const foundUse = (row: Row): FoundUse => ({
  at: Number(row['at_ms']),
  position: Number(row['position']),
  line: String(row['line']),
  department: row['department'] as string | null,
  items: Number(row['items']),
});

/** Uses as the viewer may see them. */
export async function viewed(query: Query, found: readonly FoundUse[], viewer: Viewer): Promise<Use[]> {
  const sets = await itemsOf(query, [...new Set(found.map(({ items }) => items))]);
  return found.flatMap(({ position, line, department, items }) => {
    const record = JSON.parse(line) as AccessRecord;
    const provider = seesWhole(viewer, department) ? undefined : (viewer.provider ?? '');
    const use = visibleUse(position, record, sets.get(items) ?? [], provider);
    if (!use) return [];
    const { operation, graphVersion, grantVersion } = record;
    return {
      ...{ ...use, operation, graphVersion, grantVersion },
      time: new Date(use.time),
      rows: Object.entries(use.rows).map(([type, count]) => ({ type, count })),
    };
  });
}

async function itemsOf(query: Query, sets: readonly number[]): Promise<ReadonlyMap<number, readonly ItemUse[]>> {
  if (sets.length === 0) return new Map();
  const rows = await query(
    `select items, coordinate, part, code, provider, resource from evidence.item_use where items = any($1::int[])`,
    [sets],
  );
  return Map.groupBy(rows as unknown as (ItemUse & { readonly items: number })[], ({ items }) => Number(items));
}
