import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pino from 'pino';
import { fillOnce, openOrm, openPool } from '../../shared/database/index.js';
import { sampleEnterprise } from '../../shared/sample/organisation.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import * as hosted from '../../subgraphs/declared/index.js';
import { startDeclared, type RunningDeclared } from '../../subgraphs/declared/index.js';
import { publishLibraries, subgraph as governance } from '../../subgraphs/governance/index.js';
import { fillLibraries, LIBRARY_NAMES, sampleLibraries } from '../../subgraphs/libraries/index.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { showsPartOf } from '../conformance/shows.js';
import { startSystem, type System } from '../support/system.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const RESIDENTS = 120;
let hub: System;
let declared: RunningDeclared;
let tablesUrl: string;
let leave: () => Promise<void>;

beforeAll(async () => {
  const port = await freePort();
  hub = await startSystem({ DECLARED_URL: `http://127.0.0.1:${port}`, GRANT_LEASE_MS: '20000' }, RESIDENTS);
  const server = await openTestServer();
  const name = testDatabaseName('declared');
  await server.createDatabase(name);
  tablesUrl = server.url(name);
  const governanceUrl = hub.config.GOVERNANCE_DATABASE_URL!;
  const orm = await openOrm({ ...governance, url: governanceUrl, connections: 2 });
  await fillOnce(orm, 'subgraph_version', async (insert) => void (await publishLibraries(insert, sampleLibraries())));
  await orm.close(true);
  await fillLibraries(hosted, tablesUrl, governanceUrl, RESIDENTS);
  declared = await startDeclared({
    port,
    secret: await openHubSecret(hub.folder, undefined),
    databaseUrl: tablesUrl,
    governanceUrl,
    logger: pino({ level: 'silent' }),
  });
  leave = async () => {
    await declared.stop();
    await server.dropDatabase(name);
    await server.stop();
  };
  // A first start has them in force before the gateway looks; this one is told of them.
  for (const state of ['CHECKED', 'PUBLISHED'])
    await hub.governance.query('update subgraph_version set state = $1', [state]);
  await waitUntil(async () => (await ask('{ powerItems { totalCount } }')).errors === undefined);
}, 120_000);
afterAll(async () => {
  await leave?.();
  await hub?.stop();
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const ask = (query: string, scenario?: string) => hub.ask('tax-app', query, scenario === undefined ? {} : { scenario });
/** The query that a README shows. */
const queryOf = (folder: string): string => {
  const text = readFileSync(join('subgraphs', 'libraries', folder, 'README.md'), 'utf8');
  return /```graphql\n([\s\S]*?)```/.exec(text)![1]!;
};

it('a restricted item asks for a purpose, one that is not shared is refused, and both by the reviewed catalogue', async () => {
  const { data, errors } = await ask('{ creditProfiles(first: 1) { nodes { grade score objection } } }');
  expect(data).toEqual({ creditProfiles: { nodes: [{ grade: expect.any(String), score: null, objection: null }] } });
  expect(errors?.map(({ extensions: { code, item, basis } }) => [code, item, basis])).toEqual([
    ['PURPOSE_REQUIRED', 'CreditProfile.score', ['优化营商环境条例 第五十三条']],
    ['NOT_SHARED', 'CreditProfile.objection', ['政府信息公开条例 第十六条']],
  ]);
  const related = await ask('{ residents(first: 1) { nodes { name healthRecord { recordNumber } } } }');
  expect(related.data?.['residents'].nodes[0].healthRecord).toBeNull();
  expect(related.errors?.map(({ extensions }) => extensions['code'])).toEqual(['PURPOSE_REQUIRED']);
  const reviewed = await ask('{ catalogueResources(library: "CREDIT") { nodes { name provider } } }');
  expect(reviewed.data?.['catalogueResources'].nodes).toEqual(
    expect.arrayContaining([{ name: '信用主体基础信息', provider: 'development-reform' }]),
  );
});

it('a restricted item is given under a grant, masked where it says so, and to nobody else', async () => {
  const query = '{ creditProfiles(first: 1) { nodes { score contactPhone } } }';
  const granted = await ask(query, 'tax-credit-review');
  expect(granted.errors).toBeUndefined();
  expect(granted.data?.['creditProfiles'].nodes).toEqual([
    { score: expect.any(Number), contactPhone: expect.stringMatching(/^\d{3}\*{4}\d{4}$/) },
  ]);
  const other = await hub.ask('housing-app', query, { scenario: 'public-rental-review' });
  expect(other.data?.['creditProfiles'].nodes).toEqual([{ score: null, contactPhone: null }]);
  expect(other.errors?.map(({ extensions }) => extensions['code'])).toEqual(['GRANT_REQUIRED', 'GRANT_REQUIRED']);
});

it('one query is answered from all eight foundational libraries', async () => {
  showsPartOf('HZ-7.1b', 'JL-21a', 'YN-10a');
  const { creditCode, legalRepresentative } = sampleEnterprise(0);
  const query = queryOf('.')
    .replace(/idNumber: "\w+"/, `idNumber: "${legalRepresentative}"`)
    .replace(/creditCode: "\w+"/, `creditCode: "${creditCode}"`);
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  const text = expect.stringMatching(/./);
  expect(data).toEqual({
    resident: { name: text, division: { name: text } },
    enterprise: {
      name: text,
      division: {
        name: text,
        parent: {
          name: text,
          economicIndicators: { nodes: [{ indicator: text, period: text, value: text, unit: text }] },
        },
      },
      certificates: expect.arrayContaining([{ kind: 'BUSINESS', status: text }]),
      credit: { grade: text, seriouslyDishonest: expect.any(Boolean) },
      cases: { nodes: [{ status: text, acceptedOn: text, power: { name: text, promisedDays: expect.any(Number) } }] },
    },
  });
});

it.each(LIBRARY_NAMES)('the query for a dashboard of %s is answered with rows', async (name) => {
  const { data, errors } = await ask(queryOf(name));
  expect(errors).toBeUndefined();
  for (const [field, page] of Object.entries(data!)) {
    const count = page.nodes?.length ?? page.totalCount;
    expect({ field, rows: count > 0 }).toEqual({ field, rows: true });
  }
});

it('a next start fills nothing, even where a library has been emptied or ended', async () => {
  const pool = openPool({ url: tablesUrl, connections: 1 });
  await pool.query('update "credit"."CreditEvent" set _deleted_at = now()');
  const count = async () =>
    (await pool.query<{ n: number }>('select count(*)::int as n from "credit"."CreditEvent"')).rows;
  const before = await count();
  await hub.governance.query(`update subgraph_version set state = 'SUPERSEDED' where subgraph = 'price'`);
  await pool.query('drop schema price cascade');
  const again = await fillLibraries(hosted, tablesUrl, hub.config.GOVERNANCE_DATABASE_URL!, RESIDENTS);
  expect(again).toEqual({ filled: [], rows: 0 });
  expect(await count()).toEqual(before);
  await pool.end();
});
