import { applicationSteps } from './application-steps.js';
import { catalogueMaintenance, catalogueTasks } from './catalogue-duties.js';
import { grantTerms } from './grant-terms.js';
import type { Source } from './source.js';
import { yearlyDuties } from './yearly-duties.js';

/** Everything whose time is watched. */
export const SOURCES: readonly Source[] = [
  applicationSteps,
  catalogueTasks,
  catalogueMaintenance,
  grantTerms,
  yearlyDuties,
];
