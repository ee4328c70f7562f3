import type { Text } from '../../../../shared/kernel/index.js';
import { looksLike } from '../department/fold-look-alikes.rule.js';
import { say } from '../messages/index.js';

/** Identifiers that only the hub itself has: those of its own clients, and the actor of what it does by itself. */
const RESERVED = /^sharehub([._-]|$)/i;
/** Printable ASCII, as OpenID Connect has it for subjects, from a letter or digit on: nothing that the hub's own notations
 *  begin with (`*` for a role or post, `@` for a person), and no letter of another script that looks like one of these. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9._@:|+=~/-]*$/;

/** Finds a problem of the identifier of a person or system.
 *  @param name     name of the argument in the sentence
 *  @param longest  most characters
 *  @returns        a sentence; undefined for one that can be registered */
export function findIdentifierProblem(name: string, id: string, longest: number): Text | undefined {
  if (id.length > longest) return say('identifier.long', { name, most: longest });
  if (!FORM.test(id)) return say('identifier.form', { name });
  return RESERVED.test(id) ? say('identifier.kept', { name, id }) : undefined;
}

/** Finds a registered identifier that a reader takes for this one, or that is the same. */
export const findTakenIdentifier = (id: string, registered: readonly string[]): string | undefined =>
  registered.find((other) => looksLike(other, id));
