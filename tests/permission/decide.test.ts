import { describe, expect, it } from '@jest/globals';
import { GRANT_MODES, type Coordinate, type Grant, type GrantMode } from '../../shared/kernel/index.js';
import { DecisionSet } from '../../gateway/permission/decision-set.js';
import { explain } from '../../gateway/permission/explain.js';
import { findOpenForms, nameOpenForms } from '../../gateway/permission/open-forms.js';
import { toRefusalError } from '../../gateway/permission/to-refusal-error.js';
import type { Verdict } from '../../gateway/request/verdict.js';
import { itemIdentity } from '../../shared/share/item-identity.js';
import { catalogue } from './support/catalogue.js';
import { DAY, TestDecider, grant, NOW, snapshotOf, type DecisionRequest } from './support/test-decider.js';
import { shows } from '../conformance/shows.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const CONDITIONAL = '@share(type: CONDITIONAL)';
const SECRET = '@share(type: NOT_SHARED, basis: ["Law 1"])';

const read = catalogue({
  population: `
    type Query ${OPEN} {
      person(id: ID!): Person
      persons(phone: String @filters(field: "Person.phone"), income: Int @filters(field: "Person.income"), order: Order, orders: [Order!], where: Where, all: [Where!], free: Int): [Person]
      parties(over: Int @filters(field: "Person.income")): [Party]
      anything: [Anything]
    }
    type Mutation ${OPEN} { report(where: Where): Report }
    type Report ${OPEN} { person: Person }
    union Anything = Person | Firm
    interface Party ${OPEN} { name: String phone: String }
    type Person implements Party @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} {
      id: ID! name: String division: String @scope(by: "division")
      phone: String @share(type: CONDITIONAL, basis: ["Law 2"]) @mask(as: PHONE)
      address: String ${CONDITIONAL} income: Int ${SECRET} sick: Boolean ${SECRET}
      wage: Int @share(type: NOT_SHARED, basis: ["Law 3"]) @derivable(into: ["Person.benefit"])
      spouse: Person ${CONDITIONAL} status: Status }
    type Firm implements Party @resource(code: "2", name: "Firms", provider: "market") ${OPEN} {
      name: String phone: String @share(type: CONDITIONAL, provider: "market") }
    enum Status { FREE CONVICTED ${SECRET} }
    enum Order { NAME INCOME ${SECRET} }
    input Where { name: String phone: String @filters(field: "Person.phone") and: [Where!] order: Order secret: Int ${CONDITIONAL} }`,
  benefits: `
    type Person @key(fields: "id") @resource(code: "3", name: "Benefits", provider: "welfare") {
      id: ID! income: Int @external wage: Int @external phone: String @external
      rate: Int ${OPEN} @requires(fields: "income") benefit: Int ${OPEN} @requires(fields: "wage")
      area: Int ${OPEN} @requires(fields: "phone") }`,
});
const testDecider = () => new TestDecider(read);
const PHONE = '{ person(id: 1) { phone } }';
const INCOME = '{ person(id: 1) { income } }';
const phone = (more: Partial<Grant> = {}) => grant(['Person.phone'], more);
const income = (more: Partial<Grant> = {}) => grant(['Person.income'], { coordination: 'C-1', ...more });

describe('What is shared unconditionally', () => {
  it('is refused to nobody who is a department, with or without a scenario (QZ-5.4a, CZ-8c, CZ-11b, YN-14b, YN-16a)', async () => {
    shows('QZ-5.4a', 'CZ-8c', 'CZ-11b', 'YN-14b', 'YN-16a');
    for (const scenario of [undefined, 'audit'])
      expect((await testDecider().ask('{ person(id: 1) { id name } }', { scenario })).refused).toEqual({});
  });

  it('is refused to the anonymous caller, and given to it only by a permissive gateway', async () => {
    const anonymous = { department: undefined, scenario: undefined };
    expect((await testDecider().ask('{ person(id: 1) { id phone } }', anonymous)).refused).toEqual({
      person: 'UNAUTHENTICATED',
    });
    const permissive = new TestDecider(read, true);
    expect((await permissive.ask('{ person(id: 1) { id phone income } }', anonymous)).refused).toEqual({
      'person.phone': 'UNAUTHENTICATED',
      'person.income': 'NOT_SHARED',
    });
  });
});

