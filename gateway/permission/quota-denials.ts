import type { Grant } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import { Denial } from '../request/denial.js';

/** @param left  uses of the day that are left */
export const toQuotaExceeded = (item: ShareItem, grant: Grant, left: number): Denial =>
  new Denial(
    'QUOTA_EXCEEDED',
    item,
    `Grant ${grant.id} allows ${grant.quotaPerDay} uses a day, and ${left > 0 ? `only ${left} of them are left` : 'they are used up'}. Each value of an item in the answer is a use.`,
    grant,
  );

export const toQuotaUnavailable = (item: ShareItem, grant: Grant): Denial =>
  new Denial(
    'QUOTA_UNAVAILABLE',
    item,
    `The uses of grant ${grant.id} cannot be counted now, so nothing is given under its quota. Ask again.`,
    grant,
  );
