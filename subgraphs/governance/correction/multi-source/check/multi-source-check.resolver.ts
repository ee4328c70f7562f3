import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../../core/index.js';
import { CheckConsent } from '../consent/check-consent.entity.js';
import { ComparableItem, ComparableItemConnection } from '../items/comparable-item.entity.js';
import { changeCheck } from './change-check.command.js';
import { MultiSourceCheckInput } from './check-input.type.js';
import { defineCheck } from './define-check.command.js';
import {
  type CheckState,
  CheckStates,
  MultiSourceCheck,
  MultiSourceCheckConnection,
  MultiSourceCheckResult,
} from './multi-source-check.entity.js';
import { visibleChecks } from './visible-checks.js';

const REASON = { description: '原因' };

/** Checks of two departments' items: defined, suspended, resumed and ended by the authority.
 *  @source HZ-6.3a */
@Resolver(() => MultiSourceCheck)
export class MultiSourceCheckResolver {
  @Share('UNCONDITIONAL')
  @Query(() => MultiSourceCheckConnection, {
    nullable: true,
    description: '查询多元校核\nThose of the own department’s items; all for those who oversee.',
  })
  multiSourceChecks(
    @Filters('MultiSourceCheck.id')
    @Arg('id', () => String, { nullable: true })
    id: string | null | undefined,
    @Filters('MultiSourceCheck.state')
    @Arg('state', () => CheckStates, { nullable: true })
    state: CheckState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<MultiSourceCheck>> {
    const where: RowCondition<MultiSourceCheck>[] = [
      visibleChecks<MultiSourceCheck>(fetch),
      ...(id == null ? [] : [{ id }]),
      ...(state == null ? [] : [{ state }]),
    ];
    return rows.connection(MultiSourceCheck, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ComparableItemConnection, {
    nullable: true,
    description: '查询可校核信息项\nItems that can stand in a check, as the schemas now say.',
  })
  comparableItems(
    @Filters('ComparableItem.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ComparableItem>> {
    return rows.connection(ComparableItem, provider == null ? {} : { provider }, info, page);
  }

  @FieldResolver(() => [CheckConsent], { description: '双方的同意\nOldest first.' })
  @ReadsOf(MultiSourceCheck, 'id')
  consents(@Root() { id }: MultiSourceCheck, @Ctx() { em }: GovernanceContext): Promise<CheckConsent[]> {
    return em.find(CheckConsent, { checkId: id }, { orderBy: { id: 'asc' }, disableIdentityMap: true });
  }

  @FieldResolver(() => [String], {
    description: '尚缺同意的部门\nOwners without a consent in force; nothing is compared while there is one.',
  })
  @ReadsOf(MultiSourceCheck, 'id', 'leftOwner', 'rightOwner')
  async consentMissingOf(
    @Root() { id, leftOwner, rightOwner }: MultiSourceCheck,
    @Ctx() { em, own }: GovernanceContext,
  ): Promise<string[]> {
    const live = await em.find(
      CheckConsent,
      { checkId: id, state: 'GIVEN', until: { $gt: new Date(own.now()) } },
      { disableIdentityMap: true },
    );
    return [leftOwner, rightOwner].filter((code) => !live.some(({ owner }) => owner === code));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MultiSourceCheckResult, {
    description: '设立多元校核\nBy the authority. Nothing is compared until both owners have consented.',
  })
  defineMultiSourceCheck(
    @Arg('input', () => MultiSourceCheckInput) input: MultiSourceCheckInput,
    @Ctx() context: GovernanceContext,
  ): Promise<MultiSourceCheckResult> {
    return defineCheck(context, input);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MultiSourceCheckResult, { description: '暂停多元校核\nA run stops before its next batch.' })
  suspendMultiSourceCheck(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<MultiSourceCheckResult> {
    return changeCheck(context, id, 'SUSPEND', reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MultiSourceCheckResult, { description: '恢复多元校核\nIt runs again at its next time.' })
  resumeMultiSourceCheck(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<MultiSourceCheckResult> {
    return changeCheck(context, id, 'RESUME', reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MultiSourceCheckResult, { description: '终止多元校核\nFor good.' })
  endMultiSourceCheck(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<MultiSourceCheckResult> {
    return changeCheck(context, id, 'END', reason);
  }
}