describe('What is shared conditionally', () => {
  const refusedWith = async (grants: readonly Grant[], more = {}) =>
    (await testDecider().ask(PHONE, { grants, ...more })).refused['person.phone'];

  it('is refused without a grant, and without a scenario (YN-14c)', async () => {
    shows('YN-14c', 'YN-4a');
    expect(await refusedWith([])).toBe('GRANT_REQUIRED');
    expect(await refusedWith([], { scenario: undefined })).toBe('PURPOSE_REQUIRED');
    expect(await refusedWith([phone()], { scenario: undefined })).toBe('PURPOSE_REQUIRED');
    expect(await refusedWith([phone()], { scenario: '' })).toBe('GRANT_REQUIRED');
    expect(await refusedWith([phone()])).toBeUndefined();
  });

  it.each<[string, Partial<Grant>, string | undefined]>([
    ['of another scenario', { scenario: 'survey' }, 'GRANT_REQUIRED'],
    ['of another department', { department: 'police' }, 'GRANT_REQUIRED'],
    ['of another item', { coordinates: ['Person.address'] }, 'GRANT_REQUIRED'],
    ['of the interface alone', { coordinates: ['Party.phone'] }, 'GRANT_REQUIRED'],
    ['for verification', { mode: 'VERIFY' }, 'GRANT_REQUIRED'],
    ['for statistics', { mode: 'STATISTICS' }, 'GRANT_REQUIRED'],
    ['for bulk delivery', { mode: 'BULK' }, 'GRANT_REQUIRED'],
    ['that begins in a millisecond', { from: NOW + 1 }, 'GRANT_REQUIRED'],
    ['that begins now', { from: NOW }, undefined],
    ['that ends now', { until: NOW }, 'GRANT_EXPIRED'],
    ['that ends in a millisecond', { until: NOW + 1 }, undefined],
    ['that is suspended', { suspended: true }, 'GRANT_SUSPENDED'],
    ['that is suspended and has ended', { suspended: true, until: NOW }, 'GRANT_EXPIRED'],
    ['that is suspended and for verification', { suspended: true, mode: 'VERIFY' }, 'GRANT_REQUIRED'],
    ['that ended and was for statistics', { until: NOW, mode: 'STATISTICS' }, 'GRANT_REQUIRED'],
    ['for no rows at all', { rows: [] }, undefined],
  ])('under a grant %s', async (_, more, code) => {
    expect(await refusedWith([phone(more)])).toBe(code);
  });

  it('is given under any one live grant, whatever the others are', async () => {
    const dead = [
      phone({ suspended: true }),
      phone({ until: NOW }),
      phone({ from: NOW + 1 }),
      phone({ mode: 'VERIFY' }),
    ];
    expect(await refusedWith([...dead, phone()])).toBeUndefined();
    expect(await refusedWith([phone(), ...dead])).toBeUndefined();
    expect(await refusedWith(dead)).toBe('GRANT_SUSPENDED');
  });

  it('is not given by a grant that the read model filed under a wrong pair', async () => {
    const snapshot = {
      ...snapshotOf([]),
      grants: new Map([['tax|audit', [phone({ department: 'police' }), phone({ scenario: 'survey' })]]]),
    };
    expect(await refusedWith([], { snapshot })).toBe('GRANT_REQUIRED');
  });

  it('is not given by a pair of codes that only looks the same', async () => {
    const grants = [phone({ department: 'tax|a', scenario: 'b' })];
    const one = testDecider();
    expect((await one.ask(PHONE, { grants, department: 'tax|a', scenario: 'b' })).refused).toEqual({});
    expect((await one.ask(PHONE, { grants, department: 'tax', scenario: 'a|b' })).refused).toEqual({
      'person.phone': 'GRANT_REQUIRED',
    });
  });

  it('is given to its own provider without a grant, and to no provider of something else', async () => {
    expect(await refusedWith([], { department: 'police', scenario: undefined })).toBeUndefined();
    expect(await refusedWith([], { department: 'market', scenario: undefined })).toBe('PURPOSE_REQUIRED');
    expect(await refusedWith([], { department: 'welfare' })).toBe('GRANT_REQUIRED');
  });
});

describe('What is not shared', () => {
  const refusedWith = async (grants: readonly Grant[], more = {}) =>
    (await testDecider().ask(INCOME, { grants, ...more })).refused['person.income'];

  it.each<[string, Partial<Grant>, string | undefined]>([
    ['without coordination', { coordination: undefined }, 'NOT_SHARED'],
    ['with an empty coordination', { coordination: '' }, 'NOT_SHARED'],
    ['with coordination, for verification', { mode: 'VERIFY' }, 'NOT_SHARED'],
    ['with coordination, for statistics', { mode: 'STATISTICS' }, 'NOT_SHARED'],
    ['with coordination, not begun', { from: NOW + 1 }, 'NOT_SHARED'],
    ['with coordination, ended', { until: NOW }, 'GRANT_EXPIRED'],
    ['without coordination, ended', { until: NOW, coordination: undefined }, 'NOT_SHARED'],
    ['with coordination, suspended', { suspended: true }, 'GRANT_SUSPENDED'],
    ['with coordination, of another scenario', { scenario: 'survey' }, 'NOT_SHARED'],
    ['with coordination', {}, undefined],
  ])('under a grant %s', async (_, more, code) => {
    expect(await refusedWith([income(more)])).toBe(code);
  });

  it('is refused without any grant and named with its legal basis (CZ-8e, YN-14d)', async () => {
    shows('CZ-8e', 'YN-14d');
    const told = await testDecider().ask(INCOME);
    expect(told.refused).toEqual({ 'person.income': 'NOT_SHARED' });
    expect(told.messages[0]).toBe('income (Person.income) is not shared (Law 1).');
  });

  it('is not made better by naming a scenario, and is given to its own provider without one', async () => {
    expect(await refusedWith([], { scenario: undefined })).toBe('NOT_SHARED');
    expect(await refusedWith([income()], { scenario: undefined })).toBe('NOT_SHARED');
    expect(await refusedWith([], { department: 'police', scenario: undefined })).toBeUndefined();
  });
});

