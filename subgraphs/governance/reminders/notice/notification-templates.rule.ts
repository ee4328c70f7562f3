import type { NoticeKind } from './recipients.rule.js';

/** Wording of a notice: `<department><title>:<object>`. */
export interface NotificationTemplate {
  readonly title: string;
  readonly kind: NoticeKind;
}

/** Acts of which the departments concerned are notified; nobody is notified of any other. */
export const NOTIFICATION_TEMPLATES: Readonly<Partial<Record<string, NotificationTemplate>>> = {
  GRANT: { title: '作出授权', kind: 'DECISION' },
  REVOKE_GRANT: { title: '撤销授权', kind: 'DECISION' },
  SUSPEND_GRANT: { title: '暂停授权', kind: 'DECISION' },
  RESUME_GRANT: { title: '恢复授权', kind: 'DECISION' },
  SUSPEND_DEPARTMENT: { title: '暂停部门共享', kind: 'DECISION' },
  RESUME_DEPARTMENT: { title: '恢复部门共享', kind: 'DECISION' },
  CHANGE_DEPARTMENT: { title: '变更部门登记内容', kind: 'DECISION' },
  CHANGE_SYSTEM: { title: '变更接入系统登录方式', kind: 'DECISION' },
  SUSPEND_SYSTEM: { title: '暂停接入系统', kind: 'DECISION' },
  RESUME_SYSTEM: { title: '恢复接入系统', kind: 'DECISION' },
  APPOINT: { title: '任命岗位人员', kind: 'INFORMATION' },
  END_APPOINTMENT: { title: '解除岗位任命', kind: 'INFORMATION' },
  REGISTER_SCENARIO: { title: '登记应用场景', kind: 'INFORMATION' },
  CHANGE_SCENARIO: { title: '变更应用场景', kind: 'DECISION' },
  END_SCENARIO: { title: '终止应用场景', kind: 'DECISION' },
  SUBMIT_APPLICATION: { title: '提交共享申请', kind: 'INFORMATION' },
  WITHDRAW_APPLICATION: { title: '撤回共享申请', kind: 'INFORMATION' },
  AGREE_TO_SHARE: { title: '同意共享', kind: 'DECISION' },
  REFUSE_TO_SHARE: { title: '不同意共享', kind: 'DECISION' },
  ASK_FOR_CHANGES: { title: '要求补正', kind: 'DECISION' },
  EXTEND_ANSWER: { title: '申请延长答复期限', kind: 'INFORMATION' },
  CONSENT_TO_EXTENSION: { title: '对延长期限作出决定', kind: 'DECISION' },
  OBJECT_TO_REFUSAL: { title: '对不予共享提出异议', kind: 'INFORMATION' },
  NEGOTIATE: { title: '记录协商情况', kind: 'INFORMATION' },
  COORDINATE: { title: '作出协调意见', kind: 'DECISION' },
  ESCALATE: { title: '对逾期办理提请督办', kind: 'OVERDUE' },
  FULFIL_REQUEST: { title: '完成目录登记并提供数据', kind: 'DECISION' },
  AUTHORISE_PERSONS: { title: '调整授权使用人员', kind: 'INFORMATION' },
  PERMIT_PUBLISHER: { title: '准予发布', kind: 'DECISION' },
  WITHDRAW_PERMIT: { title: '撤销发布许可', kind: 'DECISION' },
  PROPOSE_CONSENT: { title: '提出同意申请', kind: 'INFORMATION' },
  WITHDRAW_PROPOSAL: { title: '撤销同意申请', kind: 'INFORMATION' },
  AGREE_TO_CONSENT: { title: '一人同意提供', kind: 'INFORMATION' },
  GIVE_CONSENT: { title: '同意提供', kind: 'DECISION' },
  REFUSE_CONSENT: { title: '不同意提供', kind: 'DECISION' },
  REVOKE_CONSENT: { title: '撤回同意', kind: 'DECISION' },
  SUBMIT_RESOURCE: { title: '提交目录审核', kind: 'INFORMATION' },
  EXAMINE_SECRECY: { title: '完成保密审查', kind: 'DECISION' },
  REVIEW_RESOURCE: { title: '审核目录', kind: 'DECISION' },
  PUBLISH_RESOURCE: { title: '发布目录', kind: 'DECISION' },
  SUSPEND_RESOURCE: { title: '暂停目录资源', kind: 'DECISION' },
  RESUME_RESOURCE: { title: '恢复目录资源', kind: 'DECISION' },
  WITHDRAW_RESOURCE: { title: '撤销目录资源', kind: 'DECISION' },
  REPORT_CHANGE: { title: '报告职能或法规变化', kind: 'INFORMATION' },
  RECOUNT_DUE_DATE: { title: '按已公布的节假日安排重新计算期限', kind: 'INFORMATION' },
  PUBLISH_LIST: { title: '发布清单', kind: 'INFORMATION' },
};
