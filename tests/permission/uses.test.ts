import { describe, expect, it } from '@jest/globals';
import type { Grant, GrantMode } from '../../shared/kernel/index.js';
import { explain } from '../../gateway/permission/explain.js';
import { toRefusalError } from '../../gateway/permission/to-refusal-error.js';
import { catalogue } from './support/catalogue.js';
import { DAY, grant, NOW, TestDecider, type DecisionRequest } from './support/test-decider.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const OPEN = '@share(type: UNCONDITIONAL)';

const PERSON = `type Person @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} {
  id: ID! @subject(kind: PERSON) name: String @verifiable division: String @scope(by: "division") @dimension
  phone: String @share(type: CONDITIONAL) @verifiable @mask(as: PHONE)
  income: Int @share(type: NOT_SHARED, basis: ["Law 1"]) @verifiable @measure
  faith: String @share(type: NOT_SHARED, basis: ["Law 1"]) @verifiable @dimension
  sick: Boolean @share(type: NOT_SHARED, basis: ["Law 1"]) }`;
const read = catalogue({
  population: `
    type Query ${OPEN} {
      person(id: ID!): Person
      verify(id: ID! @compares(field: "Person.id"), phone: String @compares(field: "Person.phone"), claims: Claims, all: [Row!]): Verification
      statistics(by: [Dimension!], where: Where, sum: [Measure!]): Statistics }
    ${PERSON}
    input Claims { name: String @compares(field: "Person.name") income: Int @compares(field: "Person.income") faith: String @compares(field: "Person.faith") }
    input Row { id: ID! @compares(field: "Person.id") claims: Claims! }
    type Verification ${OPEN} { outcome: Outcome! }
    enum Outcome { MATCH NOT_CONFIRMED }
    enum Dimension { DIVISION @groups(field: "Person.division") FAITH @groups(field: "Person.faith") }
    input Where { faith: String @groups(field: "Person.faith") }
    enum Measure { INCOME @sums(field: "Person.income") }
    type Statistics ${OPEN} { count: Float }`,
});
const testDecider = () => new TestDecider(read);
const of = (mode: GrantMode, at: string, more: Partial<Grant> = {}) => grant([at], { mode, ...more });

const NAME = '{ verify(id: 1, claims: { name: "x" }) { outcome } }';
const PHONE = '{ verify(id: 1, phone: "x") { outcome } }';
const INCOME = '{ verify(id: 1, claims: { income: 1 }) { outcome } }';
const refused = async (query: string, request: DecisionRequest = {}) =>
  (await testDecider().ask(query, request)).refused;
const VERIFY_CLAIMS = 'query ($c: Claims) { verify(id: 1, claims: $c) { outcome } }';
const VERIFY_ROWS = 'query ($rows: [Row!]) { verify(id: 1, all: $rows) { outcome } }';

