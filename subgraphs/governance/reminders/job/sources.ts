import { reviewDeadlines, reviewDueDates } from '../../application/index.js';
import { catalogueTaskDeadlines, catalogueTaskDueDates, maintenanceDeadlines } from '../../catalogue/index.js';
import type { DeadlineSource, DueDateSource } from '../../core/index.js';
import { correctionDeadlines, correctionDueDates } from '../../correction/index.js';
import { interfaceDeadlines, interfaceDueDates } from '../../aggregation/index.js';
import { freshnessDeadlines } from '../../freshness/index.js';
import { consentDeadlines, grantDeadlines, protectionDeadlines } from '../../grant/index.js';
import { qualityDeadlines, qualityDueDates } from '../../quality/index.js';
import { keyDeadlines, promiseDeadlines } from '../../registry/index.js';
import { yearlyDeadlines } from './yearly-deadlines.js';

/** Every deadline that is watched. */
export const DEADLINE_SOURCES: readonly DeadlineSource[] = [
  reviewDeadlines,
  correctionDeadlines,
  catalogueTaskDeadlines,
  maintenanceDeadlines,
  freshnessDeadlines,
  interfaceDeadlines,
  qualityDeadlines,
  grantDeadlines,
  consentDeadlines,
  protectionDeadlines,
  keyDeadlines,
  promiseDeadlines,
  yearlyDeadlines,
];

/** Every stored due date that may be provisional. */
export const DUE_DATE_SOURCES: readonly DueDateSource[] = [
  reviewDueDates,
  correctionDueDates,
  catalogueTaskDueDates,
  interfaceDueDates,
  qualityDueDates,
];
