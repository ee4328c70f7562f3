import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MASKS } from '../../shared/kernel/index.js';
import { maskValue } from '../../shared/share/mask-value.js';
import { liveGrant, startPlainHub, type PlainHub } from './support/plain-hub.js';

const NUMBER = '11010519491231002X';
const TYPED = [
  '11010519491231002x',
  '１１０１０５ １９４９１２３１ ００２Ｘ',
  '110105-19491231-002X',
  '110105491231002',
];
const PEOPLE = [
  { id: '1', name: '张三丰', phone: '13812345678', division: '330102', card: 'K1' },
  { id: '2', name: '欧阳询', phone: '13987654321', division: '330106', card: 'K2' },
  { id: '3', name: '王羲之', phone: '13700000001', division: null, card: 'K3' },
];
const SDL = `
  type Query {
    people(phone: String @filters(field: "Person.phone")): [Person!]! @share(type: UNCONDITIONAL)
    page(phone: String @filters(field: "Person.phone")): PersonPage @share(type: UNCONDITIONAL)
    person(id: ID!): Person @share(type: UNCONDITIONAL)
    homes: [Home!] @share(type: UNCONDITIONAL)
    parties: [Party!] @share(type: UNCONDITIONAL)
    anything: [Anything!] @share(type: UNCONDITIONAL)
    citizen(idNumber: String! @filters(field: "Citizen.idNumber")): Citizen @share(type: UNCONDITIONAL)
    citizens(numbers: [ID!] @filters(field: "Citizen.idNumber"), where: Where): [Citizen!] @share(type: UNCONDITIONAL)
    firm(code: String! @filters(field: "Firm.code")): Firm @share(type: UNCONDITIONAL)
    firms(head: String @filters(field: "Firm.head")): [Firm!] @share(type: UNCONDITIONAL)
  }
  input Where { number: String @filters(field: "Citizen.idNumber") note: String }
  type Citizen @key(fields: "idNumber") @resource(code: "N", name: "Citizens") @share(type: UNCONDITIONAL) { idNumber: ID! @subject(kind: PERSON) name: String }
  type Firm @key(fields: "code") @resource(code: "F", name: "Firms") @share(type: UNCONDITIONAL) { code: ID! @subject(kind: ORGANISATION) head: Citizen }
  type PersonPage @share(type: UNCONDITIONAL) { edges: [PersonEdge!]! nodes: [Person!]! first: Person }
  type PersonEdge @share(type: UNCONDITIONAL) { cursor: String! issued: Card node: Person! }
  interface Party @share(type: UNCONDITIONAL) { id: ID! name: String }
  union Anything = Person | Card
  type Person implements Party @key(fields: "id") @resource(code: "P", name: "People") @share(type: UNCONDITIONAL) {
    id: ID!
    division: String @scope(by: "division")
    name: String @share(type: CONDITIONAL) @mask(as: NAME)
    phone: String @share(type: CONDITIONAL) @mask(as: PHONE)
    card: Card @share(type: CONDITIONAL)
  }
  type Home @key(fields: "number") @resource(code: "H", name: "Homes") @share(type: UNCONDITIONAL) {
    number: ID!
    division: Division @scope(by: "division")
    owner: String @share(type: CONDITIONAL)
  }
  type Division @key(fields: "code") @resource(code: "D", name: "Divisions") @share(type: UNCONDITIONAL) { code: ID! name: String }
  type Card @key(fields: "number") @resource(code: "C", name: "Cards") @share(type: UNCONDITIONAL) { number: ID! }
`;
const row = (person: object) => ({ __typename: 'Person', ...person });
const RESOLVERS = {
  Query: {
    people: () => PEOPLE,
    page: () => ({
      edges: PEOPLE.map((node) => ({ cursor: node.id, issued: { number: node.id }, node })),
      nodes: PEOPLE,
      first: PEOPLE[1],
    }),
    person: (_: unknown, { id }: { id: string }) => PEOPLE.find((person) => person.id === id),
    homes: () =>
      ['330102', '330106', undefined].map((code, i) => ({
        number: `H${i}`,
        owner: `owner ${i}`,
        division: code && { code, name: `district ${code}` },
      })),
    citizen: (_: unknown, { idNumber }: { idNumber: string }) =>
      idNumber === NUMBER ? { idNumber, name: '李四' } : null,
    citizens: () => [],
    firm: () => null,
    firms: () => [],
    parties: () => PEOPLE.map(row),
    anything: () => PEOPLE.map(row),
  },
  Person: { card: ({ card }: { card: string }) => ({ number: card }) },
};

