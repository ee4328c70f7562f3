import pg from 'pg';
import { isIdentifier } from '../../../../shared/declaration/index.js';
import { chooseTables, proveKey, type FoundTable } from '../choose-tables.js';
import { CONNECT_MS, connectionRefusal, STATEMENT_MS, unreadableRefusal } from '../database-address.js';
import { SAMPLE_ROWS, UNFIT_NAME, type SourceTable, type SourceTables, type TableChoice } from '../source-table.js';
import {
  COLUMNS,
  KEYS,
  REFERENCES,
  TABLES,
  type ColumnRow,
  type KeyRow,
  type ReferenceRow,
  type TableRow,
} from './catalogue.js';
import { typeOfPostgres } from './types.js';

/** Reads tables of a PostgreSQL database, in a transaction that cannot write.
 *  @throws InitRefusal SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_UNREADABLE, and those of `chooseTables` */
export async function readPostgresql(url: URL, choice: TableChoice): Promise<SourceTables> {
  const client = new pg.Client({
    connectionString: url.href,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'sharehub init',
  });
  client.on('error', () => undefined); // A connection that is lost also fails the statement that waits for it.
  try {
    await client.connect();
  } catch (error) {
    throw connectionRefusal(error, url);
  }
  try {
    await client.query('begin transaction read only');
    return await readTables(client, choice);
  } catch (error) {
    throw unreadableRefusal(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readTables(client: pg.Client, choice: TableChoice): Promise<SourceTables> {
  const { rows: tables } = await client.query<TableRow>(TABLES);
  const names = tables.map(nameOf);
  const { chosen, omitted } = chooseTables(
    tables.map((table, at): FoundTable => ({ name: names[at]!, schema: table.schema, mayRead: table.may_read })),
    choice,
  );
  const rows = chosen.map((name) => tables[names.indexOf(name)]!);
  const ids = rows.map(({ id }) => id);
  const { rows: columns } = await client.query<ColumnRow>(COLUMNS, [ids]);
  const { rows: keys } = await client.query<KeyRow>(KEYS, [ids]);
  const { rows: references } = await client.query<ReferenceRow>(REFERENCES, [ids]);
  const nameById = new Map(tables.map((table, at) => [table.id, names[at]!]));
  const read: SourceTable[] = [];
  const left = [...omitted];
  for (const table of rows) {
    const name = nameById.get(table.id)!;
    const from = `${client.escapeIdentifier(table.schema)}.${client.escapeIdentifier(table.name)}`;
    const own = columns.filter((column) => column.table === table.id && column.may_read);
    const samples = await attempt(client, () =>
      readSamples(
        client,
        from,
        own.map((column) => column.name),
      ),
    );
    if (!samples) {
      left.push({ name, reason: '读取时出错或者超时（没有权限、视图失效或者过慢）' });
      continue;
    }
    const indexes = keys.filter((key) => key.table === table.id);
    const stated = indexes.filter(({ unique }) => unique).map((key) => key.columns);
    const proved = await proveKey(
      name,
      own.map((column) => column.name),
      stated,
      choice,
      async (key) => {
        const list = key.map((column) => client.escapeIdentifier(column)).join(', ');
        const missing = key.map((column) => `${client.escapeIdentifier(column)} is null`).join(' or ');
        const found = await attempt(client, () =>
          client.query(`select 1 from ${from} group by ${list} having count(*) > 1 or bool_or(${missing}) limit 1`),
        );
        return found === undefined ? 'unknown' : found.rows.length === 0;
      },
    );
    if ('reason' in proved) {
      left.push({ name, reason: proved.reason });
      continue;
    }
    read.push({
      name,
      comment: table.comment ?? undefined,
      columns: own.map((column) => ({
        name: column.name,
        comment: column.comment ?? undefined,
        ...typeOfPostgres(column),
        required: column.required,
        ...(!isIdentifier(column.name) && { unfit: UNFIT_NAME }),
        samples: samples.get(column.name)!,
      })),
      keys: proved.keys,
      keyRemark: proved.remark,
      indexed: indexes.map(({ columns: [first] }) => first!),
      references: references
        .filter((reference) => reference.table === table.id && nameById.has(reference.target))
        .map(({ target, columns: ours, target_columns: theirs }) => ({
          table: nameById.get(target)!,
          columns: Object.fromEntries(ours.map((column, at) => [column, theirs[at]!])),
        })),
    });
  }
  return { tables: read, omitted: left };
}

/** A table outside the schema that is searched first is named with its own. */
const nameOf = ({ schema, name, in_path: inPath }: TableRow): string => (inPath ? name : `${schema}.${name}`);

/** Some values of each column, as text. */
async function readSamples(
  client: pg.Client,
  from: string,
  columns: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const list = columns.map((column) => `left(${client.escapeIdentifier(column)}::text, 200)`).join(', ');
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${list === '' ? 'null' : list} from ${from} limit ${SAMPLE_ROWS}`,
    rowMode: 'array',
  });
  return new Map(columns.map((column, at) => [column, rows.flatMap((row) => row[at] ?? [])]));
}

/** Runs a statement that may fail without spoiling the transaction.
 *  @returns undefined when it failed */
async function attempt<T>(client: pg.Client, run: () => Promise<T>): Promise<T | undefined> {
  await client.query('savepoint attempt');
  try {
    return await run();
  } catch {
    await client.query('rollback to savepoint attempt');
    return undefined;
  }
}
