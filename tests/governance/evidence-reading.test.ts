import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../../shared/evidence/access-record.js';
import type { GraphRecord } from '../../shared/evidence/graph-record.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { SubjectHasher } from '../../shared/evidence/keys/subject-keys.js';
import { listGraphProviders, readItemProviders, type EvidenceTables } from '../../shared/evidence/store/index.js';
import { openTables } from '../../subgraphs/governance/core/index.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { recordAct } from './support/record-act.js';
import { storeEvidence } from './support/store-evidence.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const hashers = ['new', 'old'].map((id) => new SubjectHasher(id, createSecretKey(Buffer.from(id.padEnd(32)))));
const hashesOf = (subject: string) => hashers.map((hasher) => ({ key: hasher.id, hash: hasher.hash(subject) }));
const LI = '11010519491231002X';
const WANG = '440524188001010014';

const GRAPH: GraphRecord = {
  kind: 'graph',
  time: '2026-01-01T00:00:00.000Z',
  version: 'g1',
  items: [
    {
      provider: 'public-security',
      resource: 'R-P',
      shareType: 'CONDITIONAL',
      coordinates: ['Resident.name', 'Resident.phone', 'Resident.address'],
    },
    {
      provider: 'human-resources',
      resource: 'R-H',
      shareType: 'UNCONDITIONAL',
      coordinates: ['Pension.months', 'Pension.employer'],
    },
  ],
};
const use = (requestId: string, time: string, more: Partial<AccessRecord>): AccessRecord => ({
  kind: 'access',
  time,
  requestId,
  graphVersion: 'g1',
  system: `${more.department}-app`,
  approvals: [],
  released: [],
  denied: [],
  internal: [],
  subjects: [],
  subjectCount: 0,
  rows: {},
  mode: 'QUERY',
  medium: 'ONLINE',
  outcome: 'answered',
  milliseconds: 1,
  operation: 'f'.repeat(64),
  grantVersion: 7,
  ...more,
});
const of = (id: string, key = 0) => hashers[key]!.hash(`PERSON:${id}`);

/** Oldest first. */
const USES: readonly AccessRecord[] = [
  use('u1', '2026-01-05T08:00:00.000Z', {
    departmentName: '住房保障局',
    department: 'housing',
    person: 'li.na',
    scenario: 'public-rental-review',
    purpose: '审核',
    approvals: [{ grant: 'D-0001', approver: 'zhao.lei', basis: ['办法 第七条'], uses: 3 }],
    released: ['Resident.name', 'Resident.phone'],
    internal: ['Resident.address'],
    subjects: [of(LI, 1)],
    subjectKey: 'old',
    subjectCount: 1,
    rows: { Resident: 1 },
  }),
  use('u2', '2026-01-06T08:00:00.000Z', {
    department: 'housing',
    scenario: 'public-rental-review',
    outcome: 'partial',
    released: ['Resident.name', 'Pension.months'],
    consents: [
      { consent: 'C-1', owner: 'public-security', item: 'Resident.income', decidedBy: ['a', 'b'] },
      { consent: 'C-2', decidedBy: ['c', 'd'] },
    ],
    rows: { Resident: 1, Pension: 4 },
    denied: [{ coordinate: 'Pension.employer', code: 'GRANT_REQUIRED' }],
    subjects: [of(LI)],
    subjectKey: 'new',
    subjectCount: 1,
  }),
  use('u3', '2026-01-07T08:00:00.000Z', {
    department: 'tax',
    scenario: 'arrears-recovery',
    mode: 'VERIFY',
    released: ['Pension.months'],
    rows: { Pension: 2 },
    subjects: [of(WANG)],
    subjectCount: 1,
  }),
  use('u4', '2026-01-07T08:00:00.000Z', {
    department: 'human-resources',
    outcome: 'refused',
    code: 'SCENARIO_UNKNOWN',
  }),
  use('u5', '2026-01-07T09:00:00.000Z', {
    department: undefined,
    system: undefined,
    outcome: 'refused',
    repeated: 40,
  }),
];

let governance: GovernanceUnderTest;
const asked = {} as Record<
  'auditor' | 'police' | 'pension' | 'housing' | 'tax' | 'desk' | 'secrecy' | 'authority',
  ReturnType<GovernanceUnderTest['as']>