describe('What a site reads besides its own item', () => {
  it('is refused with everything that a required item needs, and given with it', async () => {
    const query = '{ person(id: 1) { rate benefit } }';
    expect((await testDecider().ask(query)).refused).toEqual({ 'person.rate': 'NOT_SHARED' });
    expect((await testDecider().ask(query, { grants: [income()] })).refused).toEqual({});
    expect((await testDecider().ask(query, { department: 'welfare' })).refused).toEqual({
      'person.rate': 'NOT_SHARED',
    });
  });

  it('is refused on an interface unless every implementation is allowed, but not on the implementation alone', async () => {
    const query = '{ parties { name phone ... on Person { p: phone } ... on Firm { f: phone } } }';
    expect((await testDecider().ask(query, { grants: [phone()] })).refused).toEqual({
      'parties.phone': 'GRANT_REQUIRED',
      'parties.f': 'GRANT_REQUIRED',
    });
    expect((await testDecider().ask(query, { grants: [phone(), grant(['Firm.phone'])] })).refused).toEqual({});
    expect((await testDecider().ask(query, { department: 'market' })).refused).toEqual({
      'parties.phone': 'GRANT_REQUIRED',
      'parties.p': 'GRANT_REQUIRED',
    });
  });

  it('is refused on an interface with the fragments that give it, and with none where every type refuses', async () => {
    const tell = async (query: string, request: DecisionRequest) => {
      const asked = testDecider();
      const { verdict } = await asked.ask(query, request);
      const operation = asked.prepare(query);
      const context = asked.contextOf(query, request);
      const forms = await findOpenForms(operation, verdict, asked.decider, context);
      return [...verdict.reasons].map(([index, denial]) => {
        const at = operation.sites[index]!.coordinate;
        return nameOpenForms(toRefusalError(denial, at, context), at, forms.get(index));
      });
    };
    const [none] = await tell('{ parties { phone } }', {});
    expect(none!.extensions).not.toHaveProperty('fragments');
    const [some] = await tell('{ parties { phone } }', { grants: [phone()] });
    expect(some!.message).toContain('Not every Party is refused: ask for ... on Person { phone }.');
    expect(some!.extensions['fragments']).toEqual(['... on Person { phone }']);
    const own = await tell('{ parties { ... on Firm { phone } } }', { grants: [phone()] });
    expect(own.map(({ extensions }) => 'fragments' in extensions)).toEqual([false]);
  });

  it('is refused where the answer could show a restricted enum value', async () => {
    expect((await testDecider().ask('{ person(id: 1) { status } }')).refused).toEqual({
      'person.status': 'NOT_SHARED',
    });
    expect(
      (
        await testDecider().ask('{ person(id: 1) { status } }', {
          grants: [grant(['Status.CONVICTED'], { coordination: 'C-1' })],
        })
      ).refused,
    ).toEqual({});
  });

  it('is refused at every place, under every alias, fragment, union, second path, mutation and condition', async () => {
    const query = `query ($yes: Boolean!) {
        person(id: 1) { name: phone ...F spouse { income } } again: person(id: 2) { phone @skip(if: $yes) }
        anything { ... on Person { ... { deep: phone } } ... on Firm { name } } }
      fragment F on Party { via: phone }`;
    const refusedWhen = async (yes: boolean) => (await testDecider().ask(query, { variables: { yes } })).refused;
    // A field that is left out is asked for by nobody.
    expect(await refusedWhen(true)).not.toHaveProperty('again.phone');
    expect(await refusedWhen(false)).toEqual({
      'person.name': 'GRANT_REQUIRED',
      'person.via': 'GRANT_REQUIRED',
      'person.spouse': 'GRANT_REQUIRED',
      'again.phone': 'GRANT_REQUIRED',
      'anything.deep': 'GRANT_REQUIRED',
    });
    expect((await testDecider().ask('mutation { report { person { income } } }')).refused).toEqual({
      'report.person.income': 'NOT_SHARED',
    });
  });

  it('closes everything under a refused site, which is refused once', async () => {
    const { verdict, refused } = await testDecider().ask(
      '{ person(id: 1) { spouse { name phone spouse { income } } name } }',
    );
    expect(refused).toEqual({ 'person.spouse': 'GRANT_REQUIRED' });
    expect([...verdict.closed]).toEqual([1, 2, 3, 4, 5]);
    expect(verdict.denied).toBe(1);
  });

  it('knows nothing that the index does not know', async () => {
    const one = testDecider();
    const { index } = one.decider;
    const holed = new TestDecider({
      ...read,
      index: { ...index, byCoordinate: new Map([...index.byCoordinate].filter(([at]) => at !== 'Person.name')) },
    });
    const told = await holed.ask('{ person(id: 1) { id name } parties { name } }', { department: 'police' });
    expect(told.refused).toEqual({ 'person.name': 'NOT_SHARED', 'parties.name': 'NOT_SHARED' });
    expect(told.messages[0]).toContain('not catalogued');
  });

  it('refuses what a rule throws at, and what has no rule', async () => {
    const broken = new Proxy(phone(), {
      get(target, key) {
        if (key === 'suspended') throw new Error('the read model is broken');
        return Reflect.get(target, key) as unknown;
      },
    });
    const one = testDecider();
    const told = await one.ask(PHONE, { grants: [broken, phone()] });
    expect(one.faults).toEqual([{ error: new Error('the read model is broken'), coordinate: 'Person.phone' }]);
    expect(told.refused).toEqual({ 'person.phone': 'GRANT_REQUIRED' });
    expect(told.messages[0]).toContain('could not be decided');
    const set = new DecisionSet(read.index, {}, { department: 'tax', scenario: 'audit', grants: [phone()] }, NOW);
    const { index } = read.item('Person.id');
    await set.evaluate([index], NOW);
    expect(set.denials.get(index)).toMatchObject({ code: 'GRANT_REQUIRED' });
  });
});

