/** Roles in which a person or system may act. @source share-rules section 2; docs/glossary.md */
export const ROLES = [
  'provider',
  'consumer',
  'authority',
  'secrecy-reviewer',
  'operator',
  'auditor',
  // answers citizens who ask how their data was used
  'citizen-service',
] as const;
export type Role = (typeof ROLES)[number];

/** The caller, as verified from a token and the hub's own register; nothing in a header can add rights. */
export interface Caller {
  /** Code of the department that answers for the request. */
  readonly department: string;
  /** OpenID client through which the request came. */
  readonly system: string;
  /** OpenID subject, when a person is signed in. */
  readonly person?: string;
  readonly roles: readonly Role[];
}
