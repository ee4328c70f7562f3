/** Days before its end at which the parties of a grant or a consent are reminded, so that a renewal can be decided in time. */
export const NOTICE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Days of notice for what holds from one instant to another, ms since the epoch: a shorter term is announced in its
 *  second half. */
export const noticeDaysOf = (from: number, until: number): number => Math.min(NOTICE_DAYS, (until - from) / 2 / DAY_MS);