describe('An argument that filters or sorts', () => {
  const refused = async (query: string, variables = {}, more = {}) =>
    (await testDecider().ask(query, { variables, ...more })).refused;

  it('is refused to who may not read the item: literal, null, variable, default of the variable', async () => {
    const denied = { persons: 'GRANT_REQUIRED' };
    expect(await refused('{ persons(phone: "1") { id } }')).toEqual(denied);
    expect(await refused('{ persons(phone: null) { id } }')).toEqual(denied);
    const variable = 'query ($p: String) { persons(phone: $p) { id } }';
    expect(await refused(variable, { p: '1' })).toEqual(denied);
    expect(await refused(variable, { p: null })).toEqual(denied);
    expect(await refused('query ($p: String = "1") { persons(phone: $p) { id } }')).toEqual(denied);
    expect(await refused('query ($p: String = null) { persons(phone: $p) { id } }')).toEqual(denied);
    expect(
      await refused(
        'query ($__proto__: String) { persons(phone: $__proto__) { id } }',
        JSON.parse('{"__proto__":"1"}') as object,
      ),
    ).toEqual(denied);
    expect(await refused(variable, { p: '1' }, { grants: [phone()] })).toEqual({});
    expect(await refused(variable)).toEqual({});
    expect(await refused('{ persons(free: 1) { id } }')).toEqual({});
  });

  it('is refused inside input objects, at any depth, literal or variable', async () => {
    const denied = { persons: 'GRANT_REQUIRED' };
    const where = 'query ($w: Where) { persons(where: $w) { id } }';
    for (const value of [
      { phone: '1' },
      { phone: null },
      { and: [{ name: 'a' }, { and: [{ phone: '1' }] }] },
      { and: { phone: '1' } },
      { secret: 1 },
    ])
      expect({ value, refused: await refused(where, { w: value }) }).toEqual({ value, refused: denied });
    for (const value of ['{ phone: "1" }', '{ and: [{ name: "a" }, { and: { phone: "1" } }] }', '{ secret: 1 }'])
      expect({ value, refused: await refused(`{ persons(where: ${value}) { id } }`) }).toEqual({
        value,
        refused: denied,
      });
    const nested = 'query ($p: String) { persons(where: { and: [{ phone: $p }] }) { id } }';
    expect(await refused(nested, { p: '1' })).toEqual(denied);
    expect(await refused(nested)).toEqual({});
    const inner = 'query ($w: [Where!]) { persons(where: { and: $w }) { id } }';
    expect(await refused(inner, { w: [{ phone: '1' }] })).toEqual(denied);
    expect(await refused('query ($w: Where = { phone: "1" }) { persons(where: $w) { id } }')).toEqual(denied);
    expect(
      await refused('query ($w: Where!) { persons(all: [{ name: "a" }, $w]) { id } }', { w: { phone: '1' } }),
    ).toEqual(denied);
    expect(await refused(where, { w: { name: 'a', and: [] } })).toEqual({});
    expect(await refused(where, { w: null })).toEqual({});
    expect(await refused('mutation { report(where: { phone: "1" }) { person { id } } }')).toEqual({
      report: 'GRANT_REQUIRED',
    });
  });

  it('is refused as an enum value: literal, in a list, in an input object, by variable', async () => {
    const denied = { persons: 'NOT_SHARED' };
    expect(await refused('{ persons(order: INCOME) { id } }')).toEqual(denied);
    expect(await refused('{ persons(orders: [NAME, INCOME]) { id } }')).toEqual(denied);
    expect(await refused('{ persons(orders: INCOME) { id } }')).toEqual(denied);
    expect(await refused('{ persons(where: { order: INCOME }) { id } }')).toEqual(denied);
    expect(await refused('query ($o: Order) { persons(order: $o) { id } }', { o: 'INCOME' })).toEqual(denied);
    expect(await refused('query ($o: [Order!]) { persons(orders: $o) { id } }', { o: ['NAME', 'INCOME'] })).toEqual(
      denied,
    );
    expect(await refused('query ($o: Order!) { persons(orders: [NAME, $o]) { id } }', { o: 'INCOME' })).toEqual(denied);
    expect(
      await refused('query ($o: Order) { persons(where: { and: [{ order: $o }] }) { id } }', { o: 'INCOME' }),
    ).toEqual(denied);
    expect(await refused('{ persons(order: NAME, orders: [NAME]) { id } }')).toEqual({});
    expect(await refused('query ($o: Order) { persons(order: $o) { id } }', { o: 'NAME' })).toEqual({});
  });

  it('is decided anew for other variables of the same operation', async () => {
    const one = testDecider();
    const query = 'query ($w: Where, $p: String) { persons(where: $w, phone: $p) { id } }';
    const ask = async (variables: Record<string, unknown>) => (await one.ask(query, { variables })).refused;
    expect(await ask({})).toEqual({});
    expect(await ask({ w: { phone: '1' } })).toEqual({ persons: 'GRANT_REQUIRED' });
    expect(await ask({ w: { name: '1' } })).toEqual({});
    expect(await ask({ p: '1' })).toEqual({ persons: 'GRANT_REQUIRED' });
    expect(await ask({})).toEqual({});
  });

  it('is refused by an item that is given de-identified only, and by one whose interface twin is refused', async () => {
    const masked = { grants: [phone({ masks: { 'Person.phone': 'PHONE' } })] };
    expect(await refused('{ persons(phone: "1") { id phone } }', {}, masked)).toEqual({ persons: 'GRANT_REQUIRED' });
    expect(await refused('{ persons { id phone } }', {}, masked)).toEqual({});
    expect(
      await refused(
        '{ parties(over: 1) { name } }',
        {},
        { grants: [income({ masks: { 'Person.income': 'HIDDEN' } })] },
      ),
    ).toEqual({
      parties: 'GRANT_REQUIRED',
    });
  });
});

