import { type GovernanceModule, requirePermission } from '../core/index.js';
import { EntryFreshnessResolver, FreshnessFigures, FreshnessResolver } from './freshness.resolver.js';
import { FreshnessFlag, ResourceFreshness } from './resource-freshness.entity.js';
import { FreshnessResult, UpdateException } from './update-exception.entity.js';
import { UpdateExceptionResolver } from './update-exception.resolver.js';
import { handOverFreshness } from './hand-over.js';

/** How current each resource is: last updates, due days, what is late, and exceptions. */
export const freshness: GovernanceModule = {
  name: 'freshness',
  resolvers: [FreshnessResolver, EntryFreshnessResolver, UpdateExceptionResolver],
  types: [ResourceFreshness, FreshnessFlag, FreshnessFigures, UpdateException, FreshnessResult],
  entities: [ResourceFreshness, UpdateException],
  tables: ['resource_freshness', 'update_exception'],
  handOver: handOverFreshness,
  permissions: {
    Query: {
      resourceFreshness: requirePermission('catalogue:read'),
      freshnessFigures: requirePermission('catalogue:read'),
      updateExceptions: requirePermission('catalogue:read'),
    },
    Mutation: {
      reportUpdate: requirePermission('freshness:report'),
      proposeUpdateException: requirePermission('freshness:propose'),
      decideUpdateException: requirePermission('freshness:decide'),
      endUpdateException: requirePermission('freshness:end'),
    },
  },
};
