import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { CatalogueAction, CatalogueState } from './catalogue-enums.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '属性变更' })
export class AttributeChange {
  @Field({ description: '属性\nOf the entry, or item and attribute.' })
  attribute!: string;

  @Field(() => String, { nullable: true, description: '变更前' })
  before?: string | null;

  @Field(() => String, { nullable: true, description: '变更后' })
  after?: string | null;
}

@Resource({ code: '900002/000003', name: '目录变更记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '目录变更\nA change of an entry: by whom, when and why (HZ-5.2b).' })
export class CatalogueChange {
  [EntityName]?: 'CatalogueChange';

  @Field({ description: '编号' })
  @PrimaryKey({ type: 'string' })
  id!: string;

  @Field({ description: '资源代码' })
  @Property()
  code!: string;

  @Field(() => Int, { description: '修订号' })
  @Property({ type: 'int' })
  revision!: number;

  @Field(() => Int, { description: '版本号' })
  @Property({ type: 'int' })
  version!: number;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  @Property({ type: 'datetime' })
  at!: Date;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field(() => String, { nullable: true, description: '经办人' })
  @Property({ nullable: true })
  person?: string | null;

  @Field(() => CatalogueAction, { description: '行为' })
  @Property({ type: 'text' })
  act!: CatalogueAction;

  @Field(() => CatalogueState, { nullable: true, description: '原状态' })
  @Property({ type: 'text', nullable: true })
  fromState?: CatalogueState | null;

  @Field(() => CatalogueState, { description: '现状态' })
  @Property({ type: 'text' })
  toState!: CatalogueState;

  @Field(() => String, { nullable: true, description: '原因' })
  @Property({ nullable: true })
  reason?: string | null;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => [AttributeChange], { description: '属性变更' })
  @Property({ type: 'json' })
  attributes!: AttributeChange[];
}
