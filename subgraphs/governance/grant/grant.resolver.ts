import type { FilterQuery } from '@mikro-orm/postgresql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments, type Page, type SubgraphContext } from '../../../shared/subgraph/index.js';
import { Refusal } from '../refusal.js';
import { GrantInput, GrantPage } from './grant-input.js';
import { GrantResult } from './grant-result.js';
import { wrongWith } from './grant.rule.js';
import { GrantStore } from './grant.store.js';
import { ShareGrant } from './share-grant.entity.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const REASON = { description: '原因' };

/** Grants: read by the department they were given to and by the authority; made and ended by the authority. */
@Resolver(() => ShareGrant)
export class GrantResolver {
  @Share('UNCONDITIONAL')
  @Query(() => GrantPage, {
    nullable: true,
    description: '查询授权\nThe own department’s; every department’s for the authority.',
  })
  grants(
    @Filters('Grant.department') @Arg('department', () => String, { nullable: true }) department: string | undefined,
    @Filters('Grant.scenario') @Arg('scenario', () => String, { nullable: true }) scenario: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<ShareGrant>> {
    const where: FilterQuery<ShareGrant>[] = [
      ownGrants(fetch),
      ...(department ? [{ department }] : []),
      ...(scenario ? [{ scenario }] : []),
    ];
    return rows.page(ShareGrant, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ShareGrant, { nullable: true, description: '按编号查询授权' })
  async grantOf(
    @Filters('Grant.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareGrant | null> {
    return (await rows.find(ShareGrant, { $and: [{ id }, ownGrants(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '授权' })
  async grant(
    @Arg('input', () => GrantInput) input: GrantInput,
    @Ctx() { em, fetch }: SubgraphContext,
  ): Promise<GrantResult> {
    const from = input.from ?? new Date();
    const until = input.until ?? new Date(from.getTime() + YEAR_MS);
    const wrong = wrongWith(input, from, until);
    if (wrong.length > 0) return refuse('GRANT_MALFORMED', wrong.join(' '));
    const store = new GrantStore(em);
    if (!(await store.hasScenario(input.department, input.scenario)))
      return refuse('SCENARIO_UNKNOWN', `Department ${input.department} has no scenario "${input.scenario}".`);
    const grant = await store.add({
      ...{ department: input.department, scenario: input.scenario, mode: input.mode, from, until },
      coordinates: [...new Set(input.coordinates)],
      suspended: false,
      rows: input.rows,
      quotaPerDay: input.quotaPerDay,
      masks: input.masks && Object.fromEntries(input.masks.map(({ coordinate, as }) => [coordinate, as])),
      coordination: input.coordination,
      approver: fetch.per ?? fetch.sys,
      basis: input.basis ?? [],
    });
    return { grant };
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '撤销授权\nFor good; effective with the next query.' })
  revokeGrant(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() { em }: SubgraphContext,
  ): Promise<GrantResult> {
    return changed(em, id, { revokedAt: new Date(), revocation: reason.slice(0, 500) });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '暂停授权' })
  suspendGrant(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() { em }: SubgraphContext,
  ): Promise<GrantResult> {
    return changed(em, id, { suspended: true, suspension: reason.slice(0, 500) });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '恢复授权' })
  resumeGrant(@Arg('id', () => String) id: string, @Ctx() { em }: SubgraphContext): Promise<GrantResult> {
    return changed(em, id, { suspended: false, suspension: null });
  }
}

/** A department sees its own grants, the authority all. */
const ownGrants = ({ dep, rol }: SubgraphContext['fetch']): FilterQuery<ShareGrant> =>
  rol?.includes('authority') ? {} : { department: dep };

async function changed(em: SubgraphContext['em'], id: string, change: Partial<ShareGrant>): Promise<GrantResult> {
  const grant = await new GrantStore(em).change(id, change);
  if (grant === 'revoked') return refuse('GRANT_REVOKED', `Grant ${id} has been revoked and stays so. Grant anew.`);
  return grant ? { grant } : refuse('GRANT_UNKNOWN', `There is no grant ${id}.`);
}

const refuse = (code: string, message: string): GrantResult => ({ refusal: Refusal.because(code, message) });
