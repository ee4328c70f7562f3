import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  person: '请以个人身份登录办理。',
  samePerson: '提出人不得审批。',
  'resource.unknown': '没有代码为 {code} 的已发布数据资源。',
  'resource.other': '资源 {code} 由其他部门提供。',
  'exemption.basis': '请填写 1 至 20 条不得汇聚的依据：法律、法规或者中央政策。',
  'exemption.hash': '请填写证据材料的 SHA-256 校验值（64 位小写十六进制）。',
  'exemption.known': '资源 {code} 已有不汇聚说明 {id}，请先终止。',
  'exemption.unknown': '没有编号为 {id} 的不汇聚说明。',
  'exemption.other': '不汇聚说明 {id} 属于其他部门。',
  'exemption.decided': '不汇聚说明 {id} 已经办结或者终止。',
  'request.noLaw': '现行法规没有规定接口需求的提供期限。',
  'request.noProvider': '没有提供部门“{provider}”。',
  'request.unknown': '没有编号为 {id} 的接口需求。',
  'request.other': '接口需求 {id} 由其他部门办理。',
  'request.ended': '接口需求 {id} 已经提供或者撤回。',
  'request.notServed': '本部门没有代码为 {code}、可在平台查询的已发布资源。',
  'extension.most': '延期为 1 至 {most} 个工作日。',
  'extension.closed': '延期只能申请一次，且须在到期前提出。',
  'extension.none': '没有待审批的延期。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
