import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { NOTICE_KINDS, type NoticeKind } from './recipients.rule.js';

export const NoticeKinds = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, kind])) as {
  readonly [K in NoticeKind]: K;
};
registerEnumType(NoticeKinds, {
  name: 'NoticeKind',
  description: '通知类别\nTASK waits for an act of the department; OVERDUE should have had one.',
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '通知\nOne act of governance, as it concerns a department; it names no person.' })
export class Notice {
  @Field({ description: '通知编号' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  at!: Date;

  @Field(() => NoticeKinds, { description: '类别' })
  kind!: NoticeKind;

  @Field({ description: '事项\nAs the records of governance name it.' })
  act!: string;

  @Field({ description: '对象\nSuch as grant/G-000001.' })
  object!: string;

  @Field({ description: '内容' })
  text!: string;

  @Field(() => [String], { description: '依据条款' })
  clauses!: string[];

  @Field(() => String, { nullable: true, description: '期限\nLocal date, inclusive.' })
  dueOn?: string | null;

  @Field(() => Boolean, { nullable: true, description: '期限是否暂定\nThe calendar of that year is not known yet.' })
  provisional?: boolean | null;

  @Field({ description: '是否已读\nBy who asks.' })
  read!: boolean;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '通知分页' })
export class NoticePage {
  @Field(() => [Notice], { description: '本页记录\nNewest first.' })
  items!: Notice[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '通知数量' })
export class InboxCounts {
  @Field(() => Int, { description: '全部' })
  total!: number;

  @Field(() => Int, { description: '未读' })
  unread!: number;

  @Field(() => Int, { description: '未读逾期' })
  unreadOverdue!: number;
}
