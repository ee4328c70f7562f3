import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../core/index.js';
import { DataSource, DataSourceConnection } from './data-source.entity.js';
import { SourceInput, SourceResult } from './source-input.type.js';
import { confirmSource, endSource, submitSource } from './source.commands.js';

/** Departments' databases and services: registered by one person, confirmed by another. */
@Resolver(() => DataSource)
export class SourceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => DataSourceConnection, {
    nullable: true,
    description: '查询数据源\nThose of the own department; all for the authority. Passwords are shown to nobody.',
  })
  sources(
    @Filters('DataSource.name')
    @Arg('name', () => String, { nullable: true })
    name: string | null | undefined,
    @Filters('DataSource.state')
    @Arg('past', () => Boolean, { defaultValue: false, description: '包括已替换和已停用的' })
    past: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<DataSource>> {
    const where = {
      ...(!(fetch.roles ?? []).includes('authority') && { department: fetch.department }),
      ...(name != null && { name }),
      ...(!past && { state: { $in: ['PENDING', 'ACTIVE'] as const } }),
    };
    return rows.connection(DataSource, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SourceResult, {
    description: '登记数据源\nIn force once another person of the department has confirmed it.',
  })
  registerSource(
    @Arg('input', () => SourceInput) input: SourceInput,
    @Arg('note', () => String, { description: '说明\nAt most 300 characters.' }) note: string,
    @Ctx() context: GovernanceContext,
  ): Promise<SourceResult> {
    return submitSource(context, input, note, false);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SourceResult, {
    description:
      '变更数据源\nWhat is given replaces all of the source of that name, once another person has confirmed it; the password is given again.',
  })
  changeSource(
    @Arg('input', () => SourceInput) input: SourceInput,
    @Arg('note', () => String) note: string,
    @Ctx() context: GovernanceContext,
  ): Promise<SourceResult> {
    return submitSource(context, input, note, true);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SourceResult, { description: '确认数据源\nBy another person than the one who submitted it.' })
  confirmSource(@Arg('id', () => String) id: string, @Ctx() context: GovernanceContext): Promise<SourceResult> {
    return confirmSource(context, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SourceResult, {
    description: '停用数据源\nIts rows are refused within seconds, and its password is deleted.',
  })
  endSource(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<SourceResult> {
    return endSource(context, id, reason);
  }
}
