/** Kinds of notices, by what they ask of the recipient. */
export const NOTICE_KINDS = {
  TASK: '待办',
  REMINDER: '提醒',
  OVERDUE: '逾期',
  DECISION: '决定',
  INFORMATION: '告知',
} as const;
export type NoticeKind = keyof typeof NOTICE_KINDS;

/** An act of governance, as far as notices tell of it. */
export interface AnnouncedAct {
  readonly act: string;
  readonly object: string;
  /** Department that acted; absent where the hub itself did. */
  readonly department?: string | undefined;
  readonly concerns: readonly string[];
  readonly basis: readonly string[];
  readonly terms?: Readonly<Record<string, unknown>> | undefined;
}
/** The register at the time when notices are written. */
export interface Register {
  /** Names of the departments by code. */
  readonly names: ReadonlyMap<string, string>;
  /** Departments that oversee the others. */
  readonly authorities: ReadonlySet<string>;
}

/** A notice with its recipients. */
export interface NewNotice {
  readonly department: string;
  /** Holders of these posts; everybody of the department where absent. */
  readonly posts?: readonly string[];
  readonly person?: string;
  /** Holders of one of these roles, where given. */
  readonly roles?: readonly string[];
  readonly kind: NoticeKind;
  /** In Chinese. */
  readonly text: string;
  readonly english: string;
  /** Local date. */
  readonly dueOn?: string;
  readonly provisional?: boolean;
}

/** Posts of those who do the daily work of sharing in a department. @source QZ-9.2d, HZ-9.1b */
export const DAILY: readonly string[] = ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON', 'CONTACT'];
/** The same with those who answer for it. @source QZ-9.2b, CZ-22b */
export const LEADING: readonly string[] = ['HEAD', 'LEADER_IN_CHARGE', ...DAILY];
