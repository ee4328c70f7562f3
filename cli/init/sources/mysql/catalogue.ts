/** Statements on the catalogue of MariaDB and MySQL, which shows an account what it may read. */

export interface TableRow {
  readonly name: string;
  readonly kind: string;
  readonly comment: string | null;
}
export const TABLES = `
  select table_name as name, table_type as kind, table_comment as comment from information_schema.tables
  where table_schema = database() and table_type in ('BASE TABLE', 'VIEW') order by table_name`;

export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly comment: string | null;
  readonly data_type: string;
  /** With lengths and signs, such as `int(10) unsigned`. */
  readonly column_type: string;
  readonly nullable: string;
}
export const COLUMNS = `
  select table_name as \`table\`, column_name as name, column_comment as comment, data_type as data_type,
         column_type as column_type, is_nullable as nullable
  from information_schema.columns where table_schema = database() order by table_name, ordinal_position`;

export interface KeyRow {
  readonly table: string;
  readonly name: string;
  readonly column: string | null;
  readonly not_unique: number;
  /** Part of a text only, which tells nothing of the whole. */
  readonly part: number | null;
}
export const KEYS = `
  select table_name as \`table\`, index_name as name, column_name as \`column\`, non_unique as not_unique, sub_part as part
  from information_schema.statistics where table_schema = database()
  order by table_name, index_name <> 'PRIMARY', non_unique, index_name, seq_in_index`;

export interface ReferenceRow {
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly target: string;
  readonly target_column: string;
}
export const REFERENCES = `
  select table_name as \`table\`, constraint_name as name, column_name as \`column\`, referenced_table_name as target,
         referenced_column_name as target_column
  from information_schema.key_column_usage
  where table_schema = database() and referenced_table_schema = database() and referenced_table_name is not null
  order by table_name, constraint_name, ordinal_position`;
