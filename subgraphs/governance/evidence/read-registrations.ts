import { sql } from 'kysely';
import { VARIANT_PREFIX } from '../../../shared/evidence/index.js';
import { epochMs } from '../../../shared/database/index.js';
import { newestFirst, type ListPosition } from './evidence-cursor.js';
import type { ListEntry } from './evidence-page-arguments.js';
import type { EvidenceDatabase } from './tables.js';
import type { RegisteredItem, Registration } from './timeline-entry.js';

/** The graphs whose items of a resource differ from those of the graph before: registered, changed or withdrawn. Newest
 *  first. The catalogue is open to every department, so nothing is cut. @source YN-34a */
export async function readRegistrations(
  db: EvidenceDatabase,
  resource: string,
  after?: ListPosition,
): Promise<ListEntry<Registration>[]> {
  const rows = await db
    .with('stated', (stated) =>
      stated
        .selectFrom('evidence.graph as graph')
        .leftJoin('evidence.graph_item as item', (join) =>
          join.onRef('item.graph', '=', 'graph.version').on('item.resource', '=', resource),
        )
        .where('graph.version', 'not like', `${VARIANT_PREFIX}%`)
        .groupBy('graph.version')
        .select((eb) => [
          'graph.version',
          'graph.at',
          'graph.position',
          sql<RegisteredItem[] | null>`
            json_agg(json_build_object('coordinate', ${eb.ref('item.coordinate')}, 'resource', ${eb.ref('item.resource')},
                                       'provider', ${eb.ref('item.provider')}, 'shareType', ${eb.ref('item.share_type')})
                     order by ${eb.ref('item.coordinate')}, ${eb.ref('item.provider')})
              filter (where ${eb.ref('item.coordinate')} is not null)`.as('items'),
        ]),
    )
    .with('compared', (compared) =>
      compared
        .selectFrom('stated')
        .selectAll()
        .select((eb) =>
          sql<string | null>`lag(${eb.ref('items')}::text) over (order by ${eb.ref('position')})`.as('before'),
        ),
    )
    .selectFrom('compared')
    .select((eb) => ['version', 'position', epochMs(eb.ref('at')).as('at'), 'items'])
    .where((eb) => sql<boolean>`${eb.ref('items')}::text is distinct from ${eb.ref('before')}`)
    .orderBy('position', 'desc')
    .execute();
  return rows
    .map(({ version, position, at, items }) => ({
      at,
      position: Number(position),
      node: { graphVersion: version, items: items ?? [] },
    }))
    .filter((entry) => !after || newestFirst(after, entry) < 0)
    .sort(newestFirst);
}

/** Coordinates of every item that a resource has or ever had. */
export async function readItemsOfResource(db: EvidenceDatabase, resource: string): Promise<string[]> {
  const rows = await db
    .selectFrom('evidence.graph_item')
    .select('coordinate')
    .distinct()
    .where('resource', '=', resource)
    .execute();
  return rows.map(({ coordinate }) => coordinate);
}
