import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { findGroundsProblem, type GovernanceContext, type Recorded, refuse } from '../core/index.js';
import { findItemIdentities } from './find-item-identities.js';
import { recordGrant } from './grant-decision.js';
import { GrantInput } from './grant-input.js';
import { GrantResult } from './grant-result.js';
import { validateGrant } from './grant.rule.js';
import { GrantStore } from './grant.store.js';
import { GrantConnection, ShareGrant } from './share-grant.entity.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Grants: read by the department they were given to and by the authority; made by the decision of an application, or by
 *  the authority after a coordination. */
@Resolver(() => ShareGrant)
export class GrantResolver {
  @Share('UNCONDITIONAL')
  @Query(() => GrantConnection, {
    nullable: true,
    description: '查询授权\nThe own department’s, and those given of its data; every department’s for the authority.',
  })
  grants(
    @Filters('Grant.department') @Arg('department', () => String, { nullable: true }) department: string | undefined,
    @Filters('Grant.scenario') @Arg('scenario', () => String, { nullable: true }) scenario: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ShareGrant>> {
    const where: RowCondition<ShareGrant>[] = [
      visibleGrants(fetch),
      ...(department ? [{ department }] : []),
      ...(scenario ? [{ scenario }] : []),
    ];
    return rows.connection(ShareGrant, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ShareGrant, { nullable: true, description: '按编号查询授权' })
  async grantOf(
    @Filters('Grant.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareGrant | null> {
    return (await rows.find(ShareGrant, { $and: [{ id }, visibleGrants(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, {
    description:
      '授权\nOf items that a coordination has settled, by its document; every other grant comes from an application.',
  })
  async grant(
    @Arg('input', () => GrantInput) input: GrantInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<GrantResult> {
    const from = input.from ?? new Date();
    const until = input.until ?? new Date(from.getTime() + YEAR_MS);
    const problems = [...validateGrant(input, from, until), findGroundsProblem(input) ?? ''].filter(Boolean);
    if (problems.length > 0) return refuse('GRANT_MALFORMED', problems.join(' '));
    if (!input.coordination?.trim())
      return refuse(
        'COORDINATION_MISSING',
        'A grant is the end of a decided application. Without one it is made only from a coordination: name its document in `coordination`.',
      );
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<GrantResult>> => {
      const store = new GrantStore(em);
      if (!(await store.hasScenario(input.department, input.scenario)))
        return {
          result: refuse('SCENARIO_UNKNOWN', `Department ${input.department} has no scenario "${input.scenario}".`),
        };
      const grant = await store.add({
        department: input.department,
        scenario: input.scenario,
        mode: input.mode,
        from,
        until,
        coordinates: [...new Set(input.coordinates)],
        heldByPlatform: false,
        rows: input.rows,
        quotaPerDay: input.quotaPerDay,
        masks: input.masks && Object.fromEntries(input.masks.map(({ coordinate, as }) => [coordinate, as])),
        coordination: input.coordination,
        approver: fetch.person ?? fetch.system,
        basis: input.basis ?? [],
        identities: await findItemIdentities(em, input.coordinates),
      });
      return recordGrant('GRANT', grant, store, { reason: input.reason, basis: grant.basis });
    });
  }
}

/** A department sees its own grants and those that it has given of its data; the authority sees all. */
const visibleGrants = ({ department, roles = [] }: SubgraphContext['fetch']): RowCondition<ShareGrant> => {
  if (roles.includes('authority')) return {};
  return roles.includes('provider') ? { $or: [{ department }, { provider: department }] } : { department };
};
