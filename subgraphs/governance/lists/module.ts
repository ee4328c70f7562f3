import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ListResolver } from './list.resolver.js';
import {
  ListDifference,
  ListDifferencePage,
  ListEntry,
  ListPage,
  ListVersion,
  PublishListResult,
} from './share-list.js';

/** The three lists: what of them is in the graph. */
export const lists: GovernanceModule = {
  name: 'lists',
  resolvers: [ListResolver],
  types: [ListEntry, ListVersion, ListPage, ListDifference, ListDifferencePage, PublishListResult],
  entities: [],
  tables: ['list_entry', 'list_version'],
  permissions: {
    Query: {
      shareList: requirePermission('list:read'),
      listVersions: requirePermission('list:read'),
      listDifferences: requirePermission('list:read'),
    },
    Mutation: { publishList: requirePermission('list:publish') },
  },
};
