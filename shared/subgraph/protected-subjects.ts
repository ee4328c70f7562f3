import { LRUCache } from 'lru-cache';
import { formsOfIdentityNumber } from '../kernel/identity-number.js';
import { HubError } from '../kernel/index.js';
import {
  digestOfProtectedSubjects,
  readProtectedSubjects,
  type ProtectedSubject,
  type SubjectKind,
} from '../trust/protected-subjects.js';

/** The subjects whose records are withheld from the caller of one fetch. */
export interface ProtectedSubjects {
  /** Identifiers of an owner's subjects, in every form in which a row may hold them.
   *  @param owner  department code; undefined for all owners, where a type does not say whose it is
   *  @param kind   undefined for both kinds */
  of(owner: string | undefined, kind: SubjectKind | undefined): readonly string[];
}

export const NOBODY_PROTECTED: ProtectedSubjects = { of: () => NOBODY };
const NOBODY: readonly string[] = [];

/** Lists that are kept, and the characters of their texts together. */
const MOST_LISTS = 200;
const MOST_CHARACTERS = 20_000_000;

/** The lists of protected subjects that this process has been sent, by digest. The hub names one in each context and sends
 *  its text when it is asked to, so no process has a list before somebody's fetch needs it, and none is ever out of date. */
export class ProtectedSubjectLists {
  private readonly known = new LRUCache<string, ProtectedSubjects>({
    max: MOST_LISTS,
    maxSize: MOST_CHARACTERS,
  });

  /** The list that a context names.
   *  @param digest  of the context
   *  @param sent    the list's text, where the request brought it
   *  @throws HubError PROTECTIONS_REQUIRED when it is not known; the hub sends the request again with the list */
  find(digest: string | undefined, sent: unknown): ProtectedSubjects {
    if (digest === undefined) return NOBODY_PROTECTED;
    const known = this.known.get(digest);
    if (known) return known;
    if (typeof sent !== 'string' || digestOfProtectedSubjects(sent) !== digest)
      throw new HubError(
        'PROTECTIONS_REQUIRED',
        'Send the list of protected subjects that the context names, as the extension `protections`.',
      );
    const list = indexSubjects(readProtectedSubjects(sent));
    this.known.set(digest, list, { size: sent.length });
    return list;
  }
}

function indexSubjects(subjects: readonly ProtectedSubject[]): ProtectedSubjects {
  const found = new Map<string, readonly string[]>();
  return {
    of: (owner, kind) => {
      const key = `${owner ?? ''}|${kind ?? ''}`;
      let identifiers = found.get(key);
      if (!identifiers) {
        const chosen = subjects.filter(
          (each) => (owner === undefined || each.owner === owner) && (kind === undefined || each.kind === kind),
        );
        found.set(key, (identifiers = [...new Set(chosen.flatMap(formsOf))]));
      }
      return identifiers;
    },
  };
}

const formsOf = ({ kind, identifier }: ProtectedSubject): readonly string[] =>
  kind === 'PERSON' ? formsOfIdentityNumber(identifier) : [identifier, identifier.toLowerCase()];
