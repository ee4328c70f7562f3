import { hash } from 'node:crypto';

/** Kind of a statutory identifier, as `@subject` states it. */
export type SubjectKind = 'PERSON' | 'ORGANISATION';

/** A subject whose records an owner withholds. */
export interface ProtectedSubject {
  /** Department code of the owner. */
  readonly owner: string;
  readonly kind: SubjectKind;
  /** In its one form, see `normaliseIdentityNumber` and `normaliseCreditCode`. */
  readonly identifier: string;
}

/** Writes a list as it is sent to a subgraph: the same subjects give the same text, whatever their order. */
export function writeProtectedSubjects(subjects: readonly ProtectedSubject[]): string {
  const texts = subjects.map(({ owner, kind, identifier }) => JSON.stringify([owner, kind, identifier]));
  return `[${[...new Set(texts)].sort().join(',')}]`;
}

/** Reads a list whose digest the hub has signed. */
export const readProtectedSubjects = (text: string): readonly ProtectedSubject[] =>
  (JSON.parse(text) as [string, SubjectKind, string][]).map(([owner, kind, identifier]) => ({
    owner,
    kind,
    identifier,
  }));

/** Names a list in a signed context: SHA-256 of its text, base64url. */
export const digestOfProtectedSubjects = (text: string): string => hash('sha256', text, 'base64url');