describe('Limits', () => {
  const limits = async (query: string, grants: readonly Grant[], more = {}) => {
    const { refused, verdict } = await testDecider().ask(query, { grants, ...more });
    const { divisions: _, ...limits } = verdict.limits;
    return { refused, ...limits };
  };

  it('refuses rows that the provider cannot narrow', async () => {
    expect(await limits('{ parties { ... on Firm { phone } } }', [grant(['Firm.phone'], { rows: ['33'] })])).toEqual({
      refused: { 'parties.phone': 'OUT_OF_SCOPE' },
    });
  });

  it('prefers a grant that can be narrowed, or needs not to be, to one that cannot', async () => {
    const rows = grant(['Firm.phone'], { rows: ['33'] });
    expect(
      await limits('{ parties { ... on Firm { phone } } }', [
        rows,
        grant(['Firm.phone'], { masks: { 'Firm.phone': 'PHONE' } }),
      ]),
    ).toEqual({
      refused: {},
      masks: { 'Firm.phone': 'PHONE' },
    });
  });

  it('carries rows and masks to the provider, also through an interface', async () => {
    expect(
      await limits('{ person(id: 1) { id phone address } }', [
        phone({ rows: ['33'], masks: { 'Person.phone': 'PHONE' } }),
      ]),
    ).toEqual({
      refused: { 'person.address': 'GRANT_REQUIRED' },
      scopes: { 'Person.phone': ['33'] },
      masks: { 'Person.phone': 'PHONE' },
    });
    expect(await limits('{ parties { phone } }', [phone({ rows: ['33'] }), grant(['Firm.phone'])])).toEqual({
      refused: {},
      scopes: { 'Person.phone': ['33'] },
    });
  });

  it('carries nothing of an item that is refused, or lies under something refused', async () => {
    expect(await limits('{ person(id: 1) { spouse { phone } } }', [phone({ rows: ['33'] })])).toEqual({
      refused: { 'person.spouse': 'GRANT_REQUIRED' },
    });
  });

  it('adds the rows of several grants up, and names every one of them', async () => {
    const [a, b] = [phone({ rows: ['33', '11'] }), phone({ rows: ['11', '44'] })];
    const { verdict } = await testDecider().ask(PHONE, { grants: [a, b] });
    expect(verdict.limits.scopes).toEqual({ 'Person.phone': ['33', '11', '44'] });
    expect(verdict.grants).toEqual([a, b]);
  });

  it('takes the least limited of several grants', async () => {
    const [rows, masked] = [phone({ rows: ['33'] }), phone({ masks: { 'Person.phone': 'PHONE' } })];
    expect(await limits(PHONE, [rows, masked, phone()])).toEqual({ refused: {} });
    expect(await limits(PHONE, [masked, rows])).toEqual({ refused: {}, scopes: { 'Person.phone': ['33'] } });
  });

  it('cuts whole records to the rows of an item that an argument filters by, to those of all where several do', async () => {
    const query = 'query ($i: Int) { persons(phone: "1", income: $i) { id } }';
    const grants = [phone({ rows: ['33', '11'] }), income({ rows: ['3301', '44'] })];
    expect(await limits(query, grants)).toEqual({ refused: {}, rows: { Person: ['33', '11'] } });
    expect(await limits(query, grants, { variables: { i: 1 } })).toEqual({ refused: {}, rows: { Person: ['3301'] } });
    expect(await limits(query, [phone({ rows: ['33'] }), income({ rows: ['44'] })], { variables: { i: 1 } })).toEqual({
      refused: {},
      rows: { Person: [] },
    });
  });

  it('refuses what is computed from an item that is given in part only', async () => {
    const RATE = '{ person(id: 1) { rate } }';
    expect(await limits(RATE, [income({ masks: { 'Person.income': 'HIDDEN' } })])).toEqual({
      refused: { 'person.rate': 'GRANT_REQUIRED' },
    });
    // The rate's own provider has no division to narrow it by.
    expect(await limits(RATE, [income({ rows: ['33'] })])).toEqual({ refused: { 'person.rate': 'OUT_OF_SCOPE' } });
    expect(await limits(RATE, [income()])).toEqual({ refused: {} });
  });

  it('narrows what is computed from an item within rows to the same rows', async () => {
    const scoped = catalogue({
      a: `type Query ${OPEN} { person: Person } type Person @key(fields: "id") ${OPEN} { id: ID! division: String @scope(by: "division") income: Int ${CONDITIONAL} }`,
      b: `type Person @key(fields: "id") { id: ID! income: Int @external area: String ${OPEN} @scope(by: "division") rate: Int ${CONDITIONAL} @requires(fields: "income") }`,
    });
    const { refused, verdict } = await new TestDecider(scoped).ask('{ person { rate } }', {
      grants: [grant(['Person.income'], { rows: ['33'] }), grant(['Person.rate'], { rows: ['3301', '44'] })],
    });
    expect(refused).toEqual({});
    expect(verdict.limits.scopes).toEqual({ 'Person.income': ['33'], 'Person.rate': ['3301'] });
  });

  it('refuses an item in part beside another that is computed from the whole of it', async () => {
    const query = '{ person(id: 1) { benefit wage } }';
    const wage = (more: Partial<Grant>) => grant(['Person.wage'], { coordination: 'C-1', ...more });
    for (const more of [{ rows: ['33'] }, { masks: { 'Person.wage': 'HIDDEN' } as const }]) {
      expect(await limits(query, [wage(more)])).toEqual({ refused: { 'person.wage': 'OUT_OF_SCOPE' } });
      expect((await limits('{ person(id: 1) { wage } }', [wage(more)])).refused).toEqual({});
    }
    expect(await limits(query, [wage({})])).toEqual({ refused: {} });
    expect(await limits('{ person(id: 1) { spouse { benefit } wage } }', [wage({ rows: ['33'] })])).toEqual({
      refused: { 'person.spouse': 'GRANT_REQUIRED' },
      scopes: { 'Person.wage': ['33'] },
    });
  });
});

