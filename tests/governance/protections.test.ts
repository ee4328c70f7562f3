import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { readProtections } from '../../shared/read-model/read-protections.js';
import { openSubject } from '../../shared/trust/sealed-subject.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const KEYS = envelopeKeys('a secret that only the tests know of.', 'protected-subjects');
const WITNESS = identityNumber('330106', '19700101', 7);
const OTHER = identityNumber('330106', '19700101', 9);
const hashesOf = (subject: string) => [
  { key: 'k', hash: createHash('sha256').update(subject).digest('base64url').slice(0, 22) },
];

let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(hashesOf, { protectionKey: KEYS.public });
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(() => governance.rows('delete from subject_protection'));

const PEOPLE = {
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  system: { department: 'public-security', roles: ['provider', 'consumer'] },
  stranger: { department: 'human-resources', person: 'guo.wei', roles: ['provider', 'consumer'] },
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority', 'provider', 'auditor', 'operator'] },
} as const;
type Who = keyof typeof PEOPLE;
const RESULT = 'protection { id state kind reference until purposes { department scenario } } refusal { code message }';
const INPUT = {
  subject: { kind: 'PERSON', identifier: WITNESS },
  purposes: [{ department: 'civil-affairs', scenario: 'living-allowance-review' }],
  reference: '刑保〔2026〕12号',
  reason: '证人保护',
  basis: ['刑事诉讼法 第六十四条'],
  until: '2030-12-31',
};
const answer = async (who: Who, text: string, variables: object = {}): Promise<Loose> => {
  const reply = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  expect(reply.text).not.toContain(WITNESS);
  return reply.errors[0]?.extensions.code ?? Object.values(reply.data as object)[0];
};
const propose = (change: object = {}, who: Who = 'clerk') =>
  answer(who, `mutation ($input: ProtectionInput!) { proposeProtection(input: $input) { ${RESULT} } }`, {
    input: { ...INPUT, ...change },
  });
const act = (mutation: string, id: string, who: Who, more = '') =>
  answer(who, `mutation { ${mutation}(id: "${id}"${more}) { ${RESULT} } }`);
const confirm = (id: string, who: Who = 'head', identifier = WITNESS) =>
  act('confirmProtection', id, who, `, identifier: "${identifier}"`);
const REASON = ', reason: "不再需要"';
const list = (who: Who, args = '') => answer(who, `{ protections(first: 10${args}) { nodes { id state } } }`);
const inForce = () => readProtections((sql) => governance.rows(sql));
const acts = () => governance.rows(`select line from evidence.record where line like '%"kind":"act"%PROTECTION%'`);

describe('a protection is not proposed', () => {
  it.each<[string, object, string]>([
    ['of nobody', { subject: { kind: 'PERSON', identifier: '330106197001010011' } }, 'PROTECTION_MALFORMED'],
    [
      'of an organisation by a person’s number',
      { subject: { kind: 'ORGANISATION', identifier: WITNESS } },
      'PROTECTION_MALFORMED',
    ],
    ['without a legal basis', { basis: [' '] }, 'BASIS_MISSING'],
    ['without a reason', { reason: ' ' }, 'PROTECTION_MALFORMED'],
    ['with a reason that names the subject', { reason: `证人 ${OTHER.slice(0, 17)}` }, 'PROTECTION_MALFORMED'],
    [
      'with a reference in full-width digits that does',
      { reference: '３３０１０６１９７００１０１００' },
      'PROTECTION_MALFORMED',
    ],
    ['until yesterday', { until: '2020-01-01' }, 'PERIOD_WRONG'],
    ['for ever', { until: '2099-01-01' }, 'PERIOD_WRONG'],
    ['for a purpose that nobody has', { purposes: [{ department: 'tax', scenario: 'none' }] }, 'SCENARIO_UNKNOWN'],
    ['for more purposes than can be meant', { purposes: Array(101).fill(INPUT.purposes[0]) }, 'PROTECTION_MALFORMED'],
  ])('%s', async (_what, change, code) => {
    expect(await propose(change)).toMatchObject({ protection: null, refusal: { code } });
    expect(await governance.rows('select id from subject_protection')).toEqual([]);
  });

  it('by a system, a leader, or twice', async () => {
    expect(await propose({}, 'system')).toBe('OPERATION_DENIED');
    expect(await propose({}, 'head')).toBe('OPERATION_DENIED');
    await propose();
    expect(await propose({ reference: '又一卷' })).toMatchObject({ refusal: { code: 'PROTECTION_KNOWN' } });
  });
});

