import { type Database } from '../../core/index.js';
import { catalogueTables } from '../tables.js';

/** Ids of the items that stand for coordinates in the entries in force. */
export async function findPublishedItems(database: Database, coordinates: readonly string[]): Promise<string[]> {
  const items = await catalogueTables(database)
    .selectFrom('catalogue_item as item')
    .innerJoin('catalogue_resource as entry', 'entry.id', 'item.resource')
    .select('item.id')
    .where('item.coordinate', 'in', [...coordinates])
    .where('entry.superseded_at', 'is', null)
    .where('entry.state', '=', 'PUBLISHED')
    .execute();
  return items.map(({ id }) => id);
}
