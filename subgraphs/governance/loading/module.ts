import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Load, LoadConnection, LoadCounts } from './load.entity.js';
import { LoadResolver } from './load.resolver.js';
import { LoaderResult, LoadResult } from './load-result.type.js';
import { Loader, LoaderConnection } from './loader.entity.js';
import { Pull, PullConnection } from './pull/pull.entity.js';
import { PullResolver } from './pull/pull.resolver.js';
import { handOverLoads } from './hand-over.js';

/** Loading of departments' rows into the tables that the hub keeps for them. */
export const loading: GovernanceModule = {
  name: 'loading',
  resolvers: [LoadResolver, PullResolver],
  types: [Load, LoadConnection, LoadCounts, LoadResult, Loader, LoaderConnection, LoaderResult, Pull, PullConnection],
  entities: [Load, Loader, Pull],
  tables: ['load', 'loader', 'pull'],
  handOver: handOverLoads,
  permissions: {
    Query: {
      loads: requirePermission('load:read'),
      loadOf: requirePermission('load:read'),
      loaders: requirePermission('load:read'),
      pulls: requirePermission('load:read'),
    },
    Mutation: {
      announceLoad: requirePermission('load:make'),
      ingest: requirePermission('load:make'),
      nameLoader: requirePermission('load:name-loaders'),
      withdrawLoader: requirePermission('load:name-loaders'),
    },
  },
};
