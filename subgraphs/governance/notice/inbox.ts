import { may } from '../may.js';
import { InboxResolver } from './inbox.resolver.js';
import { InboxCounts, Notice, NoticePage } from './notice.js';

/** The inboxes: what of them is in the graph. */
export const inbox = {
  resolvers: [InboxResolver],
  types: [Notice, NoticePage, InboxCounts],
  permissions: {
    Query: { inbox: may('inbox:read'), inboxCounts: may('inbox:read') },
    Mutation: { markRead: may('inbox:read') },
  },
} as const;