describe('A daily quota', () => {
  const limited = (quotaPerDay: number, more: Partial<Grant> = {}) => phone({ quotaPerDay, ...more });
  const using = (used: Readonly<Record<string, number>>) => {
    const one = testDecider();
    for (const [grant, uses] of Object.entries(used)) one.quota.uses.set(grant, uses);
    return one;
  };
  /** For each counted site: the grants that may be charged, and the uses at least. */
  const countedIn = ({ counted = [] }: Verdict) =>
    counted.map(({ charges, atLeast }) => [charges.map((ways) => ways.map(({ id }) => id)), atLeast]);

  it('refuses the places behind the last use, each alias and merged place for itself, before a provider is asked', async () => {
    const given = limited(3);
    const query = '{ person(id: 1) { phone } b: person(id: 2) { phone p: phone } }';
    expect((await using({ [given.id]: 0 }).ask(query, { grants: [given] })).refused).toEqual({});
    expect((await using({ [given.id]: 2 }).ask(query, { grants: [given] })).refused).toEqual({
      'b.phone': 'QUOTA_EXCEEDED',
      'b.p': 'QUOTA_EXCEEDED',
    });
    const told = await using({ [given.id]: 3 }).ask(PHONE, { grants: [given] });
    expect(told.refused).toEqual({ 'person.phone': 'QUOTA_EXCEEDED' });
    expect(told.messages[0]).toContain(`Grant ${given.id} allows 3 uses a day, and they are used up.`);
  });

  it('refuses what it limits while its uses cannot be read, and nothing else', async () => {
    const [one, other] = [testDecider(), grant(['Person.address'])];
    one.quota.away = true;
    const query = '{ person(id: 1) { name address phone } }';
    expect((await one.ask(query, { grants: [limited(3), other] })).refused).toEqual({
      'person.phone': 'QUOTA_UNAVAILABLE',
    });
    expect((await one.ask(query, { grants: [limited(3), other, phone()] })).refused).toEqual({});
  });

  it('takes nothing: neither a decision nor an explanation, which says what is left', async () => {
    const [one, given] = [testDecider(), limited(5)];
    one.quota.uses.set(given.id, 3);
    const context = one.contextOf(PHONE, { grants: [given] });
    await one.decider.decide(one.prepare(PHONE), context);
    const [, told] = await explain(one.decider, one.prepare(PHONE), context);
    expect(told!.why).toBe(`grant ${given.id}, 2 of 5 uses left today`);
    expect(one.quota.uses.get(given.id)).toBe(3);
  });

  it('does not count a field that is skipped, and counts one whose grant has no quota for nobody', async () => {
    const [one, given] = [testDecider(), limited(1)];
    const query = 'query ($no: Boolean!) { person(id: 1) { a: phone @include(if: $no) b: phone } }';
    expect((await one.ask(query, { grants: [given], variables: { no: false } })).refused).toEqual({});
    expect((await one.ask(query, { grants: [given], variables: { no: true } })).refused).toEqual({
      'person.b': 'QUOTA_EXCEEDED',
    });
    expect(countedIn((await one.ask(PHONE, { grants: [given, phone()] })).verdict)).toEqual([]);
  });

  it('is taken from the next grant when the first is used up, and may be where the first has too few', async () => {
    const [first, second, free] = [limited(1), limited(1), phone()];
    const grants = [first, second];
    const charges = async (used: number) =>
      countedIn((await using({ [first.id]: used }).ask(PHONE, { grants })).verdict);
    expect(await charges(0)).toEqual([[[[first.id, second.id]], 0]]);
    expect(await charges(1)).toEqual([[[[second.id, first.id]], 0]]);
    const one = using({ [first.id]: 1, [second.id]: 1 });
    expect((await one.ask(PHONE, { grants })).refused).toEqual({ 'person.phone': 'QUOTA_EXCEEDED' });
    expect((await one.ask(PHONE, { grants: [...grants, free] })).verdict.grants).toEqual([free]);
  });

  it('is never changed for a grant that gives more', async () => {
    const [masked, whole] = [limited(1, { masks: { 'Person.phone': 'PHONE' } }), limited(1)];
    const { verdict } = await using({ [whole.id]: 1 }).ask(PHONE, { grants: [masked, whole] });
    expect(countedIn(verdict)).toEqual([[[[masked.id]], 0]]);
    expect(verdict.limits.masks).toEqual({ 'Person.phone': 'PHONE' });
  });

  it('counts a filter for every value that its arguments test', async () => {
    const given = grant(['Person.phone'], { quotaPerDay: 9 });
    const ask = async (query: string, variables = {}) =>
      countedIn((await testDecider().ask(query, { grants: [given], variables })).verdict);
    expect(await ask('{ persons(phone: "1") { id } }')).toEqual([[[[given.id]], 1]]);
    const all = 'query ($all: [Where!]) { persons(all: $all) { id } }';
    expect(await ask(all, { all: [{ phone: '1' }, { phone: '2' }, { phone: '3' }] })).toEqual([[[[given.id]], 3]]);
    expect(await ask('{ persons(all: [{ phone: "1" }, { phone: "2" }]) { id } }')).toEqual([[[[given.id]], 2]]);
    const many = Array.from({ length: 10 }, (_, i) => ({ phone: String(i) }));
    expect((await testDecider().ask(all, { grants: [given], variables: { all: many } })).refused).toEqual({
      persons: 'QUOTA_EXCEEDED',
    });
  });

  it('stays as it was when the operation began, when the operation is decided again', async () => {
    const [one, given] = [testDecider(), limited(1)];
    const { verdict } = await one.ask(PHONE, { grants: [given] });
    one.quota.uses.set(given.id, 1);
    expect((await one.ask(PHONE, { grants: [given], used: verdict.used })).refused).toEqual({});
  });
});

