import type { Concern } from './deadline-concern.js';
import { writeInEnglish } from './deadline-notices-in-english.rule.js';
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
    const concern = { owner, overseer: register.authorities.has(department) };
    const text = writeText(act, concern, register);
    if (text === undefined) return [];
    const isProvisional = provisional === true;
    const overdue = act.act === 'ESCALATE';
    return [
      {
        department,
        posts: overdue ? LEADING : DAILY,
        kind: overdue ? ('OVERDUE' as const) : owner ? ('REMINDER' as const) : ('INFORMATION' as const),
        text: `${text}${isProvisional ? '期限为暂定,待国务院办公厅公布当年节假日安排后重新计算。' : ''}${describeClauses(act.basis, 'zh')}`,
        english: `${writeInEnglish(act, concern, register)}${isProvisional ? ' The day is provisional until the holidays of that year are published.' : ''}${describeClauses(act.basis, 'en')}`,
        dueOn,
        provisional: isProvisional,
      },
    ];
  });
}

/** Acts by which the hub itself announces deadlines. */
export const DEADLINE_ACTS: readonly string[] = [
  'REMIND',
  'ESCALATE',
  'EXPIRE_GRANT',
  'EXPIRE_CONSENT',
  'EXPIRE_KEY',
  'EXPIRE_PROTECTION',
];

/** @returns undefined where the department need not be notified */
function writeText(act: AnnouncedAct, { owner, overseer }: Concern, { names }: Register): string | undefined {
  const { task, stage, dueOn, workingDaysLeft, owners, subject } = act.terms as Readonly<Record<string, unknown>>;
  const what = describeObject(act.object, names, 'zh');
  const [day, left] = [String(dueOn), Number(workingDaysLeft)];
  const who = (owners as string[]).map((code) => names.get(code) ?? code).join('、');
  if (act.act === 'EXPIRE_GRANT') return `【授权到期】${what}已于${day}到期,不再有效;如仍需使用请重新申请。`;
  if (act.act === 'EXPIRE_CONSENT') return `【同意到期】${what}已于${day}到期,平台不再提供;如仍需提供请重新提出。`;
  if (act.act === 'EXPIRE_KEY')
    return `【密钥停用】${what}更换前的密钥已于${day}停用;子图仍使用原密钥的,平台已无法取数,请立即换用新密钥。`;
  if (act.act === 'EXPIRE_PROTECTION')
    return `【保护到期】${what}已于${day}到期,该主体的记录恢复提供;如仍需保护请立即重新提出。`;
  if (act.act === 'ESCALATE' && task === 'DATA_UPDATE') {
    if (owner) return `【数据更新逾期】${what}逾期未更新,已报主管部门督办。`;
    return overseer ? `【数据更新督办】${who}的${what}逾期未更新,请督办。` : undefined;
  }
  if (act.act === 'ESCALATE') {
    const late = `${what}应于${day}前办结,现已逾期`;
    if (owner) return `【逾期】${late},已报主管部门督办。逾期不视为同意。`;
    return overseer ? `【逾期督办】${who}的${late},请督办。` : `【逾期】${who}的${late},已报主管部门督办。`;
  }
  if (task === 'GRANT') return owner ? `【授权即将到期】${what}将于${day}到期;如仍需使用请提前办理续期。` : undefined;
  if (task === 'CONSENT') return `【同意即将到期】${what}将于${day}到期,届时平台不再提供;如仍需提供请提前重新提出。`;
  if (task === 'PROTECTION')
    return `【保护即将到期】${what}将于${day}到期,届时该主体的记录恢复提供;如仍需保护请提前重新提出。`;
  if (task === 'SUBGRAPH_KEY') return `【密钥即将停用】${what}更换前的密钥将于${day}停用,请在此之前换用新密钥。`;
  if (task === 'PROMISE') {
    const item = String(subject).split('/').at(-1);
    return owner
      ? `【信息项即将停用】${item}承诺提供至${day}(含当日),已通知持有授权的部门;届时可发布停用版本。`
      : `【信息项即将停用】${who}的${item}提供至${day}(含当日),此后可能停用;请在此之前改用替代项。`;
  }
  if (!owner) return undefined;
  if (task === 'UPDATE_WINDOW') return `【更新提醒】经批准按季度更新的数据,请于${day}前完成更新。`;
  if (task === 'DATA_UPDATE') return `【数据更新逾期】${what}逾期未更新,请于${day}前(含当日)更新,否则报主管部门督办。`;
  if (task === 'REPORT') return `【报告提醒】年度报告应于${day}前(含当日)报送。`;
  if (stage === 'TODAY') return `【今日到期】${what}今日(${day})到期,请当日办结。`;
  return `【办理提醒】${what}应于${day}前(含当日)办结,剩余${Math.max(0, left)}个工作日。`;
}