let hub: PlainHub;
/** Set to an answer that no GraphQL server would give. */
let byHand: object | undefined;
beforeAll(async () => {
  hub = await startPlainHub({ police: { sdl: SDL, resolvers: RESOLVERS, answer: () => byHand } }, []);
}, 60_000);
afterAll(() => hub.stop());

const masks = { 'Person.name': 'NAME', 'Person.phone': 'PHONE' } as const;
const under = (...grants: Parameters<typeof hub.feed.commit>[0][number][]) => hub.feed.commit(grants);
/** No value of these people is in the answer, in any place. */
const expectWithout = (text: string, ...secrets: readonly string[]) => {
  for (const secret of secrets) expect(text).not.toContain(secret);
};

describe('A provider that ignores masks', () => {
  it('has its whole values never leave, wherever they are asked for', async () => {
    under(liveGrant(['Person.name', 'Person.phone'], { masks }));
    const { text, data } = await hub.ask(
      `{ people { n: name phone } parties { name } anything { ... on Person { name } ... on Party { also: name } } page { edges { node { name } } } }`,
    );
    expectWithout(text, ...PEOPLE.flatMap(({ name, phone }) => [name, phone]));
    expect(data.people[0]).toEqual({ n: '张**', phone: '138****5678' });
    expect(data.parties.map(({ name }: { name: string }) => name)).toEqual(['张**', '欧**', '王**']);
    expect(data.anything[1]).toEqual({ name: '欧**', also: '欧**' });
    expect(data.page.edges[2].node).toEqual({ name: '王**' });
  });

  it('has the same text answered to each caller under their own limits', async () => {
    const names = async (...grants: Parameters<typeof under>) => {
      under(...grants);
      const { data } = await hub.ask('{ people { name } }');
      return data.people.map(({ name }: { name: string | null }) => name);
    };
    const all = PEOPLE.map(({ name }) => name);
    expect(await names(liveGrant(['Person.name']))).toEqual(all);
    expect(await names(liveGrant(['Person.name'], { masks }))).toEqual(['张**', '欧**', '王**']);
    expect(await names(liveGrant(['Person.name'], { rows: ['330102'] }))).toEqual(['张三丰', null, null]);
    expect(await names(liveGrant(['Person.name'], { rows: ['330102'], masks }))).toEqual(['张**', null, null]);
    expect(await names(liveGrant(['Person.name']))).toEqual(all);
  });

  it('gives nothing of what is hidden', async () => {
    under(liveGrant(['Person.name', 'Person.phone'], { masks: { 'Person.phone': 'HIDDEN', 'Person.name': 'HIDDEN' } }));
    const { data, errors } = await hub.ask('{ people { phone } parties { name } }');
    expect(data).toEqual({ people: PEOPLE.map(() => ({ phone: null })), parties: PEOPLE.map(() => ({ name: null })) });
    expect(errors).toEqual([]);
  });
});

