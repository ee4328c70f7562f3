import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { ReformInput } from './reform-line.type.js';
import { Reform, ReformConnection, ReformResult } from './reform.entity.js';
import { cancelReform, checkReform, confirmReform, draftReform } from './reform.commands.js';

/** Reforms of departments (机构改革): drafted by one person of the authority, confirmed by another, carried out by the hub. */
@Resolver(() => Reform)
export class ReformResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ReformConnection, { nullable: true, description: '机构改革方案名录\nThe newest first.' })
  reforms(
    @Args(() => PageArguments) { first, after }: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Reform>> {
    return rows.connection(Reform, {}, info, { first, after, order: { property: 'draftedAt', direction: 'desc' } });
  }

  @Share('UNCONDITIONAL')
  @Query(() => Reform, { nullable: true, description: '机构改革方案' })
  async reform(
    @Arg('id', () => String) id: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reform | null> {
    return (await rows.find(Reform, { id }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ReformResult, {
    description:
      '拟订机构改革方案\nIts consequences and gaps are found out at once, without doing anything. With `id` it is drafted anew.',
  })
  draftReform(
    @Arg('input', () => ReformInput) input: ReformInput,
    @Arg('id', () => String, { nullable: true }) id: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ReformResult> {
    return draftReform(context, input, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ReformResult, { description: '核对机构改革方案\nFinds out again what it would do now.' })
  checkReform(@Arg('id', () => String) id: string, @Ctx() context: GovernanceContext): Promise<ReformResult> {
    return checkReform(context, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ReformResult, {
    description: '确认机构改革方案\nBy another person than the one who drafted it. Refused while it has gaps.',
  })
  confirmReform(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: 'The version that was seen.' }) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<ReformResult> {
    return confirmReform(context, id, version);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ReformResult, { description: '取消机构改革方案' })
  cancelReform(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ReformResult> {
    return cancelReform(context, id, reason);
  }
}
