import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkTimeStamp } from '../../shared/evidence/anchor/check-time-stamp.js';
import { requestTimeStamp } from '../../shared/evidence/anchor/request-time-stamp.js';
import { startAuthority, type Authority, type Misbehaviour } from './support/time-stamp-authority.js';

let authority: Authority;
let stranger: Authority;
const text = 'the heads of all chains\n';
beforeAll(async () => {
  [authority, stranger] = [await startAuthority(), await startAuthority()];
});
afterAll(async () => {
  await authority.close();
  await stranger.close();
});

const ask = (roots: readonly string[] | undefined = [authority.root], timeout = 5_000) =>
  requestTimeStamp({ url: authority.url, text, roots, timeout });

describe('a time-stamp', () => {
  const day = 86_400_000;
  it.each<[string, string, () => Misbehaviour | Promise<Misbehaviour>]>([
    ['it refuses with status 2: not today', 'the authority refuses', () => ({ status: 2 })],
    ['it answers with status 500', 'the server fails', () => ({ httpStatus: 500 })],
    ['its answer is no time-stamp response', 'it is something else', () => ({ body: Buffer.from('<html>') })],
    ['its answer is too long', 'it has no end', () => ({ body: Buffer.alloc(300_000) })],
    ['it is of another text', 'of another text', () => ({ text: 'another' })],
    ['it answers another request', 'with another nonce', () => ({ nonce: 7 })],
    ['it does not fit its signature', 'with a bad signature', () => ({ flip: true })],
    ['it cannot be verified', 'from a stranger', async () => ({ signer: await stranger.issue() })],
    [
      'is not one for time-stamps',
      'by a web server',
      async () => ({ signer: await authority.issue({ purposes: ['1.3.6.1.5.5.7.3.1'] }) }),
    ],
    [
      'is not one for time-stamps',
      'by a certificate for all',
      async () => ({ signer: await authority.issue({ purposes: ['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.1'] }) }),
    ],
    [
      'it cannot be verified',
      'after its certificate ended',
      async () => ({ signer: await authority.issue({ until: new Date(Date.now() - day) }) }),
    ],
    ['names another certificate', 'that names another certificate', async () => ({ named: await authority.issue() })],
    ['is not over a time-stamp', 'that says to be something else', () => ({ contentType: '1.2.840.113549.1.7.1' })],
  ])('is not taken: %s, %s', async (message, _, otherwise) => {
    authority.behave(await otherwise());
    await expect(ask()).rejects.toThrow(message);
    authority.behave({});
  });

  it('is not waited for without end', async () => {
    authority.behave({ silent: true });
    await expect(ask(undefined, 20)).rejects.toMatchObject({ name: 'TimeoutError' });
    authority.behave({});
  });

  it('is taken when it is good, and good for its text only', async () => {
    const time = new Date(Math.floor(Date.now() / 1000) * 1000 - day);
    authority.behave({ time });
    const { token, ...stamp } = await ask();
    authority.behave({});
    expect(stamp).toEqual({ time, authority: 'CN=A time-stamp authority' });
    const roots = [stranger.root, authority.root];
    expect(await checkTimeStamp({ token, text, roots })).toMatchObject(stamp);
    expect(await checkTimeStamp({ token, text })).toMatchObject(stamp);
    await expect(checkTimeStamp({ token, text: `${text} `, roots })).rejects.toThrow('another text');
    await expect(checkTimeStamp({ token, text, roots: [stranger.root] })).rejects.toThrow('cannot be verified');
    await expect(checkTimeStamp({ token: Buffer.from('x'), text })).rejects.toThrow('is no time-stamp');
  });

  it('stays good when the certificate ends later, as what it was made for then', async () => {
    const time = new Date(Math.floor(Date.now() / 1000) * 1000 - 2 * day);
    authority.behave({ time, signer: await authority.issue({ until: new Date(Date.now() - day) }) });
    expect((await ask()).time).toEqual(time);
    authority.behave({});
  });
});
