import { type AccessRecord, visibleUse, type ItemUse } from '../../../shared/evidence/index.js';
import type { ListEntry } from './evidence-page-arguments.js';
import type { StoredUse } from './read-uses.js';
import type { EvidenceDatabase } from './tables.js';
import { isAnyOf } from './use-criteria.js';
import type { Use } from './use.js';
import { seesWholeUse, type UseVisibility } from './use-visibility.js';

/** Stored uses as the reader may see them. */
export async function toUses(
  db: EvidenceDatabase,
  stored: readonly StoredUse[],
  visibility: UseVisibility,
): Promise<ListEntry<Use>[]> {
  const sets = await readItems(db, [...new Set(stored.map(({ items }) => items))]);
  return stored.flatMap(({ at, position, line, department, items }) => {
    const record = JSON.parse(line) as AccessRecord;
    const provider = seesWholeUse(visibility, department) ? undefined : (visibility.provider ?? '');
    const use = visibleUse(position, record, sets.get(items) ?? [], provider);
    if (!use) return [];
    const { operation, graphVersion, grantVersion } = record;
    const rows = Object.entries(use.rows).map(([type, count]) => ({ type, count }));
    const node = { ...use, operation, graphVersion, grantVersion, time: new Date(use.time), rows };
    return [{ at, position, node }];
  });
}

async function readItems(
  db: EvidenceDatabase,
  sets: readonly number[],
): Promise<ReadonlyMap<number, readonly ItemUse[]>> {
  if (sets.length === 0) return new Map();
  const rows = await db
    .selectFrom('evidence.item_use')
    .select(['items', 'coordinate', 'part', 'code', 'provider', 'resource'])
    .where((eb) => isAnyOf(eb.ref('items'), sets))
    .execute();
  return Map.groupBy(rows, ({ items }) => items);
}
