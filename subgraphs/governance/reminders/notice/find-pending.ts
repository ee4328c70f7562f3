import { findPendingDepartments } from '../../application/index.js';
import { findPendingReviewers } from '../../catalogue/index.js';
import { findPendingCheck, findPendingCorrection } from '../../correction/index.js';
import { findPendingConsent, findPendingLock, findPendingProtection } from '../../grant/index.js';
import { findPendingException } from '../../freshness/index.js';
import { findPendingReform } from '../../register/index.js';
import { findPendingExemption, findPendingRequest } from '../../aggregation/index.js';
import type { Database, PendingDepartment } from '../../core/index.js';
import { findPendingQuality } from '../../quality/index.js';
import { findStoppedChannel } from '../message/find-stopped-channel.js';

/** Departments that have to act next on the object of an act, at the time when its notices are written.
 *  @param object  such as `application/A-000001` or `resource/101001/000001` */
export async function findPending(database: Database, object: string): Promise<PendingDepartment[]> {
  if (object.startsWith('resource/')) return findPendingReviewers(database, object.slice('resource/'.length));
  if (object.startsWith('application/')) return findPendingDepartments(database, object.slice('application/'.length));
  if (object.startsWith('correction/')) return findPendingCorrection(database, object.slice('correction/'.length));
  if (object.startsWith('consent/')) return findPendingConsent(database, object.slice('consent/'.length));
  if (object.startsWith('protection/')) return findPendingProtection(database, object.slice('protection/'.length));
  if (object.startsWith('message-channel/'))
    return findStoppedChannel(database, object.slice('message-channel/'.length));
  if (object.startsWith('verification-lock/'))
    return findPendingLock(database, object.slice('verification-lock/'.length));
  if (object.startsWith('multi-source-check/'))
    return findPendingCheck(database, object.slice('multi-source-check/'.length));
  if (object.startsWith('aggregation-exemption/'))
    return findPendingExemption(database, object.slice('aggregation-exemption/'.length));
  if (object.startsWith('interface-request/'))
    return findPendingRequest(database, object.slice('interface-request/'.length));
  if (object.startsWith('update-exception/'))
    return findPendingException(database, object.slice('update-exception/'.length));
  if (object.startsWith('reform/')) return findPendingReform(database, object.slice('reform/'.length));
  if (/^quality(-ticket)?\//.test(object)) return findPendingQuality(database, object);
  return [];
}
