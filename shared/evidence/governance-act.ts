/** Acts of governance. The list is closed: an act that is not in it cannot be recorded, and so not be done. */
export const AUDIT_ACTIONS = [
  'GRANT',
  'REVOKE_GRANT',
  'SUSPEND_GRANT',
  'RESUME_GRANT',
  'SUSPEND_DEPARTMENT',
  'RESUME_DEPARTMENT',
  'CHANGE_SYSTEM',
  'SUSPEND_SYSTEM',
  'RESUME_SYSTEM',
  'REGISTER_DEPARTMENT',
  'RENAME_DEPARTMENT',
  'CHANGE_DEPARTMENT',
  'REGISTER_SYSTEM',
  'REGISTER_OFFICER',
  'CHANGE_OFFICER',
  'VERIFY_OFFICER',
  'SUSPEND_OFFICER',
  'RESUME_OFFICER',
  'APPOINT',
  'END_APPOINTMENT',
  'ADD_DUTY',
  'END_DUTY',
  'REGISTER_SCENARIO',
  'CHANGE_SCENARIO',
  'END_SCENARIO',
  'SUBMIT_APPLICATION',
  'WITHDRAW_APPLICATION',
  'AGREE_TO_SHARE',
  'REFUSE_TO_SHARE',
  'ASK_FOR_CHANGES',
  'EXTEND_ANSWER',
  'CONSENT_TO_EXTENSION',
  'OBJECT_TO_REFUSAL',
  'NEGOTIATE',
  'COORDINATE',
  'FULFIL_REQUEST',
  'AUTHORISE_PERSONS',
  'PERMIT_PUBLISHER',
  'WITHDRAW_PERMIT',
  'PROPOSE_CONSENT',
  'AGREE_TO_CONSENT',
  'GIVE_CONSENT',
  'REFUSE_CONSENT',
  'REVOKE_CONSENT',
  'SUBMIT_VERSION',
  'CHECK_VERSION',
  'PUBLISH_VERSION',
  'ANNOUNCE_LOAD',
  'LOAD_ROWS',
  'REFUSE_LOAD',
  'EXPIRE_LOAD',
  'NAME_LOADER',
  'WITHDRAW_LOADER',
  'REGISTER_SOURCE',
  'CONFIRM_SOURCE',
  'END_SOURCE',
  'REGISTER_CATALOGUE',
  'DESCRIBE_RESOURCE',
  'SUBMIT_RESOURCE',
  'EXAMINE_SECRECY',
  'REVIEW_RESOURCE',
  'PUBLISH_RESOURCE',
  'SUSPEND_RESOURCE',
  'RESUME_RESOURCE',
  'WITHDRAW_RESOURCE',
  'REPORT_CHANGE',
  'CONFIRM_MAINTENANCE',
  'SEAL_USES',
  'UNSEAL_USES',
  'SUBSCRIBE_USES',
  'UNSUBSCRIBE_USES',
  'PAUSE_USES',
  'RESUME_USES',
  'REPLAY_USES',
  'DISABLE_USES',
  'SUBSCRIBE_ACTS',
  'UNSUBSCRIBE_ACTS',
  'PAUSE_ACTS',
  'RESUME_ACTS',
  'REPLAY_ACTS',
  'DISABLE_ACTS',
  'ARCHIVE_EVIDENCE',
  'RESTORE_EVIDENCE',
  'DELETE_EVIDENCE',
  // by the hub itself, when the time of something has come
  'REPORT_SOURCE',
  'REPORT_PULL',
  'REMIND',
  'ESCALATE',
  'EXPIRE_GRANT',
  'EXPIRE_CONSENT',
  'WITHDRAW_PROPOSAL',
  'RECOUNT_DUE_DATE',
  'PUBLISH_LIST',
  'IMPORT_LIST',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Evidence of one act of governance: who decided what, under which clause. Stored in the transaction of the change.
 *  @source HZ-9.3e, YN-34a, YN-36f, QZ-9.1d */
export interface GovernanceAct {
  readonly kind: 'act';
  /** ISO 8601 instant. */
  readonly time: string;
  readonly requestId?: string;
  /** Department, system and person who acted; the operator's command has no department. */
  readonly department?: string;
  readonly system?: string;
  readonly person?: string;
  readonly act: AuditAction;
  /** Object of the act, e.g. `grant/G-000001`. */
  readonly object: string;
  /** Departments beside the acting one that the act concerns and that may read of it. */
  readonly concerns: readonly string[];
  /** Clauses and other provisions on which it was decided. */
  readonly basis: readonly string[];
  readonly reason?: string;
  /** The object's terms after the act, as far as they were decided; no personal data. */
  readonly terms?: Readonly<Record<string, unknown>>;
}
