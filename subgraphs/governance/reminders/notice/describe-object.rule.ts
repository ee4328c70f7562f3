import type { Language } from '../../../../shared/kernel/index.js';

const KINDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  grant: { zh: '授权', en: 'grant' },
  application: { zh: '共享申请', en: 'application' },
  reform: { zh: '机构改革方案', en: 'reform' },
  officer: { zh: '经办人员', en: 'officer' },
  load: { zh: '数据上传', en: 'upload' },
  loader: { zh: '上传人', en: 'uploader' },
  seal: { zh: '使用记录封存', en: 'seal of uses' },
  subscription: { zh: '订阅', en: 'subscription' },
  department: { zh: '部门', en: 'department' },
  system: { zh: '接入系统', en: 'system' },
  resource: { zh: '目录资源', en: 'entry' },
  appointment: { zh: '岗位任命', en: 'appointment' },
  duty: { zh: '职能', en: 'duty' },
  scenario: { zh: '应用场景', en: 'scenario' },
  permit: { zh: '发布许可', en: 'permit' },
  'subgraph-version': { zh: '子图版本', en: 'subgraph version' },
  'subgraph-key': { zh: '子图密钥', en: 'subgraph key' },
  source: { zh: '数据源', en: 'source' },
  pull: { zh: '定时拉取', en: 'scheduled pull' },
  consent: { zh: '提供部门同意', en: 'consent' },
  correction: { zh: '数据纠错', en: 'correction' },
  protection: { zh: '主体保护', en: 'protection' },
  'verification-lock': { zh: '核查锁定', en: 'lock of verification' },
  'multi-source-check': { zh: '多元校核', en: 'multi-source check' },
  quality: { zh: '资源质量检查', en: 'quality of' },
  'quality-run': { zh: '质量检查', en: 'run of quality' },
  'quality-ticket': { zh: '质量工单', en: 'ticket of quality' },
  list: { zh: '清单', en: 'list' },
  task: { zh: '目录更新任务', en: 'update of the catalogue' },
  freshness: { zh: '数据资源', en: 'resource' },
  'update-exception': { zh: '数据更新例外', en: 'exception from updating' },
  'aggregation-exemption': { zh: '不汇聚说明', en: 'statement on aggregation' },
  'interface-request': { zh: '接口需求', en: 'request for an interface' },
  report: { zh: '年度报告', en: 'yearly report' },
  'update-window': { zh: '季度更新窗口', en: 'quarterly update' },
  'message-channel': { zh: '消息通道', en: 'message channel' },
};

/** Describes the object of an act in words; a department by its name, a person never by theirs. */
export function describeObject(object: string, names: ReadonlyMap<string, string>, language: Language): string {
  const [kind = '', ...rest] = object.split('/');
  const id = rest.join('/');
  const isChinese = language === 'zh';
  if (kind === 'department') return isChinese ? `部门${names.get(id) ?? id}` : `department ${names.get(id) ?? id}`;
  if (kind === 'application' && rest[1] !== undefined) {
    const provider = names.get(rest[1]) ?? rest[1];
    return isChinese ? `共享申请 ${rest[0]}(${provider})` : `application ${rest[0]} (${provider})`;
  }
  if (kind === 'correction') return `${KINDS[kind]![language]} ${rest[0]}`;
  if (kind === 'maintenance')
    return isChinese
      ? `${rest[1] ?? ''}年度目录全面维护`
      : `yearly maintenance of the catalogue ${rest[1] ?? ''}`.trim();
  const known = KINDS[kind]?.[language];
  if (known !== undefined) return `${known} ${id}`;
  return isChinese ? '有关事项' : 'a matter of yours';
}

/** Describes the clauses of an act; '' where there are none. */
export function describeClauses(clauses: readonly string[], language: Language): string {
  if (clauses.length === 0) return '';
  return language === 'zh' ? `依据:${clauses.join('、')}。` : ` Basis: ${clauses.join(', ')}.`;
}
