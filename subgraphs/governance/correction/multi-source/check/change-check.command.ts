import type { AuditAction } from '../../../../../shared/evidence/index.js';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  type Recorded,
  refuse,
  wordOf,
} from '../../../core/index.js';
import { say } from '../../messages/index.js';
import { type CheckState, MultiSourceCheck, type MultiSourceCheckResult } from './multi-source-check.entity.js';
import { nextRun } from '../../../../../shared/law/calendar/frequency.js';

const CHANGES = {
  SUSPEND: { from: ['ACTIVE'], to: 'SUSPENDED', act: 'SUSPEND_CHECK' },
  RESUME: { from: ['SUSPENDED'], to: 'ACTIVE', act: 'RESUME_CHECK' },
  END: { from: ['ACTIVE', 'SUSPENDED'], to: 'ENDED', act: 'END_CHECK' },
} as const satisfies Record<
  string,
  { readonly from: readonly CheckState[]; readonly to: CheckState; readonly act: AuditAction }
>;

/** Suspends, resumes or ends a check. A run stops before its next batch; a check that is resumed runs at its next time. */
export async function changeCheck(
  { em, fetch, own }: GovernanceContext,
  id: string,
  type: keyof typeof CHANGES,
  reason: string,
): Promise<MultiSourceCheckResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  if (reason.trim() === '') return refuse('REASON_MISSING', say('reason.missing'));
  const problem = findTextProblem('reason', reason, { max: 300 });
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  const { from, to, act } = CHANGES[type];
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<MultiSourceCheckResult>> => {
    const check = await em.findOne(MultiSourceCheck, { id }, { disableIdentityMap: true });
    if (!check) return { result: refuse('CHECK_UNKNOWN', say('check.unknown', { id: id.slice(0, 40) })) };
    const { state, frequency, hour } = check;
    if (!(from as readonly CheckState[]).includes(state))
      return { result: refuse('STATE_UNFIT', say('check.state', { id, state: wordOf('check', state) })) };
    const now = own.now();
    await em.nativeUpdate(
      MultiSourceCheck,
      { id },
      {
        ...{ state: to, reason: cleanText(reason), changedAt: new Date(now), changedBy: person },
        ...(type === 'RESUME' && { nextAt: new Date(nextRun({ frequency, hour }, now, own.timeZone)) }),
      },
    );
    return {
      result: { check: await em.findOneOrFail(MultiSourceCheck, { id }, { disableIdentityMap: true }) },
      decision: {
        act,
        object: `multi-source-check/${id}`,
        concerns: [check.leftOwner, check.rightOwner],
        reason: cleanText(reason),
        terms: { state: to },
      },
    };
  });
}
