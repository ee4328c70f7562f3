import { DAILY, type Addressed, type Register, type ToldAct } from './addressed.rule.js';
import { describedObject, listedClauses } from './notice-words.rule.js';
import { TELLINGS } from './tellings.rule.js';
import { watchedNotices } from './watched-notices.rule.js';

/** The notices that tell of an act: one for each department that it concerns beside the one that acted. They are made of
 *  codes, names of departments, dates and clauses; what persons wrote, and persons, are not in them. */
export function noticesOf(act: ToldAct, register: Register): Addressed[] {
  const concerned = [...new Set(act.concerns)].filter((code) => register.names.has(code) && code !== act.department);
  const watched = watchedNotices(act, concerned, register);
  if (watched) return watched;
  const telling = TELLINGS[act.act];
  if (!telling) return [];
  const by = act.department === undefined ? '平台' : (register.names.get(act.department) ?? act.department);
  const text = `${by}${telling.title}:${describedObject(act.object, register.names)}。${listedClauses(act.basis)}`;
  const { dueOn, provisional } = act.terms ?? {};
  return concerned.map((department) => ({
    department,
    posts: DAILY,
    kind: telling.kind,
    text,
    ...(typeof dueOn === 'string' && { dueOn, provisional: provisional === true }),
  }));
}
