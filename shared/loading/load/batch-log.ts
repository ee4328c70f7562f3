import type { ClientBase } from 'pg';
import { LoadRefusal } from '../load-rules.js';
import type { TableSpec } from '../../declaration/index.js';
import type { LoadOrder, LoadOutcome } from './load-order.js';

const LOCK = 7365;

/** Creates the log of batches beside the hosted tables where it is not there yet. */
export async function createBatchLog(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('_loading.batch') is not null as there`);
  if (rows[0]!.there) return;
  await client.query(`
    begin;
    select pg_advisory_xact_lock(${LOCK});
    create schema if not exists _loading;
    create table if not exists _loading.batch (
      id text primary key,
      subgraph text not null,
      type text not null,
      key text not null,
      sha256 text not null,
      outcome jsonb not null,
      finished_at timestamptz not null default now(),
      unique (subgraph, type, key)
    );
    commit`);
}

/** The outcome of a batch that was loaded before under the same key.
 *  @throws LoadRefusal KEY_REUSED where it had another content */
export async function findBatch(
  client: ClientBase,
  { schema, table }: TableSpec,
  { key, sha256 }: Pick<LoadOrder, 'key' | 'sha256'>,
): Promise<LoadOutcome | undefined> {
  const { rows } = await client.query<{ sha256: string; outcome: LoadOutcome }>(
    'select sha256, outcome from _loading.batch where subgraph = $1 and type = $2 and key = $3',
    [schema, table, key],
  );
  const [found] = rows;
  if (found && found.sha256 !== sha256) throw new LoadRefusal('KEY_REUSED');
  return found?.outcome;
}

/** Records the outcome in the transaction that makes the change, so that a batch is never made twice. */
export async function recordBatch(
  client: ClientBase,
  { schema, table }: TableSpec,
  { id, key, sha256 }: LoadOrder,
  outcome: LoadOutcome,
): Promise<void> {
  await client.query(
    'insert into _loading.batch (id, subgraph, type, key, sha256, outcome) values ($1, $2, $3, $4, $5, $6)',
    [id, schema, table, key, sha256, JSON.stringify(outcome)],
  );
}
