import { headingsOf } from './check-items.js';
import type { Declaration, DeclaredItem, DeclaredType, Format } from './declaration-schema.js';

/** The table of a hosted type, in the database of hosted tables. It has bookkeeping columns besides, whose names begin with
 *  an underscore, as no item's does: `_hash bytea`, `_loaded_at timestamptz`, `_deleted_at timestamptz`, `_batch text`. */
export interface TableSpec {
  /** Name of the subgraph. */
  readonly schema: string;
  /** Name of the type; rows are served from the view `<Type>_current`, versions are in the table `<Type>_history`. */
  readonly table: string;
  readonly title: string;
  readonly columns: readonly ColumnSpec[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Further sets of columns whose values together no two live rows share. */
  readonly unique: readonly (readonly string[])[];
  /** Sets of columns by which rows are found. */
  readonly indexes: readonly (readonly string[])[];
  readonly history: boolean;
}
export interface ColumnSpec {
  /** Name of the item. */
  readonly name: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly format?: Format;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** Headings of files that are taken for it: name, title, column of the source, and further ones. */
  readonly headers: readonly string[];
}
export type ColumnType = 'text' | 'integer' | 'numeric' | 'double' | 'date' | 'timestamptz' | 'boolean';

const COLUMN_TYPES: Readonly<Record<DeclaredItem['type'], ColumnType>> = {
  String: 'text',
  ID: 'text',
  Int: 'integer',
  Float: 'double',
  Decimal: 'numeric',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'timestamptz',
};

/** Type of the column that holds an item. */
export const columnType = ({ type }: Pick<DeclaredItem, 'type'>): ColumnType => COLUMN_TYPES[type];

/** The tables that a declaration's hosted types need, in the order of their names. */
export const tableSpecs = (declaration: Declaration): TableSpec[] =>
  Object.entries(declaration.types)
    .filter(([, { from }]) => from.hosted !== undefined)
    .map(([name, type]) => tableSpec(declaration, name, type))
    .sort((one, other) => (one.table < other.table ? -1 : 1));

function tableSpec(declaration: Declaration, name: string, type: DeclaredType): TableSpec {
  const [key, ...unique] = type.keys;
  return {
    schema: declaration.subgraph,
    table: name,
    title: type.title,
    columns: Object.entries(type.items).map(([item, each]) => columnSpec(item, each)),
    key: key!,
    unique,
    indexes: indexesOf(declaration, name, type, key!),
    history: type.from.hosted!.history,
  };
}

const columnSpec = (name: string, item: DeclaredItem): ColumnSpec => ({
  name,
  title: item.title,
  type: columnType(item),
  required: item.required,
  ...(item.format !== undefined && { format: item.format }),
  ...(item.values && { values: item.values.map(({ code }) => code) }),
  headers: headingsOf(name, item),
});

/** Lists are narrowed by an item and then ordered by the key; so are the records that refer to another one. */
function indexesOf(
  { types, extends: others }: Declaration,
  name: string,
  { lists }: DeclaredType,
  key: readonly string[],
): string[][] {
  const filters = Object.values(lists).flat();
  const referring = [...Object.values(types), ...Object.values(others)].flatMap(({ relations }) =>
    Object.values(relations).flatMap(({ type, by }) => (type === name && by !== undefined ? [by] : [])),
  );
  return [...new Set([...filters, ...referring])]
    .filter((item) => item !== key[0])
    .sort()
    .map((item) => [item, ...key.filter((each) => each !== item)]);
}
