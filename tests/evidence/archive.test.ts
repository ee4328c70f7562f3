import { copyFile, mkdtemp, readFile, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseChain } from '../../gateway/evidence/database-chain.js';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { archiveMonths } from '../../shared/evidence/archive/archive-months.js';
import { checkArchive } from '../../shared/evidence/archive/check-archive.js';
import { expireMonths } from '../../shared/evidence/archive/expire-months.js';
import type { OperatorOptions } from '../../shared/evidence/archive/operator.js';
import { restoreMonth } from '../../shared/evidence/archive/restore-month.js';
import { retentionOf, type RetentionSetting } from '../../shared/evidence/archive/retention.js';
import { knownKeys, readPublicKeys, rotateSigningKey } from '../../shared/evidence/keys/evidence-keys.js';
import { readProfile } from '../../shared/law/profile/read-profile.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { verifyDatabase, type VerifyDatabaseOptions } from '../../shared/evidence/verify/database/verify-database.js';
import { rounds } from '../support/rounds.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';
import { record } from './support/record.js';
import { monthsFrom, writeMonths } from './support/write-months.js';
import { shows } from '../conformance/shows.js';

jest.setTimeout(60_000);

let database: EvidenceDatabase;
let root: string;
let operator: OperatorOptions;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sharehub-archive-'));
  database = await createEvidenceDatabase();
  const keys = join(root, 'trust', 'keys.json');
  operator = { url: database.url, keys, folder: join(root, 'archive'), timeZone: 'Asia/Shanghai' };
}, 60_000);
afterEach(async () => {
  await database.drop();
  await rm(root, { recursive: true, force: true });
});

const fill = (months: readonly string[], perChain = 5) =>
  writeMonths(database, months, { perChain, keys: operator.keys });
const verify = async (more: Partial<VerifyDatabaseOptions> = {}) =>
  verifyDatabase({
    url: database.url,
    keys: await readPublicKeys(operator.keys),
    archives: operator.folder,
    timeZone: 'Asia/Shanghai',
    ...more,
  });
const check = async (month: string) =>
  checkArchive(operator.folder, month, knownKeys(await readPublicKeys(operator.keys)));
const file = (name: string) => join(operator.folder, name);
const at = (instant: string): OperatorOptions => ({ ...operator, now: () => Date.parse(instant) });
/** Everything that is kept of records of a time, but for what this test itself adds. */
const content = async () =>
  (
    await database.rows(
      `select count(*)::int as records, md5(string_agg(record::text, '|' order by position)) as digest
         from evidence.record where kind <> 'act' or code = 'GRANT'`,
    )
  )[0]!;
const acts = async () =>
  (await database.rows(`select code, object from evidence.record where code like '%_EVIDENCE' order by position`)).map(
    ({ code, object }) => `${code} ${object}`,
  );

