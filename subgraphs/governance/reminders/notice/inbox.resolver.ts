import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { PageArguments } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, queryIn } from '../../core/index.js';
import { InboxStore } from './inbox.store.js';
import { InboxCounts, NoticePage } from './notice.js';
import { readerOf } from './viewer.js';

const MOST_MARKED = 100;

/** The inbox of who asks. What he has read is his own affair and no act of governance. */
@Resolver()
export class InboxResolver {
  @Share('UNCONDITIONAL')
  @Query(() => NoticePage, {
    nullable: true,
    description: '收件箱\nNotices for the own department, for the own posts and for oneself; newest first.',
  })
  inbox(
    @Arg('unreadOnly', () => Boolean, { defaultValue: false }) unreadOnly: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<NoticePage> {
    return inboxOf(context).page({ ...page, unreadOnly });
  }

  @Share('UNCONDITIONAL')
  @Query(() => InboxCounts, { nullable: true, description: '收件箱数量' })
  inboxCounts(@Ctx() context: GovernanceContext): Promise<InboxCounts> {
    return inboxOf(context).counts();
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => InboxCounts, {
    nullable: true,
    description: `标记已读\nOf one reader; either up to ${MOST_MARKED} ids, or everything up to a notice.`,
  })
  async markRead(
    @Arg('ids', () => [String], { nullable: true }) ids: string[] | null | undefined,
    @Arg('upTo', () => String, { nullable: true }) upTo: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<InboxCounts> {
    if ((ids?.length ?? 0) > MOST_MARKED)
      throw new HubError('BAD_USER_INPUT', `Name at most ${MOST_MARKED} notices in \`ids\`, or use \`upTo\`.`);
    const inbox = inboxOf(context);
    if (ids) await inbox.markRead(ids);
    if (upTo != null) await inbox.markReadUpTo(upTo);
    return inbox.counts();
  }
}

const inboxOf = ({ em, fetch }: GovernanceContext): InboxStore => new InboxStore(queryIn(em), readerOf(fetch));
