import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { nextRun } from '../../shared/law/calendar/frequency.js';
import {
  choosePairing,
  type PairedItem,
} from '../../subgraphs/governance/correction/multi-source/check/pairing.rule.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance();
  const item = (
    coordinate: string,
    subgraph: string,
    provider: string,
    type: string,
    shareType: string,
    rule: string,
  ) =>
    governance.rows(
      `insert into comparable_item values ($1, $2, $3, '项', $4, false, 'PERSON', 'idNumber', 'list', $5, $6)`,
      [coordinate, subgraph, provider, type, shareType, rule],
    );
  const exact = '{"form": "EXACT", "within": 0, "bands": []}';
  await item('Resident.birthDate', 'population', 'public-security', 'LocalDate', 'UNCONDITIONAL', exact);
  await item('Resident.criminalRecord', 'population', 'public-security', 'Boolean', 'NOT_SHARED', exact);
  await item('Resident.phone', 'population', 'public-security', 'String', 'CONDITIONAL', exact);
  await item('Taxpayer.birthDate', 'tax-office', 'tax', 'LocalDate', 'NOT_SHARED', exact);
  await item('Taxpayer.fined', 'tax-office', 'tax', 'Boolean', 'NOT_SHARED', exact);
  await item('Taxpayer.phone', 'tax-office', 'tax', 'String', 'CONDITIONAL', exact);
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(() =>
  governance.rows('truncate multi_source_case, multi_source_run, multi_source_consent, multi_source_check'),
);

const PEOPLE = {
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority', 'provider', 'auditor', 'operator'] },
  auditor: { department: 'audit-office', person: 'he.shen', roles: ['auditor'] },
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  system: { department: 'public-security', roles: ['provider', 'consumer'] },
  taxClerk: { department: 'tax', person: 'zhang.tao', roles: ['provider', 'consumer'] },
  taxHead: { department: 'tax', person: 'tax.head', roles: ['provider', 'consumer'] },
  stranger: { department: 'human-resources', person: 'guo.wei', roles: ['provider', 'consumer'] },
} as const;
type Who = keyof typeof PEOPLE;
const CHECK = 'check { id state form within nextAt consentMissingOf consents { id owner state } }';
const INPUT = {
  name: '出生日期校核',
  purpose: '核对人口库与纳税人登记的出生日期',
  basis: ['HZ-6.3a'],
  leftItem: 'Resident.birthDate',
  rightItem: 'Taxpayer.birthDate',
  frequency: 'DAILY',
};
const answer = async (who: Who, text: string, variables: object = {}): Promise<Loose> => {
  const reply = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  return reply.errors[0]?.extensions.code ?? Object.values(reply.data as object)[0];
};
const define = (change: object = {}, who: Who = 'authority') =>
  answer(
    who,
    `mutation ($input: MultiSourceCheckInput!) { defineMultiSourceCheck(input: $input) { ${CHECK} refusal { code message } } }`,
    { input: { ...INPUT, ...change } },
  );
const change = (mutation: string, id: string, who: Who = 'authority', reason = '需要核实') =>
  answer(who, `mutation { ${mutation}(id: "${id}", reason: "${reason}") { check { state } refusal { code } } }`);
const consent = (mutation: string, args: string, who: Who) =>
  answer(who, `mutation { ${mutation}(${args}) { consent { id state owner item } refusal { code message } } }`);
const propose = (check: string, who: Who = 'clerk', until = '2028-12-31') =>
  consent('proposeCheckConsent', `check: "${check}", until: "${until}"`, who);
const confirm = (id: string, who: Who = 'head') => consent('confirmCheckConsent', `id: "${id}"`, who);
const list = async (who: Who): Promise<Loose[]> =>
  (await answer(who, `{ multiSourceChecks(first: 10) { nodes { id consentMissingOf } } }`)).nodes;

describe('a check is not defined', () => {
  it.each<[string, object, string]>([
    ['on an item that nobody has', { rightItem: 'Taxpayer.ghost' }, 'ITEM_UNKNOWN'],
    ['on two items of one department', { rightItem: 'Resident.phone' }, 'SAME_DEPARTMENT'],
    ['on a date and a text', { rightItem: 'Taxpayer.phone' }, 'NOT_COMPARABLE'],
    [
      'on yes and no, where a difference is the value',
      { leftItem: 'Resident.criminalRecord', rightItem: 'Taxpayer.fined' },
      'MISMATCH_TELLS_VALUE',
    ],
    ['without a provision', { basis: [' '] }, 'BASIS_MISSING'],
    ['without a name', { name: ' ' }, 'CHECK_MALFORMED'],
    ['at an hour that no day has', { hour: 24 }, 'CHECK_MALFORMED'],
    ['with batches of a handful', { batchSize: 5 }, 'CHECK_MALFORMED'],
  ])('%s', async (_what, change, code) => {
    expect(await define(change)).toMatchObject({ check: null, refusal: { code } });
    expect(await governance.rows('select id from multi_source_check')).toEqual([]);
  });

  it('by an owner, or twice in whichever order', async () => {
    expect(await define({}, 'clerk')).toBe('OPERATION_DENIED');
    expect((await define()).check).toMatchObject({ form: 'DATE', within: 0, state: 'ACTIVE' });
    const turned = { leftItem: INPUT.rightItem, rightItem: INPUT.leftItem };
    expect(await define(turned)).toMatchObject({ refusal: { code: 'CHECK_KNOWN' } });
  });
});

