import { ArrayType, EntityName, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Verdicts } from '../correction.entity.js';
import type { Verdict } from '../correction-state.rule.js';

@Resource({ code: '900001/000051', name: '校核结果告知名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '校核结果告知\nThe result of a correction, as a department that uses the items was told of it.',
})
export class CorrectionReceipt {
  [EntityName]?: 'CorrectionReceipt';
  [PrimaryKeyProp]?: ['correction', 'department'];

  @Field({ description: '数据纠错编号' })
  @PrimaryKey()
  correction!: string;

  @Field({ description: '部门代码' })
  @PrimaryKey()
  department!: string;

  @Field(() => [String], { description: '信息项坐标' })
  @Property({ type: ArrayType })
  items!: string[];

  @Field(() => Verdicts, { description: '核实结论' })
  @Property({ type: 'text' })
  verdict!: Verdict;

  @Field(() => Int, {
    description: '获取次数\nAnswers that gave the items; 0 for a department that only has a grant of them.',
  })
  @Property()
  uses!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '最近获取时间' })
  @Property({ type: 'datetime', nullable: true })
  lastAt?: Date | null;

  @Field(() => GraphQLISODateTime, { description: '告知时间' })
  @Property()
  toldAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认时间' })
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date | null;

  @Property({ nullable: true })
  confirmedBy?: string | null;

  @Field(() => String, { nullable: true, description: '处理情况\nWhat the department has done with it.' })
  @Property({ nullable: true })
  note?: string | null;
}

export const CorrectionReceiptConnection = defineConnection(CorrectionReceipt, { title: '校核结果告知' });
