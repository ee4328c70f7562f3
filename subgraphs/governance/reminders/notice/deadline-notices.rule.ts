import { describeClauses, describeObject } from './describe-object.rule.js';
import { DAILY, LEADING, type AnnouncedAct, type NewNotice, type Register } from './recipients.rule.js';

/** Writes the notices of an act by which the hub itself announces a deadline.
 *  @returns undefined for an act of anybody else */
export function writeDeadlineNotices(
  act: AnnouncedAct,
  concerned: readonly string[],
  register: Register,
): NewNotice[] | undefined {
  const { owners, dueOn, provisional } = act.terms ?? {};
  if (!DEADLINE_ACTS.includes(act.act) || !Array.isArray(owners) || typeof dueOn !== 'string') return undefined;
  return concerned.flatMap((department) => {
    const owner = (owners as unknown[]).includes(department);
    const text = writeText(act, { owner, overseer: register.authorities.has(department) }, register);
    if (text === undefined) return [];
    const overdue = act.act === 'ESCALATE';
    return [
      {
        department,
        posts: overdue ? LEADING : DAILY,
        kind: overdue ? ('OVERDUE' as const) : owner ? ('REMINDER' as const) : ('INFORMATION' as const),
        text: `${text}${provisional === true ? '期限为暂定,待国务院办公厅公布当年节假日安排后重新计算。' : ''}${describeClauses(act.basis)}`,
        dueOn,
        provisional: provisional === true,
      },
    ];
  });
}

/** Acts by which the hub itself announces deadlines. */
export const DEADLINE_ACTS: readonly string[] = ['REMIND', 'ESCALATE', 'EXPIRE_GRANT', 'EXPIRE_CONSENT'];

/** A department's part in a deadline. */
interface Concern {
  readonly owner: boolean;
  readonly overseer: boolean;
}

/** @returns undefined where the department need not be notified */
function writeText(act: AnnouncedAct, { owner, overseer }: Concern, { names }: Register): string | undefined {
  const { task, stage, dueOn, workingDaysLeft, owners } = act.terms as Readonly<Record<string, unknown>>;
  const what = describeObject(act.object, names);
  const [day, left] = [String(dueOn), Number(workingDaysLeft)];
  const who = (owners as string[]).map((code) => names.get(code) ?? code).join('、');
  if (act.act === 'EXPIRE_GRANT') return `【授权到期】${what}已于${day}到期,不再有效;如仍需使用请重新申请。`;
  if (act.act === 'EXPIRE_CONSENT') return `【同意到期】${what}已于${day}到期,平台不再提供;如仍需提供请重新提出。`;
  if (act.act === 'ESCALATE') {
    const late = `${what}应于${day}前办结,现已逾期`;
    if (owner) return `【逾期】${late},已报主管部门督办。逾期不视为同意。`;
    return overseer ? `【逾期督办】${who}的${late},请督办。` : `【逾期】${who}的${late},已报主管部门督办。`;
  }
  if (task === 'GRANT') return owner ? `【授权即将到期】${what}将于${day}到期;如仍需使用请提前办理续期。` : undefined;
  if (task === 'CONSENT') return `【同意即将到期】${what}将于${day}到期,届时平台不再提供;如仍需提供请提前重新提出。`;
  if (!owner) return undefined;
  if (task === 'UPDATE_WINDOW') return `【更新提醒】经批准按季度更新的数据,请于${day}前完成更新。`;
  if (task === 'REPORT') return `【报告提醒】年度报告应于${day}前(含当日)报送。`;
  if (stage === 'TODAY') return `【今日到期】${what}今日(${day})到期,请当日办结。`;
  return `【办理提醒】${what}应于${day}前(含当日)办结,剩余${Math.max(0, left)}个工作日。`;
}
