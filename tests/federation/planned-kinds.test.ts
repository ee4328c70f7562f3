import { describeGraph } from './support/cases.js';

const of = (typename: string, row: Record<string, unknown>) => ({ __typename: typename, ...row });
const ref = { __resolveReference: (key: object) => key };
const fail = (): never => {
  throw new Error('secret');
};

describeGraph(
  'subgraphs that share two keys, and an input',
  {
    hub: {
      sdl: `type Query { firm: Firm firms: [Firm!]! grid: [[Firm]] } type Firm @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: {
          firm: () => ({ id: '1' }),
          firms: () => [{ id: '1' }, { id: '2' }],
          grid: () => [[{ id: '1' }, null], []],
        },
      },
    },
    market: {
      sdl: `type Firm @key(fields: "id") @key(fields: "code") @key(fields: "id code") { id: ID! code: String! revenue: Int }`,
      resolvers: { Firm: { __resolveReference: ({ id }: { id: string }) => ({ id, code: `c${id}`, revenue: 9 }) } },
    },
    tax: {
      sdl: `type Firm @key(fields: "id") @key(fields: "code") @key(fields: "id code") { id: ID! code: String! revenue: Int @external rating: String @requires(fields: "revenue") plain: Int }`,
      resolvers: {
        Firm: {
          __resolveReference: (key: object) => ({ ...key, plain: 1 }),
          rating: ({ revenue }: { revenue: number }) => `R${revenue}`,
        },
      },
    },
  },
  {
    'is answered': {
      query: '{ firm { rating } }',
      data: { firm: { rating: 'R9' } },
      fetches: { hub: 1, market: 1, tax: 1 },
    },
    'is answered in lists and lists of lists': {
      query: '{ firms { rating code } grid { rating plain } }',
      data: {
        firms: [
          { rating: 'R9', code: 'c1' },
          { rating: 'R9', code: 'c2' },
        ],
        grid: [[{ rating: 'R9', plain: 1 }, null], []],
      },
    },
  },
);

describeGraph(
  'inputs of an entity reached from its own type',
  {
    police: {
      sdl: `type Query { person: Person } type Person @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { person: () => ({ id: 'p1' }) } },
    },
    civil: {
      sdl: `type Person @key(fields: "id") { id: ID! spouse: Person family: Family income: Int @external aid: String @requires(fields: "income") } type Family { members: [[Person]] }`,
      resolvers: {
        Person: {
          __resolveReference: (key: object) => key,
          spouse: ({ id }: { id: string }) => ({ id: id === 'p1' ? 'p2' : 'p1' }),
          family: () => ({ members: [[{ id: 'p1' }], null] }),
          aid: ({ income }: { income: number }) => `aid ${income}`,
        },
      },
    },
    tax: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int }`,
      resolvers: {
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, income: id === 'p1' ? 100 : 200 }) },
      },
    },
  },
  {
    'are fetched for the one that is asked': {
      query: '{ person { aid spouse { aid spouse { aid income } } } }',
      data: { person: { aid: 'aid 100', spouse: { aid: 'aid 200', spouse: { aid: 'aid 100', income: 100 } } } },
    },
    'also below value types and lists of lists': {
      query: '{ person { family { members { aid } } } }',
      data: { person: { family: { members: [[{ aid: 'aid 100' }], null] } } },
    },
  },
);

describeGraph(
  'an interface object with an input',
  {
    a: {
      sdl: `type Query { u: Unit } interface Unit @key(fields: "id") { id: ID! title: String } type School implements Unit @key(fields: "id") { id: ID! title: String }`,
      resolvers: {
        Query: { u: () => of('School', { id: '1', title: 'S' }) },
        Unit: { __resolveReference: ({ id }: { id: string }) => of('School', { id, title: 'S' }) },
      },
    },
    b: {
      sdl: `type Unit @key(fields: "id") @interfaceObject { id: ID! title: String @external sign: String @requires(fields: "title") plain: Int }`,
      resolvers: { Unit: { ...ref, sign: ({ title }: { title: string }) => `sign ${title}`, plain: () => 1 } },
    },
  },
  {
    'is answered alone': { query: '{ u { sign } }', data: { u: { sign: 'sign S' } }, fetches: { a: 1, b: 1 } },
    'is answered beside a field without inputs': {
      query: '{ u { plain sign } }',
      data: { u: { plain: 1, sign: 'sign S' } },
      fetches: { a: 1, b: 1 },
    },
    'is answered beside its input': {
      query: '{ u { title sign ... on School { plain } } }',
      data: { u: { title: 'S', sign: 'sign S', plain: 1 } },
    },
  },
);

describeGraph(
  'a type of which there is one object',
  {
    a: {
      sdl: `type Query { conf: Conf } type Conf @key(fields: "__typename") { zone: String }`,
      resolvers: { Query: { conf: () => ({ zone: 'z' }) } },
    },
    b: {
      sdl: `type Conf @key(fields: "__typename") { max: Int! }`,
      resolvers: { Conf: { __resolveReference: () => ({ max: 3 }) } },
    },
  },
  {
    'is joined by its name': {
      query: '{ conf { zone max } }',
      data: { conf: { zone: 'z', max: 3 } },
      fetches: { a: 1, b: 1 },
    },
    'is joined where only the other part is asked for': { query: '{ conf { max } }', data: { conf: { max: 3 } } },
  },
);

describeGraph(
  'an interface object of which nobody can say the type',
  {
    home: {
      sdl: `type Query { x: Int } interface Asset @key(fields: "id") { id: ID! } type Car implements Asset @key(fields: "id") { id: ID! plate: String }`,
      resolvers: {
        Asset: {
          __resolveReference: ({ id }: { id: string }) => (id === '1' ? fail() : of('Car', { id, plate: 'P' })),
        },
      },
    },
    list: {
      sdl: `type Query { one: Asset many: [Asset] } type Asset @key(fields: "id") @interfaceObject { id: ID! value: Int }`,
      resolvers: {
        Query: {
          one: () => ({ id: '1', value: 5 }),
          many: () => [
            { id: '3', value: 1 },
            { id: '2', value: 2 },
          ],
        },
      },
    },
  },
  {
    'is null where the type is asked for': {
      query: '{ one { __typename value } }',
      data: { one: null },
      errors: ['SUBGRAPH_ERROR@one'],
    },
    'is null where a fragment asks for the type': {
      query: '{ one { value ... on Car { plate } } }',
      data: { one: null },
      errors: ['SUBGRAPH_ERROR@one'],
    },
    'is there where its type is known': {
      query: '{ many { value ... on Car { plate } } }',
      data: {
        many: [
          { value: 1, plate: 'P' },
          { value: 2, plate: 'P' },
        ],
      },
    },
  },
);

describeGraph(
  'items that need a key only, beside one whose input fails',
  {
    list: {
      sdl: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { people: () => [{ id: '1' }, { id: '2' }] } },
    },
    civil: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int! }`,
      resolvers: { Person: { ...ref, income: ({ id }: { id: string }) => (id === '1' ? fail() : 7) } },
    },
    insurance: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int! @external status: String! eligible: Boolean @requires(fields: "income") }`,
      resolvers: { Person: { ...ref, status: () => 'PAID', eligible: ({ income }: { income: number }) => income > 5 } },
    },
  },
  {
    'are answered, and the error is at the item that was asked for': {
      query: '{ people { status eligible } }',
      data: {
        people: [
          { status: 'PAID', eligible: null },
          { status: 'PAID', eligible: true },
        ],
      },
      errors: ['SUBGRAPH_ERROR@people.0.eligible'],
    },
  },
);

describeGraph(
  'an input that nobody has',
  {
    a: {
      sdl: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { people: () => [{ id: '1' }, { id: '2' }] } },
    },
    b: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int }`,
      resolvers: {
        Person: { __resolveReference: ({ id }: { id: string }) => (id === '1' ? null : { id, income: 1 }) },
      },
    },
    c: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int @external grade: String @requires(fields: "income") }`,
      resolvers: { Person: { ...ref, grade: ({ income }: { income: number }) => `g${income}` } },
    },
  },
  {
    'is an error where the field was asked for': {
      query: '{ people { grade } }',
      data: { people: [{ grade: null }, { grade: 'g1' }] },
      errors: ['SUBGRAPH_BAD_ANSWER@people.0.grade'],
    },
  },
);

describeGraph(
  'two interface objects of one subgraph on one object',
  {
    a: {
      sdl: `type Query { s: School } interface Unit @key(fields: "id") { id: ID! } interface Payer @key(fields: "id") { id: ID! } type School implements Unit & Payer @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { s: () => ({ id: '1' }) } },
    },
    b: {
      sdl: `type Unit @key(fields: "id") @interfaceObject { id: ID! addr: String } type Payer @key(fields: "id") @interfaceObject { id: ID! due: Int }`,
      resolvers: { Unit: { ...ref, addr: () => 'A' }, Payer: { ...ref, due: () => 3 } },
    },
  },
  {
    'are both asked': { query: '{ s { addr due } }', data: { s: { addr: 'A', due: 3 } }, fetches: { a: 1, b: 1 } },
  },
);

