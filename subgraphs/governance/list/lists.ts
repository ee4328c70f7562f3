import { may } from '../may.js';
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
export const lists = {
  resolvers: [ListResolver],
  types: [ListEntry, ListVersion, ListPage, ListDifference, ListDifferencePage, PublishListResult],
  permissions: {
    Query: { shareList: may('list:read'), listVersions: may('list:read'), listDifferences: may('list:read') },
    Mutation: { publishList: may('list:publish') },
  },
} as const;
