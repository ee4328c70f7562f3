import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, Float, Info, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { FileFormat, LoadMode } from '../../../shared/loading/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { announceLoad, ingest } from './announce-load.command.js';
import { FileFormats, Load, LoadConnection, LoadModes, type LoadState, LoadStates } from './load.entity.js';
import { LoaderResult, LoadResult } from './load-result.type.js';
import { Loader, LoaderConnection } from './loader.entity.js';
import { nameLoader, withdrawLoader } from './name-loader.command.js';

@InputType({ description: '待载入的文件' })
export class LoadInput {
  @Field({ description: '子图名称' })
  subgraph!: string;

  @Field({ description: '类型名称' })
  type!: string;

  @Field({ description: '幂等键\nThe same key with the same content is loaded once.' })
  key!: string;

  @Field({ description: '内容校验值\nSHA-256 of the file, 64 hexadecimal digits.' })
  sha256!: string;

  @Field(() => Float, { description: '大小\nBytes.' })
  bytes!: number;

  @Field({ description: '文件名' })
  fileName!: string;

  @Field(() => FileFormats, { description: '文件格式' })
  format!: FileFormat;

  @Field(() => LoadModes, { description: '载入方式' })
  mode!: LoadMode;

  @Field(() => Int, { defaultValue: 0, description: '允许的不合格比例\nPercent; 0 is all or nothing.' })
  mostRejected!: number;
}

@ArgsType()
class IngestArguments {
  @Field({ description: '子图名称' })
  subgraph!: string;

  @Field({ description: '类型名称' })
  type!: string;

  @Field({ description: '幂等键\nThe same key with the same content is loaded once.' })
  key!: string;

  @Field(() => [String], { description: '数据项\nNames or titles of the items, in the order of the values.' })
  items!: string[];

  @Field(() => [[String]], { nullable: 'items', description: '各行的值\nAs text; null is no value.' })
  rows!: ((string | null)[] | null)[];

  @Field(() => LoadModes, { defaultValue: 'UPSERT', description: '载入方式' })
  mode!: LoadMode;
}

/** Files and rows that departments load into the tables which the hub keeps for them. */
@Resolver(() => Load)
export class LoadResolver {
  @Share('UNCONDITIONAL')
  @Query(() => LoadConnection, {
    nullable: true,
    description: '查询数据载入\nThose of the own department; all for authority, auditor and operator.',
  })
  loads(
    @Filters('Load.subgraph') @Arg('subgraph', () => String, { nullable: true }) subgraph: string | null | undefined,
    @Filters('Load.state') @Arg('state', () => LoadStates, { nullable: true }) state: LoadState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Load>> {
    const where = [ownLoads(fetch), ...(subgraph == null ? [] : [{ subgraph }]), ...(state == null ? [] : [{ state }])];
    return rows.connection(Load, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => Load, { nullable: true, description: '按编号查询数据载入\nAlso how far it is.' })
  async loadOf(
    @Filters('Load.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Load | null> {
    return (await rows.find(Load, { $and: [{ id }, ownLoads(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Query(() => LoaderConnection, {
    nullable: true,
    description: '查询载入授权\nThose of the own department, withdrawn ones too.',
  })
  loaders(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Loader>> {
    return rows.connection(Loader, seesAll(fetch) ? {} : { department: fetch.department }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => LoadResult, {
    description: '登记待载入的文件\nIt is uploaded to /loads by the tus protocol, and loaded once it is whole.',
  })
  announceLoad(
    @Arg('input', () => LoadInput) input: LoadInput,
    @Ctx() context: GovernanceContext,
  ): Promise<LoadResult> {
    return announceLoad(context, input);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => LoadResult, {
    description: '推送数据行\nUp to 2,000 rows, loaded within seconds, all or nothing; `loadOf` says how it ended.',
  })
  ingest(@Args(() => IngestArguments) input: IngestArguments, @Ctx() context: GovernanceContext): Promise<LoadResult> {
    return ingest(context, { ...input, mostRejected: 0 });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => LoaderResult, {
    description: '授权载入\nLets a person or system of the own department load rows of a subgraph.',
  })
  nameLoader(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('loader', () => String, { description: '人员账号或者系统标识' }) loader: string,
    @Ctx() context: GovernanceContext,
  ): Promise<LoaderResult> {
    return nameLoader(context, subgraph, loader);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => LoaderResult, { description: '收回载入授权' })
  withdrawLoader(@Arg('id', () => String) id: string, @Ctx() context: GovernanceContext): Promise<LoaderResult> {
    return withdrawLoader(context, id);
  }
}

const ownLoads = (fetch: SubgraphContext['fetch']): RowCondition<Load> =>
  seesAll(fetch) ? {} : { department: fetch.department };
