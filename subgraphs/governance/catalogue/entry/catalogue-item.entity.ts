import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import type { ShareType } from '../../../../shared/kernel/index.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { ItemDataType, ItemShareType } from './catalogue-enums.js';

@Resource({ code: '900002/000002', name: '资源目录信息项', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '信息项\nAn item of one revision of a catalogue entry.' })
export class CatalogueItem {
  [EntityName]?: 'CatalogueItem';

  @Field({ description: '编号\nRevision and coordinate, or revision and number.' })
  @PrimaryKey()
  id!: string;

  /** Id of the revision. */
  @Property()
  resource!: string;

  @Field({ description: '资源代码' })
  @Property()
  code!: string;

  @Field(() => String, { nullable: true, description: '坐标\nType.field; null for an item that no subgraph serves.' })
  @Property({ nullable: true })
  coordinate?: string | null;

  @Field({ description: '信息项名称' })
  @Property()
  name!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => ItemDataType, { nullable: true, description: '数据类型' })
  @Property({ type: 'text', nullable: true })
  dataType?: ItemDataType | null;

  @Field(() => Int, { nullable: true, description: '数据长度' })
  @Property({ type: 'int', nullable: true })
  length?: number | null;

  @Field(() => Int, { nullable: true, description: '小数位数\nOf a number; its length counts them.' })
  @Property({ type: 'int', nullable: true })
  scale?: number | null;

  @Field(() => String, { nullable: true, description: '接口类型\nAs the subgraph writes it.' })
  @Property({ nullable: true })
  sdlType?: string | null;

  @Field(() => ItemShareType, { nullable: true, description: '共享类型' })
  @Property({ type: 'text', nullable: true })
  shareType?: ShareType | null;

  @Field(() => String, { nullable: true, description: '共享条件' })
  @Property({ nullable: true })
  condition?: string | null;

  @Field(() => String, { nullable: true, description: '理由\nWhy it is restricted (YN-14e).' })
  @Property({ nullable: true })
  reason?: string | null;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field({ description: '是否基础信息项' })
  @Property()
  basic!: boolean;

  @Field({ description: '是否主体标识' })
  @Property()
  identifier!: boolean;
}
