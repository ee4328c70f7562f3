import type { Config } from './config.js';

/** Units that may be spent on statistics of one resource in a month. */
export const statisticsBudget = (
  config: Pick<Config, 'STATISTICS_UNITS_PER_DEPARTMENT' | 'STATISTICS_UNITS_PER_RESOURCE'>,
): { readonly department: number; readonly resource: number } => ({
  department: config.STATISTICS_UNITS_PER_DEPARTMENT,
  resource: config.STATISTICS_UNITS_PER_RESOURCE,
});
