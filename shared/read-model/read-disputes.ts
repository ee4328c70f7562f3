import type { GovernanceSnapshot } from './read-model.js';
import { readDispute, readVersion } from './snapshot-rows.js';

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Items under correction. Where only some are to be corrected, the others are no longer disputed. */
const DISPUTES_SQL = `
  select id as correction, item, hashes, status as stage, process #>> '{meanwhile,notice}' as notice, proof_key as "proofKey",
         (extract(epoch from accepted_at) * 1000)::float8 as since
    from correction, unnest(items) item
   where accepted_at is not null and closed_at is null and proof_key is not null
     and (status not in ('UPHELD', 'NOTIFIED') or state -> 'decision' -> 'items' ? item)
   order by id, item`;

/** Reads the items under correction again where one of them has changed since `base`. */
export async function readDisputes(
  query: Query,
  base: GovernanceSnapshot | undefined,
): Promise<Required<Pick<GovernanceSnapshot, 'disputes' | 'disputed'>>> {
  const [head] = await query('select disputes from read_model');
  const disputed = readVersion(head?.['disputes']);
  if (disputed === undefined) throw new Error('the governance database has no version of disputed items');
  if (base?.disputes && base.disputed === disputed) return { disputes: base.disputes, disputed };
  return { disputes: (await query(DISPUTES_SQL)).map(readDispute), disputed };
}
