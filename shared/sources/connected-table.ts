/** Types of items, as a declaration has them. */
export type ItemType = 'String' | 'ID' | 'Int' | 'Float' | 'Decimal' | 'Boolean' | 'Date' | 'DateTime';

/** A table or view of a source from which a type's rows are read. */
export interface ConnectedTable {
  /** Name of the type in the graph. */
  readonly type: string;
  /** `table`, or `schema.table`. */
  readonly table: string;
  readonly columns: readonly ConnectedColumn[];
  /** Sets of items that name one row each; the first is the row's identity. */
  readonly keys: readonly (readonly string[])[];
  /** Item that holds the division by which rows are narrowed. */
  readonly division?: string | undefined;
}
export interface ConnectedColumn {
  readonly item: string;
  readonly column: string;
  readonly type: ItemType;
  readonly required: boolean;
}

/** Schema and table of a name; no schema where none is given. */
export function splitTable(name: string): { readonly schema?: string; readonly table: string } {
  const dot = name.indexOf('.');
  return dot < 0 ? { table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
}

/** Column of an item.
 *  @throws when the table has no such item */
export function columnOf({ type, columns }: ConnectedTable, item: string): string {
  const found = columns.find((column) => column.item === item);
  if (!found) throw new Error(`${type} has no item ${item}.`);
  return found.column;
}