describe('A decision that is kept', () => {
  it('ends with the grant, and begins with it', async () => {
    const one = testDecider();
    const snapshot = snapshotOf([phone({ from: NOW + 1000, until: NOW + 2000 })]);
    const at = async (ms: number) => (await one.ask(PHONE, { snapshot, now: NOW + ms })).refused['person.phone'];
    expect(await at(0)).toBe('GRANT_REQUIRED');
    expect(await at(999)).toBe('GRANT_REQUIRED');
    expect(await at(1000)).toBeUndefined();
    expect(await at(1999)).toBeUndefined();
    expect(await at(2000)).toBe('GRANT_EXPIRED');
    // A clock that is set back finds what was true then.
    expect(await at(1500)).toBeUndefined();
    expect(await at(500)).toBe('GRANT_REQUIRED');
  });

  it('is gone with the snapshot in which the grant changed', async () => {
    const one = testDecider();
    const given = phone();
    const ask = async (grants: readonly Grant[], version: number) =>
      (await one.ask(PHONE, { snapshot: snapshotOf(grants, version) })).refused;
    expect(await ask([given], 1)).toEqual({});
    expect(await ask([{ ...given, suspended: true }], 2)).toEqual({ 'person.phone': 'GRANT_SUSPENDED' });
    expect(await ask([given], 3)).toEqual({});
    expect(await ask([], 4)).toEqual({ 'person.phone': 'GRANT_REQUIRED' });
  });

  it('stays while only other departments and scenarios change', async () => {
    const one = testDecider();
    const [mine, other] = [snapshotOf([phone()]), snapshotOf([phone({ department: 'police' })], 2)];
    const snapshot = { ...other, grants: new Map([...mine.grants, ...other.grants]) };
    const first = await one.ask(PHONE, { snapshot: mine });
    expect((await one.ask(PHONE, { snapshot })).verdict).toBe(first.verdict);
  });

  it('is one look-up, whatever the number of grants of others', async () => {
    const one = testDecider();
    const others = Array.from({ length: 20_000 }, (_, i) => phone({ scenario: `s${i}` }));
    const snapshot = snapshotOf([phone(), ...others]);
    const looked: string[] = [];
    const watched = {
      ...snapshot,
      grants: new Proxy(snapshot.grants, {
        get(target, key) {
          if (key !== 'get') throw new Error(`only a look-up is expected, not ${String(key)}`);
          return (pair: string) => (looked.push(pair), target.get(pair));
        },
      }),
    };
    const first = await one.ask(PHONE, { snapshot: watched });
    const second = await one.ask(PHONE, { snapshot: watched });
    expect(second.verdict).toBe(first.verdict);
    expect(looked).toEqual(['tax|audit', 'tax|audit']);
  });

  it('is shared by no two scenarios and no two departments in flight', async () => {
    const one = testDecider();
    const snapshot = snapshotOf([
      phone(),
      grant(['Person.address'], { scenario: 'survey' }),
      phone({ department: 'police' }),
    ]);
    const query = '{ person(id: 1) { phone address } }';
    const expected = {
      'tax audit': { 'person.address': 'GRANT_REQUIRED' },
      'tax survey': { 'person.phone': 'GRANT_REQUIRED' },
      'tax other': { 'person.phone': 'GRANT_REQUIRED', 'person.address': 'GRANT_REQUIRED' },
      'tax ': { 'person.phone': 'PURPOSE_REQUIRED', 'person.address': 'PURPOSE_REQUIRED' },
      'police audit': {},
      'market audit': { 'person.phone': 'GRANT_REQUIRED', 'person.address': 'GRANT_REQUIRED' },
    };
    const told = await Promise.all(
      Array.from({ length: 20 }, () => Object.keys(expected))
        .flat()
        .map(async (who) => {
          const [department, scenario] = who.split(' ');
          return [
            who,
            (await one.ask(query, { snapshot, department, scenario: scenario || undefined })).refused,
          ] as const;
        }),
    );
    for (const [who, refused] of told)
      expect({ who, refused }).toEqual({ who, refused: expected[who as keyof typeof expected] });
  });
});

describe('A grant for named persons', () => {
  const officers = new Map(
    [
      { subject: 'li.na', posts: ['CONTACT'] },
      { subject: 'sun.hao', posts: [] },
    ].map((one) => [one.subject, { ...one, name: one.subject, department: 'tax', roles: [], suspended: false }]),
  );
  const asks = async (person: string | undefined, grants: readonly Grant[]) =>
    (await testDecider().ask(PHONE, { person, snapshot: { ...snapshotOf(grants), officers } })).refused;

  it('gives nothing to another person of the department, nor to its system by itself', async () => {
    for (const person of ['sun.hao', undefined, '*CONTACT'])
      for (const persons of [['li.na'], ['*CONTACT'], []])
        expect(await asks(person, [phone({ persons })])).toEqual({ 'person.phone': 'PERSON_NOT_AUTHORISED' });
  });

  it('gives to those it names, by name or by the post they hold', async () => {
    for (const persons of [['li.na'], ['*CONTACT']]) expect(await asks('li.na', [phone({ persons })])).toEqual({});
    expect(await asks('sun.hao', [phone({ persons: ['li.na'] }), phone()])).toEqual({});
  });

  it('is decided for each person, though its colleague was answered just before', async () => {
    const one = testDecider();
    const snapshot = { ...snapshotOf([phone({ persons: ['li.na'] })]), officers };
    const codes = [];
    for (const person of ['li.na', 'sun.hao', 'li.na'])
      codes.push((await one.ask(PHONE, { person, snapshot })).refused['person.phone']);
    expect(codes).toEqual([undefined, 'PERSON_NOT_AUTHORISED', undefined]);
  });
});

describe('A grant for an item that was removed and came back as another', () => {
  it('gives nothing, and says so', async () => {
    const { refused, messages } = await testDecider().ask(PHONE, {
      grants: [phone({ id: 'G-1', identities: { 'Person.phone': 'another' } })],
    });
    expect(refused).toEqual({ 'person.phone': 'GRANT_REQUIRED' });
    expect(messages[0]).toContain('Grant G-1 was decided for another item');
  });

  it('gives what is the same item still', async () => {
    const identity = read.item('Person.phone').identity!;
    const grants = [phone({ identities: { 'Person.phone': identity } })];
    expect((await testDecider().ask(PHONE, { grants })).refused).toEqual({});
  });

  it('is another item as soon as provider, resource, type or title differ', () => {
    const item = { home: 'police', resource: '1', type: 'String!', title: '联系电话' };
    const others = [{ home: 'tax' }, { resource: '2' }, { type: 'Int' }, { title: '电话号码' }];
    const identities = [item, ...others.map((more) => ({ ...item, ...more }))].map(itemIdentity);
    expect(new Set(identities).size).toBe(5);
    expect(itemIdentity({ ...item, type: '[String]' })).toBe(identities[0]);
  });
});

