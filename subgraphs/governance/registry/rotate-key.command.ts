import type { EntityManager } from '@mikro-orm/postgresql';
import {
  cleanText,
  findGroundsProblem,
  type GovernanceContext,
  nextNumber,
  operates,
  type Recorded,
  refuse,
} from '../core/index.js';
import { readPublishers } from '../register/index.js';
import type { KeyResult } from './key-result.type.js';
import { checkRotation } from './rotation.rule.js';
import { refusePermit } from './submit-version.command.js';
import { SubgraphKey } from './subgraph-key.entity.js';
import { SubgraphVersion } from './subgraph-version.entity.js';
import { say } from './messages/index.js';

const HOUR_MS = 3_600_000;

/** Gives a subgraph its next key. The key before holds beside it until the overlap is over, then ends by itself, whether
 *  the subgraph has taken up the next one or not. */
export async function rotateSubgraphKey(
  { em, fetch, own: { auditLog, registry, now } }: GovernanceContext,
  {
    subgraph,
    reason,
    overlapHours,
  }: { readonly subgraph: string; readonly reason: string; readonly overlapHours: number },
): Promise<KeyResult> {
  const malformed = findGroundsProblem({ reason });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('key.person'));
  if (!registry) return refuse('REGISTRATION_UNAVAILABLE', say('registry.unavailable'));
  const listed = (await registry.readListed()).includes(subgraph);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<KeyResult>> => {
    const publishers = (await readPublishers(em)).get(subgraph) ?? [];
    if (!operates(fetch) && !publishers.includes(fetch.department))
      return { result: { refusal: refusePermit(subgraph) } };
    if (!listed && publishers.length === 0)
      return { result: refuse('SUBGRAPH_UNKNOWN', say('key.subgraph', { subgraph: subgraph.slice(0, 64) })) };
    const rotatedAt = new Date(now());
    const problem = checkRotation({
      ...{ subgraph, overlapHours },
      servedByHub: registry.ownSubgraphs?.has(subgraph) || (!listed && (await isDeclared(em, subgraph))),
      older: await em.count(SubgraphKey, { subgraph, overlapEndsAt: { $gt: rotatedAt } }),
    });
    if (problem) return { result: refuse(problem.code, problem.message) };
    const last = await em.findOne(SubgraphKey, { subgraph }, { orderBy: { number: 'desc' }, disableIdentityMap: true });
    const id = await nextNumber(em, 'subgraph_key_number', 'K');
    await em.insert(SubgraphKey, {
      ...{ id, subgraph, number: (last?.number ?? 0) + 1, reason: cleanText(reason), rotatedAt, rotatedBy: person },
      overlapEndsAt: new Date(rotatedAt.getTime() + overlapHours * HOUR_MS),
    });
    const key = await em.findOneOrFail(SubgraphKey, { id }, { disableIdentityMap: true });
    return {
      result: { key },
      decision: {
        act: 'ROTATE_KEY',
        object: `subgraph-key/${id}`,
        concerns: publishers,
        reason: key.reason,
        terms: { subgraph, number: key.number, overlapEndsAt: key.overlapEndsAt.toISOString() },
      },
    };
  });
}

async function isDeclared(em: EntityManager, subgraph: string): Promise<boolean> {
  const current = { subgraph, state: 'PUBLISHED' as const, declaration: { $ne: null } };
  return (await em.count(SubgraphVersion, current)) > 0;
}
