import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, type JWK } from 'jose';

/** Keys under which secrets that the hub keeps for others are encrypted when they come in (AES-256-GCM), and decrypted only
 *  where they are used. Encryption needs the public key alone, so neither the database nor the governance process can read a
 *  stored secret. */
export interface EnvelopeKeys {
  readonly public: JWK;
  readonly private: KeyObject;
}
/** What the secrets are for; the keys of one cannot open those of another. */
export type EnvelopeUse =
  | 'push-secrets'
  | 'source-credentials'
  | 'correction-subjects'
  | 'protected-subjects'
  | 'page-sessions'
  | 'messages'
  | 'multi-source-marks'
  | 'quality-samples';

/** Derives the keys from the hub's secret: the same in every process that has it.
 *  @param secret  at least 32 bytes of text */
export function envelopeKeys(secret: string, use: EnvelopeUse = 'push-secrets'): EnvelopeKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'sharehub', use, 32));
  const key = createPrivateKey({ key: Buffer.concat([X25519, seed]), format: 'der', type: 'pkcs8' });
  return { private: key, public: createPublicKey(key).export({ format: 'jwk' }) };
}
/** Prefix of the 32 bytes of an X25519 key in PKCS #8. @source RFC 8410 section 7 */
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** @param boundTo  what the secret belongs to, in any order of texts that is always the same; it opens for nothing else */
export async function encryptSecret(secret: string, publicKey: JWK, boundTo?: readonly string[]): Promise<string> {
  const envelope = new CompactEncrypt(Buffer.from(secret)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' });
  return (boundTo ? envelope.setKeyManagementParameters({ apv: digestOf(boundTo) }) : envelope).encrypt(publicKey);
}

/** @throws when it was encrypted under another hub's secret, for something else, or was altered */
export async function decryptSecret(
  envelope: string,
  { private: key }: EnvelopeKeys,
  boundTo?: readonly string[],
): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(envelope, key, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  // The key is derived with `apv`, so it cannot have been put in by another.
  if (protectedHeader.apv !== (boundTo && digestOf(boundTo).toString('base64url')))
    throw new Error('the secret was encrypted for something else');
  return Buffer.from(plaintext).toString();
}

const digestOf = (texts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(texts)).digest();
