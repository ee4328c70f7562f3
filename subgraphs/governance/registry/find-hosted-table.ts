import { LRUCache } from 'lru-cache';
import { parseDeclaration, type TableSpec, tableSpecs } from '../../../shared/declaration/index.js';
import type { FindTable } from '../core/index.js';
import { registryTables } from './tables.js';

/** Tables by the text of a declaration: each push of rows asks. */
const known = new LRUCache<string, readonly TableSpec[]>({ max: 100 });

/** Finds the table of a type that is published and whose rows the hub keeps. */
export const findHostedTable: FindTable = async (database, subgraph, type) => {
  const found = await registryTables(database)
    .selectFrom('subgraph_version')
    .select('declaration')
    .where('subgraph', '=', subgraph)
    .where('state', '=', 'PUBLISHED')
    .executeTakeFirst();
  const text = found?.declaration;
  return text == null ? undefined : readTables(text).find(({ table }) => table === type);
};

function readTables(text: string): readonly TableSpec[] {
  let tables = known.get(text);
  if (!tables) {
    const { declaration } = parseDeclaration(text);
    tables = declaration ? tableSpecs(declaration) : [];
    known.set(text, tables);
  }
  return tables;
}
