import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashOf, readChainPosition } from '../../shared/evidence/record-line.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let governance: GovernanceUnderTest;
let authority: ReturnType<GovernanceUnderTest['as']>;

beforeAll(async () => {
  governance = await startGovernance();
  authority = governance.as({
    department: 'data-bureau',
    system: 'data-bureau-console',
    person: 'wang.min',
    roles: ['authority'],
  });
}, 60_000);
afterAll(() => governance.stop());

const acts = async () =>
  (await governance.rows(`select line from evidence.record where kind = 'act' order by position`)).map(
    ({ line }) => JSON.parse(line as string) as Record<string, unknown>,
  );
/** An act that changes something each time. */
const addDuty = (
  name: string,
) => `mutation { addDuty(department: "tax", name: "${name}", legalSource: "税收征收管理法 第五条") {
  duty { id } refusal { code } } }`;

describe('an act that cannot be recorded', () => {
  it.each([
    ['addDuty', addDuty('出口退税')],
    ['revokeGrant', 'mutation { revokeGrant(id: "D-0001", reason: "x") { grant { id } } }'],
    ['suspendGrant', 'mutation { suspendGrant(id: "D-0001", reason: "x") { grant { id } } }'],
    ['resumeGrant', 'mutation { resumeGrant(id: "D-0003") { grant { id } } }'],
    ['suspendDepartment', 'mutation { suspendDepartment(code: "tax") { department { code } } }'],
    ['suspendSystem', 'mutation { suspendSystem(clientId: "tax-app") { system { clientId } } }'],
    ['resumeSystem', 'mutation { resumeSystem(clientId: "housing-legacy") { system { clientId } } }'],
  ])('is not done: %s', async (root, text) => {
    const state = () =>
      governance.rows(
        `select (select json_agg(g order by id) from share_grant g) as grants,
                (select json_agg(d order by code) from department d) as departments,
                (select json_agg(s order by client_id) from registered_system s) as systems,
                (select count(*)::int from duty) as duties,
                (select version from read_model) as version`,
      );
    const before = await state();
    for (const table of ['record', 'ledger']) {
      await governance.rows(`alter table evidence.${table} rename to away`);
      const { data, errors, text: answer } = await authority(text);
      await governance.rows(`alter table evidence.away rename to ${table}`);
      expect(data?.[root] ?? null).toBeNull();
      expect(errors).toEqual([
        expect.objectContaining({
          message: 'The act cannot be recorded at present, so nothing was changed. Try again.',
          extensions: { code: 'EVIDENCE_UNAVAILABLE' },
        }),
      ]);
      expect(answer).not.toMatch(/evidence\.|relation|insert/);
    }
    expect(await state()).toEqual(before);
  });
});

describe('what is no act', () => {
  it.each([
    ['a refused one', 'mutation { suspendGrant(id: "nothing", reason: "x") { refusal { code } } }'],
    ['one that is not permitted', 'mutation { suspendGrant(id: "D-0001", reason: "x") { refusal { code } } }'],
    ['one without a reason', 'mutation { suspendGrant(id: "D-0001", reason: " ") { refusal { code } } }'],
    ['one that changes nothing', 'mutation { resumeSystem(clientId: "tax-app") { system { clientId } } }'],
  ])('%s', async (what, text) => {
    const before = await acts();
    await (what.includes('permitted') ? governance.as({ department: 'tax', roles: ['consumer'] }) : authority)(text);
    expect(await acts()).toEqual(before);
  });
});

describe('an act', () => {
  it('says who decided what, under which provision, and whom it concerns', async () => {
    await governance.rows(`insert into evidence.graph (version, at, position) values ('g1', now(), 0)`);
    await governance.rows(
      `insert into evidence.graph_item values ('g1', 'Resident.phone', 'public-security', 'R', 'CONDITIONAL')`,
    );
    const id = 'D-0006';
    await authority(`mutation { suspendGrant(id: "${id}", reason: "整改", basis: ["QZ-5.10"]) { grant { id } } }`);
    await authority(`mutation { suspendSystem(clientId: "tax-app", reason: "异常") { system { clientId } } }`);
    const revoked = await authority(`mutation { revokeGrant(id: "${id}", reason: "完") { grant { revokedAt } } }`);
    expect(revoked.data.revokeGrant.grant.revokedAt).toMatch(/^20/);
    const [suspended, system] = (await acts()).slice(-3);
    expect(suspended).toMatchObject({
      ...{
        kind: 'act',
        requestId: 'test',
        department: 'data-bureau',
        system: 'data-bureau-console',
        person: 'wang.min',
      },
      ...{ act: 'SUSPEND_GRANT', object: `grant/${id}`, basis: ['QZ-5.10'], reason: '整改' },
      concerns: ['market-supervision', 'public-security'],
      terms: {
        ...{ department: 'market-supervision', scenario: 'licence-renewal', coordinates: ['Resident.phone'] },
        ...{ masks: { 'Resident.phone': 'PHONE' }, approver: 'zhao.lei', suspended: true },
      },
    });
    expect(system).toMatchObject({ act: 'SUSPEND_SYSTEM', object: 'system/tax-app', concerns: ['tax'], basis: [] });
  });

  it('stands in one unbroken chain with all others, however many decide at once', async () => {
    const before = (await acts()).length;
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, i) =>
        i % 4 === 3
          ? authority(`mutation { suspendGrant(id: "D-0001", reason: "${i}") { grant { id } refusal { code } } }`)
          : authority(addDuty(`职能${i}`)),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const ids = answers.flatMap(({ data }) => data.addDuty?.duty.id ?? []);
    expect(new Set(ids).size).toBe(30);
    const lines = (
      await governance.rows(
        `select line from evidence.record join evidence.chain using (writer) where home = 'governance' order by record.seq`,
      )
    ).map(({ line }) => Buffer.from(line as string));
    expect(lines.length).toBe(before + 40);
    let end = { seq: 0, prev: '' };
    for (const line of lines) {
      expect(readChainPosition(line)).toMatchObject({ seq: end.seq + 1, prev: end.prev });
      end = { seq: end.seq + 1, prev: hashOf(line)! };
      expect(end.prev).toBeDefined();
    }
    const [chain] = await governance.rows(`select seq::int, hash from evidence.chain where home = 'governance'`);
    expect(chain).toEqual({ seq: end.seq, hash: end.prev });
    const [added] = await governance.rows(`select count(*)::int as n from duty where id not like 'Z-D%'`);
    const recorded = (await acts()).filter(({ act }) => act === 'ADD_DUTY').length;
    expect(added!['n']).toBe(recorded);
  });
});
