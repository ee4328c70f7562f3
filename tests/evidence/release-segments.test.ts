import { copyFile, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { releaseSegments, type ReleaseOptions } from '../../worker/evidence/release-segments.js';
import { Shipper } from '../../worker/evidence/shipper.js';
import { archiveMonths } from '../../shared/evidence/archive/archive-months.js';
import { listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { verifyDatabase } from '../../shared/evidence/verify/database/verify-database.js';
import { verifyEvidence } from '../../shared/evidence/verify/verify-evidence.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';
import { record } from './support/record.js';

jest.setTimeout(60_000);

let database: EvidenceDatabase;
let folder: string;
let keys: string;
const missing: string[] = [];
beforeEach(async () => {
  database = await createEvidenceDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sharehub-release-segments-'));
  keys = join(folder, 'trust', 'keys.json');
  missing.length = 0;
}, 60_000);
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Six records in segments of two, and an empty one behind them, shipped unless it is said otherwise. */
async function written(ship = true): Promise<EvidenceLog> {
  const time = new Date().toISOString();
  const log = await EvidenceLog.open({ folder, keys, segmentBytes: 700 });
  for (let i = 1; i <= 6; i++) await log.append(record(`${i}`, { time }));
  if (ship) await shipped();
  return log;
}
const shipped = () => new Shipper({ folder, pool: database.pool, store: new RecordStore('Asia/Shanghai') }).shipAll();
const later = Date.now() + 31 * 86_400_000;
const release = (more: Partial<ReleaseOptions> = {}) =>
  releaseSegments({
    ...{ folder, pool: database.pool, keys, keepDays: 30, now: later },
    onMissing: (_, segment) => void missing.push(segment),
    ...more,
  });
const firsts = async () => (await listSegments(folder)).map(({ first }) => first);
async function findings() {
  const known = await readPublicKeys(keys);
  const inDatabase = await verifyDatabase({ url: database.url, keys: known });
  const inFolder = await verifyEvidence({ folder, keys: known, shipped: inDatabase.shipped });
  return [...inDatabase.findings, ...inFolder.findings];
}

it('removes nothing that is not shipped, not old enough, still written, or kept for good', async () => {
  const log = await written(false);
  expect(await release()).toBe(0);
  await shipped();
  expect(await release({ keepDays: 0 })).toBe(0);
  expect(await release({ now: Date.now() })).toBe(0);
  const [first] = await listSegments(folder);
  await utimes(join(folder, first!.name), new Date(later), new Date(later));
  expect(await release()).toBe(0);
  expect(await firsts()).toEqual([1, 3, 5]);
  await log.close();
});

it('removes nothing from the record on that the database has lost, and says so', async () => {
  const log = await written();
  await database.pool.query('delete from evidence.record where seq = 3');
  expect(await release()).toBe(1);
  expect(await firsts()).toEqual([3, 5]);
  expect(missing).toEqual([(await listSegments(folder))[0]!.name]);
  await log.close();
});

it('removes what the database has, and both stay whole; the chain goes on', async () => {
  const log = await written();
  expect(await release()).toBe(2);
  expect(await firsts()).toEqual([5]);
  expect(await findings()).toEqual([]);
  await log.append(record('7', { time: new Date().toISOString() }));
  await log.close();
  await shipped();
  expect(await findings()).toEqual([]);
  expect(missing).toEqual([]);
});

it('ends what was interrupted between the statement and the files', async () => {
  const log = await written();
  const [first] = await listSegments(folder);
  await copyFile(join(folder, first!.name), join(folder, 'kept'));
  await release();
  await copyFile(join(folder, 'kept'), join(folder, first!.name));
  await utimes(join(folder, first!.name), 0, 0);
  expect(await findings()).toEqual([]);
  expect(await release()).toBe(1);
  expect(await firsts()).toEqual([5]);
  await log.close();
});

it('counts what was archived meanwhile', async () => {
  const log = await EvidenceLog.open({ folder, keys, segmentBytes: 700 });
  for (let i = 1; i <= 6; i++) await log.append(record(`${i}`, { time: `2020-0${i < 4 ? 1 : 2}-05T08:00:00.000Z` }));
  await shipped();
  const archive = join(folder, 'archive');
  await archiveMonths({ url: database.url, keys, folder: archive, timeZone: 'Asia/Shanghai' }, '2020-02');
  await database.pool.query(`update evidence.record set at = now()`);
  expect(await release()).toBe(2);
  expect(missing).toEqual([]);
  await log.close();
});
