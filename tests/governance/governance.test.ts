import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { scenarioKey } from '../../shared/read-model/read-model.js';
import { GOVERNANCE_CHANNEL, readSnapshot, type SnapshotQuery } from '../../shared/read-model/read-snapshot.js';
import type { RunningSubgraph } from '../../shared/subgraph/index.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { start } from '../../subgraphs/governance/index.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { createSubgraphDatabase } from '../support/subgraph-database.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const database = testDatabaseName('governance');
const REVIEW = scenarioKey('housing', 'public-rental-review');
let server: DatabaseServer;
let subgraph: RunningSubgraph;
let client: pg.Client;
let housing: ReturnType<typeof askAs>;
let authority: ReturnType<typeof askAs>;
const heard: number[] = [];

const query: SnapshotQuery = async (sql, values) => (await client.query(sql, values as unknown[])).rows as never;
const version = async () => (await readSnapshot(query)).version;
const granted = async (key: string) => (await readSnapshot(query)).grants.get(key)?.map((grant) => grant.id) ?? [];

beforeAll(async () => {
  server = await openTestServer();
  await createSubgraphDatabase(server, database, 'governance');
  subgraph = await start({
    port: 0,
    key: subgraphKey(TEST_SECRET, 'governance'),
    databaseUrl: server.url(database),
    residents: 0,
  });
  housing = askAs('governance', subgraph.url, { department: 'housing', roles: ['consumer'] });
  authority = askAs('governance', subgraph.url, {
    department: 'data-bureau',
    person: 'wang.min',
    roles: ['authority'],
  });
  client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  client.on('notification', ({ payload }) => heard.push(Number(payload)));
  await client.query(`listen ${GOVERNANCE_CHANNEL}`);
}, 60_000);
afterAll(async () => {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
});

describe('what only the authority may do', () => {
  it.each([
    ['mutation { suspendDepartment(code: "tax") { department { code } } }', 'suspendDepartment'],
    ['mutation { resumeSystem(clientId: "housing-legacy") { system { clientId } } }', 'resumeSystem'],
    ['{ officers { nodes { name } } }', 'officers'],
  ])('is refused to another department, and nothing changes: %s', async (text, root) => {
    const before = await version();
    const { data, errors } = await housing(text);
    expect([data?.[root] ?? null, errors.map((error) => error.extensions.code)]).toEqual([null, ['OPERATION_DENIED']]);
    expect(await version()).toBe(before);
  });

  it('is refused to a caller that names no role', async () => {
    const { errors } = await askAs('governance', subgraph.url)('{ officers { nodes { name } } }');
    expect(errors[0]?.extensions.code).toBe('OPERATION_DENIED');
  });
});

describe('grants', () => {
  it('are made by the decision of an application alone', async () => {
    const { errors } = await authority(
      `mutation { grant(input: { department: "tax", scenario: "arrears-recovery", coordinates: ["Resident.annualIncome"],
        coordination: "any text" }) { grant { id } } }`,
    );
    expect(errors[0]?.message).toContain('Cannot query field "grant"');
  });

  it('of other departments do not exist for a department', async () => {
    const { data } = await housing('{ grants { nodes { department } } grantOf(id: "D-0003") { id } }');
    expect(new Set(data.grants.nodes.map((one: { department: string }) => one.department))).toEqual(
      new Set(['housing']),
    );
    expect(data.grantOf).toBeNull();
    expect((await housing('{ grants(department: "tax") { nodes { id } } }')).data.grants.nodes).toEqual([]);
  });

  it('are all there for the authority, with rows, quota and masks', async () => {
    const { data } = await authority(
      '{ grants(first: 100) { nodes { id rows quotaPerDay masked { coordinate as } } } }',
    );
    expect(data.grants.nodes).toEqual(
      expect.arrayContaining([
        { id: 'D-0004', rows: [expect.stringMatching(/^33/)], quotaPerDay: null, masked: [] },
        { id: 'D-0006', rows: null, quotaPerDay: null, masked: [{ coordinate: 'Resident.phone', as: 'PHONE' }] },
        { id: 'D-0007', rows: null, quotaPerDay: 3, masked: [] },
      ]),
    );
  });

  it('reach the read model when made, suspended, resumed and revoked, each under a newer version', async () => {
    const id = 'T-made';
    await client.query(
      `insert into share_grant
         (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis, rows, quota_per_day)
       values ($1, 'housing', 'public-rental-review', 'QUERY', '["Resident.phone"]', now(), now() + '1 day', 'x', '[]',
               '["3301"]', 5)`,
      [id],
    );
    const made = await readSnapshot(query);
    expect(made.grants.get(REVIEW)?.find((grant) => grant.id === id)).toMatchObject({
      coordinates: ['Resident.phone'],
      rows: ['3301'],
      quotaPerDay: 5,
      suspended: false,
    });
    const act = (text: string) => authority(`mutation { ${text} { grant { suspended } refusal { code } } }`);
    await act(`suspendGrant(id: "${id}", reason: "整改")`);
    const suspended = await readSnapshot(query, made);
    expect(suspended.version).toBeGreaterThan(made.version);
    expect(suspended.grants.get(REVIEW)?.find((grant) => grant.id === id)?.suspended).toBe(true);
    await act(`resumeGrant(id: "${id}")`);
    await act(`revokeGrant(id: "${id}", reason: "不再需要")`);
    const revoked = await readSnapshot(query, suspended);
    expect(revoked.grants.get(REVIEW)?.some((grant) => grant.id === id)).toBe(false);
    expect(revoked.grants.get('tax|arrears-recovery')).toBe(made.grants.get('tax|arrears-recovery'));
    const again = await act(`resumeGrant(id: "${id}")`);
    expect(again.data.resumeGrant).toEqual({ grant: null, refusal: { code: 'GRANT_REVOKED' } });
    expect((await act('revokeGrant(id: "nothing", reason: "x")')).data.revokeGrant.refusal.code).toBe('GRANT_UNKNOWN');
  });
});

