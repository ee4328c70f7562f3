import type { Query } from '../../../shared/evidence/store/index.js';
import { itemIdentity } from '../../../shared/share/item-identity.js';

/** What the items are as they are published now: coordinate → identity. A grant is good for no other. */
export async function identitiesOf(query: Query, coordinates: readonly string[]): Promise<Record<string, string>> {
  const rows = await query(
    `select item.coordinate, entry.kind, entry.subgraph, entry.code, item.provider, item.sdl_type as type, item.name
       from published_item
       join catalogue_resource entry on entry.code = published_item.resource
         and entry.superseded_at is null and entry.state = 'PUBLISHED'
       join catalogue_item item on item.resource = entry.id and item.coordinate = published_item.coordinate
      where published_item.coordinate = any($1::text[]) and item.sdl_type is not null
      order by item.coordinate`,
    [coordinates],
  );
  return Object.fromEntries(
    rows.map(({ coordinate, kind, subgraph, code, provider, type, name }) => {
      const isData = kind === 'DATA';
      const home = String(isData ? provider : subgraph);
      const resource = isData ? String(code) : '';
      return [String(coordinate), itemIdentity({ home, resource, type: String(type), title: String(name) })];
    }),
  );
}
