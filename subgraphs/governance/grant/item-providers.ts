import type { Query } from '../../../shared/evidence/store/index.js';

/** Departments whose published items these are. */
export async function itemProviders(query: Query, coordinates: readonly string[]): Promise<string[]> {
  const rows = await query(
    'select distinct provider from published_item where coordinate = any($1::text[]) order by provider',
    [coordinates],
  );
  return rows.map(({ provider }) => String(provider));
}
