import { describe, expect, it } from '@jest/globals';
import { explain } from '../../gateway/permission/explain.js';
import { toRefusalError } from '../../gateway/permission/to-refusal-error.js';
import type { Grant, VerificationDetail } from '../../shared/kernel/index.js';
import { catalogue } from './support/catalogue.js';
import { grant, TestDecider, type DecisionRequest } from './support/test-decider.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const read = catalogue({
  population: `
    type Query ${OPEN} {
      person(id: ID!): Person
      verifyPerson(id: ID! @compares(field: "Person.id"), claims: PersonClaims!): Verification
      verifyPersonBatch(rows: [PersonClaimRow!]!): [Verification!] }
    type Person @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} {
      id: ID! @subject(kind: PERSON) name: String @verifiable
      phone: String @share(type: CONDITIONAL) @verifiable
      income: Int @share(type: NOT_SHARED, basis: ["Law 1"]) @verifiable }
    input PersonClaims { name: String @compares(field: "Person.name") phone: String @compares(field: "Person.phone")
      income: Int @compares(field: "Person.income") }
    input PersonClaimRow { id: ID! @compares(field: "Person.id") claims: PersonClaims! }
    type Verification ${OPEN} { outcome: VerificationOutcome! outcomes: [ItemVerification!] }
    type ItemVerification ${OPEN} { item: ID! outcome: VerificationOutcome! }
    enum VerificationOutcome { MATCH NOT_CONFIRMED NO_RECORD }`,
});
const verify = (at: string, ...verificationDetails: VerificationDetail[]): Grant =>
  grant([at], { mode: 'VERIFY', ...(verificationDetails.length > 0 && { verificationDetails }) });
const BOTH = ['PER_ITEM', 'NO_RECORD'] as const;
const test = new TestDecider(read);
const refused = async (query: string, request: DecisionRequest = {}) => (await test.ask(query, request)).refused;
/** Paths at which it may be told that there is no record. */
const recordless = async (query: string, request: DecisionRequest) => {
  const { sites } = test.prepare(query);
  return [...((await test.ask(query, request)).verdict.limits.recordless ?? [])].map((at) => sites[at]!.path.join('.'));
};

const TWO = 'claims: { phone: "x", income: 1 }';
const ITEMISED = `{ verifyPerson(id: 1, ${TWO}) { outcome outcomes { item outcome } } }`;
const WITHOUT = [verify('Person.phone'), verify('Person.income')];

describe('Outcomes of single items', () => {
  it.each<[string, string, Record<string, unknown>?]>([
    ['plainly', ITEMISED.replace('outcome outcomes', 'outcomes')],
    ['under an alias', `{ v: verifyPerson(id: 1, ${TWO}) { o: outcomes { o: outcome } } }`],
    ['in a fragment', `{ verifyPerson(id: 1, ${TWO}) { ...F } } fragment F on Verification { outcomes { item } }`],
    [
      'by @include',
      `query ($b: Boolean!) { verifyPerson(id: 1, ${TWO}) { outcomes @include(if: $b) { item } } }`,
      { b: true },
    ],
    [
      'in a batch, in a variable',
      'query ($r: [PersonClaimRow!]!) { verifyPersonBatch(rows: $r) { outcomes { item } } }',
      {
        r: [
          { id: 1, claims: { phone: 'x' } },
          { id: 1, claims: { income: 1 } },
        ],
      },
    ],
    [
      'beside one that is allowed',
      `{ a: verifyPerson(id: 1, claims: { name: "x" }) { outcomes { item } } b: verifyPerson(id: 1, ${TWO}) { outcomes { item } } }`,
    ],
  ])('are refused without a grant that says so, asked %s', async (_, query, variables = {}) => {
    for (const grants of [
      WITHOUT,
      [verify('Person.phone', 'PER_ITEM'), verify('Person.income')],
      [verify('Person.phone', 'NO_RECORD'), verify('Person.income', 'NO_RECORD')],
      [...WITHOUT, verify('Person.name', ...BOTH)],
    ])
      expect(Object.values(await refused(query, { grants, variables }))).toEqual(['GRANT_DETAIL_REQUIRED']);
  });

  it('are refused beside the one outcome, which is given, with an application that is ready to send', async () => {
    const grants = [verify('Person.phone', 'PER_ITEM'), verify('Person.income')];
    const { verdict, refused } = await test.ask(ITEMISED, { grants });
    expect(refused).toEqual({ 'verifyPerson.outcomes': 'GRANT_DETAIL_REQUIRED' });
    const { message, extensions } = toRefusalError([...verdict.reasons.values()][0]!, 'Verification.outcomes', {
      scenario: 'audit',
      notSharedModes: ['VERIFY'],
    });
    expect(message).toContain('Person.income');
    expect(extensions).toMatchObject({
      code: 'GRANT_DETAIL_REQUIRED',
      item: 'Person.income',
      provider: 'police',
      apply: {
        mutation: 'startApplication',
        input: {
          scenario: 'audit',
          mode: 'VERIFY',
          coordinates: ['Person.income'],
          verificationDetails: ['PER_ITEM'],
        },
      },
    });
    expect(verdict.limits.details).toBeUndefined();
  });

  it('are given where the grants of all items say so, and the subgraph is told of these', async () => {
    const grants = [verify('Person.phone', 'PER_ITEM'), verify('Person.income', ...BOTH)];
    const { verdict, refused } = await test.ask(ITEMISED, { grants });
    expect(refused).toEqual({});
    expect(verdict.limits).toEqual({
      details: { 'Person.id': ['PER_ITEM'], 'Person.phone': ['PER_ITEM'], 'Person.income': ['PER_ITEM'] },
    });
  });

  it('are given by the grant that says so, of two that are alike', async () => {
    const grants = [verify('Person.phone'), verify('Person.phone', 'PER_ITEM'), verify('Person.income', 'PER_ITEM')];
    expect(await refused(ITEMISED, { grants })).toEqual({});
  });

  it('are not given where a grant without them adds rows', async () => {
    const rows = (division: string, ...details: VerificationDetail[]) => ({
      ...verify('Person.income', ...details),
      rows: [division],
    });
    const scoped = new TestDecider(
      catalogue({
        population: `type Query ${OPEN} { verify(income: Int @compares(field: "Person.income")): Verification }
          type Person @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} {
            id: ID! division: String @scope(by: "division") income: Int @share(type: CONDITIONAL) @verifiable }
          type Verification ${OPEN} { outcome: Boolean outcomes: [Boolean] }`,
      }),
    );
    const ask = async (...grants: Grant[]) =>
      (await scoped.ask('{ verify(income: 1) { outcomes } }', { grants })).refused;
    expect(await ask(rows('3301', 'PER_ITEM'), rows('3302'))).toEqual({ 'verify.outcomes': 'GRANT_DETAIL_REQUIRED' });
    expect(await ask(rows('3301', 'PER_ITEM'), rows('3302', 'PER_ITEM'))).toEqual({});
  });

  it('are not given by a grant that has ended, is suspended, or is for another purpose', async () => {
    for (const more of [{ until: 0 }, { suspended: true }, { scenario: 'other' }])
      expect(
        await refused(ITEMISED, {
          grants: [...WITHOUT, ...['Person.phone', 'Person.income'].map((at) => ({ ...verify(at, ...BOTH), ...more }))],
        }),
      ).toEqual({ 'verifyPerson.outcomes': 'GRANT_DETAIL_REQUIRED' });
  });

  it('need no grant for what may be read anyway', async () => {
    const query = '{ verifyPerson(id: 1, claims: { name: "x" }) { outcomes { item } } }';
    expect(await refused(query)).toEqual({});
  });
});

