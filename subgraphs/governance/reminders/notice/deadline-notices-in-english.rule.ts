import type { Concern } from './deadline-concern.js';
import { describeObject } from './describe-object.rule.js';
import type { AnnouncedAct, Register } from './recipients.rule.js';

/** Writes in English what `writeDeadlineNotices` writes in Chinese, for a department that it writes to. */
export function writeInEnglish(act: AnnouncedAct, { owner, overseer }: Concern, { names }: Register): string {
  const { task, stage, dueOn, workingDaysLeft, owners, subject } = act.terms as Readonly<Record<string, unknown>>;
  const what = describeObject(act.object, names, 'en');
  const day = String(dueOn);
  const who = (owners as string[]).map((code) => names.get(code) ?? code).join(', ');
  if (act.act === 'EXPIRE_GRANT') return `Grant ended: ${what} ended on ${day}. Apply again if you still need it.`;
  if (act.act === 'EXPIRE_CONSENT')
    return `Consent ended: ${what} ended on ${day}; the hub provides nothing under it. Propose it again if you still want it.`;
  if (act.act === 'EXPIRE_KEY')
    return `Key ended: the key before the change (${what}) ended on ${day}. A subgraph that still uses it gives the hub nothing: use the new one now.`;
  if (act.act === 'EXPIRE_PROTECTION')
    return `Protection ended: ${what} ended on ${day}; the records of the subject are provided again. Propose it again at once if it is still needed.`;
  if (act.act === 'ESCALATE' && task === 'DATA_UPDATE')
    return owner
      ? `Data is late: ${what} was not updated in time. The authority was told.`
      : `Data is late, to be supervised: ${what} of ${who} was not updated in time.`;
  if (act.act === 'ESCALATE') {
    const late = `${what} was due on ${day}`;
    if (owner) return `Overdue: ${late}. The authority was told. Silence is no consent.`;
    return overseer
      ? `Overdue, to be supervised: ${late}, by ${who}.`
      : `Overdue: ${late}, by ${who}. The authority was told.`;
  }
  if (task === 'GRANT') return `Grant ends soon: ${what} ends on ${day}. Renew it in time if you still need it.`;
  if (task === 'CONSENT')
    return `Consent ends soon: ${what} ends on ${day}; after it the hub provides nothing under it. Propose it again in time if you still want it.`;
  if (task === 'PROTECTION')
    return `Protection ends soon: ${what} ends on ${day}; then the records of the subject are provided again. Propose it again in time if it is still needed.`;
  if (task === 'SUBGRAPH_KEY')
    return `Key ends soon: the key before the change (${what}) ends on ${day}. Use the new one before.`;
  if (task === 'PROMISE') {
    const item = String(subject).split('/').at(-1);
    return owner
      ? `Item may end: ${item} was promised until ${day}, that day included. The departments with grants were told; then a version without it may be published.`
      : `Item may end: ${item} of ${who} is provided until ${day}, that day included, and may end after it. Use its successor before.`;
  }
  if (task === 'UPDATE_WINDOW') return `Update: data that may be updated by quarter is due on ${day}.`;
  if (task === 'DATA_UPDATE')
    return `Data is late: ${what} was not updated in time. Update it by ${day}, that day included, or the authority is told.`;
  if (task === 'REPORT') return `Report: the yearly report is due on ${day}, that day included.`;
  if (stage === 'TODAY') return `Due today: ${what} is due today (${day}).`;
  return `To do: ${what} is due on ${day}, that day included; ${Math.max(0, Number(workingDaysLeft))} working days are left.`;
}