describe('the consent of an owner', () => {
  let id: string;
  beforeEach(async () => void (id = (await define()).check.id));

  it('takes two persons of that department, and none who had another part', async () => {
    expect((await propose(id)).consent).toMatchObject({ state: 'PROPOSED', item: 'Resident.birthDate' });
    const [{ id: proposed }] = (await governance.rows('select id from multi_source_consent')) as [Loose];
    expect(await confirm(proposed, 'clerk')).toMatchObject({ consent: null, refusal: { code: 'SAME_PERSON' } });
    expect(await confirm(proposed, 'taxHead')).toMatchObject({ refusal: { code: 'CONSENT_UNKNOWN' } });
    expect(await confirm(proposed, 'authority')).toBe('OPERATION_DENIED');
    expect(await propose(id)).toMatchObject({ refusal: { code: 'ALREADY_SUBMITTED' } });
    expect((await list('authority'))[0].consentMissingOf).toEqual(['public-security', 'tax']);
    expect((await confirm(proposed)).consent).toMatchObject({ state: 'GIVEN' });
    expect((await list('authority'))[0].consentMissingOf).toEqual(['tax']);
    expect(await confirm(proposed)).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    // Whoever acted for one owner acts for no other, also after a change of department.
    await governance.rows(`update multi_source_consent set proposed_by = 'tax.head'`);
    const second = (await propose(id, 'taxClerk')).consent.id;
    expect(await confirm(second, 'taxHead')).toMatchObject({ refusal: { code: 'SAME_PERSON' } });
  });

  it('is refused to a system, a stranger, and for a time that is over or without end', async () => {
    expect(await propose(id, 'system')).toBe('OPERATION_DENIED');
    expect(await propose(id, 'stranger')).toMatchObject({ refusal: { code: 'OTHER_DEPARTMENT' } });
    expect(await propose('MC-999999')).toMatchObject({ refusal: { code: 'CHECK_UNKNOWN' } });
    expect(await propose(id, 'clerk', '2020-01-01')).toMatchObject({ refusal: { code: 'PERIOD_WRONG' } });
    expect(await propose(id, 'clerk', '2099-01-01')).toMatchObject({ refusal: { code: 'PERIOD_WRONG' } });
  });

  it('is taken back at once by one person of the owner or of the authority, with a reason', async () => {
    const { id: given } = (await propose(id)).consent;
    await confirm(given);
    const revoke = (who: Who, reason: string) =>
      consent('revokeCheckConsent', `id: "${given}", reason: "${reason}"`, who);
    expect(await revoke('clerk', ' ')).toMatchObject({ refusal: { code: 'REASON_MISSING' } });
    expect(await revoke('taxHead', '不再需要')).toMatchObject({ refusal: { code: 'CONSENT_UNKNOWN' } });
    expect(await revoke('clerk', '不再需要')).toMatchObject({ consent: { state: 'REVOKED' } });
    expect(await revoke('authority', '不再需要')).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    expect((await list('clerk'))[0].consentMissingOf).toContain('public-security');
    const acts = await governance.rows(
      `select line::json->>'act' as act from evidence.record where line like '%"kind":"act"%CHECK%' order by 1`,
    );
    expect(new Set(acts.map(({ act }) => act))).toEqual(
      new Set(['DEFINE_CHECK', 'PROPOSE_CHECK_CONSENT', 'GIVE_CHECK_CONSENT', 'REVOKE_CHECK_CONSENT']),
    );
  });

  it('is asked of both owners by a task, until they have decided', async () => {
    await distributeNotices(governance.pool);
    const open = async () =>
      (
        await governance.rows(
          `select distinct department from notice where object = $1 and kind = 'TASK' and closed_at is null order by 1`,
          [`multi-source-check/${id}`],
        )
      ).map(({ department }) => department as string);
    expect(await open()).toEqual(['public-security', 'tax']);
    const { id: proposed } = (await propose(id)).consent;
    await confirm(proposed);
    await distributeNotices(governance.pool);
    expect(await open()).toEqual(['tax']);
  });
});

