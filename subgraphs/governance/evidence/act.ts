import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { AUDIT_ACTIONS, type AuditAction } from '../../../shared/evidence/index.js';
import { Filters, Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { ACT_TITLES } from './act-titles.js';

export const AuditActions = Object.fromEntries(AUDIT_ACTIONS.map((name) => [name, name])) as {
  readonly [K in AuditAction]: K;
};
registerEnumType(AuditActions, {
  name: 'AuditAction',
  description: '治理事项',
  valuesConfig: Object.fromEntries(AUDIT_ACTIONS.map((name) => [name, { description: ACT_TITLES[name] }])),
});

@Resource({ code: '900001/000021', name: '治理事项记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({ description: '治理事项\nWho decided what, and under which provision.' })
export class Act {
  @Field(() => ID, { description: '序号' })
  position!: number;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  time!: Date;

  @Field(() => String, { nullable: true, description: '请求编号' })
  requestId?: string | null;

  @Field(() => String, { nullable: true, description: '办理部门代码\nNull for the operator’s own command.' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: '接入系统' })
  system?: string | null;

  @Field(() => String, { nullable: true, description: '办理人员' })
  person?: string | null;

  @Field(() => AuditActions, { description: '事项' })
  act!: AuditAction;

  @Field({ description: '对象\nSuch as grant/G-000001.' })
  object!: string;

  @Field(() => [String], { description: '有关部门代码' })
  concerns!: readonly string[];

  @Field(() => [String], { description: '依据' })
  basis!: readonly string[];

  @Field(() => String, { nullable: true, description: '原因' })
  reason?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: '内容\nThe object’s terms after the act.' })
  terms?: Readonly<Record<string, unknown>> | null;
}

export const ActConnection = defineConnection(Act, { title: '治理事项' });

@InputType({ description: '治理事项的查询条件' })
export class ActFilter {
  @Filters('Act.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nInclusive.' })
  from?: Date | null;

  @Filters('Act.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '截止时间\nExclusive.' })
  until?: Date | null;

  @Filters('Act.act')
  @Field(() => AuditActions, { nullable: true, description: '事项' })
  act?: AuditAction | null;

  @Filters('Act.object')
  @Field(() => String, { nullable: true, description: '对象' })
  object?: string | null;

  @Filters('Act.department')
  @Field(() => String, { nullable: true, description: '办理部门代码' })
  department?: string | null;

  @Filters('Act.concerns')
  @Field(() => String, { nullable: true, description: '有关部门代码' })
  concerns?: string | null;

  @Filters('Act.person')
  @Field(() => String, { nullable: true, description: '办理人员' })
  person?: string | null;
}
