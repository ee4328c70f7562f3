/** A post that a profile asks for, with the clauses that do. */
export interface DemandedPost<P extends string> {
  readonly post: P;
  readonly clauses: readonly string[];
}
/** The part of a profile that this needs. */
interface NamedPersons<P extends string> {
  readonly persons?:
    | { readonly named?: readonly { readonly value: readonly P[]; readonly clauses: readonly string[] }[] | undefined }
    | undefined;
}

/** The posts that each department must have filled, and nobody fills. @source QZ-9.2b, HZ-9.1b, HZ-9.2b, CZ-22b */
export const vacantPosts = <P extends string>(
  { persons }: NamedPersons<P>,
  filled: ReadonlySet<P>,
): readonly DemandedPost<P>[] =>
  (persons?.named ?? [])
    .flatMap(({ value, clauses }) => value.map((post) => ({ post, clauses })))
    .filter(({ post }) => !filled.has(post));
