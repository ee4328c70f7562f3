import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Signatures } from './signature-algorithm.js';

/** Ed25519; a signature is 64 bytes. */
export const ED25519: Signatures = {
  make: () =>
    generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    }),
  signer(privateKey) {
    const key = ofKind(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }));
    return (bytes) => sign(null, bytes, key);
  },
  verifier(publicKey) {
    const key = ofKind(createPublicKey({ key: publicKey, format: 'der', type: 'spki' }));
    return (bytes, signature) => verify(null, bytes, key, signature);
  },
};

function ofKind(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not a key of Ed25519');
  return key;
}
