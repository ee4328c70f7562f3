import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Finding, VersionUse } from './finding.type.js';
import { SubgraphVersion, SubgraphVersionConnection } from './subgraph-version.entity.js';
import { VersionResult } from './version-result.type.js';
import { VersionResolver } from './version.resolver.js';

/** Versions of departments' subgraphs, from submission to retirement. */
export const registry: GovernanceModule = {
  name: 'registry',
  resolvers: [VersionResolver],
  types: [SubgraphVersion, Finding, VersionUse, SubgraphVersionConnection, VersionResult],
  entities: [SubgraphVersion],
  tables: ['subgraph_version'],
  permissions: {
    Query: {
      subgraphVersions: requirePermission('version:read'),
      subgraphVersionOf: requirePermission('version:read'),
    },
    Mutation: {
      submitSubgraph: requirePermission('version:submit'),
      submitDeclaration: requirePermission('version:submit'),
      publishVersion: requirePermission('version:publish'),
      rollbackSubgraph: requirePermission('version:submit'),
      retireSubgraph: requirePermission('version:retire'),
    },
  },
};
