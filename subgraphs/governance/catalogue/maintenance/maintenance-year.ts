import { localDate } from '../../../../shared/law/index.js';
import type { GovernanceOwn } from '../../core/index.js';

/** The year of an instant, as the law's time zone counts it.
 *  @param at  milliseconds since the epoch */
export const yearAt = (at: number, { profile }: Pick<GovernanceOwn, 'profile'>): number =>
  Number(localDate(at, profile.timeZone).slice(0, 4));

/** Last day on which the maintenance of a year is in time. */
export const lastDayOf = (year: number): string => `${year}-12-31`;