>;

/** What a hub tells that has answered nobody yet. */
let beforeAnyUse: Awaited<ReturnType<ReturnType<GovernanceUnderTest['as']>>>;
beforeAll(async () => {
  governance = await startGovernance(hashesOf);
  beforeAnyUse = await governance.as({ department: 'audit', roles: ['auditor'] })(
    '{ uses { nodes { requestId } pageInfo { hasNextPage endCursor } } }',
  );
  await storeEvidence(governance.pool, [GRAPH, ...USES]);
  asked.auditor = governance.as({ department: 'audit', roles: ['auditor'] });
  asked.authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  asked.police = governance.as({ department: 'public-security', roles: ['provider', 'consumer'] });
  asked.pension = governance.as({ department: 'human-resources', roles: ['provider', 'consumer'] });
  asked.housing = governance.as({ department: 'housing', roles: ['consumer'] });
  asked.tax = governance.as({ department: 'tax', roles: ['consumer'] });
  asked.desk = governance.as({ department: 'citizen-hotline', roles: ['citizen-service'] });
  asked.secrecy = governance.as({ department: 'secrecy-bureau', roles: ['secrecy-reviewer'] });
}, 60_000);
afterAll(() => governance.stop());

type Who = keyof typeof asked;
const ids = async (who: Who, filter: object = {}, more = '') => {
  const { data, errors } = await asked[who](
    `query ($filter: UseFilter) { uses(filter: $filter ${more}) { nodes { requestId } } }`,
    { variables: { filter } },
  );
  expect(errors).toEqual([]);
  return (data.uses.nodes as { requestId: string }[]).map(({ requestId }) => requestId);
};

/** Cursor of the next page; null on the last one. */
const endOf = ({ pageInfo }: { pageInfo: { hasNextPage: boolean; endCursor: string } }): string | null =>
  pageInfo.hasNextPage ? pageInfo.endCursor : null;

