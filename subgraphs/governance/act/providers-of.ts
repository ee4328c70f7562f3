import type { Query } from '../../../shared/evidence/store/store-connection.js';

/** Departments that provide items, by the newest graph; none for what is in no graph. */
export async function providersOf(query: Query, coordinates: readonly string[]): Promise<string[]> {
  const rows = await query(
    `select distinct provider from evidence.graph_item
      where graph = (select version from evidence.graph order by position desc limit 1)
        and coordinate = any($1::text[]) and provider <> ''
      order by provider`,
    [coordinates],
  );
  return rows.map(({ provider }) => String(provider));
}
