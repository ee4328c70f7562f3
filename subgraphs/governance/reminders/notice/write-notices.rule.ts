import type { PendingDepartment } from '../../core/index.js';
import { writeDeadlineNotices } from './deadline-notices.rule.js';
import { describeClauses, describeObject } from './describe-object.rule.js';
import { NOTIFICATION_TEMPLATES } from './notification-templates.rule.js';
import { DAILY, LEADING, type AnnouncedAct, type NewNotice, type Register } from './recipients.rule.js';

/** Writes the notices of an act: one for each department that it concerns, besides the one that acted. They consist of
 *  codes, names of departments, dates and clauses; texts that persons wrote, and persons, are not in them.
 *  @param pending  departments that have to act next */
export function writeNotices(
  act: AnnouncedAct,
  register: Register,
  pending: readonly PendingDepartment[] = [],
): NewNotice[] {
  const isNotified = (code: string): boolean => register.names.has(code) && code !== act.department;
  const deadlineNotices = writeDeadlineNotices(act, [...new Set(act.concerns)].filter(isNotified), register);
  if (deadlineNotices) return deadlineNotices;
  const template = NOTIFICATION_TEMPLATES[act.act];
  if (!template) return [];
  const by = act.department === undefined ? '平台' : (register.names.get(act.department) ?? act.department);
  const sentence = `${by}${template.title}:${describeObject(act.object, register.names)}。`;
  const clauses = describeClauses(act.basis);
  const next = new Map(pending.map((one) => [one.department, one]));
  const concerned = [...act.concerns, ...next.keys()].filter((code) => isNotified(code) || next.get(code)?.within);
  return [...new Set(concerned)].map((department) => {
    const { dueOn, provisional } = next.get(department) ?? (act.terms as Partial<PendingDepartment> | undefined) ?? {};
    const due = typeof dueOn === 'string' && { dueOn, provisional: provisional === true };
    const task =
      next.has(department) && `请贵部门办理${due ? `,期限${due.dueOn}${due.provisional ? '(暂定)' : ''}` : ''}。`;
    return {
      department,
      posts: next.get(department)?.within ? LEADING : DAILY,
      kind: task ? 'TASK' : template.kind,
      text: `${sentence}${task || ''}${clauses}`,
      ...due,
    };
  });
}
