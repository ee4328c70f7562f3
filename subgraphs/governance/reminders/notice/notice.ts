import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import type { Text } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Worded } from '../../../../shared/subgraph/index.js';
import { AuditActions } from '../../evidence/index.js';
import { NOTICE_KINDS, type NoticeKind } from './recipients.rule.js';

export const NoticeKinds = defineEnum(
  'NoticeKind',
  '通知类别\nTASK waits for an act of the department; OVERDUE should have had one.',
  NOTICE_KINDS,
);

@Share('UNCONDITIONAL')
@ObjectType({ description: '通知\nOne act of governance, as it concerns a department; it names no person.' })
export class Notice {
  @Field({ description: '通知编号' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  at!: Date;

  @Field(() => NoticeKinds, { description: '类别' })
  kind!: NoticeKind;

  @Field(() => AuditActions, { description: '事项' })
  act!: AuditAction;

  @Field({ description: '对象\nSuch as grant/G-000001.' })
  object!: string;

  @Field(() => String, { description: '内容' })
  @Worded()
  text!: Text;

  @Field(() => [String], { description: '依据条款' })
  clauses!: string[];

  @Field(() => String, { nullable: true, description: '期限\nLocal date, inclusive.' })
  dueOn?: string | null;

  @Field(() => Boolean, { nullable: true, description: '期限是否暂定\nThe calendar of that year is not known yet.' })
  provisional?: boolean | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间\nOf a task; null while it waits.' })
  closedAt?: Date | null;

  @Field({ description: '是否已读\nBy the caller.' })
  read!: boolean;
}

export const NoticeConnection = defineConnection(Notice, { title: '通知' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '通知数量' })
export class InboxCounts {
  @Field(() => Int, { description: '全部' })
  total!: number;

  @Field(() => Int, { description: '未读' })
  unread!: number;

  @Field(() => Int, { description: '未读逾期' })
  unreadOverdue!: number;

  @Field(() => Int, { description: '未办结待办' })
  openTasks!: number;
}
