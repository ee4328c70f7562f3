import { findPendingDepartments } from '../../application/index.js';
import { findPendingReviewers } from '../../catalogue/index.js';
import { findPendingConsent } from '../../grant/index.js';
import type { Database, PendingDepartment } from '../../core/index.js';

/** Departments that have to act next on the object of an act, at the time when its notices are written.
 *  @param object  such as `application/A-000001` or `resource/101001/000001` */
export async function findPending(database: Database, object: string): Promise<PendingDepartment[]> {
  if (object.startsWith('resource/')) return findPendingReviewers(database, object.slice('resource/'.length));
  if (object.startsWith('application/')) return findPendingDepartments(database, object.slice('application/'.length));
  if (object.startsWith('consent/')) return findPendingConsent(database, object.slice('consent/'.length));
  return [];
}
