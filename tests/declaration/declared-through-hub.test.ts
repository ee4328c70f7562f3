import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type pg from 'pg';
import pino from 'pino';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { boundTo } from '../../shared/sources/registered-source.js';
import { encryptSecret, envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { startDeclared, type RunningDeclared } from '../../subgraphs/declared/index.js';
import { checkVersions } from '../../subgraphs/governance/registry/index.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';
import { ServiceServer } from '../services/support/service-server.js';
import { EDUCATION } from './education.js';

/** The pupils of another department of the demo's, who are residents of the demo's too. */
const PUPILS = EDUCATION.replaceAll('department: education', 'department: civil-affairs');

const settings: Record<string, string> = { CATALOGUE_REVIEW: 'sdl', GRANT_LEASE_MS: '20000' };
let hub: System;
let declared: RunningDeclared;
let pool: pg.Pool;
let rows: pg.Pool;
let leave: () => Promise<void>;

beforeAll(async () => {
  const port = await freePort();
  settings['DECLARED_URL'] = `http://127.0.0.1:${port}`;
  hub = await startSystem(settings, 20);
  await hub.restart('governance', {
    registry: { origins: new Set(), readListed: async () => [...hub.subgraphs.keys()] },
  });
  await hub.governance.query(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900001', 'education-files', 'civil-affairs', now())`,
  );
  const { database, host, port: databasePort, user, password } = hub.governance;
  pool = openTestPool({ database, host, port: databasePort, user, password, max: 4 });
  const server = await openTestServer();
  const name = testDatabaseName('declared');
  await server.createDatabase(name);
  rows = openTestPool({ connectionString: server.url(name), max: 2 });
  declared = await startDeclared({
    port,
    secret: await openHubSecret(hub.folder, undefined),
    databaseUrl: server.url(name),
    governanceUrl: hub.config.GOVERNANCE_DATABASE_URL!,
    connected: { hosts: SourceHosts.read('127.0.0.0/8'), timeZone: 'Asia/Shanghai' },
    logger: pino({ level: 'silent' }),
  });
  leave = async () => {
    await declared.stop();
    await rows.end();
    await server.dropDatabase(name);
    await server.stop();
  };
}, 120_000);
afterAll(async () => {
  await leave?.();
  await pool?.end();
  await hub?.stop();
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const RESULT = '{ version { id number state url found { code message } } refusal { code message details } }';
const act = async (person: string, text: string, variables: Record<string, unknown> = {}): Promise<Loose> => {
  const { data, errors } = await hub.ask('civil-affairs-app', text, { person, variables });
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.values(data!)[0];
};
const submit = (declaration: string, subgraph = 'education-files', person = 'chen.jing') =>
  act(
    person,
    `mutation ($subgraph: String!, $declaration: String!) {
      submitDeclaration(subgraph: $subgraph, declaration: $declaration, note: "学籍共享") ${RESULT} }`,
    { subgraph, declaration },
  );
const check = async (): Promise<void> => {
  const config = { ...hub.config, SUPERGRAPH_CONFIG: `${hub.folder}/supergraph.yaml` };
  const checker = await versionChecker(config, new Map());
  while (
    await checkVersions({
      pool,
      tables: rows,
      store: new RecordStore('Asia/Shanghai'),
      now: Date.now(),
      check: checker,
    })
  );
};
const publish = (id: string, person = 'civil-affairs.head') =>
  act(person, `mutation { publishVersion(id: "${id}") ${RESULT} }`);
const bring = async (result: Loose): Promise<Loose> => {
  expect(result.refusal).toBeNull();
  await check();
  const { version, refusal } = await publish(result.version.id);
  expect(refusal).toBeNull();
  return version;
};
const ask = (query: string, scenario?: string) => hub.ask('tax-app', query, scenario === undefined ? {} : { scenario });
const isServed = async (query: string) =>
  (await ask(query)).errors?.[0]?.extensions['code'] !== 'GRAPHQL_VALIDATION_FAILED';

it('a department declares a resource; another person publishes it, and it is shared by the rules', async () => {
  const foreign = await submit(PUPILS, 'others');
  expect(foreign.refusal).toMatchObject({ code: 'PERMIT_UNKNOWN' });
  const bad = await submit(PUPILS.replace('type: Int, share', 'type: Integer, share'));
  expect(bad.refusal).toMatchObject({
    code: 'DECLARATION_MALFORMED',
    details: [expect.stringMatching(/^line 27, column 27, DECLARATION_MALFORMED: types.Pupil.items.grade.type /)],
  });
  const other = await submit(PUPILS.replace('subgraph: education-files', 'subgraph: others'));
  expect(other.refusal).toMatchObject({ code: 'DECLARATION_MALFORMED' });
  const unsaid = await submit(PUPILS.replace('hosted: {}', 'service: gate'));
  expect(unsaid.refusal).toMatchObject({
    code: 'DECLARATION_MALFORMED',
    details: expect.arrayContaining([expect.stringMatching(/SERVICE_UNFIT: types.School.from must say `success`/)]),
  });

  const { version, refusal } = await submit(PUPILS);
  expect(refusal).toBeNull();
  expect(version.url).toMatch(/^declared:\/education-files\/[0-9a-f]{32}$/);
  expect((await publish(version.id)).refusal).toMatchObject({ code: 'STATE_UNFIT' });
  await check();
  expect((await publish(version.id, 'chen.jing')).refusal).toMatchObject({ code: 'SAME_PERSON' });
  const published = await publish(version.id);
  expect(published).toMatchObject({ version: { state: 'PUBLISHED' }, refusal: null });
  await waitUntil(() => isServed('{ pupils { nodes { name } } }'));

  const resident = (
    await hub.rows('population', 'select id_number, name from resident order by id_number limit 1')
  )[0]!;
  await rows.query(
    `insert into "education-files"."Pupil" ("studentNumber", "idNumber", name, stage, division, score, hardship)
     values ('P1', $1, '张三', 'PRIMARY', '330102', 98.50, '低保'), ('P2', '110101201001010014', '李四', 'JUNIOR', '110101', 60, null)`,
    [resident['id_number']],
  );

  // Unconditional items are for every department; the others wait for a grant, and one that is not shared stays null.
  const denied = await ask('{ pupils { nodes { name stage score hardship } } }');
  expect(denied.data).toEqual({
    pupils: {
      nodes: [
        { name: '张三', stage: 'PRIMARY', score: null, hardship: null },
        { name: '李四', stage: 'JUNIOR', score: null, hardship: null },
      ],
    },
  });
  expect(denied.errors?.map(({ extensions: { code, item } }) => [code, item])).toEqual([
    ...[
      ['PURPOSE_REQUIRED', 'Pupil.score'],
      ['NOT_SHARED', 'Pupil.hardship'],
    ],
  ]);

  // Within Zhejiang, and the identity number in its de-identified form.
  const [scenario] = (
    await hub.governance.query<{ code: string }>(`select code from scenario where department = 'tax'`)
  ).rows;
  await hub.governance.query(
    `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis, rows, masks)
     values ('G-900001', 'tax', $1, 'QUERY', '["Pupil.score", "Pupil.idNumber"]', now() - interval '1 day', now() + interval '1 day',
             'chen.jing', '["教育法"]', '["33"]', '{"Pupil.idNumber": "IDENTITY"}')`,
    [scenario!.code],
  );
  const isGranted = async () =>
    (await ask('{ pupil(studentNumber: "P1") { score } }', scenario!.code)).data?.['pupil'].score !== null;
  await waitUntil(isGranted);
  const granted = await ask('{ pupils { nodes { name score idNumber } } }', scenario!.code);
  expect(granted.data?.['pupils'].nodes).toEqual([
    { name: '张三', score: '98.50', idNumber: expect.stringMatching(/^\d{6}\*{11}[\dX]$/) },
    { name: '李四', score: null, idNumber: null },
  ]);
  expect(granted.errors?.map(({ extensions }) => extensions['code'])).toContain('OUT_OF_SCOPE');

  // Beside the resident of another department.
  const crossed = await hub.ask(
    'civil-affairs-app',
    `{ pupil(studentNumber: "P1") { resident { name } } resident(idNumber: "${resident['id_number']}") { name pupil { name } } }`,
  );
  expect(crossed.errors).toBeUndefined();
  expect(crossed.data).toEqual({
    pupil: { resident: { name: resident['name'] } },
    resident: { name: resident['name'], pupil: { name: '张三' } },
  });
}, 120_000);

it('a next version is served at once, an earlier one comes back, and the end is the end', async () => {
  let isOver = false;
  const failures: unknown[] = [];
  const asking = (async () => {
    while (!isOver) {
      const { errors } = await ask('{ pupil(studentNumber: "P1") { name } }');
      if (errors) failures.push(errors);
    }
  })();
  const next = PUPILS.replace(
    '      bornOn:',
    '      motto: { title: 座右铭, share: { type: UNCONDITIONAL } }\n      bornOn:',
  );
  await bring(await submit(next));
  await waitUntil(() => isServed('{ pupils { nodes { motto } } }'));
  expect((await ask('{ pupils { nodes { motto } } }')).errors).toBeUndefined();

  const retyped = await submit(next.replace('title: 座右铭', 'title: 座右铭, type: Int'));
  expect(retyped.refusal).toMatchObject({
    code: 'DECLARATION_UNFIT',
    details: ['Pupil.motto is kept as text, and would be integer.'],
  });

  // What live rows do not fit is refused before anybody could publish it.
  await rows.query(`update "education-files"."Pupil" set "schoolCode" = 'S1'`);
  for (const [unfit, why] of [
    [next.replace('title: 座右铭', 'title: 座右铭, required: true'), 'rows without motto'],
    [next.replace('[idNumber]]', '[idNumber], [schoolCode]]'), 'several rows with the same schoolCode'],
  ] as const) {
    const { version } = await submit(unfit);
    await check();
    const refused = await act(
      'chen.jing',
      `{ subgraphVersionOf(id: "${version.id}") { state found { code message } } }`,
    );
    expect(refused.state).toBe('REFUSED');
    expect(refused.found).toContainEqual({ code: 'HOSTED_TABLE_UNFIT', message: expect.stringContaining(why) });
  }
  expect((await ask('{ pupils { nodes { motto } } }')).errors).toBeUndefined();

  await bring(
    await act(
      'chen.jing',
      `mutation { rollbackSubgraph(subgraph: "education-files", number: 1, reason: "有误") ${RESULT} }`,
    ),
  );
  await waitUntil(async () => !(await isServed('{ pupils { nodes { motto } } }')));
  expect((await ask('{ pupil(studentNumber: "P1") { name } }')).data).toEqual({ pupil: { name: '张三' } });
  isOver = true;
  await asking;
  expect(failures).toEqual([]);

  // What live grants rest on is ended by the authority alone.
  await hub.governance.query(`update share_grant set revoked_at = now() where id = 'G-900001'`);
  await bring(
    await act('chen.jing', `mutation { retireSubgraph(subgraph: "education-files", reason: "停办") ${RESULT} }`),
  );
  await waitUntil(async () => !(await isServed('{ pupil(studentNumber: "P1") { name } }')));
}, 120_000);

it('a type is read from a registered service; its failure is told to the department, and to callers by a code alone', async () => {
  const service = await ServiceServer.start();
  const source = {
    department: 'civil-affairs',
    name: 'gate',
    kind: 'REST',
    address: service.address,
    tls: 'NONE',
  } as const;
  const keys = envelopeKeys(await openHubSecret(hub.folder, undefined), 'source-credentials');
  await hub.governance.query(
    `insert into data_source (id, department, name, kind, address, tls, note, state, submitted_at, submitted_by)
     values ('S-900001', 'civil-affairs', 'gate', 'REST', $1, 'NONE', '', 'ACTIVE', now(), 'chen.jing')`,
    [service.address],
  );
  await hub.governance.query('insert into source_credential (source, sealed) values ($1, $2)', [
    'S-900001',
    await encryptSecret('geheim', keys.public, boundTo(source)),
  ]);
  await bring(
    await submit(`version: 1
subgraph: education-files
department: civil-affairs
types:
  School:
    title: 学校名录
    resource: { code: 301001/000001, library: EDUCATION, category: 主题类, updateCycle: REALTIME }
    share: { type: UNCONDITIONAL }
    from: { service: gate, success: { at: /code, is: [0] }, calls: [{ by: [number], path: '/schools/{number}', rows: /data }] }
    keys: [[number]]
    items: { number: { title: 学校代码, required: true }, name: { title: 学校名称, column: xxmc } }
    lookups: { school: [number] }
`),
  );
  const find = '{ school(number: "S1") { name } }';
  service.answer({ schools: () => ({ code: 0, data: { number: 'S1', xxmc: '第一小学' } }) });
  await waitUntil(async () => (await ask(find)).errors === undefined);
  expect((await ask(find)).data).toEqual({ school: { name: '第一小学' } });
  expect(service.calls[0]!.headers.authorization).toBe('Bearer geheim');
  service.answer({ schools: () => ({ code: 1, msg: 'ORA-00942 at 10.1.2.3' }) });
  const failed = await ask(find);
  expect(failed.data).toEqual({ school: null });
  expect(failed.errors?.map(({ extensions }) => extensions['code'])).toEqual(['SOURCE_UNAVAILABLE']);
  expect(JSON.stringify(failed)).not.toMatch(/ORA|10\.1\.2\.3|127\.0\.0\.1|gate"/);
  const faults = async () =>
    (await hub.governance.query<{ faults: unknown }>(`select faults from data_source where id = 'S-900001'`)).rows[0]!
      .faults;
  await waitUntil(async () => JSON.stringify(await faults()).includes('ANSWER_FAILED'));
  await service.stop();
}, 120_000);
