import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Finding, VersionUse } from './finding.type.js';
import { SubgraphVersion, SubgraphVersionConnection } from './subgraph-version.entity.js';
import { KeyResolver } from './key.resolver.js';
import { KeyResult } from './key-result.type.js';
import { SubgraphKey, SubgraphKeyConnection } from './subgraph-key.entity.js';
import { ResourceSupply, ResourceSupplyConnection } from './supply/resource-supply.type.js';
import { SupplyResolver } from './supply/supply.resolver.js';
import { VersionResult } from './version-result.type.js';
import { VersionResolver } from './version.resolver.js';
import { handOverVersions } from './hand-over.js';

/** Versions of departments' subgraphs, from submission to retirement, rotations of their keys, and which resources they supply. */
export const registry: GovernanceModule = {
  name: 'registry',
  resolvers: [VersionResolver, KeyResolver, SupplyResolver],
  types: [
    SubgraphVersion,
    Finding,
    VersionUse,
    SubgraphVersionConnection,
    VersionResult,
    SubgraphKey,
    SubgraphKeyConnection,
    KeyResult,
    ResourceSupply,
    ResourceSupplyConnection,
  ],
  entities: [SubgraphVersion, SubgraphKey],
  tables: ['subgraph_version', 'subgraph_key'],
  handOver: handOverVersions,
  permissions: {
    Query: {
      subgraphVersions: requirePermission('version:read'),
      subgraphVersionOf: requirePermission('version:read'),
      subgraphKeys: requirePermission('version:read'),
      resourceSupply: requirePermission('version:read'),
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
