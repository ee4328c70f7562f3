import { findDepartments } from '../../register/index.js';
import { actsFor, cleanText, findTextProblem, type GovernanceContext } from '../../core/index.js';
import { type CatalogueDutyResult, refuseDuty } from './catalogue-duty-result.js';
import type { ReportedChange } from './catalogue-task.entity.js';
import { openTask } from './catalogue-task.store.js';
import { say } from '../messages/index.js';

export interface ChangeReport {
  readonly department: string;
  readonly kind: ReportedChange;
  readonly subject: string;
  /** When it came about; now where absent. */
  readonly at?: Date | null | undefined;
  readonly code?: string | null | undefined;
}

/** Opens a task for a change of law or function. @source CZ-7b, YN-9i */
export async function reportChange(
  { em, fetch, own }: GovernanceContext,
  { department, kind, subject, at, code }: ChangeReport,
): Promise<CatalogueDutyResult> {
  const problem = findTextProblem('subject', subject);
  if (problem) return refuseDuty('TASK_MALFORMED', problem);
  const since = at?.getTime() ?? own.now();
  if (since > own.now()) return refuseDuty('TASK_MALFORMED', say('change.future'));
  if (!actsFor(department, fetch)) return refuseDuty('OTHER_DEPARTMENT', say('change.own'));
  return own.auditLog.transact(em, fetch, async (em) => {
    if ((await findDepartments(em, { codes: [department] })).length === 0)
      return { result: refuseDuty('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
    const demand = { kind, department, subject: cleanText(subject), at: since, ...(code != null && { code }) };
    const task = await openTask(em, demand, own);
    return {
      result: { task },
      decision: {
        act: 'REPORT_CHANGE' as const,
        object: `task/${task.id}`,
        concerns: [department],
        basis: task.clauses,
        terms: { kind, due: task.due ?? null, code: code ?? null },
      },
    };
  });
}