describe('a protection', () => {
  it('withholds nothing until another person has confirmed it, of the same department and the same subject', async () => {
    const { protection } = await propose();
    expect(protection).toMatchObject({ state: 'PROPOSED', purposes: INPUT.purposes });
    const { id } = protection;
    expect(await inForce()).toEqual([]);
    for (const [who, identifier, code] of [
      ['clerk', WITNESS, 'SAME_PERSON'],
      ['head', OTHER, 'SUBJECT_DIFFERS'],
      ['head', 'nobody', 'SUBJECT_DIFFERS'],
      ['stranger', WITNESS, 'PROTECTION_UNKNOWN'],
    ] as const)
      expect((await confirm(id, who, identifier)).refusal).toMatchObject({ code });
    for (const who of ['authority', 'system'] as const) expect(await confirm(id, who)).toBe('OPERATION_DENIED');
    expect(await inForce()).toEqual([]);
    expect((await confirm(id)).protection).toMatchObject({ state: 'IN_FORCE' });
    const [found, ...more] = await inForce();
    expect(more).toEqual([]);
    expect(found).toMatchObject({ id, owner: 'public-security', kind: 'PERSON', purposes: INPUT.purposes });
    expect(await openSubject(found!.sealed, found!, KEYS)).toBe(WITNESS);
    expect((await confirm(id)).refusal).toMatchObject({ code: 'STATE_UNFIT' });
  });

  it('ends by two persons, the one not the other, and withholds until then', async () => {
    const { id } = (await propose()).protection;
    await confirm(id);
    expect((await act('proposeProtectionEnd', id, 'clerk', ', reason: " "')).refusal).toMatchObject({
      code: 'REASON_MISSING',
    });
    expect((await act('confirmProtectionEnd', id, 'head')).refusal).toMatchObject({ code: 'STATE_UNFIT' });
    await act('proposeProtectionEnd', id, 'clerk', REASON);
    expect((await act('confirmProtectionEnd', id, 'clerk')).refusal).toMatchObject({ code: 'SAME_PERSON' });
    expect(await inForce()).toHaveLength(1);
    expect((await act('refuseProtection', id, 'head', REASON)).protection).toMatchObject({ state: 'IN_FORCE' });
    await act('proposeProtectionEnd', id, 'clerk', REASON);
    expect((await act('confirmProtectionEnd', id, 'head')).protection).toMatchObject({ state: 'ENDED' });
    expect(await inForce()).toEqual([]);
  });

  it('is replaced by one of the same subject when that is confirmed, without a time between', async () => {
    const first = (await propose()).protection.id;
    await confirm(first);
    const second = (await propose({ until: '2031-12-31', purposes: [] })).protection.id;
    expect((await inForce()).map(({ id }) => id)).toEqual([first]);
    await confirm(second);
    expect((await inForce()).map(({ id }) => id)).toEqual([second]);
    expect((await list('head', ', state: REPLACED')).nodes).toEqual([{ id: first, state: 'REPLACED' }]);
  });

  it('that was refused never holds', async () => {
    const { id } = (await propose()).protection;
    expect((await act('refuseProtection', id, 'head', REASON)).protection).toMatchObject({ state: 'REFUSED' });
    expect((await confirm(id)).refusal).toMatchObject({ code: 'STATE_UNFIT' });
  });

  it('is not put in force or ended by one person, whatever the command does', async () => {
    const { id } = (await propose()).protection;
    await expect(
      governance.rows(`update subject_protection set state = 'IN_FORCE', confirmed_by = proposed_by where id = $1`, [
        id,
      ]),
    ).rejects.toThrow(/check constraint/);
    await expect(
      governance.rows(`update subject_protection set state = 'IN_FORCE' where id = $1`, [id]),
    ).rejects.toThrow(/check constraint/);
    await confirm(id);
    await act('proposeProtectionEnd', id, 'clerk', REASON);
    await expect(
      governance.rows(`update subject_protection set state = 'ENDED', ended_by = end_proposed_by where id = $1`, [id]),
    ).rejects.toThrow(/check constraint/);
  });
});

describe('whom it protects', () => {
  it('is seen by nobody: not in the list, in the tables, or in the evidence', async () => {
    const { id } = (await propose()).protection;
    await confirm(id);
    expect((await list('head')).nodes).toEqual([{ id, state: 'IN_FORCE' }]);
    const found = (who: Who, identifier: string) =>
      list(who, `, subject: { kind: PERSON, identifier: "${identifier}" }`);
    expect((await found('clerk', WITNESS)).nodes).toEqual([{ id, state: 'IN_FORCE' }]);
    expect((await found('clerk', OTHER)).nodes).toEqual([]);
    expect((await found('clerk', 'nobody')).nodes).toEqual([]);
    expect((await list('stranger')).nodes).toEqual([]);
    expect((await found('stranger', WITNESS)).nodes).toEqual([]);
    for (const who of ['authority', 'system'] as const) expect(await list(who)).toBe('OPERATION_DENIED');
    const stored = JSON.stringify([await governance.rows('select * from subject_protection'), await acts()]);
    for (const trace of [WITNESS, hashesOf(`PERSON:${WITNESS}`)[0]!.hash]) expect(stored).not.toContain(trace);
    const told = JSON.stringify(await acts());
    expect(told).toContain('CONFIRM_PROTECTION');
    for (const trace of [INPUT.reason, INPUT.reference, hashesOf(`PROTECTED PERSON:${WITNESS}`)[0]!.hash])
      expect(told).not.toContain(trace);
  });

  it('cannot be read under another owner’s name', async () => {
    await confirm((await propose()).protection.id);
    const [found] = await inForce();
    await expect(openSubject(found!.sealed, { ...found!, owner: 'tax' }, KEYS)).rejects.toThrow();
    const others = envelopeKeys('a secret that another hub alone knows.', 'protected-subjects');
    await expect(openSubject(found!.sealed, found!, others)).rejects.toThrow();
  });
});
