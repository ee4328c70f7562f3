import { fits, type SourceColumn } from './column-fit.js';
import { columnOf, type ConnectedTable } from './connected-table.js';
import { catalogueOf, quotedTable, type SourceCatalogue } from './source-catalogue.js';
import type { SourceConnection } from './source-connection.js';
import { SourceFault, toSourceFault } from './source-fault.js';

/** A division code of 2, 4, 6, 9 or 12 digits. */
const DIVISION = /^[1-9]\d(|\d{2}|\d{4}|\d{7}|\d{10})$/;
/** Longest time for the proof that a key names one row, milliseconds. */
const PROOF_MS = 60_000;

/** Checks that a source is one to read from: its account can change nothing, and its texts have a character set.
 *  @throws SourceFault */
export async function checkSource(source: SourceConnection): Promise<void> {
  const catalogue = catalogueOf(source);
  const writing = await catalogue.findWriting();
  if (writing !== undefined) throw new SourceFault('CAN_WRITE', writing);
  const charset = await catalogue.findUnreadableCharset();
  if (charset !== undefined) throw new SourceFault('CHARSET_UNSUPPORTED', charset);
}

/** Finds what of a table is not as its declaration says: columns that are gone or have another type, rights, a key that does
 *  not name one row.
 *  @param known  the columns that were there when the keys were proved; they are not proved again while these are the same
 *  @returns      the columns, to be given again
 *  @throws SourceFault naming the table, and the column where it is about one */
export async function checkTable(source: SourceConnection, table: ConnectedTable, known?: string): Promise<string> {
  const catalogue = catalogueOf(source);
  const columns = await naming(table.table, () => catalogue.readColumns(table.table));
  const found = new Map(columns.map((column) => [column.name, column]));
  const from = quotedTable(catalogue, table.table);
  const list = table.columns.map(({ column }) => catalogue.quote(column)).join(', ');
  // Says why nothing is seen, and that every column may be read.
  const readable = () => naming(table.table, () => source.look(`select ${list} from ${from} limit 0`));
  if (columns.length === 0) await readable();
  for (const { column, type, item } of table.columns) {
    const there = found.get(column);
    const detail = `${table.table}.${column}`;
    if (!there) throw new SourceFault('COLUMN_MISSING', detail);
    if (!fits(source.kind, type, there))
      throw new SourceFault('COLUMN_RETYPED', `${detail}: ${there.type}, and ${item} is ${type}`);
  }
  await readable();
  const state = JSON.stringify(table.columns.map(({ column }) => [column, found.get(column)!.type]));
  if (known === state) return state;
  await checkTexts(catalogue, table, found);
  await proveKeys(source, catalogue, table, from);
  await checkDivision(source, catalogue, table, from);
  return state;
}

async function checkTexts(
  catalogue: SourceCatalogue,
  { table, columns }: ConnectedTable,
  found: ReadonlyMap<string, SourceColumn>,
): Promise<void> {
  for (const { column } of columns)
    if (await catalogue.isGarbled(table, found.get(column)!))
      throw new SourceFault('CHARSET_UNSUPPORTED', `${table}.${column}: ${found.get(column)!.charset}`);
}

/** A unique index proves a key; else the rows do. */
async function proveKeys(
  source: SourceConnection,
  catalogue: SourceCatalogue,
  table: ConnectedTable,
  from: string,
): Promise<void> {
  const kept = await naming(table.table, () => catalogue.readUniqueKeys(table.table));
  for (const key of table.keys) {
    const columns = key.map((item) => columnOf(table, item));
    if (kept.some((set) => set.every((column) => columns.includes(column)))) continue;
    const names = columns.map(catalogue.quote);
    const detail = `${table.table}: ${columns.join(', ')}`;
    const isIdentity = key === table.keys[0];
    // An empty value names no row; in the identity of a row there may be none.
    const empty = names.map((name) => `${name} is null`).join(' or ');
    const statements = [
      ...(isIdentity ? [`select 1 from ${from} where ${empty} limit 1`] : []),
      `select 1 from ${from} where not (${empty}) group by ${names.join(', ')} having count(*) > 1 limit 1`,
    ];
    for (const sql of statements) {
      const rows = await source.look(sql, [], PROOF_MS).catch((error: unknown) => {
        const fault = toSourceFault(error);
        throw fault.code === 'TIMED_OUT' ? new SourceFault('KEY_UNPROVEN', detail, fault) : fault;
      });
      if (rows.length > 0) throw new SourceFault('KEY_NOT_UNIQUE', detail);
    }
  }
}

/** Looks at a thousand rows: enough to tell a name or a postcode from a division code. */
async function checkDivision(
  source: SourceConnection,
  catalogue: SourceCatalogue,
  table: ConnectedTable,
  from: string,
): Promise<void> {
  if (table.division === undefined) return;
  const column = columnOf(table, table.division);
  const rows = await source.look(`select ${catalogue.quote(column)} as v from ${from} limit 1000`);
  const values = rows.flatMap(({ v }) => (typeof v === 'string' ? [v] : []));
  if (values.length > 0 && !values.some((value) => DIVISION.test(value)))
    throw new SourceFault('SCOPE_NOT_A_DIVISION', `${table.table}.${column}`);
}

/** Runs a look at a table; a fault says which. */
async function naming<T>(table: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const fault = toSourceFault(error);
    throw fault.detail === undefined && /^(TABLE|COLUMN|NO_RIGHTS)/.test(fault.code)
      ? new SourceFault(fault.code, table, fault)
      : fault;
  }
}
