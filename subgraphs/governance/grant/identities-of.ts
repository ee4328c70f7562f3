import type { Query } from '../../../shared/evidence/store/store-connection.js';

/** What the items are as the catalogue has them now: coordinate → identity. A grant is good for no other. */
export async function identitiesOf(query: Query, coordinates: readonly string[]): Promise<Record<string, string>> {
  const rows = await query(
    'select coordinate, identity from published_item where coordinate = any($1::text[]) and identity is not null order by coordinate',
    [coordinates],
  );
  return Object.fromEntries(rows.map(({ coordinate, identity }) => [String(coordinate), String(identity)]));
}
