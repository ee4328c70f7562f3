import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../../shared/subgraph/index.js';
import { Refusal } from '../../../core/index.js';

const STATES = ['PROPOSED', 'GIVEN', 'REFUSED', 'REVOKED', 'REPLACED'] as const;
export type CheckConsentState = (typeof STATES)[number];
export const CheckConsentStates = defineEnum<CheckConsentState>(
  'CheckConsentState',
  '多元校核同意状态\nOne that is GIVEN holds until `until`.',
  { PROPOSED: '一人已提出', GIVEN: '已同意', REFUSED: '不同意', REVOKED: '已撤回', REPLACED: '已被新的同意取代' },
);

@Share('UNCONDITIONAL')
@Entity({ tableName: 'multi_source_consent' })
@ObjectType('CheckConsent', {
  description:
    '多元校核同意\nAn owner’s decision that its item is compared in one check: one person proposes it, and another of the department confirms.',
})
export class CheckConsent {
  [EntityName]?: 'CheckConsent';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Property()
  checkId!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  owner!: string;

  @Field({ description: '信息项坐标' })
  @Property()
  item!: string;

  @Field(() => GraphQLISODateTime, { description: '终止时间\nIt has ended at this instant, the end of a local day.' })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Field(() => CheckConsentStates, { description: '状态' })
  @Enum({ items: [...STATES] })
  state!: CheckConsentState;

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property()
  proposedAt!: Date;

  @Property()
  proposedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '同意时间\nWhen the second person confirmed.' })
  @Property({ type: 'datetime', nullable: true })
  givenAt?: Date | null;

  @Property({ nullable: true })
  givenBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '不同意、撤回或者被取代的时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ nullable: true })
  endedBy?: string | null;

  @Field(() => String, { nullable: true, description: '不同意或者撤回的原因' })
  @Property({ nullable: true })
  reason?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '多元校核同意办理结果\nExactly one of `consent` and `refusal` is set.' })
export class CheckConsentResult {
  @Field(() => CheckConsent, { nullable: true, description: '多元校核同意' })
  consent?: CheckConsent;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
