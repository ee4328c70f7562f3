import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { Anchor, type AnchorOptions } from '../../shared/evidence/anchor/anchor.js';
import { databaseHeadsName, headsName, listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { openSigningKey, readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { signHead } from '../../shared/evidence/log/signed-head.js';
import { verifyEvidence } from '../../shared/evidence/verify/verify-evidence.js';
import { record } from './support/record.js';
import { startAuthority, type Authority } from './support/time-stamp-authority.js';

let authority: Authority;
let root: string;
let folder: string;
let anchorFolder: string;
let keys: string;
let now: number;
beforeAll(async () => {
  authority = await startAuthority(() => now);
});
afterAll(() => authority.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sharehub-anchor-'));
  [folder, anchorFolder] = [join(root, 'evidence'), join(root, 'elsewhere')];
  keys = join(root, 'trust', 'keys.json');
  await mkdir(anchorFolder);
  now = Math.floor(Date.now() / 1000) * 1000;
  authority.behave({});
});
afterEach(() => rm(root, { recursive: true, force: true }));

const MINUTE = 60_000;
const timeStamps = () => ({ url: authority.url, roots: [authority.root], every: 10 * MINUTE });
const anchor = (more: Partial<AnchorOptions>) => new Anchor({ folder, now: () => now, ...more });
/** Adds records to the folder's chain. */
async function written(...ids: string[]): Promise<string> {
  const log = await EvidenceLog.open({ folder, keys, segmentBytes: 500 });
  for (const id of ids) await log.append(record(id));
  await log.close();
  return log.writer;
}
const linesOf = async (path: string) => (await readFile(path, 'utf8')).split('\n').slice(0, -1);
const anchors = (where = folder) => linesOf(join(where, 'anchors.ndjson'));
const verify = async (store?: string, roots: readonly string[] = [authority.root]) =>
  verifyEvidence({ folder, keys: await readPublicKeys(keys), anchors: { anchorFolder: store, roots } });
/** Keeps the evidence as it is, and gives what puts it back: records, heads and all. */
async function snapshot(): Promise<() => Promise<void>> {
  const copy = join(root, 'snapshot');
  await cp(folder, copy, { recursive: true });
  return async () => {
    const kept = await readFile(join(folder, 'anchors.ndjson')).catch(() => undefined);
    await rm(folder, { recursive: true });
    await rename(copy, folder);
    if (kept) await writeFile(join(folder, 'anchors.ndjson'), kept);
  };
}

describe('a second store of heads', () => {
  it('that is not there is shown with the reason, and used when it is there again', async () => {
    const writer = await written('one');
    const anchoring = anchor({ anchorFolder });
    await rename(anchorFolder, `${anchorFolder}-unmounted`);
    await anchoring.run();
    const failing = { why: 'the anchor folder is not there', since: new Date(now).toISOString() };
    expect(anchoring.status()).toMatchObject({ store: { failing } });
    now += MINUTE;
    await anchoring.run();
    expect(anchoring.status()).toMatchObject({ store: { failing } });
    await rename(`${anchorFolder}-unmounted`, anchorFolder);
    await anchoring.run();
    expect(anchoring.status()).toEqual({
      elsewhere: false,
      store: { at: new Date(now).toISOString(), sameDisk: true },
    });
    expect(await linesOf(join(anchorFolder, headsName(writer)))).toEqual(
      await linesOf(join(folder, headsName(writer))),
    );
  });

  it('gets every head of every writer once, whatever crashes and restarts come between', async () => {
    const held = await EvidenceLog.open({ folder, keys });
    const writer = await written('one');
    await anchor({ anchorFolder }).run();
    await written('two', 'three');
    await held.append(record('held'));
    await held.close();
    const copy = join(anchorFolder, headsName(writer));
    await appendFile(copy, '{"torn');
    await Promise.all([anchor({ anchorFolder }).run(), anchor({ anchorFolder }).run()]);
    await anchor({ anchorFolder }).run();
    for (const name of [writer, held.writer].map(headsName))
      expect(await readFile(join(anchorFolder, name), 'utf8')).toBe(await readFile(join(folder, name), 'utf8'));
    expect(await verify(anchorFolder)).toMatchObject({ findings: [], anchored: { timeStamps: 0 } });
    expect((await verify(anchorFolder)).anchored.stored).toBeGreaterThan(3);
  });

  it('keeps what was changed in the evidence, beside what it was changed into', async () => {
    const writer = await written('one', 'two');
    const back = await snapshot();
    await written('three', 'four');
    const anchoring = anchor({ anchorFolder });
    await anchoring.run();
    const before = await linesOf(join(anchorFolder, headsName(writer)));
    await back();
    await anchoring.run();
    await written('a', 'b', 'c');
    await anchoring.run();
    await anchor({ anchorFolder }).run();
    const [kept, own] = [
      await linesOf(join(anchorFolder, headsName(writer))),
      await linesOf(join(folder, headsName(writer))),
    ];
    expect(kept.slice(0, before.length)).toEqual(before);
    expect(new Set(kept)).toEqual(new Set([...before, ...own]));
    expect(kept).toHaveLength(new Set(kept).size);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(anchorFolder)).findings).toMatchObject([{ kind: 'altered', writer }]);
  });
});

