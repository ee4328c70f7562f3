import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPublishers } from '../../shared/config/read-publishers.js';
import { schemaFolder } from '../../shared/law/schema-folder.js';
import { readSnapshot, type SnapshotQuery } from '../../shared/read-model/read-snapshot.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let now = Date.parse('2026-12-10T10:00:00+08:00');
let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, { now: () => now });
}, 60_000);
afterAll(() => governance.stop());
const query: SnapshotQuery = (sql, values) => governance.rows(sql, values as unknown[]);

const PEOPLE = {
  // The receiver: social security's subgraph is civil affairs' too.
  asks: { department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] },
  asksHead: { department: 'civil-affairs', person: 'civil-affairs.head', roles: ['provider', 'consumer'] },
  // The owner.
  admin: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  leader: { department: 'public-security', person: 'public-security.leader', roles: ['provider', 'consumer'] },
  clerk: { department: 'public-security', person: 'lin.jun', roles: ['provider', 'consumer'] },
  system: { department: 'public-security', roles: ['provider', 'consumer'] },
  // Others.
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority'] },
  console: { department: 'data-bureau', roles: ['authority'] },
  tax: { department: 'tax', person: 'zhang.tao', roles: ['consumer', 'provider'] },
  auditor: { department: 'audit', person: 'he.shen', roles: ['auditor'] },
} as const;
type Who = keyof typeof PEOPLE;

