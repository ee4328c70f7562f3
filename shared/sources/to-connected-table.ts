import type { DeclaredType } from '../declaration/index.js';
import type { ConnectedTable } from './connected-table.js';

/** The table of a source that a declared type is read from.
 *  @param table  its name, as the declaration has it */
export function toConnectedTable(
  name: string,
  { items, keys }: Pick<DeclaredType, 'items' | 'keys'>,
  table: string,
): ConnectedTable {
  const declared = Object.entries(items);
  return {
    type: name,
    table,
    keys,
    columns: declared.map(([item, { column = item, type, required }]) => ({ item, column, type, required })),
    division: declared.find(([, { scope }]) => scope !== undefined)?.[0],
  };
}