describe('uses', () => {
  it.each(['secrecy', 'desk'] as const)(
    'are refused to who is neither provider, consumer, auditor nor authority: %s',
    async (who) => {
      for (const root of [
        'uses { pageInfo { endCursor } }',
        'usesPerDay { day }',
        'unusedItems(since: "2026-01-01") { coordinate }',
        'timeline(resource: "R-P") { pageInfo { endCursor } }',
      ]) {
        const { errors } = await asked[who](`{ ${root} }`);
        expect(errors.map((error) => error.extensions.code)).toEqual(['OPERATION_DENIED']);
      }
    },
  );

  it('are none, and no fault, while nobody has used anything', () => {
    expect(beforeAnyUse.errors).toEqual([]);
    expect(beforeAnyUse.data.uses).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it('are all there for auditor and authority, newest first', async () => {
    expect(await ids('auditor')).toEqual(['u5', 'u4', 'u3', 'u2', 'u1']);
    expect(await ids('authority')).toEqual(['u5', 'u4', 'u3', 'u2', 'u1']);
  });

  it('are the own ones for a consumer; CZ-13b', async () => {
    expect(await ids('housing')).toEqual(['u2', 'u1']);
    expect(await ids('tax')).toEqual(['u3']);
    expect(await ids('housing', { department: 'tax' })).toEqual([]);
    expect(await ids('housing', { requestId: 'u3' })).toEqual([]);
  });

  it('are those of its items for a provider, beside its own', async () => {
    expect(await ids('police')).toEqual(['u2', 'u1']);
    expect(await ids('pension')).toEqual(['u4', 'u3', 'u2']);
    const only = governance.as({ department: 'human-resources', roles: ['provider'] });
    const { data } = await only('{ uses { nodes { requestId } } }');
    expect(data.uses.nodes).toEqual([{ requestId: 'u3' }, { requestId: 'u2' }]);
  });

  it('show a provider its own items of an operation and nothing of others’; QZ-8.4f', async () => {
    shows('QZ-8.4f');
    const { data } = await asked.pension(
      `{ uses(filter: { requestId: "u2" }) { nodes { department purpose released { coordinate resource }
           denied { coordinate code } internal { coordinate } rows { type count } } } }`,
    );
    expect(data.uses.nodes).toEqual([
      {
        department: 'housing',
        purpose: null,
        released: [{ coordinate: 'Pension.months', resource: 'R-H' }],
        denied: [{ coordinate: 'Pension.employer', code: 'GRANT_REQUIRED' }],
        internal: [],
        rows: [{ type: 'Pension', count: 4 }],
      },
    ]);
  });

  it('cannot be found by another provider’s item, resource or name', async () => {
    expect(await ids('pension', { item: 'Resident.name' })).toEqual([]);
    expect(await ids('pension', { resource: 'R-P' })).toEqual([]);
    expect(await ids('pension', { provider: 'public-security' })).toEqual([]);
    expect(await ids('police', { item: 'Resident.name' })).toEqual(['u2', 'u1']);
    expect(await ids('housing', { provider: 'human-resources' })).toEqual(['u2']);
  });

  it('name the consents they rest on, to a provider those that it gave; by others it finds nothing (YN-33c)', async () => {
    shows('YN-33c');
    const CONSENTS =
      '{ uses(filter: { requestId: "u2" }) { nodes { consents { consent owner item decidedBy } approvals { uses } } } }';
    const given = { consent: 'C-1', owner: 'public-security', item: 'Resident.income', decidedBy: ['a', 'b'] };
    const early = { consent: 'C-2', owner: null, item: null, decidedBy: ['c', 'd'] };
    for (const [who, consents] of [
      ['pension', []],
      ['police', [given]],
      ['housing', [given, early]],
      ['auditor', [given, early]],
    ] as const)
      expect((await asked[who](CONSENTS)).data.uses.nodes).toEqual([{ consents, approvals: [] }]);
    expect(await ids('police', { consent: 'C-1' })).toEqual(['u2']);
    expect(await ids('housing', { consent: 'C-1' })).toEqual(['u2']);
    expect(await ids('pension', { consent: 'C-1' })).toEqual([]);
    expect(await ids('police', { consent: 'C-2' })).toEqual([]);
  });

  it('cannot be found by a person of whom only another provider may have given something', async () => {
    expect(await ids('police', { subject: LI })).toEqual(['u1']);
    expect(await ids('pension', { subject: LI })).toEqual([]);
    expect(await ids('pension', { subject: WANG })).toEqual(['u3']);
    expect(await ids('housing', { subject: LI })).toEqual(['u2', 'u1']);
    expect(await ids('auditor', { subject: LI })).toEqual(['u2', 'u1']);
  });

  it.each([
    [{ from: '2026-01-06T08:00:00Z', until: '2026-01-07T08:00:00Z' }, ['u2']],
    [{ department: 'housing' }, ['u2', 'u1']],
    [{ provider: 'public-security' }, ['u2', 'u1']],
    [{ resource: 'R-H' }, ['u3', 'u2']],
    [{ item: 'Pension.employer' }, ['u2']],
    [{ item: 'Pension.employer', resource: 'R-P' }, []],
    [{ scenario: 'arrears-recovery' }, ['u3']],
    [{ person: 'li.na' }, ['u1']],
    [{ system: 'housing-app' }, ['u2', 'u1']],
    [{ mode: 'VERIFY' }, ['u3']],
    [{ outcome: 'REFUSED' }, ['u5', 'u4']],
    [{ requestId: 'u4' }, ['u4']],
    [{ consent: 'C-1' }, ['u2']],
    [{ consent: 'C-2' }, ['u2']],
    [{ consent: 'C' }, []],
    [{ department: 'housing', outcome: 'PARTIAL', item: 'Resident.name' }, ['u2']],
    [{ department: 'nobody' }, []],
    [{ department: null, from: null, mode: null }, ['u5', 'u4', 'u3', 'u2', 'u1']],
  ])('are found by %j', async (filter, expected) => {
    expect(await ids('auditor', filter)).toEqual(expected);
  });

  it.each([
    ['{ uses(first: 0) { pageInfo { endCursor } } }'],
    ['{ uses(first: 1001) { pageInfo { endCursor } } }'],
    ['{ uses(after: "") { pageInfo { endCursor } } }'],
    ['{ uses(after: "ZTEuMS4x!") { pageInfo { endCursor } } }'],
    [`{ uses(after: "${Buffer.from('e1.1.99999999999999999').toString('base64url')}") { pageInfo { endCursor } } }`],
    ['{ uses(filter: { subject: "1" }) { pageInfo { endCursor } } }'],
    ['{ timeline { pageInfo { endCursor } } }'],
    ['{ topUsers(filter: {}) { requests } }'],
  ])('are refused where the question is wrong: %s', async (text) => {
    const { errors } = await asked.auditor(text);
    expect(errors.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it.each(['auditor', 'police', 'pension', 'housing'] as const)('come page by page, each once: %s', async (who) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await asked[who](
        `query ($after: String) { uses(first: 1, after: $after) { nodes { requestId } pageInfo { hasNextPage endCursor } } }`,
        { variables: { after } },
      );
      seen.push(...data.uses.nodes.map((item: { requestId: string }) => item.requestId));
      after = endOf(data.uses);
    } while (after);
    expect(seen).toEqual(await ids(who));
  });

  it('say purpose, user, approver, content, time, mode and medium, and never whose data it was; QZ-8.2e', async () => {
    showsPartOf('QZ-8.2e');
    const { data, text } = await asked.auditor(`{ uses(filter: { requestId: "u1" }) { nodes {
      time department system person scenario purpose approvals { grant approver basis uses } released { coordinate }
      denied { coordinate } internal { coordinate } rows { type count } subjectCount mode medium outcome code repeated
      requestId operation graphVersion grantVersion position } } }`);
    expect(data.uses.nodes).toEqual([
      {
        time: '2026-01-05T08:00:00.000Z',
        department: 'housing',
        system: 'housing-app',
        person: 'li.na',
        scenario: 'public-rental-review',
        purpose: '审核',
        mode: 'QUERY',
        medium: 'ONLINE',
        outcome: 'ANSWERED',
        code: null,
        approvals: [{ grant: 'D-0001', approver: 'zhao.lei', basis: ['办法 第七条'], uses: 3 }],
        released: [{ coordinate: 'Resident.name' }, { coordinate: 'Resident.phone' }],
        denied: [],
        internal: [{ coordinate: 'Resident.address' }],
        rows: [{ type: 'Resident', count: 1 }],
        subjectCount: 1,
        repeated: null,
        requestId: 'u1',
        operation: 'f'.repeat(64),
        graphVersion: 'g1',
        grantVersion: 7,
        position: '2',
      },
    ]);
    expect(text).not.toContain(of(LI, 1));
  });
});

describe('figures', () => {
  it('by day, with outcomes; what a provider sees in part is counted, but not in rows', async () => {
    const days = `{ usesPerDay(filter: { from: "2026-01-01" }) { day requests answered partial refused rows subjects } }`;
    expect((await asked.auditor(days)).data.usesPerDay).toEqual([
      { day: '2026-01-05', requests: 1, answered: 1, partial: 0, refused: 0, rows: 1, subjects: 1 },
      { day: '2026-01-06', requests: 1, answered: 0, partial: 1, refused: 0, rows: 5, subjects: 1 },
      { day: '2026-01-07', requests: 42, answered: 1, partial: 0, refused: 41, rows: 2, subjects: 1 },
    ]);
    expect((await asked.pension(days)).data.usesPerDay).toEqual([
      { day: '2026-01-06', requests: 1, answered: 0, partial: 1, refused: 0, rows: null, subjects: null },
      { day: '2026-01-07', requests: 2, answered: 1, partial: 0, refused: 1, rows: 2, subjects: 1 },
    ]);
    expect((await asked.housing(days)).data.usesPerDay).toEqual([
      { day: '2026-01-05', requests: 1, answered: 1, partial: 0, refused: 0, rows: 1, subjects: 1 },
      { day: '2026-01-06', requests: 1, answered: 0, partial: 1, refused: 0, rows: 5, subjects: 1 },
    ]);
  });

  it('are filtered, and count nothing for an item that is another provider’s', async () => {
    const days = async (who: Who, filter: object) =>
      (
        await asked[who]('query ($f: FigureFilter) { usesPerDay(filter: $f) { day requests } }', {
          variables: { f: { from: '2026-01-01', ...filter } },
        })
      ).data.usesPerDay;
    expect(await days('auditor', { item: 'Pension.months', from: '2026-01-07' })).toEqual([
      { day: '2026-01-07', requests: 1 },
    ]);
    expect(await days('auditor', { provider: 'public-security', until: '2026-01-05' })).toEqual([
      { day: '2026-01-05', requests: 1 },
    ]);
    expect(await days('pension', { item: 'Resident.name' })).toEqual([]);
    expect(await days('auditor', { scenario: 'arrears-recovery', department: 'tax' })).toEqual([
      { day: '2026-01-07', requests: 1 },
    ]);
  });

  it('name the top users of an item, of a resource; and departments and scenarios by use', async () => {
    const { data } = await asked.auditor(`{
      item: topUsers(filter: { from: "2026-01-01", item: "Pension.months" }) { department requests }
      denied: topUsers(filter: { from: "2026-01-01", item: "Pension.employer" }) { department requests }
      resource: topUsers(filter: { from: "2026-01-01", resource: "R-P" }, first: 1) { department requests }
      usesByDepartment(filter: { from: "2026-01-01" }) { department requests }
      usesByScenario(filter: { from: "2026-01-01", department: "housing" }) { department scenario requests }
    }`);
    expect(data.item).toEqual([
      { department: 'housing', requests: 1 },
      { department: 'tax', requests: 1 },
    ]);
    expect(data.denied).toEqual([]);
    expect(data.resource).toEqual([{ department: 'housing', requests: 2 }]);
    expect(data.usesByDepartment).toEqual([
      { department: null, requests: 40 },
      { department: 'housing', requests: 2 },
      { department: 'human-resources', requests: 1 },
      { department: 'tax', requests: 1 },
    ]);
    expect(data.usesByScenario).toEqual([{ department: 'housing', scenario: 'public-rental-review', requests: 2 }]);
    expect(
      (await asked.tax('{ usesByDepartment(filter: { from: "2026-01-01" }) { department requests } }')).data
        .usesByDepartment,
    ).toEqual([{ department: 'tax', requests: 1 }]);
  });

  it('name the items that nobody was given, to their provider and to who sees all', async () => {
    const unused = async (who: Who, since: string) =>
      (
        (await asked[who](`{ unusedItems(since: "${since}") { coordinate provider } }`)).data.unusedItems as {
          coordinate: string;
        }[]
      ).map(({ coordinate }) => coordinate);
    expect(await unused('auditor', '2026-01-01')).toEqual(['Pension.employer', 'Resident.address']);
    expect(await unused('auditor', '2026-01-06')).toEqual(['Pension.employer', 'Resident.address', 'Resident.phone']);
    expect(await unused('pension', '2026-01-08')).toEqual(['Pension.employer', 'Pension.months']);
    expect(await unused('housing', '2026-01-01')).toEqual([]);
  });
});

describe('acts and the whole course of things', () => {
  it('are seen by who acted, whom they concern, auditor and authority; the course of a resource is one list, from registration to use; YN-36f', async () => {
    shows('YN-36f');
    await asked.authority('mutation { suspendGrant(id: "D-0001", reason: "整改") { grant { id } } }');
    await asked.authority('mutation { suspendGrant(id: "D-0004", reason: "整改") { grant { id } } }');
    const acts = async (who: Who, filter = '') =>
      (
        (await asked[who](`{ acts${filter} { nodes { act object terms } } }`)).data.acts.nodes as { object: string }[]
      ).map(({ object }) => object);
    expect(await acts('authority')).toEqual(['grant/D-0004', 'grant/D-0001']);
    expect(
      await acts('auditor', '(filter: { act: SUSPEND_GRANT, concerns: "public-security", object: "grant/D-0001" })'),
    ).toEqual(['grant/D-0001']);
    expect(await acts('police')).toEqual(['grant/D-0004', 'grant/D-0001']);
    expect(await acts('housing')).toEqual(['grant/D-0001']);
    expect(await acts('pension')).toEqual([]);
    expect(await acts('desk')).toEqual([]);

    const course = async (who: Who, what: string) => {
      const { data, errors } = await asked[who](
        `{ timeline(${what}, first: 10) { nodes { kind act { object } use { requestId } registration { graphVersion items { coordinate shareType } } } } }`,
      );
      expect(errors).toEqual([]);
      return (data.timeline.nodes as Record<string, Record<string, unknown> | null>[]).map(
        ({ act, use, registration }) => act?.['object'] ?? use?.['requestId'] ?? registration?.['graphVersion'],
      );
    };
    expect(await course('auditor', 'resource: "R-P"')).toEqual(['grant/D-0004', 'grant/D-0001', 'u2', 'u1', 'g1']);
    expect(await course('police', 'resource: "R-P"')).toEqual(['grant/D-0004', 'grant/D-0001', 'u2', 'u1', 'g1']);
    expect(await course('pension', 'resource: "R-P"')).toEqual(['g1']);
    expect(await course('auditor', 'object: "grant/D-0001"')).toEqual(['grant/D-0001', 'u1']);
    expect(await course('tax', 'object: "grant/D-0001"')).toEqual([]);
  });

  it('go on page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await asked.auditor(
        'query ($after: String) { timeline(resource: "R-P", first: 2, after: $after) { nodes { position } pageInfo { hasNextPage endCursor } } }',
        { variables: { after } },
      );
      seen.push(...data.timeline.nodes.map((item: { position: string }) => item.position));
      after = endOf(data.timeline);
    } while (after);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });
});

