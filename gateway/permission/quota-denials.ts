import type { Grant } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import { Denial } from '../request/denial.js';
import { say } from '../request/messages/index.js';

/** @param left  uses of the day that are left */
export const toQuotaExceeded = (item: ShareItem, grant: Grant, left: number): Denial =>
  new Denial(
    'QUOTA_EXCEEDED',
    item,
    say('quota.exceeded', {
      grant: grant.id,
      quota: grant.quotaPerDay ?? 0,
      left: left > 0 ? say('quota.left', { left }) : say('quota.usedUp'),
    }),
    grant,
  );

export const toQuotaUnavailable = (item: ShareItem, grant: Grant): Denial =>
  new Denial('QUOTA_UNAVAILABLE', item, say('quota.unavailable', { grant: grant.id }), grant);
