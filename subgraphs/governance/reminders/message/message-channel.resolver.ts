import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { keepsRobots, MessageChannelCommands } from './message-channel.commands.js';
import { MessageChannelStore } from './message-channel.store.js';
import { MessageChannelResult, MessageChoiceInput, MessageSettings, RobotInput } from './message-channel.type.js';

/** Where the caller's notices are sent beyond the hub. */
@Resolver()
export class MessageChannelResolver {
  @Share('UNCONDITIONAL')
  @Query(() => MessageSettings, { nullable: true, description: '消息设置' })
  async messageSettings(@Ctx() context: GovernanceContext): Promise<MessageSettings> {
    const { em, fetch, own } = context;
    const { mailDomains = [], robotHosts, dailyHour = 0 } = own.messageSettings ?? {};
    const store = new MessageChannelStore(em, { now: own.now(), timeZone: own.timeZone, dailyHour });
    return {
      ...{ mailDomains: [...mailDomains], robotsOffered: robotHosts !== undefined, dailyHour },
      keepsRobots: await keepsRobots(context),
      mail: (await store.findMail(fetch.person!)) ?? null,
      robots: await store.findRobots(fetch.department),
    };
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, {
    description: '设置本人邮箱\nA code is sent to the address; messages follow once it was given back.',
  })
  setMailAddress(
    @Arg('address', () => String) address: string,
    @Arg('choice', () => MessageChoiceInput) choice: MessageChoiceInput,
    @Ctx() context: GovernanceContext,
  ): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).setMail(address, choice);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, { description: '验证本人邮箱' })
  confirmMailAddress(
    @Arg('code', () => String) code: string,
    @Ctx() context: GovernanceContext,
  ): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).confirmMail(code);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, { description: '登记本部门群机器人\nA trial is sent at once.' })
  addRobot(
    @Arg('input', () => RobotInput) input: RobotInput,
    @Arg('choice', () => MessageChoiceInput) choice: MessageChoiceInput,
    @Ctx() context: GovernanceContext,
  ): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).addRobot(input, choice);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, { description: '变更消息选择' })
  changeMessages(
    @Arg('id', () => String) id: string,
    @Arg('choice', () => MessageChoiceInput) choice: MessageChoiceInput,
    @Ctx() context: GovernanceContext,
  ): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).change(id, choice);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, { description: '恢复消息通道' })
  resumeMessages(
    @Arg('id', () => String) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).resume(id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => MessageChannelResult, { description: '取消消息通道\nIts address is deleted.' })
  endMessages(@Arg('id', () => String) id: string, @Ctx() context: GovernanceContext): Promise<MessageChannelResult> {
    return new MessageChannelCommands(context).end(id);
  }
}
