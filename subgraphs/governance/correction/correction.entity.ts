import { ArrayType, EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../shared/subgraph/index.js';
import type { CorrectionProcess } from './correction-process.rule.js';
import type { CorrectionState, CorrectionStatus, Verdict } from './correction-state.rule.js';

export const CorrectionKinds = defineEnum('CorrectionKind', '纠错种类', {
  DOUBT: '疑义',
  ERROR: '错误',
  MISMATCH: '比对不一致',
});
export type CorrectionKind = keyof typeof CorrectionKinds;

export const SubjectKinds = defineEnum('DisputedSubjectKind', '数据主体种类', {
  PERSON: '自然人',
  ORGANISATION: '法人和其他组织',
});
export type DisputedSubjectKind = keyof typeof SubjectKinds;

export const CorrectionStatuses = defineEnum<CorrectionStatus>('CorrectionStatus', '纠错状态', {
  FOUND: '待核查反馈',
  REPORTED: '待分析分发',
  DISPATCHED: '待受理',
  ACCEPTED: '核实中',
  UPHELD: '待更正',
  REJECTED: '不予更正',
  DISPUTED: '协调中',
  NOTIFIED: '已更正并告知',
  CLOSED: '已办结',
  WITHDRAWN: '已撤回',
});

export const Verdicts = defineEnum<Verdict>('CorrectionVerdict', '核实结论', {
  UPHELD: '予以更正',
  PARTLY: '部分更正',
  REJECTED: '不予更正',
});

@Resource({ code: '900001/000050', name: '数据纠错名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '数据纠错\nA doubt or an error that was reported on items of one subject, until it is corrected and proven.',
})
export class Correction {
  [EntityName]?: 'Correction';
  [OptionalProps]?: 'proofKey';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field(() => CorrectionKinds, { description: '种类' })
  @Enum(() => CorrectionKinds)
  kind!: CorrectionKind;

  @Field({ description: '提出部门代码' })
  @Property()
  department!: string;

  /** Person who reported, or the system. */
  @Property()
  reporter!: string;

  @Field({ description: '是否代本人提出\nReported at a desk for the person concerned.' })
  @Property()
  onBehalf!: boolean;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => SubjectKinds, { description: '数据主体种类' })
  @Enum(() => SubjectKinds)
  subjectKind!: DisputedSubjectKind;

  @Property({ type: 'json' })
  hashes!: readonly SubjectHash[];

  /** Identifier of the subject, encrypted. */
  @Property()
  sealed!: string;

  @Field(() => [String], { description: '信息项坐标' })
  @Property({ type: ArrayType })
  items!: string[];

  @Field({ description: '问题描述' })
  @Property()
  description!: string;

  @Field(() => CorrectionStatuses, { description: '状态' })
  @Property({ type: 'text' })
  status!: CorrectionStatus;

  @Field(() => Int, { description: '版本\nA command names the version that its caller last saw.' })
  @Property()
  version!: number;

  @Property({ type: 'json' })
  process!: CorrectionProcess;

  @Property({ type: 'json' })
  state!: CorrectionState;

  /** Codes of the departments that have to act next, and roles with a `*` before. */
  @Property({ type: ArrayType })
  waitsOn!: string[];

  /** Last day of the open step, YYYY-MM-DD. */
  @Property({ type: 'string', nullable: true })
  dueDate?: string | null;

  @Property({ type: 'datetime', nullable: true })
  dueAt?: Date | null;

  @Property()
  dueProvisional!: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      '错误起始时间\nWho was given the items since is told of the result; all of whom there are records where absent.',
  })
  @Property({ type: 'datetime', nullable: true })
  errorSince?: Date | null;

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property()
  reportedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: '进入当前状态的时间' })
  @Property()
  since!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '分发时间\nWhen it came to the provider.' })
  @Property({ type: 'datetime', nullable: true })
  dispatchedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '受理时间\nAnswers carry the flag from here on.' })
  @Property({ type: 'datetime', nullable: true })
  acceptedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date | null;

  /** Key of the digests by which a change of a value is proven. */
  @Property({ nullable: true, lazy: true })
  proofKey?: string | null;
}

export const CorrectionConnection = defineConnection(Correction, { title: '数据纠错' });
