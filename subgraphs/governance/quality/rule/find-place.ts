import type { EntityManager } from '@mikro-orm/postgresql';
import { nextRun } from '../../../../shared/law/calendar/frequency.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { actsFor, type GovernanceOwn } from '../../core/index.js';
import { QualityItem } from '../items/quality-item.entity.js';
import { say } from '../messages/index.js';
import { ResourceQuality } from '../run/resource-quality.entity.js';
import type { RuleProblem } from './check-rule.rule.js';

/** A resource with its items. */
export interface QualityPlace {
  readonly id: string;
  readonly provider: string;
  readonly items: readonly QualityItem[];
}

/** Finds the items of a resource of which the caller may make rules: their own department's; the authority, any.
 *  @param place  subgraph and type, such as population.Resident */
export async function findPlace(
  em: EntityManager,
  fetch: FetchContext,
  place: string,
): Promise<QualityPlace | RuleProblem> {
  const [subgraph = '', type = ''] = place.split('.');
  const items = await em.find(
    QualityItem,
    { subgraph, type },
    { orderBy: { coordinate: 'asc' }, disableIdentityMap: true },
  );
  const [first] = items;
  if (!first) return { code: 'RESOURCE_UNKNOWN', message: say('place.unknown', { place: place.slice(0, 100) }) };
  if (!actsFor(first.provider, fetch))
    return { code: 'OTHER_DEPARTMENT', message: say('place.others', { place: place.slice(0, 100) }) };
  return { id: `${subgraph}.${type}`, provider: first.provider, items };
}

/** Hour at which a resource is judged where nobody has said another. */
const HOUR = 3;

/** Makes the resource one that is judged, every night to begin with, where it is none yet. */
export async function keepPlace(
  em: EntityManager,
  { id, provider, items }: QualityPlace,
  { now, timeZone }: Pick<GovernanceOwn, 'now' | 'timeZone'>,
): Promise<void> {
  if (await em.findOne(ResourceQuality, { id })) return;
  const { subgraph, type, resource, resourceName } = items[0]!;
  await em.insert(ResourceQuality, {
    ...{ id, subgraph, type, resource, name: resourceName, provider, frequency: 'DAILY', hour: HOUR },
    nextAt: new Date(nextRun({ frequency: 'DAILY', hour: HOUR }, now(), timeZone)),
    ...{ rates: {}, countedRules: 0, stoppedRules: 0, endedRules: 0 },
  });
}
