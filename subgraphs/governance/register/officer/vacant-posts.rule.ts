/** A post that a profile requires, with the clauses that require it. */
export interface RequiredPost<P extends string> {
  readonly post: P;
  readonly clauses: readonly string[];
}
/** The part of a profile that names the required posts. */
interface PersonsProfile<P extends string> {
  readonly persons?:
    | { readonly named?: readonly { readonly value: readonly P[]; readonly clauses: readonly string[] }[] | undefined }
    | undefined;
}

/** Finds the posts that every department must have filled and that nobody holds. @source QZ-9.2b, HZ-9.1b, HZ-9.2b, CZ-22b */
export const findVacantPosts = <P extends string>(
  { persons }: PersonsProfile<P>,
  filled: ReadonlySet<P>,
): readonly RequiredPost<P>[] =>
  (persons?.named ?? [])
    .flatMap(({ value, clauses }) => value.map((post) => ({ post, clauses })))
    .filter(({ post }) => !filled.has(post));
