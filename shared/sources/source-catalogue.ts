import { splitTable } from './connected-table.js';
import type { SourceColumn } from './column-fit.js';
import type { SourceConnection } from './source-connection.js';

/** What a source says of itself, in the words of its kind. */
export interface SourceCatalogue {
  readonly quote: (name: string) => string;
  /** A privilege of the account beyond reading; undefined where it has none. */
  findWriting(): Promise<string | undefined>;
  /** Name of the character set in which the source cannot be read for certain. */
  findUnreadableCharset(): Promise<string | undefined>;
  /** @returns none for a table that is not there, or that the account may not see */
  readColumns(table: string): Promise<SourceColumn[]>;
  /** Sets of columns that a unique index keeps, without empty values. */
  readUniqueKeys(table: string): Promise<string[][]>;
  /** A value of the text column, among a few, whose bytes are no text of its character set. */
  isGarbled(table: string, column: SourceColumn): Promise<boolean>;
}

export const catalogueOf = (source: SourceConnection): SourceCatalogue =>
  source.kind === 'POSTGRESQL' ? postgresql(source) : mysql(source);

/** The table's name as it stands in a statement. */
export function quotedTable({ quote }: Pick<SourceCatalogue, 'quote'>, name: string): string {
  const { schema, table } = splitTable(name);
  return [...(schema === undefined ? [] : [schema]), table].map(quote).join('.');
}

function postgresql(source: SourceConnection): SourceCatalogue {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const nameOf = (table: string) => quotedTable({ quote }, table);
  return {
    quote,
    async findWriting() {
      const [role] = await source.look(
        `select rolsuper or rolcreatedb or rolcreaterole as "mighty" from pg_roles where rolname = current_user`,
      );
      if (role?.['mighty'] !== false) return 'SUPERUSER';
      const [found] = await source.look(
        `select n.nspname || '.' || c.relname as "name" from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
            and n.nspname not like 'pg\\_t%' and has_schema_privilege(n.oid, 'usage')
            and (has_table_privilege(c.oid, 'insert') or has_table_privilege(c.oid, 'update')
                 or has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate'))
          limit 1`,
      );
      return found && `${String(found['name'])}`;
    },
    async findUnreadableCharset() {
      const [row] = await source.look(
        `select pg_encoding_to_char(encoding) as "charset" from pg_database where datname = current_database()`,
      );
      return row?.['charset'] === 'SQL_ASCII' ? 'SQL_ASCII' : undefined;
    },
    async readColumns(table) {
      const rows = await source.look(
        `select a.attname as "name", format_type(a.atttypid, null) as "type"
           from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
        [nameOf(table)],
      );
      return rows.map((row) => ({ name: String(row['name']), type: String(row['type']) }));
    },
    async readUniqueKeys(table) {
      const rows = await source.look(
        `select i.indexrelid::text as "index", a.attname as "column", a.attnotnull as "filled"
           from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
          where i.indrelid = $1::regclass and i.indisunique and i.indisvalid and i.indpred is null and not (0 = any(i.indkey))`,
        [nameOf(table)],
      );
      return groupKeys(rows, (row) => row['filled'] === true);
    },
    isGarbled: async () => false,
  };
}

function mysql(source: SourceConnection): SourceCatalogue {
  const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;
  const at = (name: string) => {
    const { schema, table } = splitTable(name);
    return { where: 'table_schema = coalesce(?, database()) and table_name = ?', values: [schema ?? null, table] };
  };
  return {
    quote,
    async findWriting() {
      const grants = await source.look('show grants');
      const beyond = grants
        .flatMap((row) => Object.values(row).map(String))
        .flatMap((grant) => {
          const [, privileges] = /^GRANT (.+?) ON .+ TO /.exec(grant) ?? [];
          // A role is switched on by the account's own choice only, and the hub makes none.
          if (privileges === undefined) return [];
          if (/ WITH GRANT OPTION/.test(grant)) return ['GRANT OPTION'];
          return privileges.replaceAll(/\([^)]*\)/g, '').split(',');
        })
        .map((privilege) => privilege.trim());
      return beyond.find((privilege) => !['SELECT', 'USAGE', 'SHOW VIEW', 'SHOW DATABASES'].includes(privilege));
    },
    findUnreadableCharset: async () => undefined,
    async readColumns(table) {
      const { where, values } = at(table);
      const rows = await source.look(
        `select column_name as \`name\`, column_type as \`type\`, character_set_name as \`charset\`
           from information_schema.columns where ${where}`,
        values,
      );
      return rows.map((row) => ({
        name: String(row['name']),
        type: String(row['type']).toLowerCase(),
        charset: (row['charset'] as string | null) ?? undefined,
      }));
    },
    async readUniqueKeys(table) {
      const { where, values } = at(table);
      const rows = await source.look(
        `select index_name as \`index\`, column_name as \`column\`, nullable = '' and sub_part is null as \`filled\`
           from information_schema.statistics where ${where} and non_unique = 0`,
        values,
      );
      return groupKeys(rows, (row) => String(row['filled']) === '1');
    },
    async isGarbled(table, { name, charset }) {
      // Chinese texts in a column of a western character set are bytes of another one: GBK or UTF-8.
      if (charset !== 'latin1' && charset !== 'ascii' && charset !== 'binary') return false;
      const [row] = await source.look(
        `select count(*) as \`found\` from (select hex(${quote(name)}) as bytes from ${quotedTable({ quote }, table)} limit 1000) as sample
          where bytes regexp '^([0-7][0-9A-F])*[89A-F]'`,
      );
      return Number(row?.['found'] ?? 0) > 0;
    },
  };
}

const groupKeys = (
  rows: readonly Record<string, unknown>[],
  isFilled: (row: Record<string, unknown>) => boolean,
): string[][] =>
  [...Map.groupBy(rows, (row) => row['index']).values()]
    .filter((columns) => columns.every(isFilled))
    .map((columns) => columns.map((row) => String(row['column'])));
