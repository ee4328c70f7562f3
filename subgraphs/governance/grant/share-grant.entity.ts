import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLISODateTime, Field, Int, ObjectType } from 'type-graphql';
import {
  GRANT_MODES,
  type Coordinate,
  type GrantMode,
  type Mask,
  type VerificationDetail,
} from '../../../shared/kernel/index.js';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Reads } from '../../../shared/subgraph/index.js';
import { GrantSuspension } from './grant-party.js';
import type { Party } from './party.rule.js';

export const GrantModes = defineEnum<GrantMode>(
  'GrantMode',
  '使用方式\nOnly QUERY gives values; the others are usable but not visible.',
  { QUERY: '查询', VERIFY: '比对核查', STATISTICS: '统计', BULK: '批量' },
);
export const VerificationDetails = defineEnum<VerificationDetail>(
  'VerificationDetail',
  '核查结果明细\nAnswers of verification beyond one outcome for all claims together.',
  { PER_ITEM: '逐项结果', NO_RECORD: '有无记录' },
);
export const MaskForms = defineEnum<Mask>('MaskedAs', '脱敏方式', {
  NAME: '姓名脱敏',
  PHONE: '电话脱敏',
  IDENTITY: '证件号码脱敏',
  ADDRESS: '地址脱敏',
  HIDDEN: '全部隐去',
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '脱敏项\nAn item that is given only in a de-identified form.' })
export class MaskedItem {
  @Field(() => String, { description: '信息项坐标' })
  coordinate!: Coordinate;

  @Field(() => MaskForms, { description: '脱敏方式' })
  as!: Mask;
}

@Resource({ code: '900001/000005', name: '授权名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('Grant', { description: '授权\nItems that a department may use, as an approved application decides.' })
export class ShareGrant {
  [EntityName]?: 'ShareGrant';
  [OptionalProps]?: 'masked' | 'suspended' | 'suspension' | 'suspensions';

  @Field({ description: '授权编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '使用部门代码' })
  @Property()
  department!: string;

  @Field({ description: '场景代码' })
  @Property()
  scenario!: string;

  @Field(() => GrantModes, { description: '使用方式' })
  @Enum({ items: [...GRANT_MODES] })
  mode!: GrantMode;

  @Field(() => [String], { description: '信息项坐标\nSchema coordinates, Type.field.' })
  @Property({ type: 'json' })
  coordinates!: Coordinate[];

  @Field(() => GraphQLISODateTime, { description: '生效时间' })
  @Property({ fieldName: 'from_at' })
  from!: Date;

  @Field(() => GraphQLISODateTime, { description: '终止时间\nThe grant has ended at this instant.' })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Property({ fieldName: 'suspended' })
  heldByPlatform!: boolean;

  @Property({ fieldName: 'suspension', nullable: true })
  platformReason?: string | null;

  /** Reason for which the consuming department has suspended it. */
  @Property({ nullable: true })
  heldByConsumer?: string | null;

  /** Reason for which the providing department has suspended it. */
  @Property({ nullable: true })
  heldByProvider?: string | null;

  @Property({ type: 'datetime', nullable: true })
  platformSince?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  consumerSince?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  providerSince?: Date | null;

  @Reads(
    ...(['heldByPlatform', 'platformReason', 'heldByConsumer', 'heldByProvider'] as const),
    ...(['platformSince', 'consumerSince', 'providerSince'] as const),
  )
  @Field(() => [GrantSuspension], {
    description: '暂停\nOne for each party that has suspended it; the grant is in force while there is none.',
  })
  get suspensions(): GrantSuspension[] {
    const held: [Party, string | null | undefined, Date | null | undefined][] = [
      ['CONSUMER', this.heldByConsumer, this.consumerSince],
      ['PROVIDER', this.heldByProvider, this.providerSince],
      ['PLATFORM', this.heldByPlatform ? (this.platformReason ?? '') : null, this.platformSince],
    ];
    return held.flatMap(([party, reason, since]) =>
      reason == null ? [] : [Object.assign(new GrantSuspension(), { party, reason, since })],
    );
  }

  @Reads('heldByPlatform', 'heldByConsumer', 'heldByProvider')
  @Field({ description: '是否暂停\nBy any party.' })
  get suspended(): boolean {
    return this.suspensions.length > 0;
  }

  @Reads('heldByPlatform', 'platformReason', 'heldByConsumer', 'heldByProvider')
  @Field(() => String, { nullable: true, description: '暂停原因' })
  get suspension(): string | null {
    return this.suspensions.map(({ reason }) => reason).join('; ') || null;
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: '撤销时间' })
  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '撤销原因' })
  @Property({ nullable: true })
  revocation?: string | null;

  @Field(() => [String], { nullable: true, description: '行范围\nDivision code prefixes; all rows where null.' })
  @Property({ type: 'json', nullable: true })
  rows?: string[] | null;

  @Field(() => Int, { nullable: true, description: '每日使用次数上限\nEach value of an item in an answer is a use.' })
  @Property({ nullable: true })
  quotaPerDay?: number | null;

  @Field(() => [VerificationDetails], {
    nullable: true,
    description: '核查结果明细\nOne outcome for all claims together where null.',
  })
  @Property({ type: 'json', nullable: true })
  verificationDetails?: VerificationDetail[] | null;

  @Property({ type: 'json', nullable: true })
  masks?: Record<Coordinate, Mask> | null;

  @Reads('masks')
  @Field(() => [MaskedItem], { description: '脱敏项' })
  get masked(): MaskedItem[] {
    return Object.entries(this.masks ?? {}).map(([coordinate, as]) =>
      Object.assign(new MaskedItem(), { coordinate: coordinate as Coordinate, as }),
    );
  }

  @Field(() => String, {
    nullable: true,
    description: '协调文号\nThe authority’s coordination for a not-shared item (CZ-11, YN-18).',
  })
  @Property({ nullable: true })
  coordination?: string | null;

  @Field({ description: '批准人' })
  @Property()
  approver!: string;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => String, { nullable: true, description: '申请编号\nThe application that was decided.' })
  @Property({ nullable: true })
  application?: string | null;

  /** Department that decided the application; none where a coordination gave the grant. */
  @Property({ nullable: true })
  provider?: string | null;

  @Field(() => String, { nullable: true, description: '所服务的职能编号' })
  @Property({ nullable: true })
  duty?: string | null;

  @Field(() => [String], { nullable: true, description: '附加条件' })
  @Property({ type: 'json', nullable: true })
  conditions?: string[] | null;

  @Field(() => [String], { nullable: true, description: '用途类别' })
  @Property({ type: 'json', nullable: true })
  uses?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      '内部授权人员\nPersons by account, posts with a * before; everyone in the department where null (QZ-8.2d).',
  })
  @Property({ type: 'json', nullable: true })
  persons?: string[] | null;

  /** Identity of each item, by coordinate, at the time of the decision. */
  @Property({ type: 'json', nullable: true })
  identities?: Record<Coordinate, string> | null;
}

export const GrantConnection = defineConnection(ShareGrant, { title: '授权' });
