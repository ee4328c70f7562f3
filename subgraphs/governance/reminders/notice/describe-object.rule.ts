const KINDS: Readonly<Record<string, string>> = {
  grant: '授权',
  application: '共享申请',
  department: '部门',
  system: '接入系统',
  resource: '目录资源',
  appointment: '岗位任命',
  duty: '职能',
  scenario: '应用场景',
  permit: '发布许可',
  'subgraph-version': '子图版本',
  source: '数据源',
  pull: '定时拉取',
  consent: '提供部门同意',
  list: '清单',
  task: '目录更新任务',
  report: '年度报告',
  'update-window': '季度更新窗口',
};

/** Describes the object of an act in Chinese words; a department by its name, a person never by theirs. */
export function describeObject(object: string, names: ReadonlyMap<string, string>): string {
  const [kind = '', ...rest] = object.split('/');
  const id = rest.join('/');
  if (kind === 'department') return `部门${names.get(id) ?? id}`;
  if (kind === 'application' && rest[1] !== undefined) return `共享申请 ${rest[0]}(${names.get(rest[1]) ?? rest[1]})`;
  if (kind === 'maintenance') return `${rest[1] ?? ''}年度目录全面维护`;
  const known = KINDS[kind];
  return known === undefined ? '有关事项' : `${known} ${id}`;
}

/** Describes the clauses of an act; '' where there are none. */
export const describeClauses = (clauses: readonly string[]): string =>
  clauses.length === 0 ? '' : `依据:${clauses.join('、')}。`;
