import { type GovernanceModule, requirePermission } from '../core/index.js';
import { AggregationExemption } from './aggregation-exemption.entity.js';
import { AggregationResolver } from './aggregation.resolver.js';
import { AggregationResult, ResourceAggregation } from './aggregation.types.js';
import { handOverAggregation } from './hand-over.js';
import { InterfaceRequest } from './interface-request.entity.js';

/** How resources are on the platform, why some are not, and interfaces that providers owe. */
export const aggregation: GovernanceModule = {
  name: 'aggregation',
  handOver: handOverAggregation,
  resolvers: [AggregationResolver],
  types: [ResourceAggregation, AggregationExemption, InterfaceRequest, AggregationResult],
  entities: [AggregationExemption, InterfaceRequest],
  tables: ['aggregation_exemption', 'interface_request'],
  permissions: {
    Query: {
      resourceAggregation: requirePermission('catalogue:read'),
      interfaceRequests: requirePermission('catalogue:read'),
    },
    Mutation: {
      stateExemption: requirePermission('aggregation:state'),
      decideExemption: requirePermission('aggregation:decide'),
      endExemption: requirePermission('aggregation:end'),
      requestInterface: requirePermission('aggregation:decide'),
      askInterfaceExtension: requirePermission('aggregation:state'),
      decideInterfaceExtension: requirePermission('aggregation:decide'),
      supplyInterface: requirePermission('aggregation:state'),
      endInterfaceRequest: requirePermission('aggregation:decide'),
    },
  },
};
