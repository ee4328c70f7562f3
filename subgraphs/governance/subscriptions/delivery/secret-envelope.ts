import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, type JWK } from 'jose';

/** With which webhooks' secrets are enveloped when they are made, and opened only to sign. The envelope needs the public
 *  key alone, so the database and whoever answers queries over it cannot read them. */
export interface EnvelopeKeys {
  readonly public: JWK;
  readonly private: KeyObject;
}

/** The keys, derived from the hub's secret: the same for every worker that has it.
 *  @param secret  at least 32 bytes of text */
export function envelopeKeys(secret: string): EnvelopeKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'push-secrets', 32));
  const key = createPrivateKey({ key: Buffer.concat([X25519, seed]), format: 'der', type: 'pkcs8' });
  return { private: key, public: createPublicKey(key).export({ format: 'jwk' }) };
}
/** What stands before the 32 bytes of an X25519 key in PKCS #8. @source RFC 8410 section 7 */
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

export const envelop = (secret: string, publicKey: JWK): Promise<string> =>
  new CompactEncrypt(Buffer.from(secret)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(publicKey);

/** @throws when it was enveloped under another hub's secret, or altered */
export async function openEnvelope(envelope: string, { private: key }: EnvelopeKeys): Promise<string> {
  const { plaintext } = await compactDecrypt(envelope, key, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return Buffer.from(plaintext).toString();
}
