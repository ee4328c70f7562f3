import type { ServerResponse } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { observeLoads } from '../../subgraphs/declared/load-metrics.js';
import type pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { parseDeclaration, tableSpecs } from '../../shared/declaration/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import type { ConnectedSources } from '../../shared/sources/connected-sources.js';
import {
  announcePull,
  carryOutLoad,
  carryOutPull,
  planPulls,
  pullsOf,
  settlePulls,
  type LoadRoom,
  type PlannedPull,
  type PullRoom,
} from '../../subgraphs/governance/loading/index.js';
import { FROM_SERVICE, FROM_SERVICE_CHANGED, pulledPupils } from '../pulling/support/pulled-declaration.js';
import { openServices, registered } from '../services/support/open-services.js';
import { ServiceServer } from '../services/support/service-server.js';
import type { Loose } from '../support/system.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const TABLES = testDatabaseName('pulled');
const MINUTE = 60_000;
const START = Date.parse('2026-03-01T00:00:00Z');
let governance: GovernanceUnderTest;
let server: DatabaseServer;
let tables: pg.Pool;
let folder: string;
let service: ServiceServer;
let room: PullRoom;
let loads: LoadRoom;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-pulls-'));
  server = await openTestServer();
  await server.createDatabase(TABLES);
  tables = openTestPool({ connectionString: server.url(TABLES), max: 4 });
  governance = await startGovernance();
  service = await ServiceServer.start();
  const services = openServices();
  await services.register([await registered(service.address, { department: 'public-security' })]);
  const common = {
    ...{ pool: governance.pool, folder, timeZone: 'Asia/Shanghai', store: new RecordStore('Asia/Shanghai') },
  };
  room = {
    ...common,
    sources: { services, databases: undefined as unknown as ConnectedSources, timeZone: 'Asia/Shanghai' },
    mostBytes: 1_000_000,
  };
  const [spec] = tableSpecs(parseDeclaration(declared(FROM_SERVICE)).declaration!);
  loads = { ...common, tables, mostVanished: 50, findTable: async () => spec };
}, 60_000);
afterAll(async () => {
  await room?.sources.services.stop();
  await service?.stop();
  await governance?.stop();
  await tables?.end();
  await server?.dropDatabase(TABLES);
  await server?.stop();
  await rm(folder, { recursive: true });
}, 60_000);
beforeEach(async () => {
  await governance.rows('delete from pull');
  await governance.rows('alter table load disable trigger keep');
  await governance.rows('delete from load');
  await governance.rows('alter table load enable trigger keep');
  await tables.query(`drop schema if exists "pulled-pupils" cascade; create schema "pulled-pupils";
    create table "pulled-pupils"."Pupil" (number text primary key, name text, card numeric, "bornOn" date, changed timestamptz,
      _hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text)`);
});

const declared = (pull: string) => pulledPupils(pull).replace('department: education', 'department: public-security');
const plansOf = (pull: string): PlannedPull[] =>
  pullsOf({ id: 'V1', subgraph: 'pulled-pupils', url: '', sdl: '', declaration: declared(pull) });

/** The service has these rows, on one page. */
const has = (...rows: object[]) =>
  service.answer({ pupils: ({ query }) => ({ code: 0, data: query['p'] === '1' ? rows : [] }) });
const fails = () => service.answer({ pupils: () => ({ code: 7, msg: 'ORA-00942 at 10.0.0.9' }) });

/** What the worker does at a time. */
async function work(pull: string, now: number): Promise<Loose> {
  const plans = plansOf(pull);
  await planPulls(room.pool, plans, now);
  await carryOutPull(room, plans, now);
  while ((await carryOutLoad(loads)) !== undefined);
  await settlePulls(room, now);
  return state();
}
const state = async (): Promise<Loose> => (await governance.rows('select * from pull'))[0];
const live = async () =>
  (await tables.query('select number from "pulled-pupils"."Pupil" where _deleted_at is null order by 1')).rows.map(
    ({ number }) => number as string,
  );
const told = async (): Promise<Loose[]> => {
  while ((await announcePull(room.pool, room.store, START)) !== undefined);
  const rows = await governance.rows(`select line from evidence.record where kind = 'act' order by seq`);
  return rows.map(({ line }) => JSON.parse(line as string)).filter(({ act }) => act === 'REPORT_PULL');
};

