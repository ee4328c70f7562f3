import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';

const STATES = ['LOCKED', 'LIFTED', 'ENDED'] as const;
export type VerificationLockState = (typeof STATES)[number];
export const VerificationLockStates = defineEnum<VerificationLockState>('VerificationLockState', '核查锁定状态', {
  LOCKED: '已锁定',
  LIFTED: '已由提供部门解除',
  ENDED: '已到期',
});

@Resource({ code: '900001/000052', name: '核查锁定名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('VerificationLock', {
  description:
    '核查锁定\nAn item of one record about which too many claims were not confirmed. Whose record it is is kept nowhere in clear; the uses in the evidence say it to its provider.',
})
export class VerificationLock {
  [EntityName]?: 'VerificationLock';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '信息项' })
  @Property()
  item!: string;

  /** Department whose tries are used up; '' for those of all departments together. */
  @Property()
  scope!: string;

  @Field({ description: '是否锁定全部部门\nFalse where the asking department alone is locked out.' })
  get forAll(): boolean {
    return this.scope === '';
  }

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '核查部门代码\nOf the claim that was one too many.' })
  @Property()
  asker!: string;

  @Field({ description: '核查系统\nThrough which that claim was made.' })
  @Property()
  system!: string;

  @Field(() => Int, { description: '未获确认次数' })
  @Property()
  misses!: number;

  @Field(() => Int, { description: '锁定后被拒次数' })
  @Property()
  refused!: number;

  @Field(() => GraphQLISODateTime, { description: '锁定时间' })
  @Property()
  lockedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: '到期时间\nWhen it ends by itself.' })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Field(() => VerificationLockStates, { description: '状态' })
  @Enum({ items: [...STATES] })
  state!: VerificationLockState;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '解除或者到期时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ nullable: true })
  liftedBy?: string | null;

  @Field(() => String, { nullable: true, description: '解除原因' })
  @Property({ nullable: true })
  reason?: string | null;
}

export const VerificationLockConnection = defineConnection(VerificationLock, { title: '核查锁定' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '核查锁定办理结果\nExactly one of `lock` and `refusal` is set.' })
export class VerificationLockResult {
  @Field(() => VerificationLock, { nullable: true, description: '核查锁定' })
  lock?: VerificationLock;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
