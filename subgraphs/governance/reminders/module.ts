import { type GovernanceModule, requirePermission } from '../core/index.js';
import { InboxResolver } from './notice/inbox.resolver.js';
import { InboxCounts, Notice, NoticeConnection } from './notice/notice.js';

/** Deadlines, and the inboxes in which departments are notified. */
export const reminders: GovernanceModule = {
  name: 'reminders',
  resolvers: [InboxResolver],
  types: [Notice, NoticeConnection, InboxCounts],
  entities: [],
  tables: ['job_done', 'notice', 'notice_cursor', 'notice_read', 'worker_beat'],
  permissions: {
    Query: { inbox: requirePermission('inbox:read'), inboxCounts: requirePermission('inbox:read') },
    Mutation: { markRead: requirePermission('inbox:read') },
  },
};