describe('archiving', () => {
  it('is refused for the month that runs and the one before', async () => {
    await fill(['2026-01']);
    for (const [before, now] of [
      ['2026-04', '2026-03-31T12:00:00Z'],
      ['2026-03', '2026-03-01T00:00:00Z'],
      ['2026-02', '2026-02-28T15:59:59Z'],
    ] as const)
      await expect(archiveMonths(at(now), before)).rejects.toMatchObject({ code: 'EVIDENCE_MONTH_OPEN' });
    expect((await archiveMonths(at('2026-02-28T16:00:00Z'), '2026-02')).map(({ month }) => month)).toEqual(['2026-01']);
  });

  it('is refused for evidence that is not as it was written, and nothing is dropped', async () => {
    await fill(monthsFrom(2020, 3));
    await database.pool.query(`update evidence.record set department = 'other' where seq = 4`);
    await expect(archiveMonths(operator, '2020-04')).rejects.toMatchObject({ code: 'EVIDENCE_ALTERED' });
    expect(await database.rows('select month from evidence.archive')).toEqual([]);
  });

  it('is refused while uses of the month wait to be pushed to a provider', async () => {
    await fill(['2020-01']);
    await database.pool.query(
      `create table evidence.subscription (id text, department text, state text, position bigint, ended_at timestamptz)`,
    );
    await database.pool.query(`insert into evidence.subscription values ('U-1', 'police', 'failing', 15)`);
    await expect(archiveMonths(operator, '2020-02')).rejects.toMatchObject({
      code: 'EVIDENCE_UNDELIVERED',
      details: { subscriptions: ['U-1 of police'] },
    });
    await database.pool.query(`update evidence.subscription set position = 16`);
    expect(await archiveMonths(operator, '2020-02')).toHaveLength(1);
  });

  it('drops nothing when it ends before everything is done, and goes through when it is begun again', async () => {
    await fill(monthsFrom(2020, 2));
    const before = await content();
    await database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise 'killed'; end $$`,
    );
    await database.pool.query('create trigger fail before insert on evidence.archive execute function fail()');
    await expect(archiveMonths(operator, '2020-03')).rejects.toThrow('killed');
    expect([await content(), await acts()]).toEqual([before, []]);
    expect((await verify()).findings).toEqual([]);
    await writeFile(file('2020-01.ndjson.gz.part'), 'half');
    await database.pool.query('drop trigger fail on evidence.archive');
    expect((await archiveMonths(operator, '2020-03')).length).toBe(2);
    expect((await readdir(operator.folder)).sort()).toEqual([
      '2020-01.manifest.json',
      '2020-01.ndjson.gz',
      '2020-02.manifest.json',
      '2020-02.ndjson.gz',
    ]);
    expect(await acts()).toEqual(['ARCHIVE_EVIDENCE evidence/2020-01', 'ARCHIVE_EVIDENCE evidence/2020-02']);
  });

  it('keeps the exact lines, by position, and the figures stay in the database', async () => {
    await fill(monthsFrom(2020, 2));
    const lines = await database.rows(
      `select position, line from evidence.record where month = '2020-01-01' order by 1`,
    );
    const figures = await database.rows('select * from evidence.daily order by day, department, items');
    const [manifest] = await archiveMonths(operator, '2020-02');
    const stored = gunzipSync(await readFile(file('2020-01.ndjson.gz'))).toString();
    expect(stored).toBe(lines.map(({ position, line }) => `{"position":${position},"record":${line}}\n`).join(''));
    expect(JSON.parse(stored.split('\n')[0]!)).toMatchObject({ position: 1, record: { kind: 'graph' } });
    expect(manifest).toMatchObject({ kind: 'archive', month: '2020-01', records: 16, positions: [[1, 16]] });
    expect(manifest!.chains).toHaveLength(4);
    expect(await database.rows('select * from evidence.daily order by day, department, items')).toEqual(figures);
  });

  it('and restoring keep no gateway and no officer waiting that writes meanwhile, nor a check', async () => {
    const months = monthsFrom(2020, rounds(3, 6));
    await fill(months);
    const store = new RecordStore('Asia/Shanghai');
    const log = await EvidenceLog.over(() => DatabaseChain.open({ url: database.url, store }), { grace: 0 });
    const done = { is: false, written: 0, checks: 0 };
    let acts = 0;
    const time = new Date().toISOString();
    const writing = (async () => {
      while (!done.is) await log.append(record(`w${done.written++}`, { time }));
    })();
    const checking = (async () => {
      while (!done.is) {
        expect((await verify()).findings).toEqual([]);
        done.checks++;
      }
    })();
    for (let round = 0; round < rounds(1, 3); round++, acts += 2 * months.length) {
      const archived = await archiveMonths(operator, '2020-07');
      expect(archived).toHaveLength(months.length);
      for (const { month } of archived) expect(await restoreMonth(operator, month)).toBe(true);
    }
    done.is = true;
    await Promise.all([writing, checking]);
    await log.close();
    expect(await verify()).toMatchObject({ findings: [], records: months.length * 16 + acts + done.written });
    expect(done.checks).toBeGreaterThan(0);
  }, 60_000);

  it('does not let a record that comes late go into a month that is gone', async () => {
    await fill(['2020-01', '2020-03']);
    await archiveMonths(operator, '2020-04');
    await fill(['2020-01']);
    expect(await database.rows(`select distinct month::text from evidence.record order by 1`)).toContainEqual({
      month: '2020-04-01',
    });
    expect((await verify()).findings).toEqual([]);
  });
});

describe('an archive', () => {
  beforeEach(async () => {
    await fill(monthsFrom(2020, 3));
    await archiveMonths(operator, '2020-03');
  });
  const lines = async () =>
    gunzipSync(await readFile(file('2020-01.ndjson.gz')))
      .toString()
      .split('\n')
      .slice(0, -1);
  const rewrite = (text: string) => writeFile(file('2020-01.ndjson.gz'), gzipSync(text));
  const findings = async () => (await check('2020-01')).findings;

  it('one of whose bytes was flipped is named, wherever it is', async () => {
    const bytes = await readFile(file('2020-01.ndjson.gz'));
    for (const at of [12, bytes.length >> 1, bytes.length - 6]) {
      const altered = Buffer.from(bytes);
      altered[at]! ^= 1;
      await writeFile(file('2020-01.ndjson.gz'), altered);
      expect(await findings()).toMatchObject([{ kind: expect.stringMatching(/altered|truncated/) }]);
    }
  });

  it('that was packed again with a record altered, dropped, twice or moved is named with that record', async () => {
    const all = await lines();
    const one = /"writer":"([0-9a-f]{12})","seq":3,/;
    const at = all.findIndex((line) => one.test(line));
    const writer = one.exec(all[at]!)![1];
    const without = (i: number) => all.filter((_, k) => k !== i);
    await rewrite(
      `${all.map((line, i) => (i === at ? line.replace('"time":"2020', '"time":"2021') : line)).join('\n')}\n`,
    );
    expect(await findings()).toMatchObject([{ kind: 'altered', writer, seq: 3 }]);
    await rewrite(`${without(at).join('\n')}\n`);
    expect(await findings()).toMatchObject([{ kind: 'dropped', writer, seq: 3 }]);
    await rewrite(`${[...all.slice(0, at + 1), ...all.slice(at)].join('\n')}\n`);
    expect(await findings()).toMatchObject([{ kind: 'inserted', writer, seq: 3 }]);
    await rewrite(`${[...all.slice(0, at), all[at + 1], all[at], ...all.slice(at + 2)].join('\n')}\n`);
    expect(await findings()).toMatchObject([{ kind: 'reordered', writer, seq: 3 }]);
    await rewrite(`${all.slice(0, -1).join('\n')}\n`);
    expect(await findings()).toMatchObject([{ kind: 'truncated' }]);
    await rewrite(`${all.join('\n')}\nmore\n`);
    expect(await findings()).toMatchObject([{ kind: 'inserted' }]);
    await rewrite(`${all.map((line) => line.replace(/"position":1,/, '"position":99,')).join('\n')}\n`);
    expect(await findings()).toMatchObject([{ kind: 'altered', file: '2020-01.ndjson.gz' }]);
    await rewrite(`${all.join('\n')}\n`);
    expect((await findings()).length).toBeLessThanOrEqual(1);
  });

  it('that was cut, swapped with another, or taken away is named', async () => {
    const bytes = await readFile(file('2020-01.ndjson.gz'));
    await writeFile(file('2020-01.ndjson.gz'), bytes.subarray(0, bytes.length - 100));
    expect(await findings()).toMatchObject([{ kind: 'truncated' }]);
    expect((await verify()).findings).toMatchObject([{ kind: 'altered', file: '2020-01.ndjson.gz' }]);
    await copyFile(file('2020-02.ndjson.gz'), file('2020-01.ndjson.gz'));
    expect((await findings()).length).toBeGreaterThan(0);
    await unlink(file('2020-01.ndjson.gz'));
    expect(await findings()).toMatchObject([{ kind: 'dropped', message: 'the archive is gone' }]);
    expect((await verify()).findings).toMatchObject([{ kind: 'dropped', file: '2020-01.ndjson.gz' }]);
  });

  it('whose manifest was forged, swapped or taken away is named, in the folder and in the database', async () => {
    const manifest = await readFile(file('2020-01.manifest.json'), 'utf8');
    await writeFile(file('2020-01.manifest.json'), manifest.replace('"records":16', '"records":15'));
    expect(await findings()).toMatchObject([{ kind: 'altered', message: 'the manifest does not fit its signature' }]);
    await copyFile(file('2020-02.manifest.json'), file('2020-01.manifest.json'));
    expect(await findings()).toMatchObject([{ kind: 'altered', message: 'the manifest is that of 2020-02' }]);
    await unlink(file('2020-01.manifest.json'));
    expect(await findings()).toMatchObject([{ kind: 'dropped', message: 'the manifest is gone' }]);
    await database.pool.query(
      `update evidence.archive set manifest = replace(manifest, '"records":16', '"records":15') where month = '2020-01-01'`,
    );
    expect((await verify()).findings).toContainEqual(
      expect.objectContaining({ kind: 'altered', file: 'evidence.archive' }),
    );
    await database.pool.query(`delete from evidence.archive where month = '2020-01-01'`);
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ kind: 'dropped' }));
  });

  it('stands for its records: the chains go on behind it, also under a newer key', async () => {
    await rotateSigningKey(operator.keys);
    await fill(['2020-05']);
    expect(await verify()).toMatchObject({ findings: [], archived: ['2020-01', '2020-02'] });
    expect((await check('2020-01')).findings).toEqual([]);
  });

  it('is not restored when it was altered, and nothing of it is there then', async () => {
    await rewrite(`${(await lines()).slice(1).join('\n')}\n`);
    await expect(restoreMonth(operator, '2020-01')).rejects.toMatchObject({ code: 'ARCHIVE_ALTERED' });
    expect(await database.rows(`select to_regclass('evidence.record_2020_01') as part`)).toEqual([{ part: null }]);
  });

  it('comes back whole, or not at all when it is interrupted, and only once', async () => {
    await database.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise 'killed'; end $$`,
    );
    await database.pool.query('create trigger fail before delete on evidence.archive execute function fail()');
    await expect(restoreMonth(operator, '2020-01')).rejects.toThrow('killed');
    expect(await database.rows(`select to_regclass('evidence.record_2020_01') as part`)).toEqual([{ part: null }]);
    expect((await verify()).findings).toEqual([]);
    await database.pool.query('drop trigger fail on evidence.archive');
    expect(await restoreMonth(operator, '2020-01')).toBe(true);
    expect(await restoreMonth(operator, '2020-01')).toBe(false);
    expect(await verify()).toMatchObject({ findings: [], archived: ['2020-02'] });
    expect((await acts()).slice(2)).toEqual(['RESTORE_EVIDENCE evidence/2020-01']);
  });

  it('of another hub is not restored', async () => {
    await database.pool.query(`delete from evidence.archive`);
    await database.pool.query(`update evidence.chain set seq = 0, hash = '' where home = 'database'`);
    await expect(restoreMonth(operator, '2020-01')).rejects.toMatchObject({ code: 'ARCHIVE_ALTERED' });
  });
});

