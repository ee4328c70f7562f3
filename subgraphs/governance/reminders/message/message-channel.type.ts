import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import { NoticeKinds } from '../notice/notice.js';
import type { NoticeKind } from '../notice/recipients.rule.js';

export const MessageChannelKinds = defineEnum('MessageChannelKind', '消息通道种类', {
  MAIL: '电子邮件',
  DINGTALK: '钉钉群机器人',
  WECOM: '企业微信群机器人',
  ZHEZHENGDING: '浙政钉群机器人',
});
export type MessageChannelKind = keyof typeof MessageChannelKinds;
export const RobotKinds = defineEnum('RobotKind', '群机器人种类', {
  DINGTALK: '钉钉',
  WECOM: '企业微信',
  ZHEZHENGDING: '浙政钉',
});
export type RobotKind = keyof typeof RobotKinds;
export const MessageTimings = defineEnum('MessageTiming', '发送时间', {
  AT_ONCE: '即时发送',
  DAILY: '每日汇总',
});
export type MessageTiming = keyof typeof MessageTimings;
export const MessageLanguages = defineEnum('MessageLanguage', '消息语言', { ZH: '中文', EN: '英文' });
export const MessageChannelStates = defineEnum('MessageChannelState', '消息通道状态', {
  UNCONFIRMED: '待验证',
  ACTIVE: '使用中',
  STOPPED: '因多次发送失败已停用',
});
export const MessageFailures = defineEnum(
  'MessageFailure',
  '发送失败原因\nStable; programs may rely on it. It holds no address, secret or value.',
  {
    MESSAGES_OFF: '未开通消息发送',
    HOST_NOT_LISTED: '主机未获准',
    ADDRESS_REFUSED: '网络地址不予连接',
    SECRET_UNREADABLE: '密钥无法读取',
    REDIRECTED: '接收方要求重定向',
    GONE: '接收方不再接收（410）',
    STATUS: '接收方返回错误状态',
    NOT_TAKEN: '接收方未接受消息',
    MAIL_REFUSED: '邮件服务器拒收',
    TIMEOUT: '超时',
    CONNECTION_FAILED: '无法连接',
  },
);
export type MessageFailure = keyof typeof MessageFailures;

@InputType({ description: '消息选择' })
export class MessageChoiceInput {
  @Field(() => [NoticeKinds], { description: '通知类别' })
  kinds!: NoticeKind[];

  @Field(() => MessageTimings, { description: '发送时间' })
  timing!: MessageTiming;

  @Field(() => MessageLanguages, { description: '语言' })
  language!: keyof typeof MessageLanguages;
}

@InputType({ description: '群机器人登记内容' })
export class RobotInput {
  @Field(() => RobotKinds, { description: '种类' })
  kind!: RobotKind;

  @Field({ description: '名称\nAt most 50 characters.' })
  name!: string;

  @Field({
    description:
      '推送地址\nWebhook of the robot, on a host that the operator admits. It is sealed, and never shown again.',
  })
  address!: string;

  @Field(() => String, { nullable: true, description: '加签密钥\nOf DingTalk and Zhezhengding. Sealed as well.' })
  secret?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '消息通道\nWhere notices are sent beyond the hub, for one person or one department.' })
export class MessageChannel {
  @Field({ description: '编号' })
  id!: string;

  @Field(() => MessageChannelKinds, { description: '种类' })
  kind!: MessageChannelKind;

  @Field(() => String, { nullable: true, description: '名称\nOf a robot.' })
  name!: string | null;

  @Field({ description: '地址\nOf a robot only protocol and host.' })
  address!: string;

  @Field(() => [NoticeKinds], { description: '通知类别' })
  kinds!: NoticeKind[];

  @Field(() => MessageTimings, { description: '发送时间' })
  timing!: MessageTiming;

  @Field(() => MessageLanguages, { description: '语言' })
  language!: keyof typeof MessageLanguages;

  @Field(() => MessageChannelStates, { description: '状态' })
  state!: keyof typeof MessageChannelStates;

  @Field(() => MessageFailures, {
    nullable: true,
    description: '最近一次失败原因\nNull when the last message was taken.',
  })
  failure!: MessageFailure | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '最近发送时间' })
  sentAt!: Date | null;

  @Field(() => Int, { description: '待发送消息数' })
  waiting!: number;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '消息设置\nOf the signed-in person, and of the robots of their department.' })
export class MessageSettings {
  @Field(() => [String], { description: '可用的邮箱域名\nEmpty where no mail is sent; `*` for every domain.' })
  mailDomains!: string[];

  @Field({ description: '是否可用群机器人' })
  robotsOffered!: boolean;

  @Field({ description: '是否可管理本部门群机器人' })
  keepsRobots!: boolean;

  @Field(() => Int, { description: '每日汇总发送时刻\nHour of the local day.' })
  dailyHour!: number;

  @Field(() => MessageChannel, { nullable: true, description: '本人邮箱' })
  mail!: MessageChannel | null;

  @Field(() => [MessageChannel], { description: '本部门群机器人' })
  robots!: MessageChannel[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '消息设置办理结果\nExactly one of `channel` and `refusal` is set.' })
export class MessageChannelResult {
  @Field(() => MessageChannel, { nullable: true, description: '消息通道' })
  channel?: MessageChannel;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
