import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { isIdentifier } from '../../../../shared/declaration/index.js';
import { mysqlPassword } from '../../../config.js';
import { InitRefusal } from '../../init-refusal.js';
import { chooseTables, proveKey } from '../choose-tables.js';
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
import { typeOfMySql } from './types.js';

/** Reads tables of a MariaDB or MySQL database, in a transaction that cannot write.
 *  @throws InitRefusal SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_UNREADABLE, and those of `chooseTables` */
export async function readMySql(url: URL, choice: TableChoice): Promise<SourceTables> {
  const connection = await connect(url);
  try {
    await connection.query('start transaction read only');
    return await readTables(connection, choice);
  } catch (error) {
    throw unreadableRefusal(error, url);
  } finally {
    connection.destroy();
  }
}

/** Reads the address by its parts: options of a driver that stand in an address are not taken from it. */
async function connect(url: URL): Promise<Connection> {
  try {
    const connection = await createConnection({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: url.password === '' ? mysqlPassword() : decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      ...(url.searchParams.get('ssl') === 'true' && { ssl: {} }),
      connectTimeout: CONNECT_MS,
      charset: 'utf8mb4',
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
    });
    connection.on('error', () => undefined); // A connection that is lost also fails the statement that waits for it.
    return connection;
  } catch (error) {
    throw connectionRefusal(error, url);
  }
}

async function readTables(connection: Connection, choice: TableChoice): Promise<SourceTables> {
  const tables = await select<TableRow>(connection, TABLES);
  const { chosen, omitted } = chooseTables(
    tables.map(({ name }) => ({ name, schema: '', mayRead: true })),
    choice,
  );
  const columns = Map.groupBy(await select<ColumnRow>(connection, COLUMNS), ({ table }) => table);
  const keys = Map.groupBy(await select<KeyRow>(connection, KEYS), ({ table }) => table);
  const references = Map.groupBy(await select<ReferenceRow>(connection, REFERENCES), ({ table }) => table);
  const read: SourceTable[] = [];
  const left = [...omitted];
  for (const name of chosen) {
    const own = columns.get(name) ?? [];
    const names = own.map((column) => column.name);
    const samples = await attempt(() => readSamples(connection, name, names));
    if (!samples) {
      if (choice.tables.length > 0)
        throw new InitRefusal('SOURCE_REFUSED', `${name} cannot be read: no right, a broken view, or too slow.`);
      left.push({ name, reason: '读取时出错或者超时（没有权限、视图失效或者过慢）' });
      continue;
    }
    const indexes = [...Map.groupBy(keys.get(name) ?? [], (key) => key.name).values()].filter((parts) =>
      parts.every(({ column, part }) => column !== null && part === null),
    );
    const nullable = new Set(own.filter((column) => column.nullable !== 'NO').map((column) => column.name));
    const stated = indexes
      .map((parts) => ({ unique: Number(parts[0]!.not_unique) === 0, columns: parts.map(({ column }) => column!) }))
      .filter((index) => index.unique && !index.columns.some((column) => nullable.has(column)))
      .map((index) => index.columns);
    const proved = await proveKey(name, names, stated, choice, (key) => isUnique(connection, name, key));
    if ('reason' in proved) {
      left.push({ name, reason: proved.reason });
      continue;
    }
    read.push({
      name,
      // A view has the word VIEW for a comment.
      comment: tables.find((table) => table.name === name && table.kind !== 'VIEW')?.comment || undefined,
      columns: own.map((column) => ({
        name: column.name,
        comment: column.comment || undefined,
        ...typeOfMySql(column),
        required: column.nullable === 'NO',
        ...(!isIdentifier(column.name) && { unfit: UNFIT_NAME }),
        samples: samples.get(column.name)!,
      })),
      keys: proved.keys,
      keyRemark: proved.remark,
      indexed: indexes.map(([first]) => first!.column!),
      references: [...Map.groupBy(references.get(name) ?? [], (reference) => reference.name).values()].map((parts) => ({
        table: parts[0]!.target,
        columns: Object.fromEntries(parts.map(({ column, target_column: theirs }) => [column, theirs])),
      })),
    });
  }
  return { tables: read, omitted: left };
}

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

async function select<T>(connection: Connection, sql: string): Promise<T[]> {
  const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: STATEMENT_MS });
  return rows as T[];
}

/** Some values of each column, as text. */
async function readSamples(
  connection: Connection,
  table: string,
  columns: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const list = columns.map((column) => `left(cast(${quote(column)} as char), 200)`).join(', ');
  const sql = `select ${list === '' ? 'null' : list} from ${quote(table)} limit ${SAMPLE_ROWS}`;
  const [rows] = await connection.query<RowDataPacket[][]>({ sql, timeout: STATEMENT_MS, rowsAsArray: true });
  const values = rows as unknown as readonly (readonly (string | null)[])[];
  return new Map(columns.map((column, at) => [column, values.flatMap((row) => row[at] ?? [])]));
}

async function isUnique(connection: Connection, table: string, key: readonly string[]): Promise<boolean | 'unknown'> {
  const list = key.map(quote).join(', ');
  const missing = key.map((column) => `${quote(column)} is null`).join(' or ');
  const sql = `select 1 from ${quote(table)} group by ${list} having count(*) > 1 or max(${missing}) limit 1`;
  const found = await attempt(() => select(connection, sql));
  return found === undefined ? 'unknown' : found.length === 0;
}

/** @returns undefined for a statement that failed; one that took too long ends the connection, and so everything after it */
const attempt = <T>(run: () => Promise<T>): Promise<T | undefined> => run().catch(() => undefined);
