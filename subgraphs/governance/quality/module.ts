import { type GovernanceModule, requirePermission } from '../core/index.js';
import { QualityItem, QualityItemConnection } from './items/quality-item.entity.js';
import { QualityRule, QualityRuleConnection, QualityRulesResult } from './rule/quality-rule.entity.js';
import { QualityRuleResolver } from './rule/quality-rule.resolver.js';
import { QualityResult } from './run/quality-result.entity.js';
import { QualityResultResolver } from './run/quality-result.resolver.js';
import { QualityFigures, QualityFiguresResolver } from './run/quality-figures.resolver.js';
import { QualityRun, QualityRunConnection } from './run/quality-run.entity.js';
import { QualityRunResolver } from './run/quality-run.resolver.js';
import {
  QualityRate,
  ResourceQuality,
  ResourceQualityConnection,
  ResourceQualityResult,
} from './run/resource-quality.entity.js';
import { ResourceQualityResolver } from './run/resource-quality.resolver.js';
import { QualityTicket, QualityTicketConnection } from './ticket/quality-ticket.entity.js';
import { QualityTicketResolver } from './ticket/quality-ticket.resolver.js';
import { handOverQuality } from './hand-over.js';

/** Quality of data: rules about items, runs that judge records by them where they are, scores, and tickets of what is wrong. */
export const quality: GovernanceModule = {
  name: 'quality',
  resolvers: [
    ...[QualityRuleResolver, QualityRunResolver, QualityResultResolver],
    ...[ResourceQualityResolver, QualityTicketResolver, QualityFiguresResolver],
  ],
  types: [
    ...[QualityItem, QualityItemConnection, QualityRule, QualityRuleConnection, QualityRulesResult],
    ...[QualityResult, QualityRun, QualityRunConnection, QualityTicket, QualityTicketConnection],
    ...[QualityFigures, QualityRate, ResourceQuality, ResourceQualityConnection, ResourceQualityResult],
  ],
  entities: [QualityItem, QualityRule, QualityResult, QualityRun, ResourceQuality, QualityTicket],
  tables: ['quality_item', 'quality_rule', 'quality_result', 'quality_run', 'resource_quality', 'quality_ticket'],
  handOver: handOverQuality,
  permissions: {
    Query: {
      qualityItems: requirePermission('quality:read-scores'),
      qualityFigures: requirePermission('quality:read-scores'),
      resourceQualities: requirePermission('quality:read-scores'),
      qualityRules: requirePermission('quality:read'),
      qualityRuns: requirePermission('quality:read'),
      qualityTickets: requirePermission('quality:read'),
    },
    Mutation: {
      proposeQualityRule: requirePermission('quality:propose'),
      draftQualityRules: requirePermission('quality:propose'),
      confirmQualityRules: requirePermission('quality:decide'),
      refuseQualityRules: requirePermission('quality:decide'),
      endQualityRule: requirePermission('quality:end'),
      scheduleQuality: requirePermission('quality:propose'),
      runQuality: requirePermission('quality:run'),
    },
  },
};
