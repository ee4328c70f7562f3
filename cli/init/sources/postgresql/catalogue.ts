/** Statements on PostgreSQL's own catalogue. Its compatible relatives have these tables too. */

export interface TableRow {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly may_read: boolean;
  /** Found without its schema. */
  readonly in_path: boolean;
}
export const TABLES = `
  select c.oid::text as id, n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment,
         has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT') as may_read,
         n.nspname = current_schema() as in_path
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not coalesce(c.relispartition, false)
    and n.nspname !~ '^(pg_|information_schema$|sys$|sys_)'
  order by n.nspname = current_schema() desc, n.nspname, c.relname`;

export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly comment: string | null;
  /** Name of the type under a domain. */
  readonly base_type: string;
  readonly category: string;
  readonly shown_type: string;
  readonly required: boolean;
  readonly may_read: boolean;
  readonly labels: readonly string[] | null;
}
export const COLUMNS = `
  select a.attrelid::text as "table", a.attname as name, col_description(a.attrelid, a.attnum) as comment,
         b.typname as base_type, b.typtype::text as category, format_type(a.atttypid, a.atttypmod) as shown_type,
         a.attnotnull as required, has_column_privilege(a.attrelid, a.attnum, 'SELECT') as may_read,
         (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = b.oid) as labels
  from pg_attribute a join pg_type t on t.oid = a.atttypid
       join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  where a.attrelid = any($1::oid[]) and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum`;

export interface KeyRow {
  readonly table: string;
  readonly columns: readonly string[];
  /** Its columns are unique and never empty. */
  readonly unique: boolean;
}
export const KEYS = `
  select i.indrelid::text as "table",
         array(select a.attname::text from unnest(i.indkey::int[]) with ordinality as k(number, place)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number order by k.place) as columns,
         i.indisunique and not exists (select from unnest(i.indkey::int[]) as k(number)
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number where not a.attnotnull) as unique
  from pg_index i
  where i.indrelid = any($1::oid[]) and i.indisvalid and i.indpred is null and i.indexprs is null
  order by i.indisprimary desc, i.indisunique desc, i.indexrelid`;

export interface ReferenceRow {
  readonly table: string;
  readonly target: string;
  readonly columns: readonly string[];
  readonly target_columns: readonly string[];
}
export const REFERENCES = `
  select c.conrelid::text as "table", c.confrelid::text as target,
         array(select a.attname::text from unnest(c.conkey::int[]) with ordinality as k(number, place)
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place) as columns,
         array(select a.attname::text from unnest(c.confkey::int[]) with ordinality as k(number, place)
               join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number order by k.place) as target_columns
  from pg_constraint c where c.contype = 'f' and c.conrelid = any($1::oid[])
  order by c.oid`;
