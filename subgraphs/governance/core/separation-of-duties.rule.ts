/** A person who acts for a department; a system has no person. */
export interface Acting {
  readonly department: string;
  readonly person?: string | undefined;
  /** Every account of the person; `person` alone where absent. */
  readonly accounts?: readonly string[] | undefined;
}

/** Those who asked: a department, and everybody who acted for it in the case. */
export interface Asking {
  readonly department: string;
  readonly persons: readonly string[];
}

/** No person decides their own request, and no department its own, regardless of role. Who asked or drafted stays bound
 *  after moving to another department.
 *  @param asked    the department that asked, and the persons who acted for it
 *  @param decides  the person and department that are to decide
 *  @param within   true where the step is the asking department's own (HZ-5.3c), or no other body could decide: then
 *                  another person of the department does
 *  @returns        the reason against it; undefined where there is none */
export function findConflictOfInterest(
  asked: Asking,
  decides: Acting,
  within = false,
): 'SAME_PERSON' | 'SAME_DEPARTMENT' | undefined {
  const { department, person } = decides;
  const accounts = decides.accounts ?? (person === undefined ? [] : [person]);
  if (asked.persons.some((one) => accounts.includes(one))) return 'SAME_PERSON';
  if (asked.department !== department) return undefined;
  if (!within) return 'SAME_DEPARTMENT';
  return person === undefined ? 'SAME_PERSON' : undefined;
}
