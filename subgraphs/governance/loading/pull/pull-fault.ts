import { HubError } from '../../../../shared/kernel/index.js';
import { SourceFault } from '../../../../shared/sources/source-fault.js';

/** Why a pull brought nothing, for the department. */
export interface PullFault {
  readonly code: string;
  readonly detail?: string | undefined;
}

const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

/** When a pull that has failed is tried again: after a minute, and twice as long each time up to an hour; by its schedule
 *  where that is sooner.
 *  @param failures  in a row, 1 or more */
export const retryAt = (failures: number, next: Date, now: number): Date =>
  new Date(Math.min(next.getTime(), now + Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS)));

/** The fault that an error stands for: nothing of a source's own words. */
export function faultOf(error: unknown): PullFault {
  if (error instanceof SourceFault) return { code: error.code, detail: error.message };
  if (error instanceof HubError)
    return error.cause instanceof SourceFault ? faultOf(error.cause) : { code: error.code };
  if (error instanceof RangeError) return { code: 'PULL_TOO_LARGE' };
  return { code: 'FAILED' };
}
