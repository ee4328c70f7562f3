import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, type JWK } from 'jose';

/** Keys under which webhooks' secrets are encrypted when they are made, and decrypted only to sign. Encryption needs the
 *  public key alone, so neither the database nor the governance process can read a stored secret. */
export interface EnvelopeKeys {
  readonly public: JWK;
  readonly private: KeyObject;
}

/** Derives the keys from the hub's secret: the same for every worker that has it.
 *  @param secret  at least 32 bytes of text */
export function envelopeKeys(secret: string): EnvelopeKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'push-secrets', 32));
  const key = createPrivateKey({ key: Buffer.concat([X25519, seed]), format: 'der', type: 'pkcs8' });
  return { private: key, public: createPublicKey(key).export({ format: 'jwk' }) };
}
/** Prefix of the 32 bytes of an X25519 key in PKCS #8. @source RFC 8410 section 7 */
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

export const encryptSecret = (secret: string, publicKey: JWK): Promise<string> =>
  new CompactEncrypt(Buffer.from(secret)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(publicKey);

/** @throws when it was encrypted under another hub's secret, or altered */
export async function decryptSecret(envelope: string, { private: key }: EnvelopeKeys): Promise<string> {
  const { plaintext } = await compactDecrypt(envelope, key, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return Buffer.from(plaintext).toString();
}
