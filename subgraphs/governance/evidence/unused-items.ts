import type { Query } from '../../../shared/evidence/store/store-connection.js';
import type { ShareType } from '../../../shared/kernel/index.js';
import { NEWEST_GRAPH } from '../core/index.js';
import { Conditions } from './conditions.js';
import type { RegisteredItem } from './timeline-entry.js';
import type { Viewer } from './viewer.js';

/** Items of the newest graph that were given to nobody since a day.
 *  @param since     YYYY-MM-DD, inclusive
 *  @param provider  whose items alone */
export async function unusedItems(
  query: Query,
  since: string,
  provider: string | null | undefined,
  viewer: Viewer,
): Promise<RegisteredItem[]> {
  const conditions = new Conditions().addGiven('item.provider = ?', provider);
  if (!viewer.all) conditions.add('item.provider = ?', viewer.provider ?? null);
  const day = conditions.value(since);
  const rows = await query(
    `with given as materialized (
       select distinct coordinate from evidence.item_use
        where part = 'released' and items in (select distinct items from evidence.daily where day >= ${day}::date))
     select coordinate, resource, provider, share_type from evidence.graph_item item
      where graph = ${NEWEST_GRAPH} and resource is not null
        and not exists (select from given where given.coordinate = item.coordinate)
        and ${conditions.text}
      order by provider, resource, coordinate`,
    conditions.values,
  );
  return rows.map((row) => ({
    coordinate: String(row['coordinate']),
    resource: String(row['resource']),
    provider: String(row['provider']),
    shareType: row['share_type'] as ShareType,
  }));
}
