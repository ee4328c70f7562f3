import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'import.empty': '清单没有任何一行，未予导入。',
  'import.repeated': '键 {key} 已出现过',
  'import.notJson': '不是 JSON',
  'import.line': '第 {number} 行不能导入：{why}。未导入任何内容。',
  'list.unknown': '该清单没有版本“{id}”。',
  'import.at': '{path}：{message}',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