describe('what a citizen is told', () => {
  const inquiry = (who: Who, identifier: string, more = '') =>
    asked[who](
      `{ subjectUses(identifier: "${identifier}" ${more}) { identifier total withheld pageInfo { hasNextPage endCursor } nodes { time department departmentName scenario purpose basis released mode requestId } } }`,
    );

  it.each(['housing', 'police', 'auditor', 'authority', 'secrecy'] as const)(
    'is told by nobody else: %s',
    async (who) => {
      const { data, errors } = await inquiry(who, LI);
      expect([data?.subjectUses ?? null, errors.map((error) => error.extensions.code)]).toEqual([
        null,
        ['OPERATION_DENIED'],
      ]);
    },
  );

  it('are the uses under every key that is kept, and no officer’s name', async () => {
    const { data, text } = await inquiry('desk', LI);
    expect(data.subjectUses).toMatchObject({ identifier: LI, total: 2, withheld: 0 });
    expect(endOf(data.subjectUses)).toBeNull();
    expect(data.subjectUses.nodes[1]).toEqual({
      time: '2026-01-05T08:00:00.000Z',
      department: 'housing',
      departmentName: '住房保障局',
      scenario: 'public-rental-review',
      purpose: '审核',
      basis: ['办法 第七条'],
      mode: 'QUERY',
      requestId: 'u1',
      released: ['Resident.name', 'Resident.phone'],
    });
    expect(text).not.toMatch(/li\.na|zhao\.lei/);
    // The department's name of today is not told of a record that has none of its time.
    expect(data.subjectUses.nodes[0]).toMatchObject({ requestId: 'u2', departmentName: null });
    const page = await inquiry('desk', LI, ', first: 1');
    const next = await inquiry('desk', LI, `, first: 1, after: "${page.data.subjectUses.pageInfo.endCursor}"`);
    expect(
      [page, next].flatMap(({ data }) => data.subjectUses.nodes.map((item: { requestId: string }) => item.requestId)),
    ).toEqual(['u2', 'u1']);
  });

  it('is refused for what is no identity number', async () => {
    expect((await inquiry('desk', '110105194912310020')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is nothing where nothing was given of that person', async () => {
    const { data } = await inquiry('desk', identityNumber('330106', '19900307', 123));
    expect(data.subjectUses).toMatchObject({ total: 0, withheld: 0, nodes: [] });
    expect(endOf(data.subjectUses)).toBeNull();
  });

  const SEAL = 'mutation ($i: SealInput!) { sealUses(input: $i) { seal { id until } refusal { code } } }';
  const seal = async (who: Who, input: object) =>
    asked[who](SEAL, {
      variables: {
        i: {
          department: 'housing',
          from: '2026-01-06T00:00:00Z',
          until: new Date(Date.now() + 86_400_000).toISOString(),
          reason: '案件侦办',
          basis: ['刑事诉讼法 第五十四条'],
          ...input,
        },
      },
    });

  it.each([
    [{ basis: [] }, 'SEAL_MALFORMED'],
    [{ until: '2026-01-07T00:00:00Z' }, 'SEAL_MALFORMED'],
    [{ until: '2050-01-07T00:00:00Z' }, 'SEAL_MALFORMED'],
    [{ reason: ' ' }, 'SEAL_MALFORMED'],
    [{ department: 'nobody' }, 'DEPARTMENT_UNKNOWN'],
    [{ scenario: 'nothing' }, 'SCENARIO_UNKNOWN'],
    [{ grant: 'D-0004' }, 'GRANT_UNKNOWN'],
  ])('cannot be sealed with %j', async (input, code) => {
    const { data } = await seal('authority', input);
    expect(data.sealUses).toEqual({ seal: null, refusal: { code } });
  });

  it('is withheld under a seal and counted, until it is lifted or its time has come', async () => {
    expect((await seal('housing', {})).errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    const sealed = (await seal('authority', {})).data.sealUses.seal;
    const told = async () => {
      const { total, withheld, nodes } = (await inquiry('desk', LI)).data.subjectUses;
      return [total, withheld, nodes.map((item: { requestId: string }) => item.requestId)];
    };
    expect(await told()).toEqual([1, 1, ['u1']]);
    expect((await inquiry('desk', WANG)).data.subjectUses).toMatchObject({ total: 1, withheld: 0 });
    expect(await ids('auditor', { subject: LI })).toEqual(['u2', 'u1']);
    const lifted = await asked.authority(
      `mutation { unsealUses(id: "${sealed.id}", reason: "结案") { seal { liftedAt } } }`,
    );
    expect(lifted.data.unsealUses.seal.liftedAt).toMatch(/^20/);
    expect(await told()).toEqual([2, 0, ['u2', 'u1']]);
    await seal('authority', { from: '2026-01-01T00:00:00Z', grant: 'D-0001', scenario: 'public-rental-review' });
    expect(await told()).toEqual([1, 1, ['u2']]);
    await governance.rows(`update use_seal set until_at = now() - interval '1 second' where lifted_at is null`);
    expect(await told()).toEqual([2, 0, ['u2', 'u1']]);
    const { data } = await asked.auditor(
      '{ acts(first: 3) { nodes { act object concerns basis reason } } seals { nodes { id department } } }',
    );
    expect(data.acts.nodes.map(({ act }: { act: string }) => act)).toEqual(['SEAL_USES', 'UNSEAL_USES', 'SEAL_USES']);
    expect(data.acts.nodes[2]).toMatchObject({
      object: `seal/${sealed.id}`,
      concerns: ['housing'],
      reason: '案件侦办',
    });
    expect(data.seals.nodes).toHaveLength(2);
    expect((await asked.desk('{ seals { nodes { id } } }')).errors[0]?.extensions.code).toBe('OPERATION_DENIED');
  });
});

it('the items that nobody uses are those of the graph in force, also where an older one came again', async () => {
  const unused = async () => {
    const { data } = await asked.auditor('{ unusedItems(since: "2026-01-01") { coordinate } }');
    return (data.unusedItems as { coordinate: string }[]).map(({ coordinate }) => coordinate);
  };
  const other: GraphRecord = {
    kind: 'graph',
    time: '2026-02-01T00:00:00.000Z',
    version: 'g2',
    items: [{ provider: 'tax', resource: 'R-T', shareType: 'UNCONDITIONAL', coordinates: ['Payer.name'] }],
  };
  await storeEvidence(governance.pool, [other]);
  expect(await unused()).toEqual(['Payer.name']);
  await storeEvidence(governance.pool, [{ ...GRAPH, time: '2026-02-02T00:00:00.000Z' }]);
  expect(await unused()).toEqual(['Pension.employer', 'Resident.address']);
});

it('a graph that one department tries is evidence, and never the graph in force', async () => {
  const tried: GraphRecord = {
    kind: 'graph',
    time: '2026-03-01T00:00:00.000Z',
    version: 'dev-g3',
    items: [{ provider: 'tax', resource: 'R-P', shareType: 'UNCONDITIONAL', coordinates: ['Payer.tried'] }],
    variant: { subgraph: 'payers', department: 'tax', person: 'x' },
  };
  await storeEvidence(governance.pool, [{ ...GRAPH, time: '2026-02-03T00:00:00.000Z' }, tried]);
  const { data } = await asked.auditor(`{ unusedItems(since: "2026-01-01") { coordinate }
    timeline(resource: "R-P", first: 10) { nodes { registration { graphVersion } } } }`);
  expect(data.unusedItems).not.toContainEqual({ coordinate: 'Payer.tried' });
  expect(JSON.stringify(data.timeline)).not.toContain('dev-g3');
  const tables = openTables<EvidenceTables>(governance.pool);
  expect(await listGraphProviders(tables, { after: '', limit: 100 })).not.toContain('tax');
  expect((await readItemProviders(tables, ['Payer.tried'])).size).toBe(0);
});

it('what somebody did to the catalogue, by applications, with grants and by queries is one list, by actor and time (HZ-9.3e, YN-36f)', async () => {
  shows('HZ-9.3e', 'YN-36f');
  for (const [act, object] of [
    ['SUBMIT_RESOURCE', 'resource/300001/000009'],
    ['SUBMIT_APPLICATION', 'application/S-000009'],
    ['REVOKE_GRANT', 'grant/G-000009'],
  ] as const)
    await recordAct(governance.pool, { act, object, department: 'housing', person: 'li.na', concerns: ['tax'] });
  const done = async (who: Who, actor: string) => {
    const { data, errors } = await asked[who](
      `{ timeline(actor: { ${actor} }, first: 100) { nodes { act { object } use { requestId } } } }`,
    );
    if (errors.length > 0) return errors[0]!.extensions.code;
    const items = data.timeline.nodes as Record<'act' | 'use', Record<string, string> | null>[];
    return items.map(({ act, use }) => act?.['object'] ?? use?.['requestId']);
  };
  const acts = ['grant/G-000009', 'application/S-000009', 'resource/300001/000009'];
  expect(await done('auditor', 'person: "li.na"')).toEqual([...acts, 'u1']);
  expect(await done('auditor', 'department: "housing"')).toEqual([...acts, 'u2', 'u1']);
  expect(await done('auditor', 'department: "housing", until: "2026-01-06T00:00:00Z"')).toEqual(['u1']);
  expect(await done('auditor', 'person: "li.na", from: "2026-01-05T09:00:00Z"')).toEqual(acts);
  expect(await done('pension', 'person: "li.na"')).toEqual([]);
  expect(await done('auditor', 'from: "2026-01-01T00:00:00Z"')).toBe('BAD_USER_INPUT');
});

it('the authority follows data from its registration by application, acceptance and authorisation to its use (YN-34a)', async () => {
  shows('YN-34a');
  const course = [
    ['PUBLISH_RESOURCE', 'resource/100001/000001', 'data-bureau'],
    ['SUBMIT_APPLICATION', 'application/S-000010', 'housing'],
    ['AGREE_TO_SHARE', 'application/S-000010', 'public-security'],
    ['GRANT', 'grant/D-0001', 'data-bureau'],
  ] as const;
  for (const [act, object, department] of course) await recordAct(governance.pool, { act, object, department });
  const { data } = await asked.authority(`{
    acts(first: 4) { nodes { act object department } }
    application: acts(filter: { object: "application/S-000010" }) { nodes { act department } }
    grant: timeline(object: "grant/D-0001", first: 100) { nodes { act { act } use { requestId } } }
    uses(filter: { requestId: "u1" }) { nodes { department approvals { grant } } }
  }`);
  expect(data.acts.nodes).toEqual(
    course.map(([act, object, department]) => ({ act, object, department })).toReversed(),
  );
  expect(data.application.nodes).toEqual([
    { act: 'AGREE_TO_SHARE', department: 'public-security' },
    { act: 'SUBMIT_APPLICATION', department: 'housing' },
  ]);
  expect(data.grant.nodes).toEqual(
    expect.arrayContaining([
      { act: { act: 'GRANT' }, use: null },
      { act: null, use: { requestId: 'u1' } },
    ]),
  );
  expect(data.uses.nodes).toEqual([{ department: 'housing', approvals: [{ grant: 'D-0001' }] }]);
});
