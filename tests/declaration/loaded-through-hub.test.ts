import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { shows, showsPartOf } from '../conformance/shows.js';
import pg from 'pg';
import pino from 'pino';
import { versionChecker } from '../../cli/launch/version-checker.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { startDeclared, type RunningDeclared } from '../../subgraphs/declared/index.js';
import { checkVersions } from '../../subgraphs/governance/registry/index.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { rounds } from '../support/rounds.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';
import { ServiceServer } from '../services/support/service-server.js';
import { EDUCATION } from './education.js';

const TABLES = testDatabaseName('declared');
const ROWS = rounds(15_000, 60_000);
const settings: Record<string, string> = { CATALOGUE_REVIEW: 'sdl', GRANT_LEASE_MS: '20000' };
let hub: System;
let server: DatabaseServer;
let declared: RunningDeclared;
let pool: pg.Pool;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  const port = await freePort();
  settings['DECLARED_URL'] = `http://127.0.0.1:${port}`;
  hub = await startSystem(settings, 20);
  await hub.restart('governance', {
    registry: { origins: new Set(), readListed: async () => [...hub.subgraphs.keys()] },
    loading: { mostBytes: 100_000_000 },
  });
  await hub.governance.query(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900001', 'education-files', 'civil-affairs', now())`,
  );
  const { database, host, port: databasePort, user, password } = hub.governance;
  pool = openTestPool({ database, host, port: databasePort, user, password, max: 4 });
  server = await openTestServer();
  await server.createDatabase(TABLES);
  declared = await startDeclared({
    port,
    secret: await openHubSecret(hub.folder, undefined),
    databaseUrl: server.url(TABLES),
    governanceUrl: hub.config.GOVERNANCE_DATABASE_URL!,
    logger: pino({ level: 'silent' }),
  });
}, 120_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  await declared?.stop();
  await pool?.end();
  await hub?.stop();
  await server?.dropDatabase(TABLES);
  await server?.stop();
}, 60_000);

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  await new Promise((resolve) => listening.close(resolve));
  return port;
}
const startWorker = () =>
  (worker = fork(join('dist', 'cli', 'index.js'), ['worker'], {
    env: {
      ...process.env,
      ...{ DATA_DIR: hub.folder, SUPERGRAPH_CONFIG: join(hub.folder, 'supergraph.yaml'), LOG_LEVEL: 'silent' },
      SOURCE_HOSTS: '127.0.0.0/8',
      ...{ GOVERNANCE_DATABASE_URL: hub.config.GOVERNANCE_DATABASE_URL!, DECLARED_DATABASE_URL: server.url(TABLES) },
      NODE_OPTIONS: '',
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  }));
async function kill(): Promise<void> {
  const gone = once(worker!, 'exit');
  worker!.kill('SIGKILL');
  await gone;
}
const act = async (text: string, variables: Record<string, unknown> = {}, person = 'chen.jing'): Promise<Loose> => {
  const { data, errors } = await hub.ask('civil-affairs-app', text, { person, variables });
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.values(data!)[0];
};
const PUPILS = EDUCATION.replaceAll('department: education', 'department: civil-affairs');
async function publish(declaration = PUPILS): Promise<void> {
  const { version } = await act(
    `mutation ($declaration: String!) { submitDeclaration(subgraph: "education-files", declaration: $declaration, note: "学籍") { version { id } } }`,
    { declaration },
  );
  const config = { ...hub.config, SUPERGRAPH_CONFIG: join(hub.folder, 'supergraph.yaml') };
  const check = await versionChecker(config, new Map());
  while (await checkVersions({ pool, store: new RecordStore('Asia/Shanghai'), now: Date.now(), check }));
  await act(`mutation { publishVersion(id: "${version.id}") { version { id } } }`, {}, 'civil-affairs.head');
}
async function announce(content: string, type: string, mode: string): Promise<string> {
  const [sha256, bytes] = [createHash('sha256').update(content).digest('hex'), Buffer.byteLength(content)];
  const { load, refusal } = await act(
    'mutation ($input: LoadInput!) { announceLoad(input: $input) { load { id } refusal { code message } } }',
    {
      input: {
        subgraph: 'education-files',
        type,
        key: `${mode} ${sha256}`,
        sha256,
        bytes,
        fileName: 'a.csv',
        format: 'CSV',
        mode,
      },
    },
  );
  expect(refusal).toBeNull();
  await writeFile(join(hub.folder, 'loads', load.id), content);
  return load.id;
}
const loadOf = (id: string) =>
  act(`{ loadOf(id: "${id}") { state rowsRead code message counts { rows inserted updated deleted } } }`);
const pupils = (grade: number) =>
  [
    '学号,公民身份号码,姓名,学段,年级,学校代码,行政区划,出生日期,成绩,是否寄宿,入学时间,困难情况',
    ...Array.from({ length: ROWS }, (_, at) => {
      const born = new Date(Date.UTC(2010, 0, 1 + Math.floor(at / 900)));
      const id = identityNumber('330106', born.toISOString().slice(0, 10).replaceAll('-', ''), (at % 900) + 1);
      return `S${at},${id},学生${at},PRIMARY,${grade},,330106,${born.toISOString().slice(0, 10)},98.5,是,2020-09-01 08:00,`;
    }),
  ].join('\n');

it('a file of a declared type is loaded, survives killed workers, and is asked for in the graph', async () => {
  shows('HZ-7.1d', 'HZ-7.2a');
  showsPartOf('QZ-2.3i', 'CZ-9.1c');
  await publish();
  await waitUntil(
    async () => (await hub.ask('tax-app', '{ pupil(studentNumber: "S0") { grade } }')).errors === undefined,
    30_000,
  );

  startWorker();
  const first = await announce(pupils(3), 'Pupil', 'UPSERT');
  await waitUntil(async () => (await loadOf(first)).rowsRead > 0, 30_000);
  await kill();
  startWorker();
  await waitUntil(async () => (await loadOf(first)).state !== 'LOADING', 60_000);
  expect(await loadOf(first)).toMatchObject({ state: 'LOADED', code: null, counts: { rows: ROWS, inserted: ROWS } });

  const changed = await announce(pupils(4), 'Pupil', 'FULL');
  await waitUntil(async () => (await loadOf(changed)).rowsRead > 0, 30_000);
  await kill();
  startWorker();
  await waitUntil(async () => (await loadOf(changed)).state !== 'LOADING', 60_000);
  expect(await loadOf(changed)).toMatchObject({
    state: 'LOADED',
    counts: { rows: ROWS, inserted: 0, updated: ROWS, deleted: 0 },
  });

  const { data, errors } = await hub.ask('tax-app', `{ pupil(studentNumber: "S${ROWS - 1}") { grade } }`);
  expect([errors, data]).toEqual([undefined, { pupil: { grade: 4 } }]);
  const denied = await hub.ask('tax-app', `{ pupil(studentNumber: "S${ROWS - 1}") { score } }`);
  expect(denied.errors?.[0]?.extensions['code']).toBe('PURPOSE_REQUIRED');
  const reader = new pg.Client({ connectionString: server.url(TABLES) });
  await reader.connect();
  const { rows } = await reader.query(
    `select (select count(*)::int from "education-files"."Pupil") as rows,
            (select count(*)::int from "education-files"."Pupil_history") as history`,
  );
  await reader.end();
  expect(rows).toEqual([{ rows: ROWS, history: ROWS }]);
}, 300_000);

it('rows of a registered service are pulled by the worker, and asked for in the graph', async () => {
  const service = await ServiceServer.start();
  service.answer({ schools: () => ({ code: 0, data: [{ dm: 'S1', mc: '第一小学' }] }) });
  await hub.governance.query(
    `insert into data_source (id, department, name, kind, address, tls, note, state, submitted_at, submitted_by)
     values ('S-900001', 'civil-affairs', 'gate', 'REST', $1, 'NONE', '', 'ACTIVE', now(), 'chen.jing')`,
    [service.address],
  );
  if (!worker || worker.exitCode !== null) startWorker();
  await publish(
    PUPILS.replace(
      'hosted: {}',
      'hosted: { pull: { service: gate, success: { at: /code, is: [0] }, calls: [{ path: /schools, rows: /data, pages: whole }], every: DAILY } }',
    )
      .replace('code: { title: 学校代码, required', 'code: { title: 学校代码, column: dm, required')
      .replace('name: { title: 学校名称, required', 'name: { title: 学校名称, column: mc, required'),
  );
  const find = () => hub.ask('tax-app', '{ school(code: "S1") { name } }');
  await waitUntil(async () => (await find()).data?.['school'] != null, 60_000);
  expect((await find()).data).toEqual({ school: { name: '第一小学' } });
  const pulls = async () => (await act('{ pulls(first: 5) { nodes { id source load checkedAt faultCode } } }')).nodes;
  await waitUntil(async () => (await pulls())[0].checkedAt !== null, 30_000);
  expect(await pulls()).toMatchObject([{ id: 'education-files.School', source: 'gate', load: null, faultCode: null }]);
  await service.stop();
}, 200_000);
