import type { SubjectHash } from '../../../../shared/evidence/keys/index.js';
import type { SubjectKind } from '../../../../shared/trust/protected-subjects.js';
import type { GovernanceOwn } from '../../core/index.js';

/** Hashes the identifier of a subject under every key that is kept, newest first. The prefix keeps protected subjects from
 *  being found among those of access records. The identifier is in its one form. */
export const hashSubject = (
  hashesOf: NonNullable<GovernanceOwn['hashesOf']>,
  { kind, identifier }: { readonly kind: SubjectKind; readonly identifier: string },
): readonly [SubjectHash, ...SubjectHash[]] => hashesOf(`PROTECTED ${kind}:${identifier}`) as [SubjectHash];
