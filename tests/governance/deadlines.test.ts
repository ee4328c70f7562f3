import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import { WorkerWatch } from '../../gateway/http/worker-watch.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { dueDate, readCalendar, readProfile } from '../../shared/law/index.js';
import { grantDeadlines } from '../../subgraphs/governance/grant/deadlines.js';
import { Jobs } from '../../subgraphs/governance/reminders/job/jobs.js';
import type { Deadline, DeadlineSource } from '../../subgraphs/governance/core/index.js';
import { findStage } from '../../subgraphs/governance/reminders/job/deadline-stage.rule.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { yearlyDeadlines } from '../../subgraphs/governance/reminders/job/yearly-deadlines.js';
import { rounds } from '../support/rounds.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { showLife } from '../../worker/show-life.js';
import { waitUntil } from './support/wait-until.js';
import { showsPartOf } from '../conformance/shows.js';

const ZONE = 'Asia/Shanghai';
const CALENDAR = readCalendar();
const at = (local: string): number => Date.parse(`${local}+08:00`);
const DAY = 86_400_000;

let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance();
}, 60_000);
afterAll(() => governance.stop());
beforeEach(async () => {
  await governance.rows('truncate share_grant, application_track, share_application, application_event cascade');
  await governance.rows('delete from job_done');
});

const addGrant = (id: string, from: number, until: number, more = '') =>
  governance.rows(
    `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis ${more && ', revoked_at'})
     values ($1, 'housing', 'public-rental-review', 'QUERY', '["Resident.phone"]', $2, $3, 'x', '[]' ${more && ', now()'})`,
    [id, new Date(from), new Date(until)],
  );
const swept = (
  now: number,
  sources: readonly DeadlineSource[] = [grantDeadlines],
  profile = 'quanzhou',
  pool = governance.pool,
) =>
  announceDeadlines({
    pool,
    store: new RecordStore(ZONE),
    sources,
    now,
    calendar: CALENDAR,
    timeZone: ZONE,
    profile: readProfile(profile),
  });
const told = async (object = '%') =>
  (
    await governance.rows(
      `select line from evidence.record where kind = 'act' and department is null and object like $1 order by position`,
      [object],
    )
  ).map(({ line }) => JSON.parse(line as string) as { act: string; object: string; terms: Record<string, unknown> });

describe('the stage at which something is', () => {
  const kind = 'APPLICATION';
  // Submitted on the last working day before Spring Festival of 2026, which is the make-up Saturday 14 February.
  const due = dueDate(CALENDAR, { start: at('2026-02-13T17:30'), workingDays: 5, timeZone: ZONE });

  it('is counted over Spring Festival and its make-up Saturdays', () => {
    expect(due).toMatchObject({ date: '2026-02-27', provisional: false });
    const stage = (local: string) => findStage({ kind, due }, { now: at(local), calendar: CALENDAR, timeZone: ZONE });
    expect(stage('2026-02-14T09:00')).toBeUndefined();
    expect(stage('2026-02-20T09:00')).toBeUndefined();
    expect(stage('2026-02-24T23:59')).toBeUndefined();
    expect(stage('2026-02-25T00:00')).toBe('SOON');
    expect(stage('2026-02-27T00:00')).toBe('TODAY');
    expect(stage('2026-02-27T23:59')).toBe('TODAY');
    expect(stage('2026-02-28T00:00')).toBe('OVERDUE');
  });

  it('is never late by a date that a notice of holidays may still move', () => {
    const clock = { now: due.instant, calendar: CALENDAR, timeZone: ZONE };
    const provisional = { ...due, provisional: true };
    for (const owed of ['APPLICATION', 'CATALOGUE_TASK'] as const)
      expect(findStage({ kind: owed, due: provisional }, clock)).toBeUndefined();
    expect(findStage({ kind, due: provisional }, { ...clock, now: due.instant - 1 })).toBe('TODAY');
  });

  it('is never late for what the hub cannot know to be undone', () => {
    const clock = { now: due.instant, calendar: CALENDAR, timeZone: ZONE };
    expect(findStage({ kind: 'REPORT', due }, clock)).toBe('ENDED');
    expect(findStage({ kind: 'GRANT', due }, clock)).toBe('ENDED');
    expect(findStage({ kind: 'CATALOGUE_TASK', due }, clock)).toBe('OVERDUE');
  });
});