describe('A provider that applies masks itself', () => {
  it('has its de-identified values written as they are', () => {
    const piece = fc.constantFrom(
      '浙江省',
      '杭州市',
      '西湖区',
      '文三路',
      '阳光小区',
      '县',
      '市',
      '3号',
      '自治州',
      '😀',
      '*',
      'A1',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...MASKS), (value, form) => {
        const masked = maskValue(value, form);
        expect(maskValue(masked, form)).toBe(masked);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A provider that does not say of which type its records are', () => {
  const NAMES = '{ parties { id name } }';
  afterEach(() => (byHand = undefined));

  it.each(['Party', undefined])('has the strictest of the possible types applied (%s)', async (__typename) => {
    byHand = { data: { parties: PEOPLE.map((person) => ({ ...person, __typename })) } };
    under(liveGrant(['Person.name'], { masks }));
    const masked = await hub.ask(NAMES);
    expect(masked.data.parties[0]).toEqual({ id: '1', name: '张**' });
    under(liveGrant(['Person.name'], { rows: ['330102'] }));
    const narrowed = await hub.ask(NAMES);
    expect(narrowed.data.parties[0]).toEqual({ id: '1', name: null });
    expect(narrowed.errors[0]!.extensions).toMatchObject({ code: 'OUT_OF_SCOPE', rows: 3 });
  });
});

describe('A provider that ignores row scopes', () => {
  it('has values of another district, and of rows without a district, never leave', async () => {
    under(liveGrant(['Person.name', 'Person.phone', 'Person.card'], { rows: ['330102'] }));
    const { text, data, errors } = await hub.ask(
      `{ people { id name phone card { number } } parties { id name } anything { ... on Person { name } } }`,
    );
    expectWithout(text, '欧阳询', '王羲之', '13987654321', '13700000001', 'K2', 'K3');
    expect(data.people).toEqual([
      { id: '1', name: '张三丰', phone: '13812345678', card: { number: 'K1' } },
      { id: '2', name: null, phone: null, card: null },
      { id: '3', name: null, phone: null, card: null },
    ]);
    expect(data.parties).toEqual([
      { id: '1', name: '张三丰' },
      { id: '2', name: null },
      { id: '3', name: null },
    ]);
    // One refusal for each place, with what every refusal carries.
    expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['people.1.name', 'OUT_OF_SCOPE'],
      ['people.1.phone', 'OUT_OF_SCOPE'],
      ['people.1.card', 'OUT_OF_SCOPE'],
      ['parties.1.name', 'OUT_OF_SCOPE'],
      ['anything.1.name', 'OUT_OF_SCOPE'],
    ]);
    expect(errors[0]!.extensions).toMatchObject({
      item: 'Person.name',
      provider: 'police',
      grant: expect.any(String),
      rows: 2,
    });
  });

  it('is asked for the district beside the item, which is recorded as internal', async () => {
    under(liveGrant(['Person.phone'], { rows: ['3301'] }));
    const { data } = await hub.ask('{ person(id: "2") { phone } }');
    expect(data.person.phone).toBe('13987654321');
    const record = (await hub.records()).at(-1)!;
    expect(record.internal).toEqual(['Person.division']);
    expect(record.released).not.toContain('Person.division');
  });

  it('has whole rows cut where an argument filters by the item', async () => {
    under(liveGrant(['Person.phone'], { rows: ['330102'] }));
    const { text, data, errors } = await hub.ask(
      `{ people(phone: "1") { id } page(phone: "1") { edges { cursor issued { number } node { id } } nodes { id } first { id } } }`,
    );
    expect(data).toEqual({
      people: [{ id: '1' }],
      page: { edges: [{ cursor: '1', issued: { number: '1' }, node: { id: '1' } }], nodes: [{ id: '1' }], first: null },
    });
    expect(errors).toEqual([]);
    expectWithout(text, '"2"', '"3"');
    expect((await hub.records()).at(-1)!.rows).toEqual({ Query: 1, Person: 3, Card: 1, PersonEdge: 1, PersonPage: 1 });
  });

  it('is asked for the key of the district where a row refers to a record', async () => {
    under(liveGrant(['Home.owner'], { rows: ['330106'] }));
    const { data } = await hub.ask('{ homes { owner division { name } } }');
    expect(data.homes).toEqual([
      { owner: null, division: { name: 'district 330102' } },
      { owner: 'owner 1', division: { name: 'district 330106' } },
      { owner: null, division: null },
    ]);
  });

  it('shares one plan among departments of different rows, and no rows', async () => {
    const phones = async (rows: readonly string[]) => {
      under(liveGrant(['Person.phone'], { rows }));
      const { data } = await hub.ask('{ people { phone } }');
      return data.people.map(({ phone }: { phone: string | null }) => phone);
    };
    expect(await phones(['330102'])).toEqual(['13812345678', null, null]);
    expect(await phones(['330106'])).toEqual([null, '13987654321', null]);
    // Codes that are none give nothing.
    expect(await phones([''])).toEqual([null, null, null]);
  });
});

describe('The record of what such a provider gave', () => {
  afterEach(() => (byHand = undefined));
  const recordOf = async (query: string, variables?: Record<string, unknown>) => {
    await hub.ask(query, variables);
    return (await hub.records()).at(-1)!;
  };

  it('tells items that were given, de-identified, refused, absent and lost from each other', async () => {
    under(liveGrant(['Person.phone', 'Person.name'], { masks: { 'Person.phone': 'PHONE' } }));
    expect(await recordOf('{ person(id: "1") { id name phone card { number } } }')).toMatchObject({
      released: ['Query.person', 'Person.id', 'Person.name'],
      masked: ['Person.phone'],
      masks: { 'Person.phone': 'PHONE' },
      denied: [{ coordinate: 'Person.card', code: 'GRANT_REQUIRED' }],
    });
    expect(await recordOf('{ person(id: "nobody") { id phone } }')).toMatchObject({
      released: [],
      absent: ['Query.person', 'Person.id', 'Person.phone'],
      rows: { Query: 1 },
    });
    byHand = { errors: [{ message: 'could not connect to 10.0.0.7' }] };
    expect(await recordOf('{ person(id: "1") { id phone } }')).toMatchObject({
      released: [],
      unavailable: ['Query.person', 'Person.id', 'Person.phone'],
      outcome: 'partial',
    });
  });

  it('names a value that is hidden whole as de-identified, not as absent', async () => {
    under(liveGrant(['Person.phone'], { masks: { 'Person.phone': 'HIDDEN' } }));
    expect(await recordOf('{ person(id: "1") { phone } }')).toMatchObject({ masked: ['Person.phone'] });
  });

  it('names the rows within which items were given, and what lay outside', async () => {
    under(liveGrant(['Person.phone'], { rows: ['330102'] }));
    expect(await recordOf('{ person(id: "2") { phone } }')).toMatchObject({
      released: ['Query.person'],
      denied: [{ coordinate: 'Person.phone', code: 'OUT_OF_SCOPE' }],
      scopes: { 'Person.phone': ['330102'] },
    });
  });

  it('names the item that an argument filters by, allowed or refused', async () => {
    under(liveGrant(['Person.phone'], { rows: ['330102'] }));
    const query = 'query($phone: String) { people(phone: $phone) { id } }';
    expect(await recordOf(query, { phone: '1' })).toMatchObject({
      filtered: ['Person.phone'],
      rowScopes: { Person: ['330102'] },
    });
    expect(await recordOf(query)).not.toHaveProperty('filtered');
    under();
    expect((await recordOf(query, { phone: '1' })).denied).toEqual([
      { coordinate: 'Query.people', code: 'GRANT_REQUIRED' },
      { coordinate: 'Person.phone', code: 'GRANT_REQUIRED' },
    ]);
  });

  it('holds nothing of a field that @skip or @include leaves out, nor the grant it would have rested on', async () => {
    under();
    const query = `query($all: Boolean!) { person(id: "1") { id phone @include(if: $all) ... @skip(if: true) { name } } }`;
    const skipped = await recordOf(query, { all: false });
    expect(skipped).toMatchObject({ released: ['Query.person', 'Person.id'], denied: [], outcome: 'answered' });
    expect((await recordOf(query, { all: true })).denied).toEqual([
      { coordinate: 'Person.phone', code: 'GRANT_REQUIRED' },
    ]);
    under(liveGrant(['Person.phone']));
    expect((await recordOf(query, { all: false })).approvals).toEqual([]);
    expect((await recordOf(query, { all: true })).approvals).toHaveLength(1);
  });

  it('of a look at the schema is no use of a scenario', async () => {
    const record = await recordOf('{ __schema { queryType { name } } }');
    expect(record).toMatchObject({ outcome: 'introspected', released: [] });
    expect(record).not.toHaveProperty('scenario');
    expect(await recordOf('{ people { id } __schema { queryType { name } } }')).toMatchObject({
      outcome: 'answered',
      scenario: expect.any(String),
    });
  });

  it('names the department as it was called then', async () => {
    const { departmentName, department } = await recordOf('{ people { id } }');
    expect([department, departmentName]).toEqual(['tax', hub.feed.fresh()!.departments.get('tax')!.name]);
  });
});

describe('An argument that names a subject', () => {
  const lastAsked = () => hub.received.at(-1)!;
  const lastRecord = async () => (await hub.records()).at(-1)!;
  beforeEach(() => {
    under();
    hub.received.length = 0;
  });

  it.each(TYPED)('is brought to one form before the provider is asked: %s', async (typed) => {
    const [literal, variable] = [
      await hub.ask(`{ citizen(idNumber: "${typed}") { name } }`),
      await hub.ask('query($id: String!) { citizen(idNumber: $id) { name } }', { id: typed }),
    ];
    expect([literal.data, variable.data]).toEqual([{ citizen: { name: '李四' } }, { citizen: { name: '李四' } }]);
    await hub.ask('query($where: Where, $ids: [ID!]) { citizens(where: $where, numbers: $ids) { name } }', {
      where: { number: typed, note: typed },
      ids: [typed],
    });
    expect(Object.values(lastAsked().variables)).toEqual(
      expect.arrayContaining([{ number: NUMBER, note: typed }, [NUMBER]]),
    );
    await hub.ask(`{ citizens(where: { number: "${typed}", note: "n" }, numbers: ["${typed}"]) { name } }`);
    expect(lastAsked().query.split(NUMBER)).toHaveLength(3);
    await hub.ask('query($head: String) { firms(head: $head) { code } }', { head: typed });
    expect(Object.values(lastAsked().variables)).toEqual([NUMBER]);
  });

  it('is on the record in that form, also when no row comes back', async () => {
    const hashes: (readonly string[])[] = [];
    for (const typed of TYPED) {
      await hub.ask(`{ citizen(idNumber: "${typed}") { name } }`);
      hashes.push((await lastRecord()).subjects);
    }
    await hub.ask(`{ citizens(numbers: ["${NUMBER}"]) { name } }`);
    hashes.push((await lastRecord()).subjects);
    expect(new Set(hashes.map((each) => each.join())).size).toBe(1);
    expect(await lastRecord()).toMatchObject({ subjectCount: 1, absent: ['Query.citizens', 'Citizen.name'] });
    await hub.ask(`query($no: Boolean!) { people { id } citizen(idNumber: "${NUMBER}") @include(if: $no) { name } }`, {
      no: false,
    });
    expect(await lastRecord()).toMatchObject({ subjectCount: 0 });
  });

  it.each(['', 'x', '110105194912310021', '1101051949123100', '11010519491331002X', '91330102ABCDEFGH5Y'])(
    'is an error where it cannot be one, never "no such person": %s',
    async (typed) => {
      for (const [query, variables] of [
        [`{ citizen(idNumber: "${typed}") { name } }`],
        ['query($id: String!) { citizen(idNumber: $id) { name } }', { id: typed }],
        ['query($ids: [ID!]) { citizens(numbers: $ids) { name } }', { ids: [NUMBER, typed] }],
        ['query($where: Where) { citizens(where: $where) { name } }', { where: { number: typed } }],
      ] as const) {
        const { errors, text } = await hub.ask(query, variables);
        expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
        if (typed.length > 1) expect(text).not.toContain(typed);
      }
      expect(hub.received).toEqual([]);
    },
  );

  it('may be a credit code from before 2016, with a warning', async () => {
    const warningsOf = async (code: string) =>
      (
        JSON.parse((await hub.ask('query($c: String!) { firm(code: $c) { code } }', { c: code })).text) as {
          extensions?: { warnings: { code: string }[] };
        }
      ).extensions?.warnings.map((warning) => warning.code);
    expect(await warningsOf('91 330102 ABCDEFGH5 Y')).toBeUndefined();
    expect(await warningsOf('91330102ABCDEFGH0F')).toEqual(['CREDIT_CODE_UNVERIFIED']);
    expect(Object.values(lastAsked().variables)).toEqual(['91330102ABCDEFGH0F']);
  });
});
