import { createHmac, createSecretKey } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { forgetSubjectKey, rotateSubjectKey, SubjectKeys } from '../../shared/evidence/keys/subject-keys.js';
import { KeyedHash } from '../../shared/trust/keyed-hash.js';

const SUBJECT = 'PERSON:330102199001011234';
let folder: string;
let path: string;
const opened: SubjectKeys[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-subjects-'));
  path = join(folder, 'trust', 'subject-keys.json');
});
afterEach(async () => {
  for (const keys of opened.splice(0)) keys.close();
  await rm(folder, { recursive: true, force: true });
});
async function open(...options: Parameters<typeof SubjectKeys.open> extends [string, ...infer More] ? More : never) {
  const keys = await SubjectKeys.open(path, ...options);
  opened.push(keys);
  return keys;
}

it.each([1, 32, 64, 65, 200])('an HMAC under a key of %i bytes is that of the standard, whatever the text', (bytes) => {
  const key = createSecretKey(Buffer.alloc(bytes, 'key'));
  const keyed = new KeyedHash(key);
  // Longer ones before shorter ones: nothing of one is left in the next.
  for (const character of ['a', '字', '😀', '\ud800'])
    for (const length of [2_000, 1_365, 1_360, 100, 65, 64, 63, 3, 2, 1, 0]) {
      const text = character.repeat(length);
      expect(keyed.digest(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
    }
});

describe('the keys of subjects', () => {
  it('are refused when their file is damaged, and the ones before stay in force when it is while they are used', async () => {
    const faults: unknown[] = [];
    const keys = await open({ every: 1, onFault: (error) => faults.push(error) });
    const { id } = keys.newest;
    const text = await readFile(path, 'utf8');
    await writeFile(`${path}.draft`, text.replace(/"key": ".../, '"key": "AAA'));
    await rename(`${path}.draft`, path);
    while (faults.length === 0) await turn();
    await expect(open()).rejects.toThrow(path);
    expect(keys.newest.id).toBe(id);
    await rm(path);
    while (faults.length === 1) await turn();
    expect(faults).toMatchObject([
      { code: 'CONFIG_INVALID', message: expect.stringContaining('is damaged') },
      { code: 'CONFIG_INVALID', message: expect.stringContaining('is gone') },
    ]);
    expect(keys.newest.id).toBe(id);
  });

  it('make an HMAC of an identifier', async () => {
    const hasher = (await open()).newest;
    const { keys } = JSON.parse(await readFile(path, 'utf8')) as { keys: { key: string }[] };
    const expected = createHmac('sha256', Buffer.from(keys[0]!.key, 'base64')).update(SUBJECT).digest('base64url');
    expect(hasher.hash(SUBJECT)).toBe(expected.slice(0, 22));
  });

  it('are made once, however many begin at the same time, and only their owner can read them', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => open())).then((all) =>
      all.map((keys) => keys.newest.id),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('name nobody: a keyed hash, the same for the same subject under the same key only', async () => {
    const keys = await open();
    const { id, key } = (JSON.parse(await readFile(path, 'utf8')) as { keys: { id: string; key: string }[] }).keys[0]!;
    const hmac = createHmac('sha256', Buffer.from(key, 'base64')).update(SUBJECT).digest('base64url');
    expect(keys.hashesOf(SUBJECT)).toEqual([{ key: id, hash: hmac.slice(0, 22) }]);
    expect(keys.newest.hash(SUBJECT)).toBe(hmac.slice(0, 22));
    expect(keys.newest.hash(`${SUBJECT} `)).not.toBe(hmac.slice(0, 22));
    await rotateSubjectKey(path);
    expect((await open()).newest.hash(SUBJECT)).not.toBe(hmac.slice(0, 22));
  });

  it('are not made by a process that only searches with them', async () => {
    await expect(open({ mustExist: true })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    const { newest } = await open();
    expect((await open({ mustExist: true })).newest.hash(SUBJECT)).toBe(newest.hash(SUBJECT));
  });

  it('may be changed while the hub runs; what was recorded before is found as long as its key is kept', async () => {
    const keys = await open({ every: 1 });
    const first = { key: keys.newest.id, hash: keys.newest.hash(SUBJECT) };
    const id = await rotateSubjectKey(path);
    while (keys.newest.id !== id) await turn();
    const second = { key: id, hash: keys.newest.hash(SUBJECT) };
    expect(keys.hashesOf(SUBJECT)).toEqual([second, first]);
    await forgetSubjectKey(path, first.key);
    while (keys.hashesOf(SUBJECT).length > 1) await turn();
    expect(keys.hashesOf(SUBJECT)).toEqual([second]);
    const file = JSON.parse(await readFile(path, 'utf8')) as { forgotten: { id: string }[] };
    expect(file.forgotten).toMatchObject([{ id: first.key }]);
  });

  it('are not forgotten while in use, nor when there is no such key', async () => {
    const keys = await open();
    await expect(forgetSubjectKey(path, keys.newest.id)).rejects.toThrow('is in use. Make a new one first');
    await expect(forgetSubjectKey(path, 'nothing')).rejects.toThrow(`has no key nothing. It has ${keys.newest.id}.`);
    expect(keys.hashesOf(SUBJECT)).toHaveLength(1);
  });
});