describe('What a refusal says', () => {
  it('names item, provider, basis and the input to apply with, and no data', async () => {
    const one = testDecider();
    const { verdict } = await one.ask(PHONE);
    const denial = verdict.reasons.get(1)!;
    expect(toRefusalError(denial, 'Person.phone', { scenario: 'audit' })).toMatchObject({
      message: 'phone (Person.phone) is shared conditionally. Apply to police under scenario audit.',
      extensions: {
        code: 'GRANT_REQUIRED',
        coordinate: 'Person.phone',
        item: 'Person.phone',
        title: 'phone',
        resource: '1',
        shareType: 'CONDITIONAL',
        provider: 'police',
        basis: ['Law 2'],
        apply: {
          mutation: 'startApplication',
          input: { scenario: 'audit', mode: 'QUERY', coordinates: ['Person.phone' as Coordinate] },
        },
      },
    });
  });

  const refusalUnder = async (more: Partial<Grant>) => {
    const { verdict } = await testDecider().ask(PHONE, { grants: [phone({ id: 'G-1', ...more })] });
    const { message, extensions } = toRefusalError(verdict.reasons.get(1)!, 'Person.phone', {
      scenario: 'audit',
      now: NOW,
    });
    return { message, ...extensions };
  };

  it('says by the days of the jurisdiction when a grant will begin and which one ended', async () => {
    expect(await refusalUnder({ from: NOW + DAY })).toMatchObject({
      message: expect.stringContaining('Grant G-1 begins on 2026-01-06.'),
    });
    // At 20:00 in UTC it is the next day in Asia/Shanghai.
    expect(await refusalUnder({ from: NOW - 2 * DAY, until: NOW - DAY / 2 })).toMatchObject({
      message: 'Grant G-1 for phone (Person.phone) ended on 2026-01-05. Renew it.',
    });
  });

  it('offers a renewal of a grant that ended, and no application beside it', async () => {
    const refusal = await refusalUnder({ from: NOW - 9 * DAY, until: NOW - 7 * DAY });
    expect(refusal).toMatchObject({
      code: 'GRANT_EXPIRED',
      renew: {
        mutation: 'renewGrant',
        // As long as it lasted, from today.
        input: { id: 'G-1', until: new Date(NOW + 2 * DAY).toISOString(), reason: 'Renewal of G-1', duty: null },
      },
    });
    expect(refusal).not.toHaveProperty('apply');
  });

  it('says which party suspended a grant, when and why, and offers no application', async () => {
    const refusal = await refusalUnder({
      suspended: true,
      suspensions: [
        { party: 'PROVIDER', reason: '核查', since: NOW - DAY / 2 },
        { party: 'CONSUMER', reason: '停用' },
      ],
    });
    expect(refusal).toMatchObject({
      code: 'GRANT_SUSPENDED',
      message:
        'Grant G-1 for phone (Person.phone) is suspended by police on 2026-01-05: 核查; by your own department (tax): 停用. Ask each of them to resume it; a new application does not.',
      suspensions: [
        { party: 'PROVIDER', reason: '核查', since: '2026-01-04T20:00:00.000Z' },
        { party: 'CONSUMER', reason: '停用', since: null },
      ],
    });
    expect(refusal).not.toHaveProperty('apply');
    expect(String(refusal.message)).not.toContain('Officer Li');
  });

  it('offers of what is not shared only the modes that this law has', async () => {
    const query = '{ person(id: 1) { rate } }';
    const { verdict } = await testDecider().ask(query);
    const offered = (notSharedModes?: readonly GrantMode[]) =>
      toRefusalError(verdict.reasons.get(1)!, 'Person.rate', { scenario: 'audit', notSharedModes }).extensions['apply'];
    expect(offered()).toMatchObject({ modes: ['VERIFY', 'STATISTICS'], input: { mode: 'VERIFY' } });
    expect(offered(['STATISTICS'])).toMatchObject({ modes: ['STATISTICS'], input: { mode: 'STATISTICS' } });
    expect(offered(GRANT_MODES)).toMatchObject({
      input: { mode: 'QUERY' },
      needs: expect.stringContaining('coordination'),
    });
  });

  it('is explained for every requested coordinate, with the rule and the grant', async () => {
    const one = testDecider();
    const query = '{ person(id: 1) { name phone address spouse { name } rate } persons(phone: "1") { id } }';
    const grants = [phone({ id: 'G-1', rows: ['33'] })];
    const rows = await explain(one.decider, one.prepare(query), one.contextOf(query, { grants }));
    expect(rows.map(({ path, decision, code, rule, grant: by, why }) => [path, decision, code, rule, by, why])).toEqual(
      [
        ['person', 'ALLOW', undefined, 'unconditional', undefined, 'shared with every department'],
        ['person.name', 'ALLOW', undefined, 'unconditional', undefined, 'shared with every department'],
        ['person.phone', 'ALLOW', undefined, 'conditional', 'G-1', 'grant G-1, rows 33'],
        [
          'person.address',
          'DENY',
          'GRANT_REQUIRED',
          'conditional',
          undefined,
          expect.stringContaining('Apply to police'),
        ],
        ['person.spouse', 'DENY', 'GRANT_REQUIRED', 'conditional', undefined, expect.stringContaining('spouse')],
        ['person.spouse.name', 'DENY', 'GRANT_REQUIRED', 'conditional', undefined, expect.stringContaining('spouse')],
        ['person.rate', 'DENY', 'NOT_SHARED', 'not-shared', undefined, expect.stringContaining('Law 1')],
        ['persons', 'ALLOW', undefined, 'unconditional', undefined, 'shared with every department'],
        ['persons.id', 'ALLOW', undefined, 'unconditional', undefined, 'shared with every department'],
      ],
    );
    const own = await explain(one.decider, one.prepare(PHONE), one.contextOf(PHONE, { department: 'police' }));
    expect(own[1]).toMatchObject({ decision: 'ALLOW', why: "the department's own resource" });
  });
});