describeGraph(
  'inputs inside inputs, fed by two subgraphs',
  {
    root: {
      sdl: `type Query { firm: Firm } type Firm @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { firm: () => ({ id: '1' }) } },
    },
    hr: {
      sdl: `type Firm @key(fields: "id") { id: ID! staff: Int } type Audit @key(fields: "id") { id: ID! cost: Int }`,
      resolvers: { Firm: { ...ref, staff: () => 4 }, Audit: { ...ref, cost: () => 5 } },
    },
    reg: {
      sdl: `type Firm @key(fields: "id") { id: ID! years: Int }`,
      resolvers: { Firm: { ...ref, years: () => 6 } },
    },
    tax: {
      sdl: `type Firm @key(fields: "id") { id: ID! staff: Int @external years: Int @external audit: Audit @requires(fields: "staff years") }
            type Audit @key(fields: "id") { id: ID! cost: Int @external verdict: String @requires(fields: "cost") }`,
      resolvers: {
        Firm: { ...ref, audit: ({ staff, years }: { staff: number; years: number }) => ({ id: `${staff}/${years}` }) },
        Audit: { ...ref, verdict: ({ id, cost }: { id: string; cost: number }) => `${id}/${cost}` },
      },
    },
  },
  {
    'are answered': { query: '{ firm { audit { verdict } } }', data: { firm: { audit: { verdict: '4/6/5' } } } },
  },
);

describeGraph(
  'a leaf of an interface object that is asked of every object',
  {
    home: {
      sdl: `interface Asset @key(fields: "id") { id: ID! } type Car implements Asset @key(fields: "id") { id: ID! plate: String }`,
      resolvers: {
        Asset: { __resolveReference: ({ id }: { id: string }) => of('Car', { id }) },
        Car: { plate: () => 'B 1' },
      },
    },
    list: {
      sdl: `type Query { one: Asset } type Asset @key(fields: "id") @interfaceObject { id: ID! }`,
      resolvers: { Query: { one: () => ({ id: '1' }) } },
    },
    worth: {
      sdl: `type Asset @key(fields: "id") @interfaceObject { id: ID! value: Int }`,
      resolvers: { Asset: { ...ref, value: () => 5 } },
    },
  },
  {
    'is not asked again of the objects of one type': {
      query: '{ one { value ... on Car { value plate } } }',
      data: { one: { value: 5, plate: 'B 1' } },
      fetches: { list: 1, worth: 1, home: 1 },
    },
    'does not need the type': {
      query: '{ one { value ... on Asset { value } } }',
      data: { one: { value: 5 } },
      fetches: { list: 1, worth: 1 },
    },
  },
);

describeGraph(
  'an input that several subgraphs have',
  {
    list: {
      sdl: `type Query { firm: Firm } type Firm @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { firm: () => ({ id: '1' }) } },
    },
    copy: {
      sdl: `type Firm @key(fields: "id") { id: ID! size: Int @shareable }`,
      resolvers: { Firm: { ...ref, size: () => 7 } },
    },
    register: {
      sdl: `type Firm @key(fields: "id") { id: ID! size: Int @shareable name: String }`,
      resolvers: { Firm: { ...ref, size: () => 7, name: () => 'F' } },
    },
    tax: {
      sdl: `type Firm @key(fields: "id") { id: ID! size: Int @external band: String @requires(fields: "size") }`,
      resolvers: { Firm: { ...ref, band: ({ size }: { size: number }) => `band ${size}` } },
    },
  },
  {
    'is taken from one that is asked anyway': {
      query: '{ firm { name band } }',
      data: { firm: { name: 'F', band: 'band 7' } },
      fetches: { list: 1, register: 1, tax: 1 },
    },
  },
);
