import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import type { ClaimRule } from '../../../../../shared/share/claims/claim-rule.js';
import { Resource, Share } from '../../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000053', name: '可校核信息项名录', provider: 'data-bureau', updateCycle: 'DAILY' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('ComparableItem', {
  description:
    '可校核信息项\nAn item that its owner has opened to comparisons, on a record that names its subject. The worker reads them from the schemas.',
})
export class ComparableItem {
  [EntityName]?: 'ComparableItem';

  @Field({ description: '信息项坐标' })
  @PrimaryKey()
  coordinate!: string;

  @Property()
  subgraph!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '名称' })
  @Property()
  title!: string;

  @Field({ description: '数据类型' })
  @Property()
  type!: string;

  @Property()
  isEnum!: boolean;

  @Property()
  subjectKind!: 'PERSON' | 'ORGANISATION';

  @Property()
  subjectField!: string;

  @Property({ nullable: true })
  listField?: string | null;

  @Property()
  shareType!: string;

  @Property({ type: 'json' })
  rule!: ClaimRule;
}

export const ComparableItemConnection = defineConnection(ComparableItem, { title: '可校核信息项' });