async function ask(who: Who, text: string, variables: object = {}): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, {
    variables,
    context: { expiresAt: Math.floor(now / 1000) + 60 },
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

const RESULT = 'consent { id state until owner receiver } refusal { code message }';
const INPUT = {
  item: 'Resident.phone',
  owner: 'public-security',
  receiver: 'civil-affairs',
  receiverSubgraph: 'social-security',
  use: 'REQUIRES',
  coordinate: 'Resident.livingAllowanceEligible',
  purpose: '核对联系方式',
  until: '2027-06-30',
};
const propose = async (who: Who, more: object = {}): Promise<Loose> =>
  (
    await ask(who, `mutation ($input: ConsentInput!) { proposeConsent(input: $input) { ${RESULT} } }`, {
      input: { ...INPUT, ...more },
    })
  ).proposeConsent;
const act = async (who: Who, mutation: string, id: string, more = ''): Promise<Loose> =>
  (await ask(who, `mutation { ${mutation}(id: "${id}"${more}) { ${RESULT} } }`))[mutation];
const refused = ({ refusal, consent, permit }: Loose): string =>
  refusal?.code ?? `done: ${consent?.state ?? permit?.id}`;
const proposed = async (who: Who = 'asks', more: object = {}): Promise<string> => (await propose(who, more)).consent.id;
const consentsInForce = async (item: string) =>
  (await readSnapshot(query)).consents.filter((consent) => consent.item === item && consent.id !== 'C-0001');

describe('permits and consents of the demo', () => {
  it('are those that compose and check read from the file', async () => {
    const { publishers, consents } = await readSnapshot(query);
    const file = readPublishers(join(schemaFolder(), 'publishers.yaml'));
    expect({ publishers, consents }).toEqual(file);
  });

  it('are the same objects in the next view while none of them has changed', async () => {
    const before = await readSnapshot(query);
    await governance.rows(`update scenario set purpose = purpose || '.' where code = 'pension-check'`);
    const same = await readSnapshot(query, before);
    expect(same.version).toBeGreaterThan(before.version);
    expect([same.publishers === before.publishers, same.consents === before.consents]).toEqual([true, true]);
    await governance.rows(`update owner_consent set purpose = purpose where id = 'C-0001'`);
    expect((await readSnapshot(query, same)).consents === before.consents).toBe(false);
  });
});

describe('a permit to publish', () => {
  const PERMIT = 'permit { id subgraph department withdrawnAt } refusal { code message }';
  const permit = async (who: Who, subgraph: string, department: string, more = ''): Promise<Loose> =>
    (
      await ask(
        who,
        `mutation { permitPublisher(subgraph: "${subgraph}", department: "${department}"${more}) { ${PERMIT} } }`,
      )
    ).permitPublisher;
  const withdraw = async (who: Who, id: string, more = ', reason: "系统下线"'): Promise<Loose> =>
    (await ask(who, `mutation { withdrawPermit(id: "${id}"${more}) { ${PERMIT} } }`)).withdrawPermit;

  it('is the authority’s alone, and a person’s', async () => {
    for (const who of ['asks', 'admin', 'auditor', 'console'] as const)
      await expect(permit(who, 'school', 'tax')).rejects.toThrow('may not use');
    for (const name of ['no name', 'hub-verification-tax'])
      expect(refused(await permit('authority', name, 'tax'))).toBe('SUBGRAPH_UNKNOWN');
    expect(refused(await permit('authority', 'school', 'nobody'))).toBe('DEPARTMENT_UNKNOWN');
    expect((await readSnapshot(query)).publishers.has('school')).toBe(false);
  });

  it('for a second department says why, and both are in force until they are withdrawn', async () => {
    const first = (await permit('authority', 'school', 'tax')).permit;
    expect(refused(await permit('authority', 'school', 'housing'))).toBe('REASON_MISSING');
    await permit('authority', 'school', 'housing', ', reason: "共用系统"');
    expect((await readSnapshot(query)).publishers.get('school')).toEqual(['tax', 'housing']);
    expect(refused(await withdraw('authority', first.id, ''))).toBe('REASON_MISSING');
    expect((await withdraw('authority', first.id)).permit.withdrawnAt).not.toBeNull();
    expect((await readSnapshot(query)).publishers.get('school')).toEqual(['housing']);
    const list = await ask('tax', '{ publisherPermits(subgraph: "school", withdrawn: true) { nodes { department } } }');
    expect(list.publisherPermits.nodes).toEqual([{ department: 'tax' }, { department: 'housing' }]);
    const acts = await governance.rows(
      `select line from evidence.record where kind = 'act' and line like '%permit/%' order by position`,
    );
    expect(acts.map(({ line }) => JSON.parse(line).act)).toEqual([
      'PERMIT_PUBLISHER',
      'PERMIT_PUBLISHER',
      'WITHDRAW_PERMIT',
    ]);
  });

  it('of governance itself is never withdrawn: nobody could give it back', async () => {
    const [own] = await governance.rows(`select id from subgraph_publisher where subgraph = 'governance'`);
    expect(refused(await withdraw('authority', own!['id']))).toBe('NOT_CHANGEABLE');
    expect(refused(await withdraw('authority', 'P-999999'))).toBe('PERMIT_UNKNOWN');
  });
});

describe('the proposal of a consent', () => {
  it('is refused where it could not be one, and to everybody who has no part in it', async () => {
    for (const [code, who, more] of [
      ['OTHER_DEPARTMENT', 'tax', {}],
      ['OTHER_DEPARTMENT', 'asks', { owner: 'human-resources' }],
      ['ITEM_UNKNOWN', 'asks', { item: 'Resident.nothing' }],
      ['SUBGRAPH_UNKNOWN', 'asks', { receiverSubgraph: 'population' }],
      ['CONSENT_MALFORMED', 'asks', { item: 'phone' }],
      ['CONSENT_MALFORMED', 'asks', { use: 'KEY' }],
      ['CONSENT_MALFORMED', 'asks', { owner: 'civil-affairs' }],
      ['CONSENT_MALFORMED', 'asks', { purpose: ' ' }],
      ['PERIOD_WRONG', 'asks', { until: '2026-12-09' }],
      ['PERIOD_WRONG', 'asks', { until: '9999-12-31' }],
    ] as const)
      expect([more, refused(await propose(who, more))]).toEqual([more, code]);
    await expect(propose('clerk')).rejects.toThrow('may not use');
    await expect(propose('system')).rejects.toThrow('may not use');
    expect(await consentsInForce('Resident.phone')).toEqual([]);
  });

  it('gives nothing yet, is a task of the owner, and is seen by those who have a part in it', async () => {
    const id = await proposed();
    expect(await consentsInForce('Resident.phone')).toEqual([]);
    await distributeNotices(governance.pool);
    expect(await governance.rows(`select department, kind from notice where object = 'consent/${id}'`)).toEqual([
      { department: 'public-security', kind: 'TASK' },
    ]);
    const seen = async (who: Who) => (await ask(who, `{ consentOf(id: "${id}") { state } }`)).consentOf;
    for (const who of ['asks', 'admin', 'authority', 'auditor'] as const)
      expect([who, await seen(who)]).toEqual([who, { state: 'PROPOSED' }]);
    expect(await seen('tax')).toBeNull();
  });
});

describe('a consent', () => {
  it('takes two persons of the owner, neither of whom has proposed it', async () => {
    const id = await proposed();
    for (const who of ['asks', 'asksHead'] as const)
      expect([who, refused(await act(who, 'agreeToConsent', id))]).toEqual([who, 'NOT_ENTITLED']);
    await expect(act('clerk', 'agreeToConsent', id)).rejects.toThrow('may not use');
    await expect(act('system', 'agreeToConsent', id)).rejects.toThrow('may not use');
    expect(
      refused(await act('tax', 'revokeConsent', id, ', reason: "x"').catch(() => ({ refusal: { code: 'FORBIDDEN' } }))),
    ).toMatch(/FORBIDDEN|CONSENT_UNKNOWN/);
    expect(refused(await act('admin', 'agreeToConsent', id))).toBe('done: AGREED_ONCE');
    expect(refused(await act('admin', 'agreeToConsent', id))).toBe('SAME_PERSON');
    expect(await consentsInForce('Resident.phone')).toEqual([]);
    expect(refused(await act('head', 'agreeToConsent', id))).toBe('done: GIVEN');
    expect(refused(await act('leader', 'agreeToConsent', id))).toBe('ALREADY_DECIDED');
    expect(await consentsInForce('Resident.phone')).toMatchObject([
      {
        id,
        identity: expect.any(String),
        receiverSubgraph: 'social-security',
        proposedBy: 'chen.jing',
        decidedBy: ['zhao.lei', 'public-security.head'],
        until: Date.parse('2027-07-01T00:00:00+08:00'),
      },
    ]);
    await act('authority', 'revokeConsent', id, ', reason: "演练"');
  });

  it('that the owner itself offered is agreed to by two others', async () => {
    const id = await proposed('admin');
    expect(refused(await act('admin', 'agreeToConsent', id))).toBe('SAME_PERSON');
    expect(refused(await act('head', 'agreeToConsent', id))).toBe('done: AGREED_ONCE');
    expect(refused(await act('admin', 'agreeToConsent', id))).toBe('SAME_PERSON');
    await act('leader', 'refuseConsent', id, ', reason: "不再需要"');
  });

  it('is not decided by somebody who served the receiver when it was proposed, wherever they are now', async () => {
    const id = await proposed('admin');
    // The colleague moves to the owner, into a post that may decide.
    await governance.rows(`update appointment set until_at = $1 where officer = 'chen.jing'`, [new Date(now + 1_000)]);
    await governance.rows(`update officer set department = 'public-security' where subject = 'chen.jing'`);
    await governance.rows(
      `insert into appointment (id, officer, department, post, from_at) values ('R-X', 'chen.jing', 'public-security', 'DESIGNATED_PERSON', $1)`,
      [new Date(now + 1_000)],
    );
    const moved = governance.as({ ...PEOPLE.admin, system: 'a-system', person: 'chen.jing' });
    const answer = await moved(`mutation { agreeToConsent(id: "${id}") { ${RESULT} } }`, {
      context: { expiresAt: Math.floor(now / 1000) + 60 },
    });
    expect(refused(answer.data.agreeToConsent)).toBe('SAME_PERSON');
    await governance.rows(`delete from appointment where id = 'R-X'`);
    await governance.rows(`update officer set department = 'civil-affairs' where subject = 'chen.jing'`);
    await governance.rows(`update appointment set until_at = null where officer = 'chen.jing'`);
  });

  it('is never wider than it was asked for, and may be shorter', async () => {
    const id = await proposed();
    expect(refused(await act('admin', 'agreeToConsent', id, ', until: "2027-07-01"'))).toBe('TERMS_WIDER');
    expect((await act('admin', 'agreeToConsent', id, ', until: "2027-03-31"')).consent.until).toBe(
      '2027-03-31T16:00:00.000Z',
    );
    expect(refused(await act('head', 'agreeToConsent', id, ', until: "2027-06-30"'))).toBe('TERMS_WIDER');
    now += 200 * 86_400_000;
    expect(refused(await act('head', 'agreeToConsent', id))).toBe('PERIOD_WRONG');
    now -= 200 * 86_400_000;
  });

  it('is taken back by one person of the owner or the authority, with a reason, for good; the receiver is told', async () => {
    const id = await proposed();
    expect(refused(await act('admin', 'revokeConsent', id, ', reason: "x"'))).toBe('STATE_UNFIT');
    await act('admin', 'agreeToConsent', id);
    await act('head', 'agreeToConsent', id);
    expect(refused(await act('asksHead', 'revokeConsent', id, ', reason: "x"'))).toBe('NOT_ENTITLED');
    expect(refused(await act('leader', 'revokeConsent', id))).toBe('REASON_MISSING');
    const { version } = await readSnapshot(query);
    expect(refused(await act('leader', 'revokeConsent', id, ', reason: "超范围使用"'))).toBe('done: REVOKED');
    const after = await readSnapshot(query);
    expect(after.version).toBeGreaterThan(version);
    expect(after.consents.find((consent) => consent.id === id)?.revokedAt).toBe(now);
    expect(refused(await act('head', 'agreeToConsent', id))).toBe('ALREADY_DECIDED');
    await distributeNotices(governance.pool);
    const told = await governance.rows(
      `select department, kind, text from notice where object = 'consent/${id}' and act = 'REVOKE_CONSENT'`,
    );
    expect(told).toMatchObject([{ department: 'civil-affairs', kind: 'DECISION' }]);
  });

  it('that was refused is never given', async () => {
    const id = await proposed();
    await act('admin', 'agreeToConsent', id);
    expect(refused(await act('head', 'refuseConsent', id))).toBe('REASON_MISSING');
    expect(refused(await act('head', 'refuseConsent', id, ', reason: "无必要"'))).toBe('done: REFUSED');
    expect(refused(await act('leader', 'agreeToConsent', id))).toBe('ALREADY_DECIDED');
  });
});
