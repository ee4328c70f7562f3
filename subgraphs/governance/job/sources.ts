import { applicationSteps } from './application-steps.js';
import { grantTerms } from './grant-terms.js';
import type { Source } from './source.js';
import { yearlyDuties } from './yearly-duties.js';

/** Everything whose time is watched. */
export const SOURCES: readonly Source[] = [applicationSteps, grantTerms, yearlyDuties];
