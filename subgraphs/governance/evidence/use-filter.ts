import { Field, GraphQLISODateTime, InputType, registerEnumType } from 'type-graphql';
import type { GrantMode } from '../../../shared/kernel/index.js';
import type { Outcome } from '../../../shared/evidence/index.js';
import { Filters } from '../../../shared/share/decorators.js';
import { GrantModes } from '../grant/index.js';
import type { UseCriteria } from './use-criteria.js';

export const UseOutcomes = {
  ANSWERED: 'answered',
  PARTIAL: 'partial',
  REFUSED: 'refused',
  FAILED: 'failed',
  INTROSPECTED: 'introspected',
} as const satisfies Record<string, Outcome>;
registerEnumType(UseOutcomes, {
  name: 'UseOutcome',
  description:
    '办理结果\nANSWERED whole, PARTIAL with refusals or failures in it, REFUSED before anything was asked for, FAILED by a fault, INTROSPECTED where only the schema was asked for; figures count these only when asked for them.',
  valuesConfig: {
    ANSWERED: { description: '全部提供' },
    PARTIAL: { description: '部分提供' },
    REFUSED: { description: '不予提供' },
    FAILED: { description: '故障' },
    INTROSPECTED: { description: '仅查询结构' },
  },
});

@InputType({ description: '使用记录的查询条件\nAll that are given hold at once.' })
export class UseFilter implements UseCriteria {
  @Filters('Use.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nInclusive.' })
  from?: Date | null;

  @Filters('Use.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '截止时间\nExclusive.' })
  until?: Date | null;

  @Filters('Use.department')
  @Field(() => String, { nullable: true, description: '使用部门代码' })
  department?: string | null;

  @Filters('UsedItem.coordinate')
  @Field(() => String, { nullable: true, description: '提供部门代码\nOf an item that was touched.' })
  provider?: string | null;

  @Filters('UsedItem.resource')
  @Field(() => String, { nullable: true, description: '资源代码' })
  resource?: string | null;

  @Filters('UsedItem.coordinate')
  @Field(() => String, { nullable: true, description: '信息项坐标\nType.field, of an item that was touched.' })
  item?: string | null;

  @Filters('Use.scenario')
  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | null;

  @Filters('Use.person')
  @Field(() => String, { nullable: true, description: '经办人员账号' })
  person?: string | null;

  @Filters('Use.system')
  @Field(() => String, { nullable: true, description: '接入系统' })
  system?: string | null;

  @Filters('UseConnection.subject')
  @Field(() => String, {
    nullable: true,
    description: '公民身份号码\nWhose records were given. That you asked for this person is itself recorded.',
  })
  subject?: string | null;

  @Filters('Use.mode')
  @Field(() => GrantModes, { nullable: true, description: '使用方式' })
  mode?: GrantMode | null;

  @Filters('Use.outcome')
  @Field(() => UseOutcomes, { nullable: true, description: '办理结果' })
  outcome?: Outcome | null;

  @Filters('UseConsent.consent')
  @Field(() => String, {
    nullable: true,
    description: '同意编号\nUses that rest on this consent; a provider finds those that it gave.',
  })
  consent?: string | null;

  @Filters('Use.requestId')
  @Field(() => String, { nullable: true, description: '请求编号' })
  requestId?: string | null;
}
