import type { Database } from '../core/index.js';
import { registryTables } from './tables.js';

export interface PublishedSchema {
  readonly name: string;
  readonly sdl: string;
}

/** Schemas of the subgraphs that departments publish, in the order of their names.
 *  @param subgraph  this one alone, where given */
export async function readPublishedSchemas(database: Database, subgraph?: string): Promise<PublishedSchema[]> {
  const rows = await registryTables(database)
    .selectFrom('subgraph_version')
    .select(['subgraph', 'sdl'])
    .where('state', '=', 'PUBLISHED')
    .$if(subgraph !== undefined, (query) => query.where('subgraph', '=', subgraph!))
    .orderBy('subgraph')
    .execute();
  return rows.flatMap(({ subgraph: name, sdl }) => (sdl == null ? [] : [{ name, sdl }]));
}
