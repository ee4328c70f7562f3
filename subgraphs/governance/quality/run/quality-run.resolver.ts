import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { visibleQuality } from '../visible-quality.js';
import { QualityResult } from './quality-result.entity.js';
import { QualityRun, QualityRunConnection } from './quality-run.entity.js';
import { visibleRate, visibleRates, visibleRows } from './rate-fields.js';
import { QualityRate } from './resource-quality.entity.js';

/** Runs of quality: the trend of a resource, and what each rule has found.
 *  @source QZ-3.5b, QZ-3.5c */
@Resolver(() => QualityRun)
export class QualityRunResolver {
  @Share('UNCONDITIONAL')
  @Query(() => QualityRunConnection, {
    nullable: true,
    description: '查询质量检查\nNewest first. Those of the own department; all for those who oversee.',
  })
  qualityRuns(
    @Filters('QualityRun.place')
    @Arg('place', () => String, { nullable: true, description: '资源' })
    place: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<QualityRun>> {
    const where: RowCondition<QualityRun>[] = [
      visibleQuality<QualityRun>(fetch),
      ...(place == null ? [] : [{ place }]),
    ];
    const newestFirst = { first: page.first, after: page.after, order: { property: 'id', direction: 'desc' as const } };
    return rows.connection(QualityRun, { $and: where }, info, newestFirst);
  }

  @FieldResolver(() => Float, { nullable: true, description: '得分\n0 to 1.' })
  @ReadsOf(QualityRun, 'rate', 'rates', 'provider', 'rowCount')
  score(@Root() run: QualityRun, @Ctx() { fetch }: GovernanceContext): number | null {
    return visibleRate(run, fetch);
  }

  @FieldResolver(() => [QualityRate], { description: '各维度合格率' })
  @ReadsOf(QualityRun, 'rate', 'rates', 'provider', 'rowCount')
  dimensions(@Root() run: QualityRun, @Ctx() { fetch }: GovernanceContext): QualityRate[] {
    return visibleRates(run, fetch);
  }

  @FieldResolver(() => Int, { nullable: true, description: '检查记录数' })
  @ReadsOf(QualityRun, 'rate', 'rates', 'provider', 'rowCount')
  rows(@Root() run: QualityRun, @Ctx() { fetch }: GovernanceContext): number | null {
    return visibleRows(run, fetch, seesAll(fetch));
  }

  @FieldResolver(() => [QualityResult], { description: '各规则的结果' })
  @ReadsOf(QualityRun, 'id')
  results(@Root() { id }: QualityRun, @Ctx() { em }: GovernanceContext): Promise<QualityResult[]> {
    return em.find(QualityResult, { run: id }, { orderBy: { rule: 'asc' }, disableIdentityMap: true });
  }
}
