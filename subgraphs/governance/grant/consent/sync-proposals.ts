import { sql } from 'kysely';
import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import { endOfYearFrom } from '../../../../shared/law/index.js';
import { type ConsentProposal, findProposals } from '../../../../shared/share/releases/find-proposals.js';
import type { SubgraphShares } from '../../../../shared/share/statements.js';
import { anyOf, type Database, inTransaction } from '../../core/index.js';
import { readPublishers } from '../../register/index.js';
import { grantTables } from '../tables.js';
import { consentTerms } from './consent-terms.js';
import { planProposals, type ProposalPlan } from './plan-proposals.rule.js';

export interface ProposalOptions {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly timeZone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The schemas of the listed subgraphs that can be read now. */
  readonly subgraphs: readonly SubgraphShares[];
  /** They are all that are listed. */
  readonly complete: boolean;
}
type Act = Omit<GovernanceAct, 'kind'>;

/** Makes a proposal of consent, in the owner's name, of everything that schemas propose with `@derivable`, and withdraws what
 *  they propose no more. Two persons of the owner have still to agree; nothing is sent before. It is read from the state
 *  alone: run twice, or by two workers at once, it does nothing more.
 *  @returns number of recorded acts
 *  @source share-rules section 1, rule 10 */
export async function syncProposals(options: ProposalOptions): Promise<number> {
  const { pool, store } = options;
  if (isEmpty(await plan(options, pool))) return 0;
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const held = await holdActs(store, connection);
    // Read again while nobody can decide: one that is agreed to by now is not withdrawn.
    const { withdraw, propose } = await plan(options, client);
    const acts = await withdrawProposals(client, withdraw, options);
    for (const proposal of propose) acts.push(await addProposal(client, proposal, options));
    onCommit(await recordActs(store, connection, held, acts));
    return acts.length;
  });
}

const isEmpty = ({ propose, withdraw }: ProposalPlan): boolean => propose.length + withdraw.length === 0;

async function plan({ subgraphs, complete, now }: ProposalOptions, database: Database): Promise<ProposalPlan> {
  const stored = await grantTables(database)
    .selectFrom('owner_consent')
    .selectAll()
    .orderBy('proposed_at')
    .orderBy('id')
    .execute();
  const proposals = findProposals(subgraphs, await readPublishers(database));
  return planProposals(proposals, stored, complete, now);
}

async function withdrawProposals(database: Database, ids: readonly string[], { now }: ProposalOptions): Promise<Act[]> {
  if (ids.length === 0) return [];
  const rows = await grantTables(database)
    .updateTable('owner_consent')
    .set({ withdrawn_at: new Date(now) })
    .where((eb) => eb('id', '=', anyOf(ids)))
    .returningAll()
    .execute();
  return rows.map(({ id, receiver_subgraph: receiverSubgraph, until_at: until, ...row }) => ({
    ...toAct(now, 'WITHDRAW_PROPOSAL', id, row),
    terms: consentTerms({ ...row, receiverSubgraph, until, state: 'WITHDRAWN' }),
  }));
}

async function addProposal(
  database: Database,
  { receivers: _, title, ...scope }: ConsentProposal,
  { now, timeZone }: ProposalOptions,
): Promise<Act> {
  const until = new Date(endOfYearFrom(now, timeZone));
  const purpose = `计算${title}(${scope.coordinate})`.slice(0, 300);
  const { receiverSubgraph: receiver_subgraph, ...columns } = scope;
  const { id } = await grantTables(database)
    .insertInto('owner_consent')
    .values({
      ...columns,
      ...{ receiver_subgraph, purpose, until_at: until, proposed_at: new Date(now), proposing_department: scope.owner },
      id: sql<string>`'C-' || lpad(nextval('owner_consent_number')::text, 6, '0')`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    ...toAct(now, 'PROPOSE_CONSENT', id, scope),
    terms: consentTerms({ ...scope, purpose, until, state: 'PROPOSED' }),
  };
}

/** The hub itself acts, so the act names no acting department. */
const toAct = (
  now: number,
  act: 'PROPOSE_CONSENT' | 'WITHDRAW_PROPOSAL',
  id: string,
  { owner, receiver }: { readonly owner: string; readonly receiver: string },
): Act => ({
  time: new Date(now).toISOString(),
  act,
  object: `consent/${id}`,
  concerns: [owner, receiver].sort(),
  basis: [],
});