describe('a check', () => {
  it('is suspended, resumed and ended by the authority alone, with a reason', async () => {
    const { id } = (await define()).check;
    expect(await change('suspendMultiSourceCheck', id, 'clerk')).toBe('OPERATION_DENIED');
    expect(await change('suspendMultiSourceCheck', id, 'authority', ' ')).toMatchObject({
      refusal: { code: 'REASON_MISSING' },
    });
    expect(await change('resumeMultiSourceCheck', id)).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    expect(await change('suspendMultiSourceCheck', id)).toMatchObject({ check: { state: 'SUSPENDED' } });
    expect(await change('resumeMultiSourceCheck', id)).toMatchObject({ check: { state: 'ACTIVE' } });
    expect(await change('endMultiSourceCheck', id)).toMatchObject({ check: { state: 'ENDED' } });
    expect(await change('resumeMultiSourceCheck', id)).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    expect(await change('endMultiSourceCheck', 'MC-999999')).toMatchObject({ refusal: { code: 'CHECK_UNKNOWN' } });
    expect((await define()).check.state).toBe('ACTIVE');
  });

  it('and its runs are seen by the two owners and those who oversee; small figures by owners and the authority', async () => {
    const { id } = (await define()).check;
    await governance.rows(
      `insert into multi_source_run (id, check_id, left_owner, right_owner, state, started_at, ended_at, compared, agreed, mismatched)
       values ('MR-000001', $1, 'public-security', 'tax', 'COMPLETED', now(), now(), 100, 97, 3)`,
      [id],
    );
    const runs = async (who: Who): Promise<Loose[]> =>
      (await answer(who, '{ multiSourceRuns(first: 10) { nodes { compared agreed mismatched } } }')).nodes;
    for (const who of ['authority', 'clerk', 'taxClerk'] as const)
      expect([who, ...(await runs(who))]).toEqual([who, { compared: 100, agreed: 97, mismatched: 3 }]);
    expect(await runs('auditor')).toEqual([{ compared: 100, agreed: 97, mismatched: null }]);
    expect([await list('stranger'), await runs('stranger')]).toEqual([[], []]);
  });
});

describe('the rule of two items', () => {
  const item = (change: Partial<PairedItem>): PairedItem => ({
    ...{ coordinate: 'A.b', provider: 'a', type: 'String', isEnum: false, subjectKind: 'PERSON' },
    ...{ listField: 'list', shareType: 'NOT_SHARED', rule: { form: 'EXACT', within: 0, bands: [] } },
    ...change,
  });
  const other = (change: Partial<PairedItem>) => item({ provider: 'b', ...change });

  it('is the one that both owners state for comparisons', () => {
    const name = { form: 'NAME', within: 0, bands: [] };
    expect(choosePairing(item({}), other({ rule: name }))).toEqual({ form: 'NAME', within: 0 });
    const number = item({ type: 'Int', rule: { form: 'EXACT', within: 100, bands: [] } });
    expect(choosePairing(number, other({ type: 'Float' }))).toEqual({ form: 'NUMBER', within: 100 });
    const open = { type: 'Boolean', shareType: 'UNCONDITIONAL' };
    expect(choosePairing(item(open), other(open))).toEqual({ form: 'EXACT', within: 0 });
  });

  it.each<[string, PairedItem, PairedItem, string]>([
    ['persons and organisations', item({}), other({ subjectKind: 'ORGANISATION' }), 'NOT_COMPARABLE'],
    ['two that nobody can list', item({ listField: null }), other({ listField: null }), 'NOT_COMPARABLE'],
    [
      'two codes of different lists',
      item({ isEnum: true, type: 'A' }),
      other({ isEnum: true, type: 'B' }),
      'NOT_COMPARABLE',
    ],
    [
      'a number of which only sides are told',
      item({ type: 'Int', rule: { form: 'EXACT', within: 0, bands: [1] } }),
      other({ type: 'Int' }),
      'MISMATCH_TELLS_VALUE',
    ],
  ])('is none for %s', (_what, left, right, code) => {
    expect(choosePairing(left, right)).toMatchObject({ code });
  });

  it('runs at its hour in the jurisdiction’s time', () => {
    const at = (frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY', after: string, zone = 'Asia/Shanghai') =>
      new Date(nextRun({ frequency, hour: 2 }, Date.parse(after), zone)).toISOString();
    expect(at('DAILY', '2026-11-27T17:59:59Z')).toBe('2026-11-27T18:00:00.000Z');
    expect(at('DAILY', '2026-11-27T18:00:00Z')).toBe('2026-11-28T18:00:00.000Z');
    expect(at('WEEKLY', '2026-11-28T00:00:00Z')).toBe('2026-11-29T18:00:00.000Z');
    expect(at('MONTHLY', '2026-11-28T00:00:00Z')).toBe('2026-11-30T18:00:00.000Z');
    expect(at('DAILY', '2026-11-28T00:00:00Z', 'UTC')).toBe('2026-11-28T02:00:00.000Z');
  });
});