describe('That there is no record', () => {
  const query = `{ a: verifyPerson(id: 1, ${TWO}) { outcome } b: verifyPerson(id: 1, claims: { phone: "x" }) { outcome } }`;

  it('may be told at the places alone where the grants of all items say so', async () => {
    expect(await recordless(query, { grants: WITHOUT })).toEqual([]);
    const some = [verify('Person.phone', 'NO_RECORD'), verify('Person.income', 'PER_ITEM')];
    expect(await recordless(query, { grants: some })).toEqual(['b', 'b.outcome']);
    const all = [verify('Person.phone', 'NO_RECORD'), verify('Person.income', 'NO_RECORD')];
    expect(await recordless(query, { grants: all })).toEqual(['a', 'a.outcome', 'b', 'b.outcome']);
  });

  it('is hindered by no item that may be read, and told by none', async () => {
    const named = (claims: string) => `{ verifyPerson(id: 1, claims: { ${claims} }) { outcome } }`;
    const grants = [verify('Person.phone', 'NO_RECORD'), grant(['Person.income'], { coordination: 'C-1' })];
    expect(await recordless(named('name: "x", income: 1, phone: "x"'), { grants })).toHaveLength(2);
    expect(await recordless(named('name: "x", income: 1'), { grants })).toEqual([]);
    expect(await recordless(named('name: "x"'), { grants })).toEqual([]);
    const beside =
      '{ a: verifyPerson(id: 1, claims: { name: "x" }) { outcome } b: verifyPerson(id: 1, claims: { phone: "x" }) { outcome } }';
    expect(await recordless(beside, { grants })).toEqual(['b', 'b.outcome']);
  });
});

it('explain tells the form of the answer of each item that is compared', async () => {
  const grants = [verify('Person.phone', ...BOTH), verify('Person.income', 'PER_ITEM')];
  const told = async (query: string, request: DecisionRequest) =>
    (await explain(test.decider, test.prepare(query), test.contextOf(query, request)))
      .filter(({ mode, coordinate }) => mode === 'VERIFY' && coordinate !== 'Person.id')
      .map(({ coordinate, details, why }) => [coordinate, details, why.replace(/grant-\d+/, 'G')]);
  expect(await told(ITEMISED, { grants })).toEqual([
    ['Person.phone', ['PER_ITEM'], 'grant G, told beyond one outcome: PER_ITEM'],
    ['Person.income', ['PER_ITEM'], 'grant G, told beyond one outcome: PER_ITEM'],
  ]);
  expect(await told(ITEMISED, { grants: WITHOUT })).toEqual([
    ['Person.phone', undefined, 'grant G, one outcome for all claims together'],
    ['Person.income', undefined, 'grant G, one outcome for all claims together'],
  ]);
});
