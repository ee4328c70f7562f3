import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import type { ItemFacts } from '../../../../shared/share/quality/quality-items.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000087', name: '可检查信息项名录', provider: 'data-bureau', updateCycle: 'DAILY' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('QualityItem', {
  description: '可检查信息项\nAn item about which rules can be made. The worker reads them from the schemas.',
})
export class QualityItem {
  [EntityName]?: 'QualityItem';

  @Field({ description: '信息项坐标' })
  @PrimaryKey()
  coordinate!: string;

  @Field({ description: '子图' })
  @Property()
  subgraph!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '类型' })
  @Property()
  type!: string;

  @Field({ description: '信息项\nField of the type.' })
  @Property()
  item!: string;

  @Field({ description: '资源代码' })
  @Property()
  resource!: string;

  @Field({ description: '资源名称' })
  @Property()
  resourceName!: string;

  @Field({ description: '名称' })
  @Property()
  title!: string;

  @Field({ description: '数据类型' })
  @Property()
  valueType!: string;

  @Property()
  shareType!: string;

  @Property({ type: 'json' })
  facts!: ItemFacts;
}

export const QualityItemConnection = defineConnection(QualityItem, { title: '可检查信息项' });
