import { type GovernanceModule, requirePermission } from '../../core/index.js';
import {
  MultiSourceCheck,
  MultiSourceCheckConnection,
  MultiSourceCheckResult,
} from './check/multi-source-check.entity.js';
import { MultiSourceCheckResolver } from './check/multi-source-check.resolver.js';
import { CheckConsent, CheckConsentResult } from './consent/check-consent.entity.js';
import { CheckConsentResolver } from './consent/check-consent.resolver.js';
import { ComparableItem, ComparableItemConnection } from './items/comparable-item.entity.js';
import { MultiSourceRun, MultiSourceRunConnection } from './run/multi-source-run.entity.js';
import { MultiSourceRunResolver } from './run/multi-source-run.resolver.js';

/** Checks that compare two departments' items on a schedule, and open a correction where they differ. */
export const multiSource: Omit<GovernanceModule, 'name'> = {
  resolvers: [MultiSourceCheckResolver, CheckConsentResolver, MultiSourceRunResolver],
  types: [
    ...[MultiSourceCheck, MultiSourceCheckConnection, MultiSourceCheckResult],
    ...[CheckConsent, CheckConsentResult, ComparableItem, ComparableItemConnection],
    ...[MultiSourceRun, MultiSourceRunConnection],
  ],
  entities: [MultiSourceCheck, CheckConsent, ComparableItem, MultiSourceRun],
  tables: [
    ...['comparable_item', 'multi_source_check', 'multi_source_consent', 'multi_source_run'],
    // The worker writes it.
    'multi_source_case',
  ],
  permissions: {
    Query: {
      multiSourceChecks: requirePermission('multi-source:read'),
      multiSourceRuns: requirePermission('multi-source:read'),
      comparableItems: requirePermission('multi-source:read'),
    },
    Mutation: {
      defineMultiSourceCheck: requirePermission('multi-source:define'),
      suspendMultiSourceCheck: requirePermission('multi-source:define'),
      resumeMultiSourceCheck: requirePermission('multi-source:define'),
      endMultiSourceCheck: requirePermission('multi-source:define'),
      proposeCheckConsent: requirePermission('multi-source:propose-consent'),
      confirmCheckConsent: requirePermission('multi-source:decide-consent'),
      refuseCheckConsent: requirePermission('multi-source:decide-consent'),
      revokeCheckConsent: requirePermission('multi-source:revoke-consent'),
    },
  },
};
