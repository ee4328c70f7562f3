import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'filter.figure': '筛选条件中只能填写信息项（item）或者资源（resource）之一。',
  'person.number': '请以公民身份号码指明个人：18 位且校验码正确，或者旧的 15 位号码。',
  'person.noKeys': '本平台启动时未配置主体密钥。',
  'department.unknown': '没有部门 {department}。',
  'scenario.unknown': '部门 {department} 没有场景“{scenario}”。',
  'grant.unknown': '部门 {department} 没有授权 {grant}。',
  'seal.unknown': '没有封存 {id}。',
  'seal.basis': '请在依据（basis）中写明准许封存的条款。',
  'seal.order': '截止时间（until）须晚于开始时间（from）。',
  'seal.future': '截止时间（until）须晚于现在。',
  'seal.long': '截止时间（until）最长为自今三年。',
  'filter.one': '请在资源（resource）、对象（object）和经办（actor）中填写一项。',
  'filter.actor': '请填写经办（actor）的部门（department）或者人员（person）。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