describe('departments and systems', () => {
  it('are suspended and resumed, and the read model says so', async () => {
    await authority('mutation { suspendDepartment(code: "tax") { department { suspended } } }');
    await authority('mutation { suspendSystem(clientId: "housing-app") { system { suspended } } }');
    const { departments, systems } = await readSnapshot(query);
    expect([departments.get('tax')?.suspended, systems.get('housing-app')?.suspended]).toEqual([true, true]);
    await authority('mutation { resumeDepartment(code: "tax") { department { code } } }');
    await authority('mutation { resumeSystem(clientId: "housing-app") { system { clientId } } }');
    expect((await readSnapshot(query)).departments.get('tax')?.suspended).toBe(false);
  });

  it('that are unknown are refused as data', async () => {
    const { data } = await authority(
      'mutation { suspendDepartment(code: "x") { refusal { code } } suspendSystem(clientId: "x") { refusal { code } } }',
    );
    expect([data.suspendDepartment.refusal.code, data.suspendSystem.refusal.code]).toEqual([
      'DEPARTMENT_UNKNOWN',
      'SYSTEM_UNKNOWN',
    ]);
  });
});

describe('the read model', () => {
  it('has no version of a change that was rolled back, and nobody hears of it', async () => {
    const before = await version();
    heard.length = 0;
    await client.query('begin');
    await client.query(`update share_grant set suspended = true`);
    await client.query('rollback');
    expect([await version(), await granted(REVIEW), heard]).toEqual([before, ['D-0001', 'D-0008', 'D-0009'], []]);
  });

  it('announces the version of every committed change on its channel', async () => {
    heard.length = 0;
    await client.query(`update department set suspended = suspended where code = 'audit'`);
    expect(heard.at(-1)).toBe(await version());
  });

  it('is the same read whole and read by changes, grant by grant', async () => {
    const before = await readSnapshot(query);
    await client.query(`
      insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis)
      select 'T-' || n, 'housing', 'public-rental-review', 'QUERY', '["Resident.phone"]', now(), now() + '1 day', 'x', '[]'
        from generate_series(1, 500) n`);
    await client.query(`update share_grant set revoked_at = now() where id like 'T-%7'`);
    const [changed, whole] = [await readSnapshot(query, before), await readSnapshot(query)];
    const sorted = (grants: typeof whole.grants) =>
      [...grants].map(([key, list]) => [key, list.toSorted((a, b) => (a.id < b.id ? -1 : 1))]).toSorted();
    expect(sorted(changed.grants)).toEqual(sorted(whole.grants));
    expect(changed.version).toBe(whole.version);
    expect(whole.grants.get(REVIEW)).toHaveLength(453);
    await client.query(`update share_grant set revoked_at = now() where id like 'T-%'`);
  });

  it('holds no grant from a row that it cannot read in full', async () => {
    await client.query(`
      insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis, rows)
      values ('T-odd', 'housing', 'public-rental-review', 'QUERY', '["Resident.phone"]', now(), now() + '1 day', 'x', '[]',
              '{"not": "a list"}')`);
    expect(await granted(REVIEW)).not.toContain('T-odd');
  });

  it('holds the demo: a suspended system and grant, an expired, a row-scoped, a masked and a metered grant', async () => {
    const { systems, grants, officers } = await readSnapshot(query);
    const all = [...grants.values()].flat();
    expect(systems.get('housing-legacy')?.suspended).toBe(true);
    expect(officers.get('wang.min')?.roles).toContain('authority');
    expect(all.some((grant) => grant.suspended)).toBe(true);
    expect(all.some((grant) => grant.until < Date.UTC(2026, 5))).toBe(true);
    expect(all.some((grant) => grant.rows !== undefined)).toBe(true);
    expect(all.some((grant) => grant.masks?.['Resident.phone'] === 'PHONE')).toBe(true);
    expect(all.some((grant) => grant.quotaPerDay !== undefined)).toBe(true);
  });
});