describe('a grant', () => {
  const from = at('2026-01-01T00:00');
  const until = at('2026-12-31T12:00');

  it('that is revoked, or whose end is far, is not told of', async () => {
    await addGrant('G-1', from, until, 'revoked');
    await addGrant('G-2', from, until);
    expect(await swept(until - 31 * DAY)).toBe(0);
    await governance.rows(`update share_grant set revoked_at = now() where id = 'G-2'`);
    expect(await swept(until + DAY)).toBe(0);
  });

  it('is told of thirty days before its end and at its end, each once', async () => {
    await addGrant('G-3', from, until);
    expect(await swept(until - 30 * DAY)).toBe(1);
    expect(await swept(until - 30 * DAY)).toBe(0);
    expect(await swept(until - 3 * DAY)).toBe(0);
    expect(await swept(until)).toBe(1);
    expect(await swept(until + 400 * DAY)).toBe(0);
    expect((await told('grant/G-3')).map(({ act, terms }) => [act, terms['stage'], terms['owners']])).toEqual([
      ['REMIND', 'SOON', ['housing']],
      ['EXPIRE_GRANT', 'ENDED', ['housing']],
    ]);
  });

  it('of a short term is told of in the second half of it', async () => {
    await addGrant('G-4', until - 10 * DAY, until);
    expect(await swept(until - 6 * DAY)).toBe(0);
    expect(await swept(until - 5 * DAY)).toBe(1);
  });

  it('that is renewed is told of anew', async () => {
    await addGrant('G-5', from, until);
    await swept(until - DAY);
    await governance.rows(`update share_grant set until_at = until_at + interval '1 year' where id = 'G-5'`);
    expect(await swept(until + DAY)).toBe(0);
    expect(await swept(until + 364 * DAY)).toBe(1);
  });

  it('after a standstill is told of as it is now, not as it was', async () => {
    await addGrant('G-6', from, until);
    expect(await swept(until + 7 * DAY)).toBe(1);
    expect((await told('grant/G-6')).map(({ act }) => act)).toEqual(['EXPIRE_GRANT']);
  });
});

describe('what is owed', () => {
  const due = dueDate(CALENDAR, { start: at('2026-03-02T10:00'), workingDays: 5, timeZone: ZONE });
  const task: Deadline = {
    subject: 'application/A-1/population',
    object: 'application/A-1',
    kind: 'APPLICATION',
    due,
    owners: ['population'],
    others: ['housing'],
    clauses: ['CZ-11d'],
  };

  it('and was decided while it was being looked at, is not called late', async () => {
    let looks = 0;
    const decidedMeanwhile: DeadlineSource = { find: async () => (looks++ === 0 ? [task] : []) };
    expect(await swept(due.instant, [decidedMeanwhile])).toBe(0);
    expect(await governance.rows('select * from job_done')).toEqual([]);
  });

  it('and is late is told to the authority, once, with its clause', async () => {
    const source: DeadlineSource = { find: async () => [task] };
    expect(await swept(due.instant, [source])).toBe(1);
    expect(await swept(due.instant + 9 * DAY, [source])).toBe(0);
    const [escalated] = (await told('application/A-1')).filter(({ act }) => act === 'ESCALATE');
    expect(escalated).toMatchObject({ concerns: ['data-bureau', 'housing', 'population'], basis: ['CZ-11d'] });
  });

  it('and got more time is told of by its new date', async () => {
    await swept(due.instant - DAY, [{ find: async () => [task] }]);
    const later = dueDate(CALENDAR, { start: at('2026-03-02T10:00'), workingDays: 10, timeZone: ZONE });
    const extended: DeadlineSource = { find: async () => [{ ...task, due: later }] };
    expect(await swept(due.instant, [extended])).toBe(0);
    expect(await swept(later.instant - DAY, [extended])).toBe(1);
  });
});

describe('what the law asks for every year', () => {
  it('is nothing where the law does not', async () => {
    expect(await swept(at('2027-01-04T09:00'), [yearlyDeadlines], 'quanzhou')).toBe(0);
  });

  it('is announced before its day, and on the named day it is another year’s', async () => {
    showsPartOf('CZ-17a', 'CZ-17b');
    const day = async (local: string) => {
      await governance.rows('delete from job_done');
      const before = (await told('report/%')).length;
      await swept(at(local), [yearlyDeadlines], 'chenzhou');
      return (await told('report/%')).slice(before).map(({ object, terms }) => [object, terms['stage']]);
    };
    expect(await day('2026-11-30T09:00')).toEqual([]);
    // CZ-17a: before 5 January; CZ-17b: before 15 January.
    expect(await day('2027-01-04T23:00')).toEqual([
      ['report/CZ/departments/2027-01-04', 'TODAY'],
      ['report/CZ/authority/2027-01-14', 'SOON'],
    ]);
    expect(await day('2027-01-05T00:00')).toEqual([['report/CZ/authority/2027-01-14', 'SOON']]);
  });

  it('opens the days of a quarter for updates', async () => {
    await swept(at('2026-10-01T09:00'), [yearlyDeadlines], 'hangzhou');
    const [window] = await told('update-window/%');
    // HZ-7.4d
    expect(window).toMatchObject({ object: 'update-window/HZ/2026-10-10', terms: { stage: 'SOON' } });
  });
});

