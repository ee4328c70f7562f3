import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'resource.unknown': '没有代码为 {code} 的已发布数据资源。',
  'resource.other': '资源 {code} 由其他部门提供，只有提供部门可以办理。',
  'update.future': '更新完成后方可报告，不能预先报告。',
  'update.older': '已有更晚的时间：{at}。',
  'exception.person': '请以个人身份登录，系统不能提出或者审批更新例外。',
  'exception.noWindow': '现行法规没有按季度集中更新的规定。',
  'exception.noInterval': '现行法规没有非实时更新备案的规定。',
  'exception.cycle': '非实时更新须填写实时以外的更新周期，按季度集中更新不填。',
  'exception.known': '资源 {code} 已有更新例外 {id}，请先终止。',
  'exception.unknown': '没有编号为 {id} 的更新例外。',
  'exception.other': '更新例外 {id} 属于其他部门。',
  'exception.decided': '更新例外 {id} 已经办结或者终止。',
  'exception.samePerson': '提出人不得审批。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
