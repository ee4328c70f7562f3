import { type GovernanceModule, requirePermission } from '../core/index.js';
import { InboxResolver } from './notice/inbox.resolver.js';
import { MessageChannelResolver } from './message/message-channel.resolver.js';
import { MessageChannel, MessageChannelResult, MessageSettings } from './message/message-channel.type.js';
import { InboxCounts, Notice, NoticeConnection } from './notice/notice.js';
import { handOverNotices } from './hand-over.js';

/** Deadlines, the inboxes in which departments are notified, and messages beyond the hub. */
export const reminders: GovernanceModule = {
  name: 'reminders',
  resolvers: [InboxResolver, MessageChannelResolver],
  types: [Notice, NoticeConnection, InboxCounts, MessageChannel, MessageChannelResult, MessageSettings],
  entities: [],
  tables: [
    ...['job_done', 'notice', 'notice_cursor', 'notice_read', 'worker_beat'],
    ...['message_channel', 'message', 'message_cursor', 'message_unsubscription'],
  ],
  handOver: handOverNotices,
  permissions: {
    Query: {
      inbox: requirePermission('inbox:read'),
      inboxCounts: requirePermission('inbox:read'),
      messageSettings: requirePermission('messages:own'),
    },
    Mutation: {
      markRead: requirePermission('inbox:read'),
      setMailAddress: requirePermission('messages:own'),
      confirmMailAddress: requirePermission('messages:own'),
      addRobot: requirePermission('messages:robots'),
      // A channel is one's own, or a robot of those who keep robots; the command asks which.
      changeMessages: requirePermission('messages:own'),
      resumeMessages: requirePermission('messages:own'),
      endMessages: requirePermission('messages:own'),
    },
  },
};
