import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { countQuality } from './count-quality.store.js';
import { roundDown } from './score.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '部门数据质量统计' })
export class QualityFigures {
  @Field({ description: '部门代码' })
  department!: string;

  @Field(() => Int, { description: '已有规则的资源数' })
  resources!: number;

  @Field(() => Int, { description: '有得分的资源数' })
  scored!: number;

  @Field(() => Float, {
    nullable: true,
    description: '平均得分\nOf resources with a score, 0 to 1, in whole percent, rounded down.',
  })
  score!: number | null;

  @Field(() => Int, { description: '未能检查规则数' })
  stoppedRules!: number;

  @Field(() => Int, { description: '近三十日终止的规则数' })
  endedRules!: number;

  @Field(() => Int, { nullable: true, description: '待整改工单数\nFor those who oversee, and of the own department.' })
  openTickets!: number | null;
}

/** Scores by department.
 *  @source JL-22b */
@Resolver(() => QualityFigures)
export class QualityFiguresResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [QualityFigures], { nullable: true, description: '部门数据质量统计\nOf each provider with rules.' })
  async qualityFigures(
    @Filters('QualityFigures.department')
    @Arg('provider', () => String, { nullable: true, description: '提供部门代码' })
    provider: string | null | undefined,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<QualityFigures[]> {
    const rows = await countQuality(em, provider ?? undefined);
    return rows.map(({ department, resources, scored, score, stopped, ended, open }) => ({
      ...{ department, resources: Number(resources), scored: Number(scored) },
      score: score === null ? null : roundDown(Number(score)),
      ...{ stoppedRules: Number(stopped), endedRules: Number(ended) },
      openTickets: seesAll(fetch) || fetch.department === department ? Number(open) : null,
    }));
  }
}
