import type { PendingDepartment } from '../../core/index.js';
import { writeDeadlineNotices } from './deadline-notices.rule.js';
import { describeClauses, describeObject } from './describe-object.rule.js';
import { NOTIFICATION_TEMPLATES } from './notification-templates.rule.js';
import { DAILY, type AnnouncedAct, type NewNotice, type Register } from './recipients.rule.js';

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
  // The appointment that takes its place is told instead: one notice for one event.
  if (!template || (act.act === 'END_APPOINTMENT' && act.terms?.['replacedBy'] !== undefined)) return [];
  const by = act.department === undefined ? '平台' : (register.names.get(act.department) ?? act.department);
  const sentence = `${by}${template.title}:${describeObject(act.object, register.names, 'zh')}。`;
  const inEnglish = `${act.department === undefined ? 'The hub' : by}: ${template.english}: ${describeObject(act.object, register.names, 'en')}.`;
  const next = mergeByDepartment(pending);
  const concerned = [...act.concerns, ...next.keys()].filter((code) => isNotified(code) || next.get(code)?.within);
  return [...new Set(concerned)].flatMap((department) => {
    const { dueOn, provisional } = next.get(department) ?? (act.terms as Partial<PendingDepartment> | undefined) ?? {};
    const due = typeof dueOn === 'string' && { dueOn, provisional: provisional === true };
    const task =
      next.has(department) && `请贵部门办理${due ? `,期限${due.dueOn}${due.provisional ? '(暂定)' : ''}` : ''}。`;
    return findRecipients(next.get(department)).map((recipients): NewNotice => ({
      department,
      ...recipients,
      kind: task ? 'TASK' : template.kind,
      text: `${sentence}${task || ''}${describeClauses(act.basis, 'zh')}`,
      english: `${inEnglish}${task ? ` ${askInEnglish(due)}` : ''}${describeClauses(act.basis, 'en')}`,
      ...due,
    }));
  });
}

const askInEnglish = (due: { readonly dueOn: string; readonly provisional: boolean } | false): string =>
  due
    ? `Your department has to act by ${due.dueOn}${due.provisional ? ' (provisional)' : ''}.`
    : 'Your department has to act.';

/** A task goes to those who can act; anything else, and what waits for a whole department, to its daily posts. */
const findRecipients = (pending: PendingDepartment | undefined): Pick<NewNotice, 'posts' | 'roles' | 'person'>[] => {
  if (pending?.persons) return pending.persons.map((person) => ({ person }));
  if (!pending?.roles) return [{ posts: DAILY }];
  return [{ roles: pending.roles, ...(pending.posts && { posts: pending.posts }) }];
};

/** A department is told once, also where it has to act in two roles. */
function mergeByDepartment(pending: readonly PendingDepartment[]): ReadonlyMap<string, PendingDepartment> {
  const merged = new Map<string, PendingDepartment>();
  for (const one of pending) {
    const { posts: _, ...other } = merged.get(one.department) ?? { roles: undefined };
    const roles = other.roles && one.roles && [...other.roles, ...one.roles];
    merged.set(one.department, other.roles ? { ...one, ...other, ...(roles && { roles }) } : one);
  }
  return merged;
}
