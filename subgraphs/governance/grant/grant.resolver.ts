import type { FilterQuery } from '@mikro-orm/postgresql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments, type Page, type SubgraphContext } from '../../../shared/subgraph/index.js';
import type { ActName } from '../../../shared/evidence/governance-act.js';
import type { Done } from '../act/act-log.js';
import { wrongGrounds, type Grounds } from '../act/grounds.rule.js';
import type { GovernanceContext } from '../governance-context.js';
import { Refusal } from '../refusal.js';
import { GrantInput, GrantPage } from './grant-input.js';
import { GrantResult } from './grant-result.js';
import { wrongWith } from './grant.rule.js';
import { GrantStore } from './grant.store.js';
import { ShareGrant } from './share-grant.entity.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const REASON = { description: '原因' };
const BASIS = { nullable: true, description: '依据' };

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
    @Ctx() { em, fetch, own: { acts } }: GovernanceContext,
  ): Promise<GrantResult> {
    const from = input.from ?? new Date();
    const until = input.until ?? new Date(from.getTime() + YEAR_MS);
    const wrong = [...wrongWith(input, from, until), ...[wrongGrounds(input)].filter((one) => one !== undefined)];
    if (wrong.length > 0) return refuse('GRANT_MALFORMED', wrong.join(' '));
    return acts.perform(em, fetch, async (em) => {
      const store = new GrantStore(em);
      if (!(await store.hasScenario(input.department, input.scenario)))
        return refused('SCENARIO_UNKNOWN', `Department ${input.department} has no scenario "${input.scenario}".`);
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
      return decided('GRANT', grant, store, { reason: input.reason, basis: grant.basis });
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '撤销授权\nFor good; effective with the next query.' })
  revokeGrant(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Arg('basis', () => [String], BASIS) basis: string[] | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    return changed('REVOKE_GRANT', id, { reason, basis }, context, () => ({
      revokedAt: new Date(),
      revocation: reason,
    }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '暂停授权' })
  suspendGrant(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Arg('basis', () => [String], BASIS) basis: string[] | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    return changed('SUSPEND_GRANT', id, { reason, basis }, context, () => ({ suspended: true, suspension: reason }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '恢复授权' })
  resumeGrant(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { ...REASON, nullable: true }) reason: string | undefined,
    @Arg('basis', () => [String], BASIS) basis: string[] | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    return changed('RESUME_GRANT', id, { reason, basis }, context, ({ suspended }) =>
      suspended ? { suspended: false, suspension: null } : undefined,
    );
  }
}

/** A department sees its own grants, the authority all. */
const ownGrants = ({ dep, rol }: SubgraphContext['fetch']): FilterQuery<ShareGrant> =>
  rol?.includes('authority') ? {} : { department: dep };

/** Changes a grant that has not been revoked.
 *  @param change  what is to be otherwise; undefined where all is as it is to be */
async function changed(
  act: ActName,
  id: string,
  grounds: Grounds,
  { em, fetch, own: { acts } }: GovernanceContext,
  change: (grant: ShareGrant) => Partial<ShareGrant> | undefined,
): Promise<GrantResult> {
  const wrong = wrongGrounds(grounds);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return acts.perform(em, fetch, async (em) => {
    const store = new GrantStore(em);
    const grant = await store.find(id);
    if (!grant) return refused('GRANT_UNKNOWN', `There is no grant ${id}.`);
    if (grant.revokedAt)
      return act === 'REVOKE_GRANT'
        ? { result: { grant } }
        : refused('GRANT_REVOKED', `Grant ${id} has been revoked and stays so. Grant anew.`);
    const changes = change(grant);
    return changes ? decided(act, await store.change(id, changes), store, grounds) : { result: { grant } };
  });
}

async function decided(
  act: ActName,
  grant: ShareGrant,
  store: GrantStore,
  grounds: Grounds,
): Promise<Done<GrantResult>> {
  const { id, department, scenario, mode, coordinates, from, until, suspended, revokedAt } = grant;
  const { rows, quotaPerDay, masks, coordination, approver } = grant;
  return {
    result: { grant },
    decision: {
      act,
      object: `grant/${id}`,
      concerns: await store.concernedBy(grant),
      ...grounds,
      terms: {
        ...{ department, scenario, mode, coordinates, from, until, approver, suspended },
        ...(revokedAt && { revokedAt }),
        ...(rows && { rows }),
        ...(quotaPerDay && { quotaPerDay }),
        ...(masks && { masks }),
        ...(coordination && { coordination }),
      },
    },
  };
}

const refuse = (code: string, message: string): GrantResult => ({ refusal: Refusal.because(code, message) });
const refused = (code: string, message: string): Done<GrantResult> => ({ result: refuse(code, message) });
