import type { ClientBase } from 'pg';
import type { HostedTable } from './hosted-table.js';
import type { LoadMode } from './load-order.js';

export const STAGING = 'pg_temp.staging';

/** Creates the table into which rows are streamed first. It is the connection's own: whatever ends the process, it goes. */
export async function createStaging(client: ClientBase, { definitions }: HostedTable): Promise<void> {
  await client.query(`create temp table staging (_line integer not null, ${definitions.join(', ')}) on commit drop`);
}

export interface MergeCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

const each = (names: readonly string[], alias: string): string => names.map((name) => `${alias}.${name}`).join(', ');
const sameKey = ({ key }: HostedTable): string => key.map((name) => `t.${name} = s.${name}`).join(' and ');

/** A record that the file brings back, or of which it changes an item. */
const differs = ({ others }: HostedTable): string =>
  others.length === 0
    ? 't._deleted_at is not null'
    : `(t._deleted_at is not null or (${each(others, 't')}) is distinct from (${each(others, 's')}))`;

/** Merges staged rows, which are unique by their key, into the table. Records that stay as they are are not written. */
export async function mergeStaging(
  client: ClientBase,
  table: HostedTable,
  mode: LoadMode,
  batch: string,
): Promise<MergeCounts> {
  const { name, columns, others } = table;
  const count = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rowCount ?? 0;
  const matched = `from ${STAGING} s where ${sameKey(table)} and ${differs(table)}`;
  await keepHistory(
    client,
    table,
    `from ${name} t, ${STAGING} s where ${sameKey(table)} and ${differs(table)} and t._deleted_at is null`,
  );
  const set = [
    '_batch = $1',
    '_loaded_at = now()',
    '_deleted_at = null',
    ...others.map((column) => `${column} = s.${column}`),
  ];
  let deleted = 0;
  if (mode === 'FULL') {
    const gone = `t._deleted_at is null and not exists (select from ${STAGING} s where ${sameKey(table)})`;
    await keepHistory(client, table, `from ${name} t where ${gone}`);
    deleted = await count(`update ${name} t set _deleted_at = now(), _batch = $1 where ${gone}`, [batch]);
  }
  const updated = await count(`update ${name} t set ${set.join(', ')} ${matched}`, [batch]);
  const inserted = await count(
    `insert into ${name} (${columns.join(', ')}, _batch, _loaded_at)
     select ${each(columns, 's')}, $1, now() from ${STAGING} s where not exists (select from ${name} t where ${sameKey(table)})`,
    [batch],
  );
  const { rows } = await client.query<{ staged: string }>(`select count(*) as staged from ${STAGING}`);
  return { inserted, updated, deleted, unchanged: Number(rows[0]!.staged) - inserted - updated };
}

/** Copies records as they were, before they change. */
async function keepHistory(client: ClientBase, { history, columns }: HostedTable, changing: string): Promise<void> {
  if (history === undefined) return;
  await client.query(
    `insert into ${history} (${columns.join(', ')}, _from, _to) select ${each(columns, 't')}, t._loaded_at, now() ${changing}`,
  );
}

/** Records in force, and how many of them the staged rows do not have. */
export async function countVanishing(
  client: ClientBase,
  table: HostedTable,
): Promise<{ readonly live: number; readonly vanishing: number }> {
  // Each condition stands in a WHERE of its own, where it is a join; in a FILTER it would be asked for every record.
  const { rows } = await client.query<{ live: string; vanishing: string }>(
    `select (select count(*) from ${table.name} t where t._deleted_at is null) as live,
            (select count(*) from ${table.name} t
              where t._deleted_at is null and not exists (select from ${STAGING} s where ${sameKey(table)})) as vanishing`,
  );
  return { live: Number(rows[0]!.live), vanishing: Number(rows[0]!.vanishing) };
}

/** A staged row that cannot be merged, taken out of the staging. */
export interface UnmergedRow {
  readonly line: number;
  readonly values: readonly (string | null)[];
}

/** Takes out every staged row whose values another row of the file has too: nobody knows which of them is right. */
export function takeDoubles(
  client: ClientBase,
  { columns }: HostedTable,
  unique: readonly string[],
): Promise<UnmergedRow[]> {
  const names = unique.join(', ');
  return takeOut(
    client,
    columns,
    `(${names}) in (select ${names} from ${STAGING} group by ${names} having count(*) > 1)`,
  );
}

/** Takes out every staged row whose key is in the table already. */
export function takeKnown(client: ClientBase, table: HostedTable): Promise<UnmergedRow[]> {
  const { name, columns } = table;
  const known = `exists (select from ${name} t where ${sameKey(table)} and t._deleted_at is null)`;
  return takeOut(client, columns, known);
}

/** Takes out every staged row whose values a record has that the file does not change. */
export function takeTaken(client: ClientBase, table: HostedTable, unique: readonly string[]): Promise<UnmergedRow[]> {
  const same = unique.map((column) => `t.${column} = s.${column}`).join(' and ');
  const stays = `not exists (select from ${STAGING} o where ${table.key.map((column) => `o.${column} = t.${column}`).join(' and ')})`;
  const { name, columns } = table;
  return takeOut(
    client,
    columns,
    `exists (select from ${name} t where ${same} and t._deleted_at is null and ${stays})`,
  );
}

async function takeOut(client: ClientBase, columns: readonly string[], where: string): Promise<UnmergedRow[]> {
  const values = columns.map((column) => `s.${column}::text`).join(', ');
  const { rows } = await client.query<{ line: number; values: (string | null)[] }>(
    `with taken as (delete from ${STAGING} s where ${where} returning s._line as line, array[${values}] as values)
     select line, values from taken order by line`,
  );
  return rows;
}
