import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'position.range': '请填写 1 至 {most} 的整数位置。',
  'subscription.known': '已有推送到该目标的订阅，请恢复或者重新推送。',
  'subscription.most': '一个部门最多 {most} 个订阅。',
  'position.delivered': '请填写 1 至 {most} 的整数位置，即已推送到的位置。',
  'subscription.unknown': '您没有订阅 {id}。',
  'subscription.disabled': '该订阅已被技术服务单位停用，请联系数据主管部门恢复。',
  'cursor.other': '游标 `after` 不属于该列表，请不带游标重新开始。',
  'target.off': '本平台未启用 {kind} 推送，请联系技术服务单位（{setting}）。',
  'target.folder': '文件夹名称由小写字母、数字、连字符和下划线组成，最多 63 个字符。',
  'target.url': '推送地址（URL）最多 {most} 个字符。',
  'target.bareUrl': '推送地址（URL）不得含有用户名、密码或者片段标识。',
  'target.host': '技术服务单位未将该主机、端口和协议列入推送清单（PUSH_HOSTS），请申请列入。',
  'subscription.targetTaken': '{department} 已有推送到同一地址的订阅 {subscription}，请先终止其一。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
