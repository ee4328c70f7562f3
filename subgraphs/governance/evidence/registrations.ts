import type { Query } from '../../../shared/evidence/store/store-connection.js';
import type { ShareType } from '../../../shared/kernel/index.js';
import type { Place } from './cursor.js';
import type { Registration } from './timeline-entry.js';

export type FoundRegistration = Place & { readonly registration: Registration };

/** The graphs in which a resource's items are otherwise than in the graph before: registered, changed, withdrawn. Newest
 *  first. The catalogue is open to every department, so nothing of it is cut. @source YN-34a */
export async function registrationsOf(query: Query, resource: string, after?: Place): Promise<FoundRegistration[]> {
  const rows = await query(
    `with stated as (
       select graph.version, graph.at, graph.position,
              json_agg(json_build_object('coordinate', coordinate, 'resource', resource, 'provider', provider,
                                         'shareType', share_type) order by coordinate, provider)
                filter (where coordinate is not null) as items
         from evidence.graph left join evidence.graph_item item on item.graph = graph.version and item.resource = $1
        group by graph.version)
     select version, position, (extract(epoch from at) * 1000)::float8 as at_ms, items
       from (select *, lag(items::text) over (order by position) as before from stated) each
      where items::text is distinct from before
      order by position desc`,
    [resource],
  );
  return rows
    .map((row) => ({
      at: Number(row['at_ms']),
      position: Number(row['position']),
      registration: {
        graphVersion: String(row['version']),
        items: (row['items'] ?? []) as { coordinate: string; provider: string; shareType: ShareType }[],
      },
    }))
    .filter((one) => !after || one.at < after.at || (one.at === after.at && one.position < after.position))
    .sort(newestFirst);
}

export const newestFirst = (a: Place, b: Place): number => b.at - a.at || b.position - a.position;

/** Every item that a resource has or ever had, coordinates. */
export async function itemsEverOf(query: Query, resource: string): Promise<string[]> {
  const rows = await query('select distinct coordinate from evidence.graph_item where resource = $1', [resource]);
  return rows.map(({ coordinate }) => String(coordinate));
}
