import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ListResolver } from './list.resolver.js';
import {
  ListDifference,
  ListDifferenceConnection,
  ListEntry,
  ListVersion,
  ListVersionConnection,
  PublishListResult,
  ShareList,
} from './share-list.type.js';
import { handOverLists } from './hand-over.js';

/** The three lists, as they are now and as they were published. */
export const lists: GovernanceModule = {
  name: 'lists',
  resolvers: [ListResolver],
  types: [
    ListEntry,
    ListVersion,
    ListVersionConnection,
    ShareList,
    ListDifference,
    ListDifferenceConnection,
    PublishListResult,
  ],
  entities: [],
  tables: ['list_entry', 'list_version'],
  handOver: handOverLists,
  permissions: {
    Query: {
      shareList: requirePermission('list:read'),
      listVersions: requirePermission('list:read'),
      listDifferences: requirePermission('list:read'),
    },
    Mutation: { publishList: requirePermission('list:publish') },
  },
};
