import { describe, expect, it } from '@jest/globals';
import { decryptSecret, encryptSecret, envelopeKeys } from '../../shared/trust/secret-envelope.js';

const SECRET = 'a secret that only the tests know of.';
const keys = envelopeKeys(SECRET, 'source-credentials');
const boundTo = ['education', 'edu-front', 'db.example', '5432', 'reader'];

describe('a sealed credential', () => {
  it('opens for the source that it was given for, and no other', async () => {
    const sealed = await encryptSecret('口令', keys.public, boundTo);
    expect(sealed).not.toContain(Buffer.from('口令').toString('base64url'));
    await expect(decryptSecret(sealed, keys, boundTo)).resolves.toBe('口令');
    for (let i = 0; i < boundTo.length; i++)
      await expect(decryptSecret(sealed, keys, boundTo.with(i, 'other'))).rejects.toThrow('something else');
    await expect(decryptSecret(sealed, keys)).rejects.toThrow('something else');
  });

  it('opens under the keys of this hub and this use alone', async () => {
    const sealed = await encryptSecret('x', keys.public, boundTo);
    for (const others of [
      envelopeKeys(SECRET),
      envelopeKeys('another secret, of another hub, is this', 'source-credentials'),
    ])
      await expect(decryptSecret(sealed, others, boundTo)).rejects.toThrow();
  });

  it('does not open when a character of it was altered', async () => {
    const [header, key, iv, text, tag] = (await encryptSecret('secret', keys.public, boundTo)).split('.');
    const altered = text!.startsWith('A') ? `B${text!.slice(1)}` : `A${text!.slice(1)}`;
    await expect(decryptSecret([header, key, iv, altered, tag].join('.'), keys, boundTo)).rejects.toThrow();
    const otherHeader = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(header!, 'base64url').toString()), apv: undefined }),
    ).toString('base64url');
    await expect(decryptSecret([otherHeader, key, iv, text, tag].join('.'), keys)).rejects.toThrow();
  });

  it('says nothing twice: equal credentials have different seals', async () => {
    expect(await encryptSecret('x', keys.public, boundTo)).not.toBe(await encryptSecret('x', keys.public, boundTo));
  });
});
