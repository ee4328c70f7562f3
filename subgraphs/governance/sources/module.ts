import { type GovernanceModule, requirePermission } from '../core/index.js';
import { DataSource, DataSourceConnection, Fault } from './data-source.entity.js';
import { SourceResult } from './source-input.type.js';
import { SourceResolver } from './source.resolver.js';
import { handOverSources } from './hand-over.js';

/** Departments' databases and services that the hub reads. */
export const sources: GovernanceModule = {
  name: 'sources',
  resolvers: [SourceResolver],
  types: [DataSource, DataSourceConnection, Fault, SourceResult],
  entities: [DataSource],
  tables: ['data_source', 'source_credential'],
  handOver: handOverSources,
  permissions: {
    Query: { sources: requirePermission('source:read') },
    Mutation: {
      registerSource: requirePermission('source:submit'),
      changeSource: requirePermission('source:submit'),
      confirmSource: requirePermission('source:confirm'),
      endSource: requirePermission('source:end'),
    },
  },
};
