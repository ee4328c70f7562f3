import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { QualityFormat, QualityRelation } from '../../../../shared/share/quality/quality-rule.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { QualityItem, QualityItemConnection } from '../items/quality-item.entity.js';
import { visibleQuality } from '../visible-quality.js';
import { decideRules, endRule } from './decide-rules.command.js';
import { draftRules, proposeRule } from './propose-rule.command.js';
import { QualityFormats, QualityRelations, QualityRuleStates, type QualityRuleState } from './quality-enums.js';
import { QualityRuleInput } from './quality-rule-input.type.js';
import { QualityRule, QualityRuleConnection, QualityRulesResult } from './quality-rule.entity.js';

const OPTIONAL = { nullable: true };

/** Rules of quality: proposed, confirmed and ended.
 *  @source QZ-3.5a */
@Resolver(() => QualityRule)
export class QualityRuleResolver {
  @Share('UNCONDITIONAL')
  @Query(() => QualityRuleConnection, {
    nullable: true,
    description: '查询质量规则\nThose of the own department; all for those who oversee.',
  })
  qualityRules(
    @Filters('QualityRule.place')
    @Arg('place', () => String, { nullable: true, description: '资源' })
    place: string | null | undefined,
    @Filters('QualityRule.state')
    @Arg('state', () => QualityRuleStates, { nullable: true, description: '状态' })
    state: QualityRuleState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<QualityRule>> {
    const where: RowCondition<QualityRule>[] = [
      visibleQuality<QualityRule>(fetch),
      ...(place == null ? [] : [{ place }]),
      ...(state == null ? [] : [{ state }]),
    ];
    return rows.connection(QualityRule, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => QualityItemConnection, {
    nullable: true,
    description: '查询可检查信息项\nItems about which rules can be made, as the schemas now say.',
  })
  qualityItems(
    @Filters('QualityItem.provider')
    @Arg('provider', () => String, { nullable: true, description: '提供部门代码' })
    provider: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<QualityItem>> {
    return rows.connection(QualityItem, provider == null ? {} : { provider }, info, page);
  }

  @FieldResolver(() => QualityFormats, { ...OPTIONAL, description: '格式标准' })
  @ReadsOf(QualityRule, 'definition')
  format(@Root() { definition }: QualityRule): QualityFormat | undefined {
    return definition.format;
  }

  @FieldResolver(() => [String], { ...OPTIONAL, description: '代码' })
  @ReadsOf(QualityRule, 'definition')
  values(@Root() { definition }: QualityRule): string[] | undefined {
    return definition.values && [...definition.values];
  }

  @FieldResolver(() => String, { ...OPTIONAL, description: '下限' })
  @ReadsOf(QualityRule, 'definition')
  least(@Root() { definition }: QualityRule): string | undefined {
    return definition.least;
  }

  @FieldResolver(() => String, { ...OPTIONAL, description: '上限' })
  @ReadsOf(QualityRule, 'definition')
  most(@Root() { definition }: QualityRule): string | undefined {
    return definition.most;
  }

  @FieldResolver(() => String, { ...OPTIONAL, description: '另一项' })
  @ReadsOf(QualityRule, 'definition')
  other(@Root() { definition }: QualityRule): string | undefined {
    return definition.other;
  }

  @FieldResolver(() => QualityRelations, { ...OPTIONAL, description: '两项的关系' })
  @ReadsOf(QualityRule, 'definition')
  relation(@Root() { definition }: QualityRule): QualityRelation | undefined {
    return definition.relation;
  }

  @FieldResolver(() => Int, { ...OPTIONAL, description: '日数' })
  @ReadsOf(QualityRule, 'definition')
  days(@Root() { definition }: QualityRule): number | undefined {
    return definition.days;
  }

  @FieldResolver(() => String, { ...OPTIONAL, description: '被引用的信息项' })
  @ReadsOf(QualityRule, 'definition')
  target(@Root() { definition }: QualityRule): string | undefined {
    return definition.target;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => QualityRulesResult, {
    description:
      '提出质量规则\nBy the provider, or the authority. It judges nothing until another person of the provider has confirmed it.',
  })
  proposeQualityRule(
    @Arg('input', () => QualityRuleInput) input: QualityRuleInput,
    @Ctx() context: GovernanceContext,
  ): Promise<QualityRulesResult> {
    return proposeRule(context, input);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => QualityRulesResult, {
    description:
      '按登记内容拟定质量规则\nProposes the rules that follow from types, keys and code lists of a resource’s items.',
  })
  draftQualityRules(
    @Arg('place', () => String, { description: '资源\nSubgraph and type.' }) place: string,
    @Ctx() context: GovernanceContext,
  ): Promise<QualityRulesResult> {
    return draftRules(context, place);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => QualityRulesResult, {
    description: '确认质量规则\nBy a person of the provider who did not propose it. All of them, or none.',
  })
  confirmQualityRules(
    @Arg('ids', () => [String], { description: '质量规则编号' }) ids: string[],
    @Ctx() context: GovernanceContext,
  ): Promise<QualityRulesResult> {
    return decideRules(context, ids);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => QualityRulesResult, { description: '不予启用质量规则' })
  refuseQualityRules(
    @Arg('ids', () => [String], { description: '质量规则编号' }) ids: string[],
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<QualityRulesResult> {
    return decideRules(context, ids, reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => QualityRulesResult, {
    description: '终止质量规则\nIt stays on record; the authority is told, and the next scores say that it is gone.',
  })
  endQualityRule(
    @Arg('id', () => String, { description: '质量规则编号' }) id: string,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<QualityRulesResult> {
    return endRule(context, id, reason);
  }
}