describe('A comparison with a claim', () => {
  it('needs no grant for an item that every department may read, and a department for it', async () => {
    expect(await refused(NAME)).toEqual({});
    expect(await refused(NAME, { department: undefined, scenario: undefined })).toEqual({ verify: 'UNAUTHENTICATED' });
  });

  it.each([
    ['a conditional item', PHONE, 'Person.phone'],
    ['an item that is not shared', INCOME, 'Person.income'],
  ])('of %s needs a live grant of its mode for the purpose (QZ-5.4d)', async (_, query, at) => {
    showsPartOf('QZ-5.4d');
    expect(await refused(query)).toEqual({ verify: 'GRANT_REQUIRED' });
    expect(await refused(query, { scenario: undefined })).toEqual({ verify: 'PURPOSE_REQUIRED' });
    const with_ = (more: Partial<Grant>) => refused(query, { grants: [of('VERIFY', at, more)] });
    expect(await with_({})).toEqual({});
    expect(await with_({ mode: 'STATISTICS' })).toEqual({ verify: 'GRANT_REQUIRED' });
    expect(await with_({ mode: 'BULK' })).toEqual({ verify: 'GRANT_REQUIRED' });
    expect(await with_({ suspended: true })).toEqual({ verify: 'GRANT_SUSPENDED' });
    expect(await with_({ until: NOW })).toEqual({ verify: 'GRANT_EXPIRED' });
    expect(await with_({ from: NOW + DAY })).toEqual({ verify: 'GRANT_REQUIRED' });
    expect(await with_({ persons: ['li.na'] })).toEqual({ verify: 'PERSON_NOT_AUTHORISED' });
    expect(await with_({ identities: { [at as 'a.b']: 'another' } })).toEqual({ verify: 'GRANT_REQUIRED' });
    expect(await refused(query, { scenario: 'survey', grants: [of('VERIFY', at)] })).toEqual({
      verify: 'GRANT_REQUIRED',
    });
  });

  it('is given to who may read the item, and never the item to who may compare it', async () => {
    const read = { grants: [of('QUERY', 'Person.phone'), of('QUERY', 'Person.income', { coordination: 'C-1' })] };
    expect(await refused(PHONE, read)).toEqual({});
    expect(await refused(INCOME, read)).toEqual({});
    expect(await refused(INCOME, { grants: [of('QUERY', 'Person.income')] })).toEqual({ verify: 'GRANT_REQUIRED' });
    const compare = { grants: [of('VERIFY', 'Person.phone'), of('VERIFY', 'Person.income', { coordination: 'C-1' })] };
    expect(await refused('{ person(id: 1) { phone income } }', compare)).toEqual({
      'person.phone': 'GRANT_REQUIRED',
      'person.income': 'NOT_SHARED',
    });
    expect(await refused(INCOME, { department: 'police', scenario: undefined })).toEqual({});
  });

  it('is not given to who may read the item only de-identified, unless a grant of the mode allows it', async () => {
    const masked = of('QUERY', 'Person.phone', { masks: { 'Person.phone': 'PHONE' } });
    expect(await refused(PHONE, { grants: [masked] })).toEqual({ verify: 'GRANT_REQUIRED' });
    // A grant to compare gives no value that could be de-identified.
    const compare = of('VERIFY', 'Person.phone', { masks: { 'Person.phone': 'PHONE' } });
    expect(await refused(PHONE, { grants: [masked, compare] })).toEqual({});
  });

  it('of several items needs a decision on each, wherever it is written', async () => {
    const grants = [of('VERIFY', 'Person.income')];
    const both = { income: 1, faith: 'x' };
    expect(await refused(VERIFY_CLAIMS, { grants, variables: { c: { income: 1 } } })).toEqual({});
    expect(await refused(VERIFY_CLAIMS, { grants, variables: { c: both } })).toEqual({ verify: 'GRANT_REQUIRED' });
    const rows = [
      { id: 1, claims: { income: 1 } },
      { id: 2, claims: both },
    ];
    expect(await refused(VERIFY_ROWS, { grants, variables: { rows } })).toEqual({ verify: 'GRANT_REQUIRED' });
    for (const faith of ['"x"', '$f', 'null'])
      expect(
        await refused(
          `query ($f: String = "x") { free: verify(id: 1, phone: $f) { outcome }
            verify(id: 1, all: [{ id: 1, claims: { income: 1 } }, { id: 2, claims: { faith: ${faith} } }]) { outcome } }`,
          { grants: [...grants, of('VERIFY', 'Person.phone')] },
        ),
      ).toEqual({ verify: 'GRANT_REQUIRED' });
  });

  it('of an item that is computed needs the same of what it is computed from', async () => {
    const derived = new TestDecider(
      catalogue({
        population: `type Query ${OPEN} { person(id: ID!): Person } ${PERSON}`,
        benefits: `
          type Query ${OPEN} { verifyRate(rate: Int @compares(field: "Person.rate")): Boolean }
          type Person @key(fields: "id") @resource(code: "3", name: "Benefits", provider: "welfare") {
            id: ID! income: Int @external rate: Int ${OPEN} @verifiable @requires(fields: "income") }`,
      }),
    );
    const ask = async (...grants: Grant[]) => (await derived.ask('{ verifyRate(rate: 1) }', { grants })).refused;
    expect(await ask()).toEqual({ verifyRate: 'GRANT_REQUIRED' });
    expect(await ask(of('STATISTICS', 'Person.income'))).toEqual({ verifyRate: 'GRANT_REQUIRED' });
    expect(await ask(of('VERIFY', 'Person.income'))).toEqual({});
  });

  it('is cut to the rows of its grant', async () => {
    const rows = { grants: [of('VERIFY', 'Person.income', { rows: ['3301'] })] };
    expect((await testDecider().ask(INCOME, rows)).verdict.limits).toEqual({
      rows: { Person: ['3301'] },
      divisions: { Person: ['division'] },
    });
  });

  it('counts every claim towards the daily quota of its grant', async () => {
    const grants = [of('VERIFY', 'Person.income', { quotaPerDay: 2 })];
    const rows = [1, 2, 3].map((id) => ({ id, claims: { income: 1 } }));
    const quota = (count: number) => refused(VERIFY_ROWS, { grants, variables: { rows: rows.slice(0, count) } });
    expect(await quota(2)).toEqual({});
    expect(await quota(3)).toEqual({ verify: 'QUOTA_EXCEEDED' });
    const aliases = rows.map(({ id }) => `a${id}: verify(id: ${id}, claims: { income: 1 }) { outcome }`);
    expect(await refused(`{ ${aliases.join(' ')} }`, { grants })).toEqual({ a3: 'QUOTA_EXCEEDED' });
  });

  it('is refused with an application for its own mode, ready to send (QZ-5.4e)', async () => {
    shows('QZ-5.4e');
    const { verdict } = await testDecider().ask(INCOME);
    const { message, extensions } = toRefusalError([...verdict.reasons.values()][0]!, 'Query.verify', {
      scenario: 'audit',
      notSharedModes: ['STATISTICS', 'VERIFY'],
    });
    expect(message).toBe(
      'income (Person.income) is verified under a grant only. Apply to police under scenario audit.',
    );
    expect(extensions).toMatchObject({
      code: 'GRANT_REQUIRED',
      item: 'Person.income',
      mode: 'VERIFY',
      apply: { input: { scenario: 'audit', mode: 'VERIFY', coordinates: ['Person.income'] } },
    });
  });

  it('is explained item by item', async () => {
    const decider = testDecider();
    const context = decider.contextOf(VERIFY_CLAIMS, {
      grants: [of('VERIFY', 'Person.income', { id: 'G1' })],
      variables: { c: { income: 1, faith: 'secret' } },
    });
    const items = await explain(decider.decider, decider.prepare(VERIFY_CLAIMS), context);
    expect(
      items.map(({ coordinate, mode, decision, grant, code }) => [coordinate, mode, decision, grant ?? code]),
    ).toEqual([
      ['Query.verify', undefined, 'DENY', 'GRANT_REQUIRED'],
      ['Person.id', 'VERIFY', 'ALLOW', undefined],
      ['Person.income', 'VERIFY', 'ALLOW', 'G1'],
      ['Person.faith', 'VERIFY', 'DENY', 'GRANT_REQUIRED'],
      ['Verification.outcome', undefined, 'DENY', 'GRANT_REQUIRED'],
    ]);
    expect(JSON.stringify(items)).not.toContain('secret');
  });
});

