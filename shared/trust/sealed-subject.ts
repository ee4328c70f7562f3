import type { JWK } from 'jose';
import type { SubjectKind } from './protected-subjects.js';
import { decryptSecret, encryptSecret, type EnvelopeKeys } from './secret-envelope.js';

/** The owner of a protection and the kind of its subject; a sealed identifier opens for nothing else. */
interface Belonging {
  readonly owner: string;
  readonly kind: SubjectKind;
}
const boundTo = ({ owner, kind }: Belonging): readonly string[] => ['protection', owner, kind];

/** Seals the identifier of a protected subject, so that only the hub's gateways can read it.
 *  @param identifier  in its one form */
export const sealSubject = (identifier: string, to: Belonging, publicKey: JWK): Promise<string> =>
  encryptSecret(identifier, publicKey, boundTo(to));

/** @throws when it was sealed by another hub or for another owner, or was altered */
export const openSubject = (sealed: string, to: Belonging, keys: EnvelopeKeys): Promise<string> =>
  decryptSecret(sealed, keys, boundTo(to));