describe('deleting, after three years at the earliest (QZ-8.4e), or never (YN-40b)', () => {
  const lawOf = (profile: string) => readProfile(profile).evidence?.retention;
  const retention = (setting: RetentionSetting, profile: string) => retentionOf(setting, lawOf(profile));
  const now = () => at('2024-01-01T00:00:00+08:00');
  beforeEach(async () => {
    await fill(['2020-12', '2021-01', '2021-02']);
    await archiveMonths(operator, '2021-02');
  });

  it('is refused before that, and says why', async () => {
    shows('QZ-8.4e', 'YN-40b');
    for (const [setting, profile, before, why] of [
      ['profile', 'quanzhou', '2021-02', 'QZ-8.4e'],
      ['profile', 'yunnan', '2021-01', 'YN-40b'],
      [3, 'yunnan', '2021-01', 'YN-40b'],
      ['profile', 'hangzhou', '2021-01', 'EVIDENCE_RETENTION=profile, and the profile gives no period'],
      ['long-term', 'quanzhou', '2021-01', 'EVIDENCE_RETENTION=long-term'],
      [4, 'hangzhou', '2021-01', 'EVIDENCE_RETENTION=4'],
      [5, 'quanzhou', '2021-01', 'EVIDENCE_RETENTION=5'],
    ] as const) {
      const refusal = await expireMonths(now(), before, retention(setting, profile)).catch((error: unknown) => error);
      expect([setting, profile, refusal]).toEqual([
        setting,
        profile,
        expect.objectContaining({
          code: 'EVIDENCE_RETAINED',
          details: expect.objectContaining({ basis: expect.arrayContaining([why]) }),
        }),
      ]);
      expect((await check('2020-12')).findings).toEqual([]);
      expect(await verify()).toMatchObject({ findings: [], expired: [] });
    }
  });

  it('is done when the time is over, to the day, and leaves a signed statement in its place', async () => {
    shows('QZ-8.4e');
    const law = retention('profile', 'quanzhou');
    await expect(expireMonths(at('2023-12-31T23:59:59+08:00'), '2021-01', law)).rejects.toMatchObject({
      code: 'EVIDENCE_RETAINED',
    });
    expect(await expireMonths(now(), '2021-01', law)).toEqual(['2020-12']);
    expect(await expireMonths(now(), '2021-01', law)).toEqual([]);
    expect(await readdir(operator.folder)).not.toContain('2020-12.ndjson.gz');
    expect(await check('2020-12')).toMatchObject({
      findings: [],
      manifest: { kind: 'expired', expired: { basis: ['QZ-8.4e'] } },
    });
    expect(await verify()).toMatchObject({ findings: [], archived: ['2021-01'], expired: ['2020-12'] });
    expect((await acts()).at(-1)).toBe('DELETE_EVIDENCE evidence/2020-12');
  });

  it('that was interrupted between the statement and the file is ended when it is begun again', async () => {
    const law = retention('profile', 'quanzhou');
    const [archive, manifest] = ['2020-12.ndjson.gz', '2020-12.manifest.json'];
    for (const name of [archive, manifest]) await copyFile(file(name), join(root, name));
    await expireMonths(now(), '2021-01', law);
    for (const name of [archive, manifest]) await copyFile(join(root, name), file(name));
    expect((await verify()).findings).toEqual([]);
    expect(await expireMonths(now(), '2021-01', law)).toEqual(['2020-12']);
    expect(await check('2020-12')).toMatchObject({ findings: [], manifest: { kind: 'expired' } });
    expect((await acts()).filter((act) => act.startsWith('DELETE'))).toHaveLength(1);
  });

  it('by hand, without the rule, is named', async () => {
    await unlink(file('2020-12.ndjson.gz'));
    expect((await verify()).findings).toMatchObject([{ kind: 'dropped', file: '2020-12.ndjson.gz' }]);
  });
});

it('drill: years are archived month by month, dropped and restored, and nothing differs', async () => {
  const months = monthsFrom(2020, rounds(13, 36));
  const written = await fill(months, 40);
  const before = await content();
  const figures = `select department, scenario, items, count(*)::int as n from evidence.record
                    where kind = 'access' group by 1, 2, 3 order by 1, 2, 3`;
  const counts = await database.rows(figures);
  expect(before['records']).toBe(written);
  expect((await archiveMonths(operator, '2023-01')).map(({ month }) => month)).toEqual(months);
  expect(await database.rows(figures)).toEqual([]);
  expect(await verify()).toMatchObject({ findings: [], archived: months });
  for (const month of months) {
    expect((await check(month)).findings).toEqual([]);
    expect(await restoreMonth(operator, month)).toBe(true);
  }
  expect(await content()).toEqual(before);
  expect(await database.rows(figures)).toEqual(counts);
  expect(await verify()).toMatchObject({ findings: [], archived: [], records: written + 2 * months.length });
}, 120_000);
