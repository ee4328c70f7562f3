import { createPublicKey, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SM2 } from '../../shared/evidence/keys/signature/sm2.js';

const POINT =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
const SECRET = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
const R = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
const S = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
/** The example of GM/T 0003.5, annex A: the identifier is 1234567812345678. */
const example = {
  publicKey: Buffer.from(`3059301306072a8648ce3d020106082a811ccf5501822d034200${POINT}`, 'hex'),
  privateKey: Buffer.from(
    `308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420${SECRET}a144034200${POINT}`,
    'hex',
  ),
  message: Buffer.from('message digest'),
  signature: Buffer.from(`3046022100${R}022100${S}`, 'hex'),
};

describe('SM2 with SM3', () => {
  it("takes the signature of the standard's example, and none that differs in a bit or in how it is written", () => {
    const fits = SM2.verifier(example.publicKey);
    expect(fits(example.message, example.signature)).toBe(true);
    expect(fits(Buffer.from('Message digest'), example.signature)).toBe(false);
    for (let at = 0; at < example.signature.length; at++) {
      const changed = Buffer.from(example.signature);
      changed[at]! ^= 1;
      expect(fits(example.message, changed)).toBe(false);
    }
    const hex = (text: string) => fits(example.message, Buffer.from(text, 'hex'));
    expect(hex(`3048022100${R}02030000${S}`)).toBe(false);
    expect(hex(`3046022100${R}022100${S}00`)).toBe(false);
    expect(hex(`3049022100${R}022100${S}020100`)).toBe(false);
    expect(hex('3006020100020100')).toBe(false);
    expect(hex(`3026020101022100${'f'.repeat(64)}`)).toBe(false);
    expect(hex(`${R}${S}`)).toBe(false);
    expect(hex('')).toBe(false);
  });

  it('signs so that only this key and this message fit, each time anew', () => {
    const sign = SM2.signer(example.privateKey);
    const signatures = Array.from({ length: 20 }, () => sign(example.message));
    expect(new Set(signatures.map((signature) => signature.toString('hex'))).size).toBe(20);
    const [fits, other] = [SM2.verifier(example.publicKey), SM2.verifier(SM2.make().publicKey)];
    expect(signatures.map((signature) => fits(example.message, signature))).not.toContain(false);
    expect(other(example.message, signatures[0]!)).toBe(false);
  });

  it('makes keys that others can read, and takes no others', () => {
    const { publicKey, privateKey } = SM2.make();
    expect(createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).type).toBe('public');
    expect(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }).type).toBe('private');
    expect(SM2.verifier(publicKey)(example.message, SM2.signer(privateKey)(example.message))).toBe(true);
    expect(() => SM2.verifier(privateKey)).toThrow('not a key of SM2');
    expect(() => SM2.signer(publicKey)).toThrow('not a key of SM2');
    const offCurve = Buffer.from(publicKey);
    offCurve[offCurve.length - 1]! ^= 1;
    expect(() => SM2.verifier(offCurve)).toThrow();
  });
});
