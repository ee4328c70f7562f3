import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { shows } from '../conformance/shows.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { declaredAddress, publishedAddress } from '../../shared/read-model/declared-address.js';
import { askAsHub } from '../../shared/subgraph/testing/index.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { startDeclared, type RunningDeclared } from '../../subgraphs/declared/index.js';
import { startGovernance, type GovernanceUnderTest } from '../governance/support/governance-under-test.js';
import { TEST_SECRET } from '../support/subgraph-client.js';
import type { Loose } from '../support/system.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { createPupils } from './support/school.js';
import { createPostgreSql, HOSTS, READER_PASSWORD, type SourceDatabase } from './support/source-database.js';

const DECLARATION = `version: 1
subgraph: police-files
department: public-security
types:
  Pupil:
    title: 学籍信息
    resource: { code: 301001/000002 }
    share: { type: UNCONDITIONAL }
    from: { database: front-machine, table: 学生_信息 }
    keys: [[number]]
    items: { number: { title: 学号, column: 学号, required: true }, name: { title: 姓名, column: 姓名 } }
    lookups: { pupil: [number] }
`;
let governance: GovernanceUnderTest;
let database: SourceDatabase;
let declared: RunningDeclared;
let leave: () => Promise<void>;
const logged: object[] = [];

beforeAll(async () => {
  const keys = envelopeKeys(TEST_SECRET, 'source-credentials');
  governance = await startGovernance(undefined, { sourceSettings: { hosts: HOSTS, credentialKey: keys.public } });
  database = await createPostgreSql();
  await database.owner(createPupils('POSTGRESQL'));
  await database.owner(`insert into "学生_信息" ("学号", "姓名") values ('S1', '张三')`);
  await database.grant('"学生_信息"');
  const server = await openTestServer();
  const name = testDatabaseName('declared');
  await server.createDatabase(name);
  const log = (details: object) => logged.push(details);
  declared = await startDeclared({
    port: 0,
    secret: TEST_SECRET,
    databaseUrl: server.url(name),
    governanceUrl: governance.url,
    connected: { hosts: HOSTS, timeZone: 'Asia/Shanghai', lookMs: 50, retryMs: 50 },
    logger: { debug: () => undefined, info: log, error: log, isLevelEnabled: () => false },
  });
  leave = async () => {
    await declared.stop();
    await server.dropDatabase(name);
    await server.stop();
  };
  const { sdl } = buildDeclaredGraph(parseDeclaration(DECLARATION).declaration!).built;
  await governance.rows(
    `insert into subgraph_version (id, subgraph, number, kind, department, url, sdl, note, state, submitted_at, submitted_by,
       declaration, published_at, published_by)
     values ('V-1', 'police-files', 1, 'SUBMISSION', 'public-security', $1, $2, 'x', 'PUBLISHED', now(), 'a', $3, now(), 'b')`,
    [declaredAddress('police-files', DECLARATION), sdl, DECLARATION],
  );
  await declared.follow();
}, 60_000);
afterAll(async () => {
  await leave?.();
  await database?.drop();
  await governance?.stop();
}, 60_000);

const mutate = async (person: string, text: string, variables: object = {}): Promise<Loose> => {
  const standing = {
    system: 'a-system',
    department: 'public-security',
    person,
    roles: ['provider', 'consumer'],
  } as const;
  const { data } = await governance.as(standing)(text, { variables });
  return Object.values(data)[0];
};
const pupil = async () => {
  const url = publishedAddress(declaredAddress('police-files', DECLARATION), new Set(), declared.url)!;
  const ask = askAsHub('police-files', url, subgraphKey(TEST_SECRET, 'police-files'));
  const { data, errors } = await ask('{ pupil(number: "S1") { name } }');
  return data?.pupil?.name ?? (errors as Loose[])[0]?.extensions.code;
};
const found = async () =>
  (await mutate('zhao.lei', '{ sources(first: 1) { nodes { found { code } } } }')).nodes[0]?.found.map(
    ({ code }: Loose) => code,
  );

it('is read once a second person has confirmed it, and its faults are shown to its department', async () => {
  shows('HZ-7.2d');
  expect(await pupil()).toBe('SOURCE_UNAVAILABLE');
  const { address, database: name, user } = database.source;
  const { source } = await mutate(
    'zhao.lei',
    'mutation ($input: SourceInput!) { registerSource(input: $input, note: "前置机") { source { id } } }',
    {
      input: {
        name: 'front-machine',
        kind: 'POSTGRESQL',
        address,
        database: name,
        user,
        password: READER_PASSWORD,
        tls: 'NONE',
      },
    },
  );
  await declared.follow();
  expect(await pupil()).toBe('SOURCE_UNAVAILABLE');
  await mutate('public-security.head', `mutation { confirmSource(id: "${source.id}") { source { state } } }`);
  // The database announces it.
  while ((await pupil()) !== '张三');
  await database.owner('alter table "学生_信息" rename column "姓名" to xm');
  while ((await found())?.[0] !== 'COLUMN_MISSING');
  expect(await pupil()).toBe('SOURCE_UNAVAILABLE');
  const ready: Loose = await (await fetch(`${declared.url}/readyz`)).json();
  expect(ready.sources).toEqual([{ id: source.id, faults: ['COLUMN_MISSING'] }]);
  await database.owner('alter table "学生_信息" rename column xm to "姓名"');
  while ((await found())?.length !== 0);
  expect(await pupil()).toBe('张三');
  await mutate('zhao.lei', `mutation { endSource(id: "${source.id}", reason: "停用") { source { state } } }`);
  while ((await pupil()) !== 'SOURCE_UNAVAILABLE');
  expect(JSON.stringify(logged)).not.toContain(READER_PASSWORD);
});
