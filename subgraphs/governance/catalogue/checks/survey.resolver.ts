import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { type GovernanceContext, NEWEST_GRAPH, queryIn, seesAll } from '../../core/index.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { CatalogueFinding } from '../entry/catalogue-result.js';
import { findingsOfAll } from './entry-findings.js';
import { CatalogueCoverage, EntryFindingsPage } from './survey-result.js';
import { OPEN_STATES } from './vocabulary.rule.js';

const MOST = 200;

/** A department's catalogue looked at as a whole: what is wrong in it, and what it lacks. @source QZ-4.1a, QZ-4.2a */
@Resolver()
export class SurveyResolver {
  @Share('UNCONDITIONAL')
  @Query(() => EntryFindingsPage, {
    nullable: true,
    description:
      '检查部门目录\nEvery revision of a department that is worked on or in force, by code, with what is wrong or doubtful in it. For that department, the authority, auditors and operators.',
  })
  async departmentFindings(
    @Filters('CatalogueResource.provider') @Arg('department', () => String) provider: string,
    @Arg('first', () => Int, { defaultValue: 50, description: `1 to ${MOST}.` }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor, as `next` gave it.' })
    after: string | null | undefined,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<EntryFindingsPage> {
    if (!(first >= 1 && first <= MOST)) throw new HubError('BAD_USER_INPUT', `\`first\` must be from 1 to ${MOST}.`);
    if (!surveys(fetch, provider)) return { items: [] };
    const found = await em.find(
      CatalogueResource,
      { provider, supersededAt: null, state: { $in: [...OPEN_STATES, 'PUBLISHED'] }, id: { $gt: after ?? '' } },
      { disableIdentityMap: true, orderBy: { id: 'asc' }, limit: first + 1 },
    );
    const shown = found.slice(0, first);
    const items = Map.groupBy(
      await em.find(
        CatalogueItem,
        { resource: { $in: shown.map(({ id }) => id) } },
        { disableIdentityMap: true, orderBy: { id: 'asc' } },
      ),
      ({ resource }) => resource,
    );
    const whole = shown.map((entry) => ({ entry, items: items.get(entry.id) ?? [] }));
    const findings = await findingsOfAll(em, whole, own.profile);
    return {
      items: shown.map(({ code, name, state }, at) => ({
        ...{ code, name, state },
        findings: findings[at]!.map((finding) => CatalogueFinding.of(finding)),
      })),
      ...(found.length > first && { next: shown.at(-1)!.id }),
    };
  }

  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueCoverage], {
    nullable: true,
    description:
      '编目覆盖情况\nWhich items of the graph in force have no published entry, by the department that serves them. Each department sees its own; the authority, auditors and operators all.',
  })
  async catalogueCoverage(
    @Filters('CatalogueResource.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<CatalogueCoverage[]> {
    const asked = provider ?? (seesAll(fetch) ? null : fetch.department);
    if (asked !== null && !surveys(fetch, asked)) return [];
    const rows = await queryIn(em)(
      `with stated as (
         select item.provider, item.coordinate, item.resource, published_item.coordinate is not null as entered
           from evidence.graph_item item
           left join published_item on published_item.coordinate = item.coordinate
                                   and published_item.provider = item.provider
          where item.graph = ${NEWEST_GRAPH} and item.provider <> '' and ($1::text is null or item.provider = $1)),
       lacking as (
         select *, row_number() over (partition by provider order by coordinate) as place
           from stated where not entered)
       select provider, count(*)::int as items, count(*) filter (where entered)::int as entered,
              (select coalesce(jsonb_agg(jsonb_build_object('coordinate', coordinate, 'resource', resource)
                                         order by coordinate), '[]')
                 from lacking where lacking.provider = stated.provider and place <= 500) as missing
         from stated group by provider order by provider`,
      [asked],
    );
    return rows as unknown as CatalogueCoverage[];
  }
}

const surveys = (fetch: Pick<FetchContext, 'department' | 'roles'>, department: string): boolean =>
  fetch.department === department || seesAll(fetch);
