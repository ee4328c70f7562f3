import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { publishVersion } from './publish-version.command.js';
import { submitDeclaration } from './submit-declaration.command.js';
import { retireSubgraph, rollbackSubgraph, submitSubgraph } from './submit-version.command.js';
import { SubgraphVersion, SubgraphVersionConnection } from './subgraph-version.entity.js';
import { VersionResult } from './version-result.type.js';

/** Versions of the subgraphs that departments publish by themselves: submitted, checked, published by a second person. */
@Resolver(() => SubgraphVersion)
export class VersionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SubgraphVersionConnection, {
    nullable: true,
    description: '查询子图版本\nThose of the own department; all for authority, auditor and operator.',
  })
  subgraphVersions(
    @Filters('SubgraphVersion.subgraph')
    @Arg('subgraph', () => String, { nullable: true })
    subgraph: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SubgraphVersion>> {
    const where = [visibleVersions(fetch), ...(subgraph == null ? [] : [{ subgraph }])];
    return rows.connection(SubgraphVersion, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => SubgraphVersion, { nullable: true, description: '按编号查询子图版本' })
  async subgraphVersionOf(
    @Filters('SubgraphVersion.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubgraphVersion | null> {
    return (await rows.find(SubgraphVersion, { $and: [{ id }, visibleVersions(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VersionResult, {
    description: '提交子图版本\nIt is checked within seconds, and in force once another person has published it.',
  })
  submitSubgraph(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('sdl', () => String, { description: '结构定义\nAt most 500,000 bytes.' }) sdl: string,
    @Arg('url', () => String, { description: '服务地址\nOn a host that the operator has listed.' }) url: string,
    @Arg('note', () => String, { description: '说明\nAt most 300 characters.' }) note: string,
    @Ctx() context: GovernanceContext,
  ): Promise<VersionResult> {
    return submitSubgraph(context, { subgraph, sdl, url, note });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VersionResult, {
    description:
      '提交资源声明\nThe hub serves it by itself. It is checked within seconds, and in force once another person has published it.',
  })
  submitDeclaration(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('declaration', () => String, { description: '资源声明\nYAML, at most 500,000 bytes.' }) declaration: string,
    @Arg('note', () => String, { description: '说明\nAt most 300 characters.' }) note: string,
    @Ctx() context: GovernanceContext,
  ): Promise<VersionResult> {
    return submitDeclaration(context, { subgraph, declaration, note });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VersionResult, {
    description:
      '发布子图版本\nBy another person than the submitter; by the authority where it breaks live grants or shares more widely.',
  })
  publishVersion(@Arg('id', () => String) id: string, @Ctx() context: GovernanceContext): Promise<VersionResult> {
    return publishVersion(context, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VersionResult, {
    description: '回退子图\nSubmits a version that was in force before; it is checked and published like a new one.',
  })
  rollbackSubgraph(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('number', () => Int) number: number,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<VersionResult> {
    return rollbackSubgraph(context, subgraph, number, reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VersionResult, {
    description: '停用子图\nSubmits its end; it is checked and published like a version.',
  })
  retireSubgraph(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<VersionResult> {
    return retireSubgraph(context, subgraph, reason);
  }
}

const visibleVersions = (fetch: SubgraphContext['fetch']): RowCondition<SubgraphVersion> =>
  seesAll(fetch) ? {} : { department: fetch.department };
