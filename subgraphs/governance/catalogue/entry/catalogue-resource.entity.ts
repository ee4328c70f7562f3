import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import type { EntryReview, EntryReviewStep } from '../review/entry-review.rule.js';
import { CatalogueFormat, CatalogueState, Openness, ProvisionMethod, ResourceKind } from './catalogue-enums.js';

@Resource({ code: '900002/000001', name: '政务数据资源目录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '目录条目\nOne revision of a catalogue entry. Everybody sees a published one; only its provider and those who review see others.',
})
export class CatalogueResource {
  [EntityName]?: 'CatalogueResource';

  @Field({ description: '编号\nCode and revision.' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '资源代码\n类项目细目/sequence; interface/… for the interface of a subgraph.' })
  @Property()
  code!: string;

  @Field(() => Int, { description: '修订号\nGrows with each publication.' })
  @Property({ type: 'int' })
  revision!: number;

  @Field(() => Int, { description: '版本号\nGrows with each change; a decision names the one it saw.' })
  @Property({ type: 'int' })
  version!: number;

  @Field(() => CatalogueState, { description: '状态' })
  @Property({ type: 'text' })
  state!: CatalogueState;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '被后一修订取代的时间' })
  @Property({ type: 'datetime', nullable: true })
  supersededAt?: Date | null;

  @Field(() => ResourceKind, { description: '种类' })
  @Property({ type: 'text' })
  kind!: ResourceKind;

  @Field(() => String, { nullable: true, description: '子图' })
  @Property({ nullable: true })
  subgraph?: string | null;

  @Field(() => String, { nullable: true, description: '类型\nThe type of the graph that stands for it.' })
  @Property({ nullable: true })
  typeName?: string | null;

  @Field({ description: '资源名称' })
  @Property()
  name!: string;

  @Field(() => String, { nullable: true, description: '资源摘要' })
  @Property({ nullable: true })
  abstract?: string | null;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => String, { nullable: true, description: '资源分类\nAny name: a jurisdiction may add categories.' })
  @Property({ nullable: true })
  category?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '所属库\nFoundational or thematic, e.g. POPULATION; profiles and providers add libraries.',
  })
  @Property({ nullable: true })
  library?: string | null;

  @Field(() => String, { nullable: true, description: '主题' })
  @Property({ nullable: true })
  theme?: string | null;

  @Field(() => CatalogueFormat, { nullable: true, description: '资源格式' })
  @Property({ type: 'text', nullable: true })
  format?: CatalogueFormat | null;

  @Field(() => String, { nullable: true, description: '格式类型\nWithin the format, e.g. PDF or MySQL.' })
  @Property({ nullable: true })
  formatType?: string | null;

  @Field(() => ProvisionMethod, { nullable: true, description: '提供方式' })
  @Property({ type: 'text', nullable: true })
  method?: ProvisionMethod | null;

  @Field(() => String, { nullable: true, description: '共享范围' })
  @Property({ nullable: true })
  shareScope?: string | null;

  @Field(() => Openness, { nullable: true, description: '开放属性' })
  @Property({ type: 'text', nullable: true })
  openness?: Openness | null;

  @Field(() => [String], { description: '开放属性依据' })
  @Property({ type: 'json' })
  opennessBasis!: string[];

  @Field(() => String, { nullable: true, description: '开放条件' })
  @Property({ nullable: true })
  opennessCondition?: string | null;

  /** A text as the schema states it; the graph publishes only the cycles that there are. */
  @Property({ nullable: true })
  updateCycle?: string | null;

  @Field(() => String, { nullable: true, description: '时效要求' })
  @Property({ nullable: true })
  timeliness?: string | null;

  @Field(() => String, { nullable: true, description: '采集范围' })
  @Property({ nullable: true })
  collectionScope?: string | null;

  @Field(() => [String], { description: '法定依据' })
  @Property({ type: 'json' })
  legalBasis!: string[];

  @Field(() => String, { nullable: true, description: '数据分级\n1 to 4, as the law numbers them.' })
  @Property({ nullable: true })
  securityGrade?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '职能编号\nThe function of the provider that it serves (HZ-5.1a).',
  })
  @Property({ nullable: true })
  duty?: string | null;

  @Field(() => [String], { description: '关联资源代码' })
  @Property({ type: 'json' })
  related!: string[];

  @Field({ description: '是否补充目录\nOf a lower level, beside the provincial catalogue (JL-15f).' })
  @Property()
  supplement!: boolean;

  /** Steps of the review, copied from the law in force when it was submitted. */
  @Property({ type: 'json' })
  process!: EntryReviewStep[];

  @Property({ type: 'json' })
  reviews!: EntryReview[];

  @Field(() => String, { nullable: true, description: '提交人' })
  @Property({ nullable: true })
  submittedBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '提交时间' })
  @Property({ type: 'datetime', nullable: true })
  submittedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '发布日期' })
  @Property({ type: 'datetime', nullable: true })
  publishedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { description: '更新时间' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;
}
