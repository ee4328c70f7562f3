/** A person who acts for a department; a system has no person. */
export interface Acting {
  readonly department: string;
  readonly person?: string | undefined;
}

/** No person decides their own request, and no department its own, regardless of role.
 *  @param asked    the person and department that asked
 *  @param decides  the person and department that are to decide
 *  @param within   true where the step is the asking department's own (HZ-5.3c), or no other body could decide: then
 *                  another person of the department does
 *  @returns        the reason against it; undefined where there is none */
export function findConflictOfInterest(
  asked: Acting,
  decides: Acting,
  within = false,
): 'SAME_PERSON' | 'SAME_DEPARTMENT' | undefined {
  if (asked.department !== decides.department) return undefined;
  if (!within) return 'SAME_DEPARTMENT';
  return decides.person === undefined || decides.person === asked.person ? 'SAME_PERSON' : undefined;
}
