import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../../core/index.js';
import { isParty, visibleChecks } from '../check/visible-checks.js';
import { MultiSourceRun, MultiSourceRunConnection } from './multi-source-run.entity.js';

/** Figures under this are not shown to who is neither an owner nor the authority. */
const LEAST_SHOWN = 10;
const FIGURE = { nullable: true };

/** Runs of checks, in figures. */
@Resolver(() => MultiSourceRun)
export class MultiSourceRunResolver {
  @Share('UNCONDITIONAL')
  @Query(() => MultiSourceRunConnection, {
    nullable: true,
    description:
      '查询多元校核运行\nNewest first. Those of the own department’s items; all for those who oversee. Figures under 10 are null but for owners and the authority.',
  })
  multiSourceRuns(
    @Filters('MultiSourceRun.check')
    @Arg('check', () => String, { nullable: true, description: '多元校核编号' })
    check: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<MultiSourceRun>> {
    const where: RowCondition<MultiSourceRun>[] = [
      visibleChecks<MultiSourceRun>(fetch),
      ...(check == null ? [] : [{ check }]),
    ];
    const newestFirst = { first: page.first, after: page.after, order: { property: 'id', direction: 'desc' as const } };
    return rows.connection(MultiSourceRun, { $and: where }, info, newestFirst);
  }

  @FieldResolver(() => Int, { ...FIGURE, description: '已比对主体数\nBoth sides had a value.' })
  @ReadsOf(MultiSourceRun, 'comparedCount', 'leftOwner', 'rightOwner')
  compared(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'comparedCount', context);
  }

  @FieldResolver(() => Int, { ...FIGURE, description: '一致数' })
  @ReadsOf(MultiSourceRun, 'agreedCount', 'leftOwner', 'rightOwner')
  agreed(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'agreedCount', context);
  }

  @FieldResolver(() => Int, { ...FIGURE, description: '不一致数' })
  @ReadsOf(MultiSourceRun, 'mismatchedCount', 'leftOwner', 'rightOwner')
  mismatched(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'mismatchedCount', context);
  }

  @FieldResolver(() => Int, { ...FIGURE, description: '一方无值数\nNo record or no value on one side: no difference.' })
  @ReadsOf(MultiSourceRun, 'absentCount', 'leftOwner', 'rightOwner')
  absent(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'absentCount', context);
  }

  @FieldResolver(() => Int, {
    ...FIGURE,
    description: '未比对数\nTheir correction is open, or three were made in a year: they are left out.',
  })
  @ReadsOf(MultiSourceRun, 'heldCount', 'leftOwner', 'rightOwner')
  held(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'heldCount', context);
  }

  @FieldResolver(() => Int, { ...FIGURE, description: '提出纠错数\nOne at each of the two departments.' })
  @ReadsOf(MultiSourceRun, 'casesCount', 'leftOwner', 'rightOwner')
  cases(@Root() run: MultiSourceRun, @Ctx() context: GovernanceContext): number | null {
    return show(run, 'casesCount', context);
  }
}

type Figure = `${'compared' | 'agreed' | 'mismatched' | 'absent' | 'held' | 'cases'}Count`;

function show(run: MultiSourceRun, figure: Figure, { fetch }: GovernanceContext): number | null {
  const isTold = isParty(run, fetch) || (fetch.roles?.includes('authority') ?? false);
  return isTold || run[figure] >= LEAST_SHOWN ? run[figure] : null;
}
