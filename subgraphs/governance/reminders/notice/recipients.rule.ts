/** What a notice asks of who gets it. */
export const NOTICE_KINDS = [
  'TASK', // the department is to act
  'REMINDER', // its time runs out
  'OVERDUE', // it is late
  'DECISION', // something was decided that concerns it
  'INFORMATION',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** An act of governance, as far as it is told. */
export interface ToldAct {
  readonly act: string;
  readonly object: string;
  /** Department that acted; absent where the hub itself did. */
  readonly department?: string | undefined;
  readonly concerns: readonly string[];
  readonly basis: readonly string[];
  readonly terms?: Readonly<Record<string, unknown>> | undefined;
}
/** The register as it is when an act is told. */
export interface Register {
  /** Names of the departments by their codes. */
  readonly names: ReadonlyMap<string, string>;
  /** Departments that oversee the others. */
  readonly authorities: ReadonlySet<string>;
}
/** A department that is to act on what an act was about. */
export interface Pending {
  readonly department: string;
  /** Local date; absent where the law gives no limit. */
  readonly dueOn?: string;
  readonly provisional?: boolean;
  /** Another person of the department that acted is to act next. */
  readonly within?: true;
}
/** A notice and who it is for. */
export interface Addressed {
  readonly department: string;
  /** RoleRequirement of these posts; everybody of the department where absent. */
  readonly posts?: readonly string[];
  readonly person?: string;
  readonly kind: NoticeKind;
  readonly text: string;
  /** Local date. */
  readonly dueOn?: string;
  readonly provisional?: boolean;
}

/** Who does the daily work of sharing in a department. @source QZ-9.2d, HZ-9.1b */
export const DAILY: readonly string[] = ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON', 'CONTACT'];
/** Who answers for it, too. @source QZ-9.2b, CZ-22b */
export const LEADING: readonly string[] = ['HEAD', 'LEADER_IN_CHARGE', ...DAILY];
