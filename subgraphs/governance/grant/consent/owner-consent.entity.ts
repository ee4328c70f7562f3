import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLISODateTime, Field, ObjectType } from 'type-graphql';
import { RELEASE_USES, type ReleaseUse } from '../../../../shared/share/releases/release.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Reads } from '../../../../shared/subgraph/index.js';

export const ReleaseUses = defineEnum<ReleaseUse>(
  'ReleaseUse',
  '使用情形\nThe way in which an item reaches a subgraph, or a subgraph speaks in its owner’s place.',
  {
    KEY: '作为实体键发送',
    REQUIRES: '作为计算输入发送',
    ARGUMENT: '作为参数发送',
    OVERRIDE: '代为提供',
    SHAREABLE: '提供副本',
    PROVIDES: '随关联提供',
    ROOT_FIELD: '提供查询入口',
    TYPE: '登记目录资源',
  },
);
export type ConsentState = 'PROPOSED' | 'AGREED_ONCE' | 'GIVEN' | 'REFUSED' | 'REVOKED' | 'WITHDRAWN';
export const ConsentStates = defineEnum<ConsentState>('ConsentState', '同意状态\nOne that is GIVEN ends at `until`.', {
  PROPOSED: '已提出',
  AGREED_ONCE: '一人已同意',
  GIVEN: '已同意',
  REFUSED: '不同意',
  REVOKED: '已撤回',
  WITHDRAWN: '已撤销提出',
});

@Resource({ code: '900001/000031', name: '提供部门同意名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('OwnerConsent', {
  description:
    '提供部门同意\nThe owner’s decision that an item is released to one subgraph of another department, for one coordinate.',
})
export class OwnerConsent {
  [EntityName]?: 'OwnerConsent';
  [OptionalProps]?: 'state';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '信息项坐标\nThe type alone for the use TYPE.' })
  @Property()
  item!: string;

  /** Identity of the item at the time of the decision. */
  @Property({ nullable: true })
  identity?: string | null;

  @Field({ description: '提供部门代码' })
  @Property()
  owner!: string;

  @Field({ description: '接收部门代码' })
  @Property()
  receiver!: string;

  @Field({ description: '接收子图' })
  @Property()
  receiverSubgraph!: string;

  @Field(() => ReleaseUses, { description: '使用情形' })
  @Enum({ items: [...RELEASE_USES] })
  use!: ReleaseUse;

  @Field({ description: '用于的坐标\nThe derived field, the type of a key; else the item.' })
  @Property()
  coordinate!: string;

  @Field({ description: '用途' })
  @Property()
  purpose!: string;

  @Field(() => GraphQLISODateTime, {
    description: '终止时间\nThe consent has ended at this instant, the end of a local day.',
  })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property()
  proposedAt!: Date;

  @Field({ description: '提出部门代码' })
  @Property()
  proposingDepartment!: string;

  /** The person; absent where the owner's schema proposed it (`@derivable`). */
  @Property({ nullable: true })
  proposedBy?: string | null;

  @Property({ type: 'datetime', nullable: true })
  firstAt?: Date | null;

  @Property({ nullable: true })
  firstBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '同意时间\nWhen the second person agreed.' })
  @Property({ type: 'datetime', nullable: true })
  secondAt?: Date | null;

  @Property({ nullable: true })
  secondBy?: string | null;

  @Property({ type: 'datetime', nullable: true })
  refusedAt?: Date | null;

  @Property({ nullable: true })
  refusedBy?: string | null;

  @Field(() => String, { nullable: true, description: '不同意的原因' })
  @Property({ nullable: true })
  refusal?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '撤回时间' })
  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date | null;

  @Property({ nullable: true })
  revokedBy?: string | null;

  @Field(() => String, { nullable: true, description: '撤回原因' })
  @Property({ nullable: true })
  revocation?: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '撤销提出时间\nWhen the schema that proposed it stopped to, or nobody had decided in time.',
  })
  @Property({ type: 'datetime', nullable: true })
  withdrawnAt?: Date | null;

  @Reads('firstAt', 'secondAt', 'refusedAt', 'revokedAt', 'withdrawnAt')
  @Field(() => ConsentStates, { description: '状态' })
  get state(): ConsentState {
    if (this.revokedAt) return 'REVOKED';
    if (this.refusedAt) return 'REFUSED';
    if (this.withdrawnAt) return 'WITHDRAWN';
    if (this.secondAt) return 'GIVEN';
    return this.firstAt ? 'AGREED_ONCE' : 'PROPOSED';
  }
}

export const OwnerConsentConnection = defineConnection(OwnerConsent, { title: '提供部门同意' });