describe('workers', () => {
  const until = at('2026-12-01T00:00');
  const whole = async (grants: number) => {
    const [done] = await governance.rows(`select count(*)::int as n from job_done`);
    const [acts] = await governance.rows(
      `select count(*)::int as n, count(distinct object)::int as d from evidence.record
        where kind = 'act' and object like 'grant/K-%' and position > $1`,
      [start],
    );
    const [notices] = await governance.rows(
      `select count(*)::int as n, count(distinct object)::int as d from notice where object like 'grant/K-%' and position > $1`,
      [start],
    );
    expect({ done, acts, notices }).toEqual({
      done: { n: grants },
      acts: { n: grants, d: grants },
      notices: { n: grants, d: grants },
    });
  };
  const expired = (grants: number) =>
    governance.rows(
      `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis)
       select 'K-' || n, 'housing', 'public-rental-review', 'QUERY', '["Resident.phone"]', $1, $2, 'x', '[]' from generate_series(1, $3) n`,
      [new Date(until - 365 * DAY), new Date(until), grants],
    );
  let start = 0;
  beforeEach(async () => {
    const [ledger] = await governance.rows('select position::int from evidence.ledger');
    start = ledger!['position'] as number;
  });
  const noticed = async () =>
    Number((await governance.rows(`select count(*)::int as n from notice where position > $1`, [start]))[0]!['n']);

  const open = () => {
    const pool = new pg.Pool({ connectionString: governance.url, max: 6, application_name: 'a worker' });
    pool.on('error', () => undefined);
    const failures: unknown[] = [];
    const jobs = new Jobs({
      pool,
      store: new RecordStore(ZONE),
      profile: readProfile('quanzhou'),
      calendar: () => CALENDAR,
      now: () => until + DAY,
      onState: (failing: unknown) => void (failing && failures.push(failing)),
    });
    jobs.start();
    return { failures, end: () => jobs.stop().then(() => pool.end()) };
  };

  it('two at once, on a queue that neither has made yet, tell each thing once', async () => {
    await expired(250);
    const workers = [open(), open()];
    await waitUntil(async () => (await noticed()) >= 250);
    await Promise.all(workers.map(({ end }) => end()));
    expect(workers.flatMap(({ failures }) => failures)).toEqual([]);
    await whole(250);
  }, 60_000);

  it('are missed by the hub when none runs, or stands still', async () => {
    const told = async () => {
      const watch = new WorkerWatch(governance.url);
      return [await watch.describe('worker'), await watch.describe('deadlines')];
    };
    await governance.rows('truncate worker_beat');
    expect(await told()).toEqual([
      expect.stringContaining('no worker runs (it has never run)'),
      expect.stringContaining('deadlines are not watched (it has never run)'),
    ]);
    const life = showLife(governance.pool, pino({ level: 'silent' }));
    const worker = open();
    await waitUntil(async () => (await told()).every((each) => each === undefined));
    await Promise.all([life.stop(), worker.end()]);
    await governance.rows(`update worker_beat set at = at - interval '1 hour'`);
    expect(await told()).toEqual([expect.stringContaining('last done 36'), expect.stringContaining('last done 36')]);
    await expect(new WorkerWatch('postgres://127.0.0.1:1/none').describe('worker')).rejects.toThrow();
  });

  it('go on by themselves after the database has cut every connection', async () => {
    const worker = open();
    await expired(3);
    await waitUntil(async () => (await noticed()) >= 3);
    await governance.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'a worker'`,
    );
    await governance.rows(`update share_grant set id = 'K-4' where id = 'K-3'`);
    await governance.rows(`delete from job_done where subject = 'grant/K-3'`);
    await waitUntil(async () => (await noticed()) >= 4);
    await worker.end();
  }, 60_000);

  it('killed again and again in the middle of it, lose nothing and tell nothing twice', async () => {
    await expired(600);
    const spawn = async (): Promise<ChildProcess> => {
      const child = fork(
        new URL('./support/job-worker.ts', import.meta.url),
        [governance.url, new Date(until + DAY).toISOString()],
        { execArgv: ['--import', new URL('../support/typescript.mjs', import.meta.url).href], stdio: 'ignore' },
      );
      await once(child, 'message');
      return child;
    };
    for (let kill = 0; kill < rounds(1, 4); kill++) {
      const child = await spawn();
      const before = await governance.rows('select count(*)::int as n from job_done');
      await waitUntil(async () => {
        const [now] = await governance.rows('select count(*)::int as n from job_done');
        return Number(now!['n']) > Number(before[0]!['n']) || Number(now!['n']) === 600;
      });
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    const last = await spawn();
    await waitUntil(async () => (await noticed()) >= 600);
    const gone = once(last, 'exit');
    last.kill('SIGKILL');
    await gone;
    await whole(600);
  }, 120_000);
});