describe('records that were taken out together with their heads', () => {
  it('are found by the heads in a second store', async () => {
    const writer = await written('one', 'two');
    const back = await snapshot();
    await written('three', 'four');
    await anchor({ anchorFolder }).run();
    await back();
    expect((await verify()).findings).toEqual([]);
    const [found, more] = (await verify(anchorFolder)).findings;
    expect(found).toMatchObject({ kind: 'truncated', writer, seq: 3, until: 4 });
    expect(found!.message).toBe('a head in the second store vouches for 4 records');
    expect(more).toBeUndefined();
  });

  it('are found by a time-stamp', async () => {
    const writer = await written('one', 'two');
    const back = await snapshot();
    await written('three', 'four');
    await anchor({ timeStamps: timeStamps() }).run();
    await back();
    const [found] = (await verify()).findings;
    expect(found).toMatchObject({ kind: 'truncated', writer, seq: 3, until: 4 });
    expect(found!.message).toBe(`a time-stamp of ${new Date(now).toISOString()} vouches for 4 records`);
  });

  it('are found when the whole chain is gone, or the whole folder', async () => {
    const writer = await written('one', 'two');
    await anchor({ anchorFolder, timeStamps: timeStamps() }).run();
    for (const name of await readdir(folder)) if (name.startsWith(writer)) await rm(join(folder, name));
    const gone = { kind: 'truncated', writer, seq: 1, until: 2 };
    expect((await verify()).findings).toMatchObject([gone]);
    await rm(folder, { recursive: true });
    await expect(verify()).rejects.toThrow('There is no evidence in');
    expect((await verify(anchorFolder)).findings).toMatchObject([{ writer: 'anchors', kind: 'truncated' }, gone]);
  });
});