describe('A statistic', () => {
  const BY_FAITH = '{ statistics(by: [DIVISION, FAITH], sum: INCOME) { count } }';
  const FAITH = of('STATISTICS', 'Person.faith');
  const INCOMES = of('STATISTICS', 'Person.income');

  it('needs a decision on every item that it is grouped, restricted or summed by', async () => {
    expect(await refused('{ statistics(by: DIVISION) { count } }')).toEqual({});
    expect(await refused(BY_FAITH, { grants: [FAITH] })).toEqual({ statistics: 'GRANT_REQUIRED' });
    expect(await refused(BY_FAITH, { grants: [INCOMES] })).toEqual({ statistics: 'GRANT_REQUIRED' });
    expect(await refused(BY_FAITH, { grants: [of('VERIFY', 'Person.faith'), INCOMES] })).toEqual({
      statistics: 'GRANT_REQUIRED',
    });
    expect(await refused(BY_FAITH, { grants: [FAITH, INCOMES] })).toEqual({});
    const where = 'query ($w: Where, $by: [Dimension!]) { statistics(where: $w, by: $by) { count } }';
    expect(await refused(where, { variables: { w: { faith: 'x' } } })).toEqual({ statistics: 'GRANT_REQUIRED' });
    expect(await refused(where, { variables: { by: ['DIVISION'] } })).toEqual({});
    expect(await refused(where, { variables: { by: ['DIVISION', 'FAITH'] } })).toEqual({
      statistics: 'GRANT_REQUIRED',
    });
  });

  it('is told in its verdict by mode, apart from what is filtered and compared', async () => {
    const { verdict } = await testDecider().ask(BY_FAITH, { grants: [FAITH, INCOMES] });
    expect(verdict).toMatchObject({
      mode: 'STATISTICS',
      throughArguments: { QUERY: [], VERIFY: [], STATISTICS: ['Person.division', 'Person.faith', 'Person.income'] },
    });
    const { verdict: name } = await testDecider().ask(NAME);
    expect(name).toMatchObject({ mode: 'VERIFY', throughArguments: { VERIFY: ['Person.id', 'Person.name'] } });
    const { verdict: both } = await testDecider().ask(NAME.replace(/}$/, 'person(id: 1) { name } }'));
    expect(both.mode).toBe('QUERY');
  });
});

