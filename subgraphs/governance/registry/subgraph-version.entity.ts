import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import type { PromisedItem } from '../../../shared/share/last-days.js';
import { defineConnection, defineEnum, Reads } from '../../../shared/subgraph/index.js';
import { type CountedFinding, Finding, VersionUse } from './finding.type.js';
import { wordFinding } from './messages/findings.js';

export const VersionKinds = defineEnum('VersionKind', '版本种类', {
  SUBMISSION: '提交',
  ROLLBACK: '回退到以前的版本',
  RETIREMENT: '停用',
});
export type VersionKind = keyof typeof VersionKinds;

export const VersionStates = defineEnum('VersionState', '版本状态', {
  PENDING: '待检查',
  CHECKED: '检查通过',
  REFUSED: '检查未通过',
  REPLACED: '已被新提交取代',
  PUBLISHED: '已发布',
  SUPERSEDED: '曾经发布',
});
export type VersionState = keyof typeof VersionStates;

@Resource({ code: '900001/000040', name: '子图版本名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '子图版本\nA schema that a department submits for its subgraph. It is checked, then published by another person; it never changes.',
})
export class SubgraphVersion {
  [EntityName]?: 'SubgraphVersion';
  [OptionalProps]?: 'found' | 'findings' | 'attempts';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field(() => Int, { description: '版本号\nCounted for each subgraph.' })
  @Property()
  number!: number;

  @Field(() => VersionKinds, { description: '种类' })
  @Enum(() => VersionKinds)
  kind!: VersionKind;

  @Field({ description: '提交部门代码' })
  @Property()
  department!: string;

  @Field(() => String, {
    nullable: true,
    description: '服务地址\nNull for a retirement; `declared:` where the hub serves it from a declaration.',
  })
  @Property({ nullable: true })
  url?: string | null;

  @Field(() => String, { nullable: true, description: '结构定义\nNull for a retirement.' })
  @Property({ nullable: true })
  sdl?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '资源声明\nThe declaration that the hub serves it from; null for a subgraph that runs elsewhere.',
  })
  @Property({ nullable: true })
  declaration?: string | null;

  @Field({ description: '说明' })
  @Property()
  note!: string;

  @Field(() => VersionStates, { description: '状态' })
  @Enum(() => VersionStates)
  state!: VersionState;

  @Field(() => GraphQLISODateTime, { description: '提交时间' })
  @Property()
  submittedAt!: Date;

  @Property()
  submittedBy!: string;

  /** Checks that were begun. One that ends the process is not begun for ever. */
  @Property()
  attempts!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '检查时间' })
  @Property({ type: 'datetime', nullable: true })
  checkedAt?: Date | null;

  /** The published versions that it was checked beside. */
  @Property({ nullable: true })
  checkedAgainst?: string | null;

  @Property({ type: 'json' })
  findings!: CountedFinding[];

  @Reads('findings')
  @Field(() => [Finding], { description: '检查发现' })
  get found(): Finding[] {
    return this.findings.map((finding) =>
      Object.assign(new Finding(), finding, {
        message: wordFinding(finding.code, finding.message),
        uses: finding.uses?.map((use) => Object.assign(new VersionUse(), use)) ?? [],
      }),
    );
  }

  /** When the hosted tables of a subgraph that ended with it were removed. */
  @Property({ type: 'datetime', nullable: true })
  tablesRemovedAt?: Date | null;

  /** Its deprecated items that are promised until a day. */
  @Property({ type: 'json', nullable: true })
  promised?: readonly PromisedItem[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '发布时间' })
  @Property({ type: 'datetime', nullable: true })
  publishedAt?: Date | null;

  @Property({ nullable: true })
  publishedBy?: string | null;
}

export const SubgraphVersionConnection = defineConnection(SubgraphVersion, { title: '子图版本' });
