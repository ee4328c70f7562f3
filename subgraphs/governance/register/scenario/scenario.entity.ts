import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000004', name: '应用场景名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '应用场景\nThe purpose for which a department asks; each grant is bound to one (QZ-2.2g).' })
export class Scenario {
  [EntityName]?: 'Scenario';

  @PrimaryKey()
  id!: string;

  @Field({ description: '所属部门代码' })
  @Property()
  department!: string;

  @Field({ description: '场景代码\nAs the share-scenario header names it.' })
  @Property()
  code!: string;

  @Field({ description: '场景名称' })
  @Property()
  name!: string;

  @Field({ description: '用途' })
  @Property()
  purpose!: string;

  @Field(() => [String], { description: '依据\nClauses and other provisions under which the department asks.' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;
}

export const ScenarioConnection = defineConnection(Scenario, { title: '应用场景' });
