import type { NoticeKind } from './addressed.rule.js';

/** How an act is told: `<department><title>:<object>`. */
export interface Telling {
  readonly title: string;
  readonly kind: NoticeKind;
}

/** Acts of which the departments concerned are told. Of the others nobody is. */
export const TELLINGS: Readonly<Record<string, Telling>> = {
  GRANT: { title: '作出授权', kind: 'DECISION' },
  REVOKE_GRANT: { title: '撤销授权', kind: 'DECISION' },
  SUSPEND_GRANT: { title: '暂停授权', kind: 'DECISION' },
  RESUME_GRANT: { title: '恢复授权', kind: 'DECISION' },
  SUSPEND_DEPARTMENT: { title: '暂停部门共享', kind: 'DECISION' },
  RESUME_DEPARTMENT: { title: '恢复部门共享', kind: 'DECISION' },
  SUSPEND_SYSTEM: { title: '暂停接入系统', kind: 'DECISION' },
  RESUME_SYSTEM: { title: '恢复接入系统', kind: 'DECISION' },
};