describe('a scheduled pull', () => {
  it('brings the rows of the source, and says when they were loaded and when they were found unchanged', async () => {
    has({ xh: 'P1', xm: '张三' }, { xh: 'P2' });
    const first = await work(FROM_SERVICE, START);
    expect(await live()).toEqual(['P1', 'P2']);
    expect(first).toMatchObject({ failures: 0, fault_code: null, load: null });
    expect(first.next_at).toEqual(new Date('2026-03-01T18:10:00Z'));
    expect(first.loaded_at).toEqual(first.checked_at);
    const same = await work(FROM_SERVICE, first.next_at.getTime());
    expect(same.loaded_at).toEqual(first.loaded_at);
    expect(same.checked_at > first.checked_at).toBe(true);
    expect(same.next_at).toEqual(new Date('2026-03-02T18:10:00Z'));
    has({ xh: 'P2', xm: '李四' });
    const changed = await work(FROM_SERVICE, same.next_at.getTime());
    expect(await live()).toEqual(['P2']);
    expect(changed.loaded_at > first.loaded_at).toBe(true);
    expect((await readdir(folder)).filter((name) => !name.endsWith('.csv'))).toEqual([]);
  });

  it('is made at its time, and not before', async () => {
    has({ xh: 'P1' });
    const { next_at: next } = await work(FROM_SERVICE, START);
    service.calls.length = 0;
    await work(FROM_SERVICE, next.getTime() - 1);
    expect(service.calls).toEqual([]);
    await work(FROM_SERVICE, next.getTime());
    expect(service.calls).not.toEqual([]);
  });

  it('takes nothing away where too much would vanish, and tells the department', async () => {
    has({ xh: 'P1' }, { xh: 'P2' }, { xh: 'P3' });
    const { next_at: next, checked_at: checked } = await work(FROM_SERVICE, START);
    has({ xh: 'P1' });
    const refused = await work(FROM_SERVICE, next.getTime());
    expect(await live()).toEqual(['P1', 'P2', 'P3']);
    expect(refused).toMatchObject({ failures: 1, fault_code: 'VANISH_TOO_MANY', checked_at: checked });
    expect((await told()).at(-1)).toMatchObject({
      object: 'pull/pulled-pupils.Pupil',
      concerns: ['public-security'],
      terms: { source: 'edu-gate', fault: 'VANISH_TOO_MANY' },
    });
    has();
    const empty = await work(FROM_SERVICE, refused.next_at.getTime());
    expect(empty).toMatchObject({ failures: 2, fault_code: 'SOURCE_EMPTY' });
    expect(await live()).toEqual(['P1', 'P2', 'P3']);
  });

  it('that fails is tried again later and later, told once, and told again when it is well', async () => {
    const before = (await told()).length;
    fails();
    let now = START;
    const waits: number[] = [];
    for (let at = 0; at < 8; at++) {
      const { next_at: next } = await work(FROM_SERVICE, now);
      waits.push((next.getTime() - now) / MINUTE);
      now = next.getTime();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    const { fault_detail: detail } = await state();
    expect(detail).toContain('success');
    expect(detail).not.toMatch(/ORA|10\.0\.0\.9/);
    expect((await told()).slice(before)).toMatchObject([{ terms: { fault: 'ANSWER_FAILED' } }]);
    has({ xh: 'P1' });
    await work(FROM_SERVICE, now);
    expect((await told()).slice(before)).toMatchObject([{}, { terms: { fault: null } }]);
  });

  it('leaves a row that is not well to the report of its load', async () => {
    has({ xh: 'P1', csrq: '20120230' });
    const { fault_code: code, fault_detail: detail } = await work(FROM_SERVICE, START);
    expect(code).toBe('ROWS_INVALID');
    const [load] = await governance.rows('select id from load');
    expect(detail).toContain(load!['id']);
    expect(await readdir(folder)).toContain(`${load!['id'] as string}.problems.csv`);
    for (const file of await readdir(folder)) await rm(join(folder, file));
  });

  it('goes on from what was changed last, once that is loaded', async () => {
    has({ xh: 'P1', gxsj: '2026-02-01 08:00:00' }, { xh: 'P2', gxsj: '2026-02-02 08:00:00' });
    const plans = plansOf(FROM_SERVICE_CHANGED);
    await planPulls(room.pool, plans, START);
    expect(await carryOutPull(room, plans, START)).toBe('pulled-pupils.Pupil');
    await settlePulls(room, START);
    expect(await state()).toMatchObject({ watermark: null, pending: Date.parse('2026-02-02T00:00:00Z') });
    // Nothing is pulled while the rows of the last pull are not loaded.
    expect(await carryOutPull(room, plans, START + 100 * MINUTE)).toBeUndefined();
    const first = await work(FROM_SERVICE_CHANGED, START);
    expect(first).toMatchObject({ watermark: Date.parse('2026-02-02T00:00:00Z'), pending: null });
    has({ xh: 'P3', gxsj: '2099-01-01 00:00:00' });
    const second = await work(FROM_SERVICE_CHANGED, first.next_at.getTime());
    expect(service.calls[0]!.query['since']).toBe('2026-02-02 07:50:00');
    expect(second.watermark).toBe(first.next_at.getTime());
    expect(await live()).toEqual(['P1', 'P2', 'P3']);
    has();
    const third = await work(FROM_SERVICE_CHANGED, second.next_at.getTime());
    expect(third).toMatchObject({ watermark: second.watermark, failures: 0, fault_code: null, load: null });
    expect(third.checked_at).toEqual(second.next_at);
  });

  it('begins anew when it is declared otherwise, and ends with its declaration', async () => {
    has({ xh: 'P1', gxsj: '2026-02-01 08:00:00' });
    await work(FROM_SERVICE_CHANGED, START);
    const changed = FROM_SERVICE_CHANGED.replace('overlapMinutes: 10', 'overlapMinutes: 20');
    await planPulls(room.pool, plansOf(changed), START + 1);
    expect(await state()).toMatchObject({ watermark: null, next_at: new Date(START + 1) });
    await planPulls(room.pool, [], START + 2);
    expect(await governance.rows('select * from pull')).toEqual([]);
  });

  it('is made by one process at a time', async () => {
    has({ xh: 'P1' });
    const plans = plansOf(FROM_SERVICE);
    await planPulls(room.pool, plans, START);
    const made = await Promise.all([1, 2, 3].map(() => carryOutPull(room, plans, START)));
    expect(made.filter((id) => id !== undefined)).toHaveLength(1);
    expect(await governance.rows('select * from load')).toHaveLength(1);
    await work(FROM_SERVICE, START);
  });

  it('holds no connection to governance while the source is read', async () => {
    let busy: number | undefined;
    service.answer({
      pupils: ({ query }) => {
        busy ??= room.pool.totalCount - room.pool.idleCount;
        return { code: 0, data: query['p'] === '1' ? [{ xh: 'P1' }] : [] };
      },
    });
    await work(FROM_SERVICE, START);
    expect([busy, await live()]).toEqual([0, ['P1']]);
  });

  it('is gone on with when its process has died, which loads and reports nothing any more if it lives', async () => {
    const plans = plansOf(FROM_SERVICE);
    await planPulls(room.pool, plans, START);
    await governance.rows(`update pull set held_by = gen_random_uuid(), held_until = now() + interval '1 minute'`);
    expect(await carryOutPull(room, plans, START)).toBeUndefined();
    await governance.rows(`update pull set held_until = now() - interval '1 second'`);
    const other = '00000000-0000-4000-8000-000000000000';
    const takeOver = (answer: object, response: ServerResponse) =>
      void governance
        .rows(`update pull set held_by = $1, held_until = now() + interval '1 minute'`, [other])
        .then(() => response.end(JSON.stringify(answer)));
    for (const answer of [{ code: 0, data: [{ xh: 'P1' }] }, { code: 7 }]) {
      service.answer({
        pupils: ({ query }, response) => (query['p'] === '1' ? takeOver(answer, response) : { code: 0, data: [] }),
      });
      await expect(carryOutPull(room, plans, START)).rejects.toThrow();
      expect(await state()).toMatchObject({ load: null, failures: 0, fault_code: null, held_by: other });
      expect(await governance.rows('select * from load')).toEqual([]);
      await governance.rows('update pull set held_by = null, held_until = null');
    }
  });

  it('is counted by resource: loads, their rows and time, and failures in a row', async () => {
    const registry = new Registry();
    observeLoads(registry, (text, values) => governance.rows(text, values as unknown[]));
    has({ xh: 'P1' }, { xh: 'P2' });
    const first = await work(FROM_SERVICE, START);
    fails();
    await work(FROM_SERVICE, first.next_at.getTime());
    const text = await registry.metrics();
    const of = 'subgraph="pulled-pupils",type="Pupil"';
    expect(text).toContain(`sharehub_loads_total{${of},outcome="loaded"} 1\n`);
    expect(text).toContain(`sharehub_load_rows_total{${of},outcome="loaded"} 2\n`);
    expect(text).toMatch(new RegExp(`sharehub_load_seconds_total\\{${of},outcome="loaded"\\} 0\\.\\d+`));
    expect(text).toContain(`sharehub_pull_failures{${of}} 1\n`);
  });

  it('is seen by its department', async () => {
    has({ xh: 'P1' });
    await work(FROM_SERVICE, START);
    const ask = async (department: string, roles: string[]) => {
      const answer = await governance.as({ system: 'a-system', department, person: 'zhao.lei', roles } as never)(
        '{ pulls(first: 5) { nodes { id source every nextAt sourceTime failures faultCode } } }',
      );
      return answer.data.pulls.nodes;
    };
    expect(await ask('public-security', ['provider'])).toEqual([
      {
        ...{ id: 'pulled-pupils.Pupil', source: 'edu-gate', every: 'DAILY', nextAt: '2026-03-01T18:10:00.000Z' },
        ...{ sourceTime: null, failures: 0, faultCode: null },
      },
    ]);
    expect(await ask('civil-affairs', ['provider'])).toEqual([]);
  });
});