describe('time-stamps of heads', () => {
  it('that are refused or cannot be checked are shown with the reason, and asked for again after a while', async () => {
    await written('one');
    const anchoring = anchor({ anchorFolder, timeStamps: { ...timeStamps(), retry: MINUTE } });
    const before = authority.requests();
    const since = new Date(now).toISOString();
    authority.behave({ status: 2 });
    await anchoring.run();
    const why = 'it refuses with status 2: not today';
    expect(anchoring.status()).toMatchObject({ timeStamps: { failing: { why, since } }, store: { at: since } });
    expect(anchoring.status().store!.failing).toBeUndefined();
    now += MINUTE - 1;
    await anchoring.run();
    expect(authority.requests()).toBe(before + 1);
    expect(anchoring.status().timeStamps).toMatchObject({ failing: { why, since } });
    authority.behave({ text: 'another' });
    now += 1;
    await anchoring.run();
    expect(anchoring.status().timeStamps).toMatchObject({ failing: { why: 'it is of another text', since } });
    await expect(anchors()).rejects.toThrow('ENOENT');
    authority.behave({});
    now += MINUTE;
    await anchoring.run();
    expect(anchoring.status().timeStamps).toEqual({ at: new Date(now).toISOString() });
    expect(await anchors()).toHaveLength(1);
  });

  it('are made when something moved, at intervals, and kept with the evidence and in the second store', async () => {
    const writer = await written('one');
    const anchoring = () => anchor({ anchorFolder, timeStamps: timeStamps() });
    await anchoring().run();
    await written('two');
    now += 10 * MINUTE - 1;
    await anchoring().run();
    expect(await anchors()).toHaveLength(1);
    now += 1;
    await anchoring().run();
    now += 20 * MINUTE;
    const last = anchoring();
    await last.run();
    expect(last.status().timeStamps).toEqual({ at: new Date(now - 20 * MINUTE).toISOString() });
    const lines = await anchors();
    expect(lines).toHaveLength(2);
    expect(await anchors(anchorFolder)).toEqual(lines);
    const heads = await linesOf(join(folder, headsName(writer)));
    const covered = lines.map((line) => (JSON.parse(line) as { text: string }).text.split('\n')[1]);
    expect(covered).toEqual([heads[1], heads[2]]);
    const { findings, anchored } = await verify(anchorFolder);
    expect(findings).toEqual([]);
    expect(anchored).toMatchObject({ timeStamps: 2, newest: { time: new Date(now - 20 * MINUTE) } });
  });

  it('cover the chains that are in the database too, which are not looked for among the files', async () => {
    const writer = await written('one');
    const key = await openSigningKey(keys);
    const head = (seq: number, of: string) =>
      signHead({ writer: of, number: 1, seq, hash: 'x'.repeat(43), time: new Date(now).toISOString() }, key).trimEnd();
    const databaseHeads = async () => [head(7, 'f'.repeat(12)), head(9, '0'.repeat(12))];
    const anchoring = anchor({ anchorFolder, timeStamps: timeStamps(), databaseHeads });
    await anchoring.run();
    await anchoring.run();
    expect(await linesOf(join(anchorFolder, databaseHeadsName('f'.repeat(12))))).toHaveLength(1);
    const { text } = JSON.parse((await anchors())[0]!) as { text: string };
    const writers = text
      .split('\n')
      .slice(1, -1)
      .map((line) => (JSON.parse(line) as { writer: string }).writer);
    expect(writers).toEqual(['0'.repeat(12), writer, 'f'.repeat(12)]);
    expect(await verify(anchorFolder)).toMatchObject({ findings: [], chains: 1 });
    const failing = anchor({ anchorFolder, databaseHeads: () => Promise.reject(new Error('no database')) });
    await failing.run();
    expect(failing.status()).toMatchObject({
      database: { failing: { why: 'no database' } },
      store: { sameDisk: true },
    });
    expect(failing.status().store!.failing).toBeUndefined();
  });

  it('that were tampered with are named', async () => {
    await written('one');
    const anchoring = anchor({ timeStamps: timeStamps() });
    for (const id of ['two', 'three', 'four']) {
      await anchoring.run();
      await written(id);
      now += 10 * MINUTE;
    }
    const good = await anchors();
    const store = join(root, 'second');
    await mkdir(store);
    await writeFile(join(store, 'anchors.ndjson'), good.map((line) => `${line}\n`).join(''));
    const cases: [string, number, string, (lines: string[]) => unknown][] = [
      ['altered', 2, 'it is of another text', (lines) => (lines[1] = lines[1]!.replace('\\"seq\\":2', '\\"seq\\":9'))],
      ['altered', 2, 'is not good', (lines) => (lines[1] = lines[1]!.replace(/(AQUF|MII|MIA)./, 'AAAA'))],
      ['altered', 2, 'cannot be read', (lines) => (lines[1] = '{}')],
      ['dropped', 2, 'anchor 3 stands there as number 2', (lines) => lines.splice(1, 1)],
      ['dropped', 1, 'anchor 2 stands there as number 1', (lines) => lines.shift()],
      ['inserted', 3, 'anchor 2 stands there as number 3', (lines) => lines.splice(2, 0, lines[1]!)],
    ];
    for (const [kind, seq, message, tamper] of cases) {
      const lines = [...good];
      tamper(lines);
      await writeFile(join(folder, 'anchors.ndjson'), lines.map((line) => `${line}\n`).join(''));
      const [found] = (await verify()).findings;
      expect(found).toMatchObject({ kind, writer: 'anchors', seq });
      expect(found!.message).toContain(message);
      expect((await verify(store)).findings.map(({ kind, seq }) => [kind, seq])).toEqual([['altered', seq]]);
    }
    await writeFile(join(folder, 'anchors.ndjson'), `${good[0]}\n`);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(store)).findings).toMatchObject([{ kind: 'truncated', seq: 2, writer: 'anchors' }]);
    const stranger = await startAuthority();
    expect((await verify(undefined, [stranger.root])).findings[0]!.message).toContain('cannot be verified');
    await stranger.close();
  });

  it('and copies of heads that the hub never signed are named', async () => {
    const writer = await written('one');
    await anchor({ anchorFolder }).run();
    const path = join(anchorFolder, headsName(writer));
    await writeFile(path, (await readFile(path, 'utf8')).replace('"seq":1', '"seq":8'));
    expect((await verify(anchorFolder)).findings).toMatchObject([{ kind: 'altered', writer, file: path }]);
    await expect(verify(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect((await listSegments(folder)).length).toBeGreaterThan(0);
  });
});
