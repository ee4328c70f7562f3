import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { headsName, listSegments } from '../../shared/evidence/log/evidence-folder.js';
import {
  knownKeys,
  openSigningKey,
  readPublicKeys,
  rotateSigningKey,
  signWith,
} from '../../shared/evidence/keys/evidence-keys.js';
import { readLines } from '../../shared/evidence/log/read-lines.js';
import { readAccessRecords } from '../../shared/evidence/log/read-records.js';
import { readHead, signHead, type SignedHead } from '../../shared/evidence/log/signed-head.js';
import { isSigned } from '../../shared/evidence/keys/signed-line.js';
import type { SignatureAlgorithm } from '../../shared/evidence/keys/signature/signature-algorithm.js';
import { verifyEvidence } from '../../shared/evidence/verify/verify-evidence.js';
import { record } from './support/record.js';

let folder: string;
let keys: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-heads-'));
  keys = join(folder, 'trust', 'keys.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Every head of a writer, each checked against the keys. */
async function heads(writer: string): Promise<SignedHead[]> {
  const [found, known]: [SignedHead[], ReturnType<typeof knownKeys>] = [[], knownKeys(await readPublicKeys(keys))];
  for await (const { bytes } of readLines(join(folder, headsName(writer)))) {
    expect(isSigned(bytes, known)).toBe(true);
    found.push(readHead(bytes)!);
  }
  return found;
}
async function written(...ids: string[]): Promise<string> {
  const log = await EvidenceLog.open({ folder, keys });
  for (const id of ids) await log.append(record(id));
  await log.close();
  return log.writer;
}
const places = (found: readonly SignedHead[]) => found.map(({ number, seq }) => [number, seq]);

describe('the head of a chain', () => {
  it.each<SignatureAlgorithm>(['Ed25519', 'SM2'])(
    'that was changed or signed by a stranger is not taken: %s',
    async (algorithm) => {
      await signWith(keys, algorithm);
      const writer = await written('one');
      const known = knownKeys(await readPublicKeys(keys));
      const line = (await readFile(join(folder, headsName(writer)), 'utf8')).split('\n')[1]!;
      const signed = (text: string) => isSigned(Buffer.from(text), known);
      expect(signed(line)).toBe(true);
      expect(signed(line.replace('"seq":1', '"seq":2'))).toBe(false);
      const withOtherHash = line.replace(/(?<="hash":")./, (first) => (first === '_' ? '-' : '_'));
      expect(signed(withOtherHash)).toBe(false);
      expect(signed(line.slice(0, -3))).toBe(false);
      expect(signed('')).toBe(false);
      for (let at = line.indexOf('"signature":"'); at < line.length; at++) {
        const other = line[at] === 'A' ? 'B' : 'A';
        expect(signed(line.slice(0, at) + other + line.slice(at + 1))).toBe(false);
      }
      await signWith(join(folder, 'stranger', 'keys.json'), algorithm);
      const stranger = await openSigningKey(join(folder, 'stranger', 'keys.json'));
      const head = readHead(Buffer.from(line))!;
      expect(signed(signHead(head, stranger).trimEnd())).toBe(false);
      expect(signed(signHead(head, { ...stranger, id: head.key }).trimEnd())).toBe(false);
    },
  );

  it('is signed when the chain begins, when a segment ends, and when the log is closed', async () => {
    const log = await EvidenceLog.open({ folder, keys, segmentBytes: 1 });
    for (const id of ['one', 'two', 'three']) await log.append(record(id));
    expect(log.unsigned).toBeGreaterThan(0);
    await log.close();
    const records: string[] = [];
    for await (const { hash } of readAccessRecords(folder)) records.push(hash);
    const found = await heads(log.writer);
    expect(places(found)[0]).toEqual([1, 0]);
    expect(found.at(-1)).toMatchObject({ seq: 3, hash: records[2], writer: log.writer });
    expect(found.map(({ number }) => number)).toEqual(found.map((_, i) => i + 1));
    expect(found.map(({ seq, hash }) => seq === 0 || records[seq - 1] === hash)).not.toContain(false);
  });

  it('is signed again and again while the chain moves, and not when it does not', async () => {
    const log = await EvidenceLog.open({ folder, keys, signEvery: 1 });
    for (const seq of [1, 2]) {
      await log.append(record(`${seq}`));
      while (log.unsigned > 0) await turn();
    }
    await log.close();
    expect(places(await heads(log.writer))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it('is signed at the next start when the process was killed before', async () => {
    const writer = await written('one', 'two');
    const path = join(folder, headsName(writer));
    const [first] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${first}\n{"writer":"torn`);
    const log = await EvidenceLog.open({ folder, keys });
    expect(log.writer).toBe(writer);
    expect(places(await heads(writer))).toEqual([
      [1, 0],
      [2, 2],
    ]);
    await log.close();
  });

  it('keeps a chain that was shortened from being written on, so that it can be seen', async () => {
    const writer = await written('one', 'two');
    const path = join(folder, (await listSegments(folder))[0]!.name);
    const short = (await readFile(path, 'utf8')).split('\n')[0]! + '\n';
    await writeFile(path, short);
    expect(await written('three')).not.toBe(writer);
    expect(await readFile(path, 'utf8')).toBe(short);
  });

  it('that cannot be signed keeps the hub from being ready, until it can', async () => {
    const log = await EvidenceLog.open({ folder, keys, signEvery: 1 });
    const good = await readFile(keys, 'utf8');
    await writeFile(keys, '{"keys":[]}');
    await log.append(record('one'));
    let why: string | undefined;
    while (!why) [why] = await Promise.all([log.ready(), turn()]);
    expect(why).toBe('evidence cannot be signed: CONFIG_INVALID');
    await writeFile(keys, good);
    expect(await log.ready()).toBeUndefined();
    expect(log.unsigned).toBe(0);
    await log.close();
  });
});

describe('the key of the evidence', () => {
  it.each<SignatureAlgorithm>(['Ed25519', 'SM2'])(
    'is refused when it is of another algorithm than %s, as its file says',
    async (said) => {
      const path = join(folder, 'kinds', 'keys.json');
      await signWith(path, said === 'SM2' ? 'Ed25519' : 'SM2');
      const text = await readFile(path, 'utf8');
      for (const algorithm of [said, 'RSA'])
        for (const act of [openSigningKey, async (file: string) => knownKeys(await readPublicKeys(file))]) {
          await writeFile(path, text.replace(/"algorithm": "\w+"/, `"algorithm": "${algorithm}"`));
          await expect(act(path)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
        }
    },
  );

  it('is refused when the file was tampered with, and named', async () => {
    await openSigningKey(keys);
    const text = await readFile(keys, 'utf8');
    await writeFile(
      keys,
      text.replace(/"publicKey": "(.{50})(.)/, (_, before, at) => `"publicKey": "${before}${at === 'A' ? 'B' : 'A'}`),
    );
    await expect(readPublicKeys(keys)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(openSigningKey(keys)).rejects.toThrow(keys);
    await expect(readPublicKeys(join(folder, 'none.json'))).rejects.toThrow('none.json is not there');
  });

  it('is made once, however many begin at the same time, and only its owner can read it', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => openSigningKey(keys)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect((await stat(keys)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'trust'))).mode & 0o777).toBe(0o700);
  });

  it('can be changed while the hub runs; what the old one signed stays good, and its private half is gone', async () => {
    const log = await EvidenceLog.open({ folder, keys });
    await log.append(record('one'));
    const before = JSON.parse(await readFile(keys, 'utf8')) as { privateKey: string };
    const [old] = await readPublicKeys(keys);
    const made = await rotateSigningKey(keys);
    await log.append(record('two'));
    await log.close();
    expect((await heads(log.writer)).map(({ key }) => key)).toEqual([old!.id, made.id]);
    expect(await readFile(keys, 'utf8')).not.toContain(before.privateKey);
  });

  it('changes its algorithm with the setting, once, and by hand; heads of both stay good in one chain', async () => {
    await written('one');
    await signWith(keys, 'SM2');
    await signWith(keys, 'SM2');
    await written('two');
    await rotateSigningKey(keys);
    await written('three');
    await rotateSigningKey(keys, 'Ed25519');
    const writer = await written('four');
    const made = await readPublicKeys(keys);
    expect(made.map(({ algorithm }) => algorithm)).toEqual(['Ed25519', 'SM2', 'SM2', 'Ed25519']);
    expect((await heads(writer)).map(({ key }) => made.findIndex(({ id }) => id === key))).toEqual([0, 0, 1, 2, 3]);
    const { findings, records } = await verifyEvidence({ folder, keys: made });
    expect([findings, records]).toEqual([[], 4]);
  });
});
