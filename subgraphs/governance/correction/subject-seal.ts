import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { normaliseCreditCode } from '../../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../../shared/kernel/identity-number.js';
import { decryptSecret, encryptSecret, type EnvelopeKeys } from '../../../shared/trust/secret-envelope.js';
import type { DisputedSubjectKind } from './correction.entity.js';

/** The subject of a correction as the caller named it. */
export interface DisputedSubject {
  readonly kind: DisputedSubjectKind;
  readonly identifier: string;
}

/** Brings an identifier to its one form.
 *  @returns undefined for what is none */
export const normaliseSubject = ({ kind, identifier }: DisputedSubject): string | undefined =>
  kind === 'PERSON' ? normaliseIdentityNumber(identifier) : normaliseCreditCode(identifier)?.code;

/** Every hash under which records may name a subject, whose identifier is in its one form. */
export const hashSubject = (
  hashesOf: (subject: string) => readonly SubjectHash[],
  { kind, identifier }: DisputedSubject,
): readonly SubjectHash[] => hashesOf(`${kind}:${identifier}`);

/** Encrypts the identifier of a correction's subject; it opens for no other correction. */
export const sealSubject = (identifier: string, keys: EnvelopeKeys, correction: string): Promise<string> =>
  encryptSecret(identifier, keys.public, [correction]);

export const openSubject = (sealed: string, keys: EnvelopeKeys, correction: string): Promise<string> =>
  decryptSecret(sealed, keys, [correction]);