describe('A statement on what is compared or counted is refused', () => {
  const problems = (field: string, more = '') =>
    catalogue({
      population: `type Query ${OPEN} { person(id: ID!): Person ${field} } ${PERSON}
        type Answer ${OPEN} { outcome: Outcome rows: [Line!] } type Line ${OPEN} { row: Int outcome: Outcome } enum Outcome { MATCH }
        enum By { SICK ${more} }`,
    }).errors.filter((problem) => !problem.startsWith('FILTERS_MISSING'));

  it('where its owner has not marked the item', () => {
    expect(problems('v(x: Boolean @compares(field: "Person.sick")): Answer')).toEqual(['NOT_VERIFIABLE Query.v(x:)']);
    expect(problems('v(x: Boolean @groups(field: "Person.sick")): Answer')).toEqual(['NOT_A_DIMENSION Query.v(x:)']);
    expect(problems('v(x: Boolean @sums(field: "Person.faith")): Answer')).toEqual(['NOT_A_MEASURE Query.v(x:)']);
    expect(problems('v(x: By): Answer', '@groups(field: "Person.sick")')).toEqual(['NOT_A_DIMENSION By.SICK']);
    expect(
      problems('v(id: ID! @compares(field: "Person.id") x: Int @compares(field: "Person.income")): Answer'),
    ).toEqual([]);
  });

  it('where there is no such item', () => {
    expect(problems('v(x: Boolean @compares(field: "Person.gone")): Answer')).toEqual(['COMPARES_UNKNOWN Query.v(x:)']);
    expect(problems('v(x: Boolean @compares(field: "gone")): Answer')).toContain('FILTERS_MALFORMED Query.v(x:)');
  });

  it('where a field compares below the root, where nobody sees whom a claim is about', () => {
    const below = PERSON.replace('sick:', 'hasName(name: String @compares(field: "Person.name")): Boolean sick:');
    const { errors } = catalogue({ population: `type Query ${OPEN} { person(id: ID!): Person } ${below}` });
    expect(errors).toEqual(['COMPARES_NOT_AT_ROOT Person.hasName']);
  });

  it('where the rule of comparison does not fit the item', () => {
    const stated = (field: string) =>
      catalogue({
        population: `type Query ${OPEN} { a: A } type A @resource(code: "1", name: "A") ${OPEN} { ${field} }`,
      }).errors;
    expect(stated('b: Int @verifiable(as: NAME)')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: String @verifiable(within: 1)')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: Int @verifiable(within: 0)')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: Int @verifiable(within: 1, bands: [1])')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: Int @verifiable(bands: [2, 1])')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: Int @verifiable(bands: [])')).toEqual(['VERIFIABLE_UNREADABLE A.b']);
    expect(stated('b: [Int] @verifiable')).toEqual(['VERIFIABLE_NOT_A_VALUE A.b']);
    expect(stated('b: A @verifiable')).toEqual(['VERIFIABLE_NOT_A_VALUE A.b']);
    expect(stated('b: Int @verifiable(bands: [1, 2]) c: String @verifiable(as: NAME)')).toEqual([]);
  });

  it('where the field would give records or values', () => {
    const shown = (returns: string, by = 'compares') =>
      problems(
        `v(x: Int @${by}(field: "Person.income")): ${returns} w: Wrapped`,
        `@share(type: UNCONDITIONAL) } type Wrapped ${OPEN} { found: [Person] note: String`,
      );
    expect(shown('Person')).toEqual(['USE_SHOWS_VALUES Query.v']);
    expect(shown('[String!]')).toEqual(['USE_SHOWS_VALUES Query.v']);
    expect(shown('Wrapped')).toEqual(['USE_SHOWS_VALUES Query.v']);
    expect(shown('Wrapped', 'sums')).toEqual(['USE_SHOWS_VALUES Query.v']);
    expect(shown('Float', 'sums')).toEqual([]);
    expect(shown('[Answer!]')).toEqual([]);
  });

  it('where a default value compares for everybody who leaves the argument out', () => {
    expect(problems('v(x: Int = 1 @compares(field: "Person.income")): Answer')).toEqual([
      'DEFAULT_RESTRICTED Query.v(x:)',
    ]);
  });

  it('under a version of the specification that did not have it', () => {
    const old = (version: string) =>
      catalogue({
        population: `extend schema @link(url: "https://sharehub.dev/share/${version}", import: ["@share", "@compares"]) type Query ${OPEN} { a: Int }`,
      }).errors;
    expect(old('v1.0')).toEqual(['SHARE_IMPORT_UNKNOWN']);
    expect(old('v1')).toEqual(['SHARE_IMPORT_UNKNOWN']);
    expect(old('v1.1')).toEqual([]);
  });
});
