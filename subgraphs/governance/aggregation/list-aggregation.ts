import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../shared/law/index.js';
import { findPublishedResources } from '../catalogue/index.js';
import { findLastLoads } from '../loading/index.js';
import { AggregationExemption } from './aggregation-exemption.entity.js';
import { findAggregationGap } from './aggregation-gap.rule.js';
import type { ResourceAggregation } from './aggregation.types.js';

/** How each published resource is on the platform, by code. */
export async function listAggregation(
  em: EntityManager,
  profile: Profile,
  provider?: string,
): Promise<ResourceAggregation[]> {
  const resources = await findPublishedResources(em);
  const hosted = new Set((await findLastLoads(em)).map(({ subgraph, type }) => `${subgraph}.${type}`));
  const exemptions = await em.find(
    AggregationExemption,
    { state: { $in: ['STATED', 'ACKNOWLEDGED'] } },
    { disableIdentityMap: true },
  );
  const byCode = new Map(exemptions.map((exemption) => [exemption.code, exemption]));
  return resources
    .filter((resource) => provider === undefined || resource.provider === provider)
    .map(({ code, name, provider, subgraph, typeName }) => {
      const served = subgraph !== null && typeName !== null;
      const mode = served && hosted.has(`${subgraph}.${typeName}`) ? 'HOSTED' : served ? 'INTERFACE' : 'ABSENT';
      const exemption = byCode.get(code) ?? null;
      const gap = findAggregationGap(mode, exemption?.state === 'ACKNOWLEDGED', profile);
      return { code, name, provider, mode, gap: gap !== undefined, clauses: [...(gap ?? [])], exemption };
    });
}
