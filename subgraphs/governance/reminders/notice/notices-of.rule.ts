import { DAILY, LEADING, type Addressed, type Pending, type Register, type ToldAct } from './recipients.rule.js';
import { describedObject, listedClauses } from './notice-words.rule.js';
import { NOTIFICATION_TEMPLATES } from './notification-templates.rule.js';
import { watchedNotices } from './watched-notices.rule.js';

/** The notices that tell of an act: one for each department that it concerns beside the one that acted. They are made of
 *  codes, names of departments, dates and clauses; what persons wrote, and persons, are not in them.
 *  @param pending  departments whose turn it is now */
export function noticesOf(act: ToldAct, register: Register, pending: readonly Pending[] = []): Addressed[] {
  const isTold = (code: string): boolean => register.names.has(code) && code !== act.department;
  const watched = watchedNotices(act, [...new Set(act.concerns)].filter(isTold), register);
  if (watched) return watched;
  const telling = NOTIFICATION_TEMPLATES[act.act];
  if (!telling) return [];
  const by = act.department === undefined ? '平台' : (register.names.get(act.department) ?? act.department);
  const told = `${by}${telling.title}:${describedObject(act.object, register.names)}。`;
  const clauses = listedClauses(act.basis);
  const next = new Map(pending.map((one) => [one.department, one]));
  const concerned = [...act.concerns, ...next.keys()].filter((code) => isTold(code) || next.get(code)?.within);
  return [...new Set(concerned)].map((department) => {
    const { dueOn, provisional } = next.get(department) ?? (act.terms as Partial<Pending> | undefined) ?? {};
    const due = typeof dueOn === 'string' && { dueOn, provisional: provisional === true };
    const task =
      next.has(department) && `请贵部门办理${due ? `,期限${due.dueOn}${due.provisional ? '(暂定)' : ''}` : ''}。`;
    return {
      ...{
        department,
        posts: next.get(department)?.within ? LEADING : DAILY,
        kind: task ? ('TASK' as const) : telling.kind,
      },
      text: `${told}${task || ''}${clauses}`,
      ...due,
    };
  });
}
