import { Field, InputType, Int } from 'type-graphql';
import type { QualityFormat, QualityKind, QualityRelation } from '../../../../shared/share/quality/quality-rule.js';
import { QualityFormats, QualityKinds, QualityRelations } from './quality-enums.js';

@InputType({ description: '质量规则\nWhich further fields there are follows from the kind.' })
export class QualityRuleInput {
  @Field({ description: '资源\nSubgraph and type, such as population.Resident.' })
  place!: string;

  @Field({ description: '信息项\nField of the type.' })
  item!: string;

  @Field(() => QualityKinds, { description: '规则类型' })
  kind!: QualityKind;

  @Field(() => QualityFormats, { nullable: true, description: '格式标准\nOf FORMAT.' })
  format?: QualityFormat | null;

  @Field(() => [String], { nullable: true, description: '代码\nOf VALUES: all there are.' })
  values?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: '下限\nOf RANGE: a number, or a date as 2026-01-31; it is in the range.',
  })
  least?: string | null;

  @Field(() => String, { nullable: true, description: '上限\nAs the lower one.' })
  most?: string | null;

  @Field(() => String, { nullable: true, description: '另一项\nOf CONSISTENT: field of the same type.' })
  other?: string | null;

  @Field(() => QualityRelations, { nullable: true, description: '两项的关系\nOf CONSISTENT.' })
  relation?: QualityRelation | null;

  @Field(() => Int, { nullable: true, description: '日数\nOf RECENT: calendar days, 0 to 36500.' })
  days?: number | null;

  @Field(() => String, {
    nullable: true,
    description: '被引用的信息项\nOf REFERENCE: coordinate of another department’s item, such as Resident.idNumber.',
  })
  target?: string | null;

  @Field(() => String, { nullable: true, description: '说明\nReason for the rule, up to 300 characters.' })
  note?: string | null;
}
