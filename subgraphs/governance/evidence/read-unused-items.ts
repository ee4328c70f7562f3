import { sql } from 'kysely';
import { NEWEST_GRAPH } from '../../../shared/evidence/store/index.js';
import type { EvidenceDatabase } from './tables.js';
import type { RegisteredItem } from './timeline-entry.js';
import { GIVEN_PARTS } from './use-criteria.js';
import type { UseVisibility } from './use-visibility.js';

/** Items of the newest graph that were given to nobody since a day.
 *  @param since     YYYY-MM-DD, inclusive
 *  @param provider  only items of this department */
export async function readUnusedItems(
  db: EvidenceDatabase,
  since: string,
  provider: string | null | undefined,
  visibility: UseVisibility,
): Promise<RegisteredItem[]> {
  if (!visibility.all && visibility.provider === undefined) return [];
  let items = db
    .with(
      (cte) => cte('given').materialized(),
      (given) =>
        given
          .selectFrom('evidence.item_use')
          .select('coordinate')
          .distinct()
          .where('part', 'in', GIVEN_PARTS)
          .where('items', 'in', (eb) =>
            eb
              .selectFrom('evidence.daily')
              .select('evidence.daily.items')
              .distinct()
              .where('day', '>=', sql<string>`${since}::date`),
          ),
    )
    .selectFrom('evidence.graph_item as item')
    .where('item.graph', '=', sql<string>`${sql.raw(NEWEST_GRAPH)}`)
    .where('item.resource', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('given').select('given.coordinate').whereRef('given.coordinate', '=', 'item.coordinate'),
        ),
      ),
    );
  if (provider != null) items = items.where('item.provider', '=', provider);
  if (!visibility.all && visibility.provider !== undefined)
    items = items.where('item.provider', '=', visibility.provider);
  return items
    .select(['item.coordinate', 'item.resource', 'item.provider', 'item.share_type as shareType'])
    .orderBy('item.provider')
    .orderBy('item.resource')
    .orderBy('item.coordinate')
    .execute();
}
