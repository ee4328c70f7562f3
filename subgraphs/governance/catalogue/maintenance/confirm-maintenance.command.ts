import { cleanText, findTextProblem, type GovernanceContext } from '../../core/index.js';
import { type CatalogueDutyResult, refuseDuty } from './catalogue-duty-result.js';
import { countOverdueTasks } from './catalogue-task.store.js';
import { lastDayOf, yearAt } from './maintenance-year.js';
import { saveConfirmation } from './maintenance.store.js';
import { say } from '../messages/index.js';

/** Confirms that the caller's department has gone through its whole catalogue this year. @source HZ-5.4a, YN-9h */
export async function confirmMaintenance(
  { em, fetch, own }: GovernanceContext,
  note: string | null | undefined,
): Promise<CatalogueDutyResult> {
  const problem = note == null ? undefined : findTextProblem('note', note, { optional: true });
  if (problem) return refuseDuty('MAINTENANCE_MALFORMED', problem);
  const department = fetch.department;
  const confirmedBy = fetch.person ?? fetch.system;
  const confirmedAt = new Date(own.now());
  const year = yearAt(own.now(), own);
  const clauses = [...(own.profile.catalogue?.maintenance?.clauses ?? [])];
  return own.auditLog.transact(em, fetch, async (em) => {
    const overdue = await countOverdueTasks(em, department, confirmedAt);
    if (overdue > 0) {
      const message = say('maintenance.overdue', { department, overdue });
      return { result: refuseDuty('TASKS_OVERDUE', message) };
    }
    const text = note == null ? null : cleanText(note);
    await saveConfirmation(em, year, { department, confirmedAt, confirmedBy }, text);
    return {
      result: {
        maintenance: { department, year, confirmedAt, confirmedBy, due: lastDayOf(year), overdue: false, clauses },
      },
      decision: {
        act: 'CONFIRM_MAINTENANCE' as const,
        object: `maintenance/${department}/${year}`,
        concerns: [department],
        basis: clauses,
      },
    };
  });
}
