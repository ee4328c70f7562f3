import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'grounds.reason': '原因（reason）为空，请写明原因。',
  'grounds.provisions': '依据（basis）最多填写 {most} 条。',
  'grounds.long': '有一段文字超过 {most} 个字符。',
  'record.unavailable': '目前不能记录本次办理，因此未作任何改动。请稍后重试。',
  'text.empty': '`{name}` 为空。',
  'text.long': '`{name}` 超过 {most} 个字符。',
  'text.unseen': '`{name}` 含有控制字符或者不可见字符。',
  'file.mediaType': '文件类型（mediaType）须为下列之一：{types}。',
  'file.sha256': '`sha256` 须为 64 位十六进制数字，字母小写。',
  'file.bytes': '`bytes` 须为文件的大小，最多 {most} 字节。',
  'caller.moved': '机构改革方案刚刚执行，请重新提交。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
