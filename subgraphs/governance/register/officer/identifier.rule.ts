import { looksLike } from '../department/fold-look-alikes.rule.js';

/** Identifiers that only the hub itself has: those of its own clients, and the actor of what it does by itself. */
const RESERVED = /^sharehub([._-]|$)/i;
/** Printable ASCII, as OpenID Connect has it for subjects, from a letter or digit on: nothing that the hub's own notations
 *  begin with (`*` for a role or post, `@` for a person), and no letter of another script that looks like one of these. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9._@:|+=~/-]*$/;

/** Finds a problem of the identifier of a person or system.
 *  @param name     name of the argument in the sentence
 *  @param longest  most characters
 *  @returns        a sentence; undefined for one that can be registered */
export function findIdentifierProblem(name: string, id: string, longest: number): string | undefined {
  if (id.length > longest) return `\`${name}\` is longer than ${longest} characters.`;
  if (!FORM.test(id))
    return `\`${name}\` must be ASCII letters, digits and . _ @ : | + = ~ / - after a letter or digit.`;
  return RESERVED.test(id) ? `\`${name}\` ${id} is kept for the hub itself.` : undefined;
}

/** Finds a registered identifier that a reader takes for this one, or that is the same. */
export const findTakenIdentifier = (id: string, registered: readonly string[]): string | undefined =>
  registered.find((other) => looksLike(other, id));
