import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Finding, VersionUse } from './finding.type.js';
import { SubgraphVersion, SubgraphVersionConnection } from './subgraph-version.entity.js';
import { KeyResolver } from './key.resolver.js';
import { KeyResult } from './key-result.type.js';
import { SubgraphKey, SubgraphKeyConnection } from './subgraph-key.entity.js';
import { VersionResult } from './version-result.type.js';
import { VersionResolver } from './version.resolver.js';
import { handOverVersions } from './hand-over.js';

/** Versions of departments' subgraphs, from submission to retirement, and rotations of their keys. */
export const registry: GovernanceModule = {
  name: 'registry',
  resolvers: [VersionResolver, KeyResolver],
  types: [
    SubgraphVersion,
    Finding,
    VersionUse,
    SubgraphVersionConnection,
    VersionResult,
    SubgraphKey,
    SubgraphKeyConnection,
    KeyResult,
  ],
  entities: [SubgraphVersion, SubgraphKey],
  tables: ['subgraph_version', 'subgraph_key'],
  handOver: handOverVersions,
  permissions: {
    Query: {
      subgraphVersions: requirePermission('version:read'),
      subgraphVersionOf: requirePermission('version:read'),
      subgraphKeys: requirePermission('version:read'),
    },
    Mutation: {
      submitSubgraph: requirePermission('version:submit'),
      submitDeclaration: requirePermission('version:submit'),
      publishVersion: requirePermission('version:publish'),
      rollbackSubgraph: requirePermission('version:submit'),
      retireSubgraph: requirePermission('version:retire'),
      rotateSubgraphKey: requirePermission('key:rotate'),
    },
  },
};
