import { generateKeyPairSync } from 'node:crypto';
import { fromBER, Integer, Sequence } from 'asn1js';
import { sm2 } from 'sm-crypto-v2';
import type { Signatures } from './signature-algorithm.js';

/** DER prefixes of a public key's point and of a private key's number, of this curve. */
const PUBLIC = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
const PRIVATE = Buffer.from('308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420', 'hex');
const SIZE = 32;

/** SM2 with SM3 under the standard's identifier, which the OpenSSL of Node cannot be told: OpenSSL takes the same keys, and
 *  checks the signatures with `-pkeyopt distid:1234567812345678`. A signature is SEQUENCE { r, s } in DER.
 *  @source GM/T 0003.2 (signature), GM/T 0003.5 (curve), GM/T 0009 (identifier, format) */
export const SM2: Signatures = {
  make: () =>
    generateKeyPairSync('ec', {
      namedCurve: 'SM2',
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    }),
  signer(privateKey) {
    const secret = behind(PRIVATE, privateKey).toString('hex', 0, SIZE);
    const publicKey = sm2.getPublicKeyFromPrivateKey(secret);
    return (bytes) => Buffer.from(sm2.doSignature(bytes, secret, { ...STANDARD, publicKey, der: true }), 'hex');
  },
  verifier(publicKey) {
    const point = sm2.precomputePublicKey(behind(PUBLIC, publicKey).toString('hex'));
    point.assertValidity();
    return (bytes, signature) => {
      const plain = plainOf(signature);
      return plain !== undefined && sm2.doVerifySignature(bytes, plain, point, STANDARD);
    };
  },
};

const STANDARD = { hash: true, userId: '1234567812345678' } as const;

function behind(start: Buffer, key: Buffer): Buffer {
  if (!key.subarray(0, start.length).equals(start)) throw new TypeError('not a key of SM2');
  return key.subarray(start.length);
}

/** r and s of a signature, hex; undefined unless each of its bytes is as it must be. */
function plainOf(signature: Buffer): string | undefined {
  const { result } = fromBER(signature);
  const numbers = result instanceof Sequence ? result.valueBlock.value : [];
  const [r, s] = numbers.map((number) => (number instanceof Integer ? number.toBigInt() : 0n));
  if (numbers.length !== 2 || !r || !s || !inRange(r) || !inRange(s)) return undefined;
  const value = [Integer.fromBigInt(r), Integer.fromBigInt(s)];
  if (!signature.equals(Buffer.from(new Sequence({ value }).toBER()))) return undefined;
  return [r, s].map((number) => number.toString(16).padStart(2 * SIZE, '0')).join('');
}

/** Order of the curve's group. */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const inRange = (number: bigint): boolean => number > 0n && number < ORDER;
