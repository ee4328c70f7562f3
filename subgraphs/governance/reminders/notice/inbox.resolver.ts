import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { PageArguments, type Connection, sealList } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { InboxStore } from './inbox.store.js';
import { toInboxReader } from './inbox-reader.js';
import { InboxCounts, NoticeConnection, type Notice } from './notice.js';
import { say } from '../messages/index.js';

const MAX_MARKED = 100;

/** The caller's inbox. What they have read is their own affair and no act of governance. */
@Resolver()
export class InboxResolver {
  @Share('UNCONDITIONAL')
  @Query(() => NoticeConnection, {
    nullable: true,
    description: '收件箱\nNotices for the own department, for the own posts and for oneself; newest first.',
  })
  async inbox(
    @Arg('unreadOnly', () => Boolean, { defaultValue: false }) unreadOnly: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<Notice>> {
    const list = sealList(context, 'inbox');
    return list.seal(await openInbox(context).list({ ...list.open(page), unreadOnly }));
  }

  @Share('UNCONDITIONAL')
  @Query(() => InboxCounts, { nullable: true, description: '收件箱数量' })
  inboxCounts(@Ctx() context: GovernanceContext): Promise<InboxCounts> {
    return openInbox(context).count();
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => InboxCounts, {
    nullable: true,
    description: `标记已读\nOf one reader; either up to ${MAX_MARKED} ids, or everything up to a notice.`,
  })
  async markRead(
    @Arg('ids', () => [String], { nullable: true }) ids: string[] | null | undefined,
    @Arg('upTo', () => String, { nullable: true }) upTo: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<InboxCounts> {
    if ((ids?.length ?? 0) > MAX_MARKED) throw new HubError('BAD_USER_INPUT', say('inbox.most', { most: MAX_MARKED }));
    const inbox = openInbox(context);
    if (ids) await inbox.markRead(ids);
    if (upTo != null) await inbox.markReadUpTo(upTo);
    return inbox.count();
  }
}

const openInbox = ({ em, fetch }: GovernanceContext): InboxStore => new InboxStore(em, toInboxReader(fetch));
