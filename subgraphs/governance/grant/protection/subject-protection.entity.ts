import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import type { SubjectKind } from '../../../../shared/trust/protected-subjects.js';

export const SubjectKinds = defineEnum<SubjectKind>('ProtectedSubjectKind', '受保护主体类型', {
  PERSON: '自然人',
  ORGANISATION: '法人和其他组织',
});
const STATES = ['PROPOSED', 'IN_FORCE', 'END_PROPOSED', 'ENDED', 'REPLACED', 'REFUSED'] as const;
export type ProtectionState = (typeof STATES)[number];
export const ProtectionStates = defineEnum<ProtectionState>(
  'ProtectionState',
  '主体保护状态\nOne that is IN_FORCE or END_PROPOSED withholds, and ends at `until`.',
  {
    PROPOSED: '已提出',
    IN_FORCE: '已生效',
    END_PROPOSED: '已提出解除',
    ENDED: '已解除',
    REPLACED: '已被新的保护取代',
    REFUSED: '不予确认',
  },
);

@Share('UNCONDITIONAL')
@ObjectType({ description: '不受保护影响的场景' })
export class ProtectionPurpose {
  @Field({ description: '部门代码' })
  department!: string;

  @Field({ description: '场景代码' })
  scenario!: string;
}

@Resource({ code: '900001/000047', name: '主体保护名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('SubjectProtection', {
  description:
    '主体保护\nA decision of the owner that a subject’s records in its resources are withheld from everybody but the named purposes. Whom it protects is shown to nobody; the owner finds it by the identifier, or by its own reference.',
})
export class SubjectProtection {
  [EntityName]?: 'SubjectProtection';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  owner!: string;

  @Field(() => SubjectKinds, { description: '主体类型' })
  @Enum({ items: ['PERSON', 'ORGANISATION'] })
  kind!: SubjectKind;

  /** The identifier, which only the gateways can open. */
  @Property()
  sealed!: string;

  /** Keyed hash of the identifier, and the id of the key: it finds the same subject again and names nobody. */
  @Property()
  subjectKey!: string;

  @Property()
  subjectHash!: string;

  @Field(() => [ProtectionPurpose], {
    description: '不受影响的场景\nUnder these the records are given as the grants say.',
  })
  @Property({ type: 'json' })
  purposes!: ProtectionPurpose[];

  @Field({ description: '本部门案卷号\nBy which the department knows whom it protects.' })
  @Property()
  reference!: string;

  @Field({ description: '原因' })
  @Property()
  reason!: string;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => GraphQLISODateTime, {
    description: '终止时间\nThe protection has ended at this instant, the end of a local day.',
  })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Field(() => ProtectionStates, { description: '状态' })
  @Enum({ items: [...STATES] })
  state!: ProtectionState;

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property()
  proposedAt!: Date;

  @Property()
  proposedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '生效时间' })
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date | null;

  @Property({ nullable: true })
  confirmedBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '提出解除时间' })
  @Property({ type: 'datetime', nullable: true })
  endProposedAt?: Date | null;

  @Property({ nullable: true })
  endProposedBy?: string | null;

  @Field(() => String, { nullable: true, description: '解除原因' })
  @Property({ nullable: true })
  endReason?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '解除时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ nullable: true })
  endedBy?: string | null;

  @Property({ type: 'datetime', nullable: true })
  refusedAt?: Date | null;

  @Property({ nullable: true })
  refusedBy?: string | null;

  @Field(() => String, { nullable: true, description: '不予确认的原因' })
  @Property({ nullable: true })
  refusal?: string | null;
}

export const SubjectProtectionConnection = defineConnection(SubjectProtection, { title: '主体保护' });
