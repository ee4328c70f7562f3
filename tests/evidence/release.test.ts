import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { headsName, listSegments, releaseName, type Segment } from '../../shared/evidence/log/evidence-folder.js';
import { openSigningKey, readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { readRecords } from '../../shared/evidence/log/read-records.js';
import type { StoredRecord } from '../../shared/evidence/record-line.js';
import { writeRelease } from '../../shared/evidence/log/release.js';
import { verifyEvidence } from '../../shared/evidence/verify/verify-evidence.js';
import { record } from './support/record.js';

let root: string;
let folder: string;
let keys: string;
let writer: string;
let records: StoredRecord[];
/** A chain of six records, two in a segment. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sharehub-release-'));
  [folder, keys] = [join(root, 'evidence'), join(root, 'trust', 'keys.json')];
  const log = await EvidenceLog.open({ folder, keys, segmentBytes: 700 });
  for (let i = 1; i <= 6; i++) await log.append(record(`${i}`));
  await log.close();
  writer = log.writer;
  records = [];
  for await (const found of readRecords(folder)) records.push(found);
  expect((await segments()).map(({ first }) => first)).toEqual([1, 3, 5]);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const segments = (): Promise<Segment[]> => listSegments(folder);
const release = async (seq: number, hash = records[seq - 1]!.hash): Promise<void> =>
  writeRelease(folder, { writer, seq, hash }, await openSigningKey(keys));
async function remove(...numbers: number[]): Promise<void> {
  const all = await segments();
  for (const number of numbers) await unlink(join(folder, all[number]!.name));
}
const verify = async (more = {}) => verifyEvidence({ folder, keys: await readPublicKeys(keys), ...more });
const statement = () => join(folder, releaseName(writer));

describe('segments that are gone', () => {
  it('are a finding without a statement that they were released, and with one that says less', async () => {
    await remove(0, 1);
    expect((await verify()).findings).toMatchObject([{ kind: 'dropped', seq: 1, until: 4 }]);
    await release(2);
    expect((await verify()).findings).toMatchObject([{ kind: 'dropped', seq: 3, until: 4 }]);
  });

  it('are a finding when the statement was forged, taken from another chain, or is no statement', async () => {
    await release(4);
    await remove(0, 1);
    const good = await readFile(statement(), 'utf8');
    for (const [bad, says] of [
      [good.replace('"seq":4', '"seq":5'), 'does not fit its signature'],
      [good.replace(/"key":"..../, '"key":"AAAA'), 'which is not among the known keys'],
      [good.replace(writer, 'f'.repeat(12)), 'belongs to another chain'],
      [(await readFile(join(folder, headsName(writer)), 'utf8')).split('\n').at(-2)!, 'cannot be read'],
      [good.slice(0, 20), 'cannot be read'],
    ] as const) {
      await writeFile(statement(), bad);
      const [first, second] = (await verify()).findings;
      expect(first).toMatchObject({ kind: 'altered', writer, file: releaseName(writer) });
      expect(first!.message).toContain(says);
      expect(second).toMatchObject({ kind: 'dropped', seq: 1 });
    }
  });

  it('are a finding when what was released is not what the chain goes on from, or a head names', async () => {
    await release(4, records[0]!.hash);
    expect((await verify()).findings).toMatchObject([{ kind: 'altered', until: 4 }]);
    await remove(0, 1);
    expect((await verify()).findings).toMatchObject([{ kind: 'altered' }]);
  });

  it('are a finding when the end is gone too', async () => {
    await release(4);
    await remove(0, 1, 2);
    expect((await verify()).findings).toMatchObject([{ kind: 'truncated', seq: 5, until: 6 }]);
  });
});

describe('segments that were released', () => {
  it('are no longer asked for, whether they are gone, half gone or still there; what is left is checked', async () => {
    await release(4);
    expect(await verify()).toMatchObject({ findings: [], records: 2 });
    await remove(1);
    expect(await verify()).toMatchObject({ findings: [], records: 2 });
    await remove(0);
    expect(await verify()).toMatchObject({ findings: [], records: 2, unsigned: 0, segments: 1 });
    const [left] = await segments();
    const path = join(folder, left!.name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"requestId":"5"', '"requestId":"x"'));
    expect((await verify()).findings).toMatchObject([{ kind: 'altered', seq: 5 }]);
  });

  it('may end in the middle of one that stays', async () => {
    await release(3);
    await remove(0);
    expect(await verify()).toMatchObject({ findings: [], records: 4 });
  });

  it('leave a chain that goes on behind them, also when all were released', async () => {
    await release(6);
    await remove(0, 1, 2);
    expect(await verify()).toMatchObject({ findings: [], records: 0 });
    const log = await EvidenceLog.open({ folder, keys });
    expect(log.writer).toBe(writer);
    await log.append(record('seven'));
    await log.close();
    expect(await verify()).toMatchObject({ findings: [], records: 1, unsigned: 0, chains: 1 });
    for await (const { seq, prev } of readRecords(folder)) expect([seq, prev]).toEqual([7, records[5]!.hash]);
  });

  it('leave a chain alone whose statement somebody took away', async () => {
    await remove(0, 1, 2);
    const log = await EvidenceLog.open({ folder, keys });
    await log.close();
    expect(log.writer).not.toBe(writer);
  });

  it('do not disturb a check that reads them just then', async () => {
    let done: Promise<void> | undefined;
    const other = await EvidenceLog.open({ folder, keys });
    const held = await EvidenceLog.open({ folder, keys });
    await held.append(record('held'));
    await held.close();
    await other.close();
    const onProgress = () => void (done ??= release(4).then(() => remove(0, 1)));
    expect((await verify({ onProgress })).findings).toEqual([]);
    await done;
  });
});
