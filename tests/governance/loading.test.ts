import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { shows, showsPartOf } from '../conformance/shows.js';
import type pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import {
  carryOutLoad,
  clearLoads,
  type DropRoom,
  type LoadRoom,
  takeDrops,
} from '../../subgraphs/governance/loading/index.js';
import { removeRetiredTables } from '../../subgraphs/governance/registry/index.js';
import { HEADING, ID_NUMBERS, PUPILS } from '../loading/support/pupils.js';
import type { Loose } from '../support/system.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const TABLES = testDatabaseName('hosted');
let governance: GovernanceUnderTest;
let server: DatabaseServer;
let tables: pg.Pool;
let folder: string;
let room: LoadRoom;
const findTable: LoadRoom['findTable'] = async (_database, subgraph, type) =>
  subgraph === PUPILS.schema && type === PUPILS.table ? PUPILS : undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-loads-'));
  server = await openTestServer();
  await server.createDatabase(TABLES);
  tables = openTestPool({ connectionString: server.url(TABLES), max: 4 });
  governance = await startGovernance(undefined, { loading: { mostBytes: 1_000_000, findTable } });
  await governance.rows(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values
       ('P-900001', '${PUPILS.schema}', 'public-security', now())`,
  );
  room = {
    ...{ pool: governance.pool, tables, folder, findTable, mostVanished: 10, timeZone: 'Asia/Shanghai' },
    store: new RecordStore('Asia/Shanghai'),
  };
}, 60_000);
afterAll(async () => {
  await governance.stop();
  await tables.end();
  await server.dropDatabase(TABLES);
  await server.stop();
  await rm(folder, { recursive: true });
}, 60_000);
beforeEach(async () => {
  await governance.rows('alter table load disable trigger keep');
  await governance.rows('delete from load');
  await governance.rows('alter table load enable trigger keep');
  await tables.query(`drop schema if exists "education-files" cascade; create schema "education-files";
    create table "education-files"."Pupil" ("studentNumber" text primary key, "idNumber" text, name text, "bornOn" date,
      score numeric, _hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text)`);
});

const PEOPLE = {
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  other: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  machine: { department: 'public-security', system: 'public-security-app', roles: ['provider', 'consumer'] },
  stranger: { department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] },
  auditor: { department: 'audit-office', person: 'somebody', roles: ['auditor'] },
} as const;
type Who = keyof typeof PEOPLE;
async function ask(who: Who, text: string, variables: object = {}): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  if (errors.length > 0) throw new Error(errors.map(({ extensions }) => extensions.code).join());
  return Object.values(data)[0];
}
const LOAD = `load { id state rowsRead counts { rows inserted rejected } code message reports } refusal { code message }`;
const csv = (...lines: string[]) => `${[HEADING, ...lines].join('\n')}\n`;
const row = (number: string) => `${number},${ID_NUMBERS[0]},张三,2015-03-01,98.5`;
const inputOf = (content: string, more: object = {}) => ({
  ...{ subgraph: PUPILS.schema, type: 'Pupil', key: randomUUID(), fileName: '学籍.csv', format: 'CSV', mode: 'UPSERT' },
  ...{ sha256: createHash('sha256').update(content).digest('hex'), bytes: Buffer.byteLength(content) },
  ...more,
});
const announce = (input: object, who: Who = 'clerk') =>
  ask(who, `mutation ($input: LoadInput!) { announceLoad(input: $input) { ${LOAD} } }`, { input });
const upload = (id: string, content: string) => writeFile(join(folder, id), content);
const loadOf = (id: string, who: Who = 'clerk') =>
  ask(
    who,
    `query ($id: String!) { loadOf(id: $id) { id state counts { rows inserted updated rejected } code message } }`,
    { id },
  );
const ingest = (key: string, rows: (string | null)[][], who: Who = 'clerk') =>
  ask(
    who,
    `mutation ($key: String!, $rows: [[String]]!) {
      ingest(subgraph: "${PUPILS.schema}", type: "Pupil", key: $key, items: ["学号", "idNumber", "score"], rows: $rows) { ${LOAD} } }`,
    { key, rows },
  );
const acts = async () =>
  (await governance.rows(`select line from evidence.record where kind = 'act' order by seq desc limit 20`)).map(
    ({ line }) => JSON.parse(line as string),
  );

describe('an announcement', () => {
  it.each([
    ['by a person without the post', 'other', {}, 'LOADER_UNKNOWN'],
    ['by a system that nobody named', 'machine', {}, 'LOADER_UNKNOWN'],
    ['by another department', 'stranger', {}, 'LOADER_UNKNOWN'],
    ['of a subgraph that is not the department’s', 'clerk', { subgraph: 'tax' }, 'LOADER_UNKNOWN'],
    ['of a type that is not hosted', 'clerk', { type: 'School' }, 'TABLE_UNKNOWN'],
    ['without a key', 'clerk', { key: ' ' }, 'LOAD_MALFORMED'],
    ['without a hash', 'clerk', { sha256: 'abc' }, 'LOAD_MALFORMED'],
    ['of an empty file', 'clerk', { bytes: 0 }, 'LOAD_MALFORMED'],
    ['of a share that is none', 'clerk', { mostRejected: 101 }, 'LOAD_MALFORMED'],
    ['of a file that is too large', 'clerk', { bytes: 10_000_000_000 }, 'LOAD_TOO_LARGE'],
  ] as const)('%s is refused', async (_, who, more, code) => {
    expect((await announce(inputOf(csv(), more), who)).refusal).toMatchObject({ code });
    expect(await governance.rows('select from load')).toEqual([]);
  });

  it('is denied to callers who publish nothing', async () => {
    await expect(announce(inputOf(csv()), 'auditor')).rejects.toThrow();
  });

  it('again under its key gives the same load; with other content it is refused', async () => {
    const first = await announce(inputOf(csv(row('S1')), { key: 'k' }));
    expect((await announce(inputOf(csv(row('S1')), { key: 'k' }))).load.id).toBe(first.load.id);
    expect((await announce(inputOf(csv(row('S2')), { key: 'k' }))).refusal.code).toBe('LOAD_KEY_REUSED');
    expect((await announce(inputOf(csv(row('S1')), { key: 'k', mode: 'FULL' }))).refusal.code).toBe('LOAD_KEY_REUSED');
  });
});

describe('whom a data administrator names', () => {
  const name = (loader: string, who: Who = 'clerk') =>
    ask(
      who,
      `mutation ($loader: String!) { nameLoader(subgraph: "${PUPILS.schema}", loader: $loader) { loader { id } refusal { code } } }`,
      { loader },
    );
  it('may load until the name is withdrawn', async () => {
    expect((await name('market-app')).refusal.code).toBe('LOADER_UNKNOWN');
    expect((await name('public-security-app', 'stranger')).refusal.code).toBe('PERMIT_UNKNOWN');
    await expect(name('public-security-app', 'machine')).rejects.toThrow();
    const { loader } = await name('public-security-app');
    expect((await name('public-security-app')).loader.id).toBe(loader.id);
    expect((await announce(inputOf(csv()), 'machine')).refusal).toBeNull();
    const withdraw = (who: Who) =>
      ask(who, `mutation { withdrawLoader(id: "${loader.id}") { loader { withdrawnAt } refusal { code } } }`);
    expect((await withdraw('stranger')).refusal.code).toBe('LOADER_UNKNOWN');
    expect((await withdraw('clerk')).loader.withdrawnAt).not.toBeNull();
    expect((await announce(inputOf(csv()), 'machine')).refusal.code).toBe('LOADER_UNKNOWN');
  });
});

describe('a load', () => {
  it('is not begun before its file is whole', async () => {
    const content = csv(row('S1'));
    const { load } = await announce(inputOf(content));
    expect(await carryOutLoad(room)).toBeUndefined();
    await upload(load.id, content.slice(0, -1));
    expect(await carryOutLoad(room)).toBeUndefined();
    await upload(load.id, content);
    expect(await carryOutLoad(room)).toBe(load.id);
    expect(await loadOf(load.id)).toMatchObject({ state: 'LOADED', counts: { rows: 1, inserted: 1 } });
    expect(await carryOutLoad(room)).toBeUndefined();
    await expect(stat(join(folder, load.id))).rejects.toThrow('ENOENT');
  });

  it('is refused with its reason, and leaves a report; both are the department’s own', async () => {
    const content = csv(row('S1'), 'S2,1');
    const { load } = await announce(inputOf(content));
    await upload(load.id, content);
    await carryOutLoad(room);
    expect(await loadOf(load.id)).toMatchObject({ state: 'REFUSED', code: 'ROWS_INVALID', counts: null });
    expect(await loadOf(load.id, 'stranger')).toBeNull();
    expect(await loadOf(load.id, 'auditor')).toMatchObject({ state: 'REFUSED' });
    expect(await readFile(join(folder, `${load.id}.problems.csv`), 'utf8')).toContain('3,,ROW_RAGGED');
  });

  it('is evidence: who announced what, and how it ended, without a value of it', async () => {
    const content = csv(row('S1'));
    const { load } = await announce(inputOf(content));
    await upload(load.id, content);
    await carryOutLoad(room);
    const found = await acts();
    expect(found.slice(0, 2)).toMatchObject([
      { act: 'LOAD_ROWS', object: `load/${load.id}`, concerns: ['public-security'], terms: { rows: 1, inserted: 1 } },
      { act: 'ANNOUNCE_LOAD', person: 'zhao.lei', terms: { subgraph: PUPILS.schema, type: 'Pupil' } },
    ]);
    expect(JSON.stringify(found)).not.toContain(ID_NUMBERS[0]);
  });

  it('that another worker is at is left to it', async () => {
    const content = csv(row('S1'));
    const { load } = await announce(inputOf(content));
    await upload(load.id, content);
    const both = await Promise.all([carryOutLoad(room), carryOutLoad(room)]);
    expect(both.filter((id) => id !== undefined)).toEqual([load.id]);
  });

  it('that another worker has ended since it was listed is not told as carried out', async () => {
    const content = csv(row('S1'));
    const { load } = await announce(inputOf(content));
    await upload(load.id, content);
    const ended: (string | undefined)[] = [];
    let connections = 0;
    // The list is the first connection, the lock the second.
    const slowPool = new Proxy(governance.pool, {
      get: (pool, name) => {
        if (name !== 'connect') return Reflect.get(pool, name, pool) as unknown;
        return async (...callback: Parameters<pg.Pool['connect']>) => {
          if (++connections === 2) ended.push(await carryOutLoad(room));
          pool.connect(...callback);
        };
      },
    });
    expect(await carryOutLoad({ ...room, pool: slowPool })).toBeUndefined();
    expect(ended).toEqual([load.id]);
  });

  it('that has to wait keeps no other waiting', async () => {
    const [first, second] = [await announce(inputOf(csv(row('S1')))), await announce(inputOf(csv(row('S2'))))];
    await upload(first.load.id, csv(row('S1')));
    await upload(second.load.id, csv(row('S2')));
    const waits: LoadRoom['findTable'] = async (...asked) => {
      const { rows } = await tables.query(`select from "education-files"."Pupil"`);
      return rows.length > 0 ? undefined : findTable(...asked);
    };
    let asked = 0;
    const once: LoadRoom['findTable'] = (...which) => {
      if (asked++ === 0) throw new Error('away');
      return waits(...which);
    };
    expect(await carryOutLoad({ ...room, findTable: once })).toBe(second.load.id);
    expect(await loadOf(first.load.id)).toMatchObject({ state: 'LOADING' });
  });

  it('that ends the process again and again is given up', async () => {
    const { load } = await announce(inputOf(csv(row('S1'))));
    await upload(load.id, csv(row('S1')));
    await governance.rows('update load set attempts = 5');
    await carryOutLoad(room);
    expect(await loadOf(load.id)).toMatchObject({ state: 'REFUSED', code: 'LOAD_FAILED' });
  });

  it('whose file is not the announced one is refused', async () => {
    const { load } = await announce(inputOf(csv(row('S1'))));
    await upload(load.id, csv(row('S2')));
    await carryOutLoad(room);
    expect(await loadOf(load.id)).toMatchObject({ state: 'REFUSED', code: 'FILE_CHANGED' });
  });

  it('that is never uploaded expires, and reports go after a month', async () => {
    const { load } = await announce(inputOf(csv(row('S1'))));
    const report = join(folder, 'L-000000.problems.csv');
    await writeFile(report, '');
    await upload(load.id, 'S');
    await clearLoads(room, Date.now() + 2 * 86_400_000);
    expect(await loadOf(load.id)).toMatchObject({ state: 'ANNOUNCED' });
    await clearLoads(room, Date.now() + 4 * 86_400_000);
    expect(await loadOf(load.id)).toMatchObject({ state: 'EXPIRED' });
    await expect(stat(join(folder, load.id))).rejects.toThrow('ENOENT');
    await stat(report);
    await utimes(report, 0, 0);
    await clearLoads(room, Date.now());
    await expect(stat(report)).rejects.toThrow('ENOENT');
  });
});

describe('rows that are pushed', () => {
  it('must have a value for each item', async () => {
    expect((await ingest('k', [['S1', ID_NUMBERS[0]]])).refusal).toMatchObject({ code: 'LOAD_MALFORMED' });
    expect((await ingest('k', [null as never])).refusal).toMatchObject({ code: 'LOAD_MALFORMED' });
    expect((await ingest('k', [])).refusal).toMatchObject({ code: 'LOAD_MALFORMED' });
    expect((await ingest('k', [['S1', ID_NUMBERS[0], '1']], 'stranger')).refusal).toMatchObject({
      code: 'LOADER_UNKNOWN',
    });
  });

  it('are loaded once under their key, and kept nowhere else', async () => {
    showsPartOf('QZ-2.3a');
    const rows = [
      ['S1', ID_NUMBERS[0], '98.50'],
      ['S2', ID_NUMBERS[1], null],
    ];
    const { load } = await ingest('push-1', rows);
    expect((await ingest('push-1', rows)).load.id).toBe(load.id);
    expect(await carryOutLoad(room)).toBe(load.id);
    expect(await loadOf(load.id)).toMatchObject({ state: 'LOADED', counts: { inserted: 2 } });
    expect((await ingest('push-1', rows)).load).toMatchObject({
      id: load.id,
      state: 'LOADED',
      counts: { inserted: 2 },
    });
    expect((await ingest('push-1', rows.slice(1))).refusal.code).toBe('LOAD_KEY_REUSED');
    expect(await governance.rows('select content from load')).toEqual([{ content: null }]);
  });
});

describe('a folder in which a front-end machine drops files', () => {
  const content = csv(row('S1'));
  let inbox: string;
  let dropRoom: DropRoom;
  beforeEach(async () => {
    const drops = await mkdtemp(join(folder, 'drops-'));
    inbox = join(drops, 'public-security', PUPILS.schema);
    await mkdir(inbox, { recursive: true });
    dropRoom = { ...room, drops, mostBytes: 1_000_000 };
  });
  const manifestOf = (more: object = {}) => ({
    ...{ file: 'pupils.csv', type: 'Pupil', sha256: createHash('sha256').update(content).digest('hex') },
    ...more,
  });
  const drop = (manifest: object | string) =>
    writeFile(join(inbox, 'a.manifest.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  const dropFile = () => writeFile(join(inbox, 'pupils.csv'), content);
  const receipt = async () =>
    JSON.parse(await readFile(join(inbox, 'receipts', 'a.receipt.json'), 'utf8').catch(() => 'null'));
  /** @param later  ms after which the folder is looked at */
  const look = async (later = 0) => {
    await takeDrops(dropRoom, Date.now() + later);
    while ((await carryOutLoad(room)) !== undefined);
    await takeDrops(dropRoom, Date.now() + later);
    return receipt();
  };
  const LATER = 61_000;

  it.each([
    ['is no JSON', '{"file": "pup', 'MANIFEST_MALFORMED'],
    ['names a file elsewhere', manifestOf({ file: '../../secret.csv' }), 'MANIFEST_MALFORMED'],
    ['has a member that nobody reads', manifestOf({ table: 'x' }), 'MANIFEST_MALFORMED'],
    ['has an unknown mode', manifestOf({ mode: 'replace' }), 'MANIFEST_MALFORMED'],
    ['names a file that is not there', manifestOf({ file: 'other.csv' }), 'FILE_MISSING'],
    ['has another hash than the file', manifestOf({ sha256: '0'.repeat(64) }), 'FILE_CHANGED'],
    ['names a type that is not hosted', manifestOf({ type: 'School' }), 'TABLE_UNKNOWN'],
    ['has a share that is none', manifestOf({ mostRejected: 101 }), 'LOAD_MALFORMED'],
  ])('gets a receipt that says why, where the manifest %s', async (_, manifest, code) => {
    await dropFile();
    await drop(manifest);
    expect(await look(LATER)).toMatchObject({ state: 'REFUSED', code });
    expect(await readdir(inbox)).not.toContain('a.manifest.json');
    expect(await governance.rows('select from load')).toEqual([]);
  });

  it('of a department without the permit loads nothing', async () => {
    inbox = join(dropRoom.drops, 'civil-affairs', PUPILS.schema);
    await mkdir(inbox, { recursive: true });
    await dropFile();
    await drop(manifestOf());
    expect(await look()).toMatchObject({ state: 'REFUSED', code: 'PERMIT_UNKNOWN' });
  });

  it('never gives a file that a link leads to', async () => {
    await writeFile(join(dropRoom.drops, 'elsewhere.csv'), content);
    await symlink(join(dropRoom.drops, 'elsewhere.csv'), join(inbox, 'pupils.csv'));
    await drop(manifestOf());
    expect(await look(LATER)).toMatchObject({ code: 'FILE_MISSING' });
  });

  it('is left alone while a file or a manifest is half written', async () => {
    await drop('{"file": "pup');
    expect(await look()).toBeNull();
    await drop(manifestOf());
    expect(await look()).toBeNull();
    await writeFile(join(inbox, 'pupils.csv'), content.slice(0, 50));
    expect(await look()).toBeNull();
    await dropFile();
    expect(await look()).toMatchObject({ state: 'LOADED', counts: { rows: 1, inserted: 1 } });
    expect((await readdir(join(inbox, 'done'))).sort()).toEqual(['a.manifest.json', 'pupils.csv']);
    expect(await governance.rows('select department, announced_by from load')).toEqual([
      { department: 'public-security', announced_by: 'folder-drop' },
    ]);
  });

  it('gets the receipt and the report of a file that is refused; the same file again is loaded no more', async () => {
    const broken = csv(row('S1'), 'S2,1');
    const manifest = manifestOf({ sha256: createHash('sha256').update(broken).digest('hex') });
    for (let time = 0; time < 2; time++) {
      await writeFile(join(inbox, 'pupils.csv'), broken);
      await drop(manifest);
      expect(await look()).toMatchObject({
        state: 'REFUSED',
        code: 'ROWS_INVALID',
        load: expect.stringMatching(/^L-/),
      });
      expect(await readFile(join(inbox, 'receipts', 'a.problems.csv'), 'utf8')).toContain('3,,ROW_RAGGED');
    }
    expect(await governance.rows('select from load')).toHaveLength(1);
  });

  it('goes on where a worker was killed between announcing a file and handing it over', async () => {
    shows('HZ-8.2a');
    await dropFile();
    await drop(manifestOf());
    await takeDrops(dropRoom, Date.now());
    const [load] = await governance.rows('select id from load');
    await rm(join(folder, load!['id'] as string));
    expect(await look()).toMatchObject({ state: 'LOADED', load: load!['id'] });
  });
});

describe('the hosted tables of a subgraph that has ended', () => {
  const DAY_MS = 86_400_000;
  const ended = Date.parse('2026-03-01T00:00:00Z');
  const versions = async (declaration: string | null, state = 'PUBLISHED') => {
    await governance.rows('delete from subgraph_version');
    await governance.rows(
      `insert into subgraph_version (id, subgraph, number, kind, department, url, sdl, declaration, note, state,
                                     submitted_at, submitted_by, published_at, published_by)
       values ('V-1', $1, 1, 'SUBMISSION', 'public-security', $2, 'x', $3, 'x', 'SUPERSEDED', now(), 'zhao.lei', now(), 'x'),
              ('V-2', $1, 2, 'RETIREMENT', 'public-security', null, null, null, 'x', $4, now(), 'zhao.lei', $5, 'x')`,
      [
        PUPILS.schema,
        declaration === null ? 'https://a.example/' : 'declared:/a/b',
        declaration,
        state,
        new Date(ended).toISOString(),
      ],
    );
  };
  const remove = (days: number) => removeRetiredTables({ ...room, keptDays: 90 }, ended + days * DAY_MS);
  const isThere = async () =>
    (await tables.query(`select to_regclass('"education-files"."Pupil"') is not null as there`)).rows[0].there;
  afterAll(() => governance.rows('delete from subgraph_version'));

  it('stay until its days are over, and where it is published again or was never declared', async () => {
    await versions('version: 1');
    expect(await remove(90)).toBeUndefined();
    await versions('version: 1', 'SUPERSEDED');
    expect(await remove(100)).toBeUndefined();
    await versions(null);
    expect(await remove(100)).toBeUndefined();
    expect(await isThere()).toBe(true);
  });

  it('go after that, once, and their department has it on record', async () => {
    await versions('version: 1');
    const removed = await Promise.all([remove(91), remove(91)]);
    expect(removed.filter((subgraph) => subgraph !== undefined)).toEqual([PUPILS.schema]);
    expect(await isThere()).toBe(false);
    expect((await acts()).filter(({ act }) => act === 'REMOVE_TABLES')).toMatchObject([
      { object: 'subgraph-version/V-2', concerns: ['public-security'], terms: { subgraph: PUPILS.schema } },
    ]);
    expect(await remove(92)).toBeUndefined();
  });
});
