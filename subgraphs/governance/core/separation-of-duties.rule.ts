/** A person who acts for a department; a system has no person. */
export interface Acting {
  readonly department: string;
  readonly person?: string | undefined;
}

/** Nobody decides what he asked for himself, nor what his own department asked for, whatever roles he holds.
 *  @param asked    who asked
 *  @param decides  who is to decide
 *  @param within   the step is the asking department's own (HZ-5.3c), or there is no other body that could decide: then
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
