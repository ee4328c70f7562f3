import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { serveGraph, type TestGraph } from './support/graph.js';

/** One small world, told twice: by four subgraphs and by one schema without federation. */
type Row = Record<string, unknown> & { __typename: string; id: string };
const rows: Row[] = [
  {
    __typename: 'Person',
    id: 'p1',
    name: 'Wang',
    age: 40,
    mood: 'GLAD',
    home: 'd1',
    boss: 'p2',
    works: ['f1', 'f2'],
    cards: ['c1', 'c2'],
  },
  { __typename: 'Person', id: 'p2', name: 'Li', age: null, mood: null, home: 'd2', boss: null, works: [], cards: null },
  {
    __typename: 'Person',
    id: 'p3',
    name: null,
    age: 7,
    mood: 'SAD',
    home: null,
    boss: 'p1',
    works: ['f2', 'f2'],
    cards: ['c3'],
  },
  { __typename: 'Firm', id: 'f1', name: 'Works', size: 12, head: 'p1', seat: 'd2' },
  { __typename: 'Firm', id: 'f2', name: null, size: null, head: 'p3', seat: null },
  { __typename: 'District', id: 'd1', name: 'East', parent: 'd2', area: 1.5 },
  { __typename: 'District', id: 'd2', name: 'All', parent: null, area: 20 },
  { __typename: 'IdCard', id: 'c1', serial: 's1', valid: true, holder: 'p1', height: 3 },
  { __typename: 'Permit', id: 'c2', serial: 's2', valid: false, holder: 'f1', topic: 'food' },
  { __typename: 'Permit', id: 'c3', serial: 's3', valid: null, holder: 'p3', topic: null },
];
const row = (id: unknown) => rows.find((each) => each.id === id) ?? null;
const all = (ids: unknown) => (ids === null ? null : (ids as string[]).map(row));
const ofType = (type: string) => rows.filter(({ __typename }) => __typename === type);
const first = <T>(list: T[], n: unknown) => (typeof n === 'number' && n >= 0 ? list.slice(0, n) : list);

const SHARED = `enum Mood { GLAD SAD }`;
const MONOLITH = `
  ${SHARED}
  interface Party { id: ID! name: String }
  interface Card { id: ID! serial: String! valid: Boolean }
  union Anything = Person | Firm | District | IdCard | Permit
  type Person implements Party { id: ID! name: String age: Int mood: Mood home: District boss: Person works(first: Int): [Firm!]! cards: [Card!] label(prefix: String = "p"): String grade: String score: Int }
  type Firm implements Party { id: ID! name: String size: Int head: Person! seat: District score: Int label(prefix: String = "p"): String }
  type District { id: ID! name: String! parent: District area: Float residents: [Person!]! lots: [[District]] }
  type IdCard implements Card { id: ID! serial: String! valid: Boolean holder: Party height: Int }
  type Permit implements Card { id: ID! serial: String! valid: Boolean holder: Party topic: String }
  type Query { person(id: ID!): Person people(first: Int): [Person!]! parties: [Party!]! cards: [Card]! any: [Anything!]! district: District firm: Firm }
`;
const resolvers = {
  Query: {
    person: (_: unknown, { id }: { id: string }) => (row(id)?.__typename === 'Person' ? row(id) : null),
    people: (_: unknown, args: { first?: number }) => first(ofType('Person'), args.first),
    parties: () => [...ofType('Firm'), ...ofType('Person')],
    cards: () => [row('c1'), null, row('c3'), row('c2')],
    any: () => rows,
    district: () => row('d1'),
    firm: () => row('f2'),
  },
  Person: {
    home: (it: Row) => row(it.home),
    boss: (it: Row) => row(it.boss),
    works: (it: Row, args: { first?: number }) => first(all(it.works) as Row[], args.first),
    cards: (it: Row) => all(it.cards),
    label: (it: Row, { prefix }: { prefix: string | null }) => `${String(prefix)}-${it.id}`,
    grade: (it: Row) => `${String(it.age)}/${String(it.mood)}`,
    score: (it: Row) => it.id.length + 1,
  },
  Firm: {
    head: (it: Row) => row(it.head),
    seat: (it: Row) => row(it.seat),
    label: (it: Row, { prefix }: { prefix: string | null }) => `${prefix}-${it.id}`,
    score: () => 9,
  },
  District: {
    parent: (it: Row) => row(it.parent),
    residents: (it: Row) => ofType('Person').filter(({ home }) => home === it.id),
    lots: (it: Row) => (it.parent ? [[row(it.parent), null], [], null] : null),
  },
  IdCard: { holder: (it: Row) => row(it.holder) },
  Permit: { holder: (it: Row) => row(it.holder) },
};
const pick = (type: keyof typeof resolvers, ...fields: string[]) =>
  Object.fromEntries(Object.entries(resolvers[type]).filter(([field]) => fields.includes(field)));
/** What a subgraph tells of an entity it was asked for: its own fields only. */
const known = (...fields: string[]) => ({
  __resolveReference: (key: Row) => ({
    ...Object.fromEntries(fields.map((field) => [field, row(key.id)?.[field]])),
    ...key,
    __typename: row(key.id)?.__typename,
  }),
});

const SUBGRAPHS = {
  people: {
    sdl: `${SHARED} type Query { person(id: ID!): Person people(first: Int): [Person!]! parties: [Party!]! }
          interface Party { id: ID! name: String }
          type Person implements Party @key(fields: "id") { id: ID! name: String mood: Mood home: District boss: Person }
          type Firm implements Party @key(fields: "id") { id: ID! name: String @shareable } type District @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: pick('Query', 'person', 'people', 'parties'),
      Person: { ...pick('Person', 'home', 'boss'), ...known('name', 'mood', 'home', 'boss') },
      Firm: known('name'),
    },
  },
  firms: {
    sdl: `type Query { firm: Firm } interface Party { id: ID! name: String } type Firm implements Party @key(fields: "id") { id: ID! name: String @shareable size: Int head: Person! seat: District }
          type Person implements Party @key(fields: "id") { id: ID! name: String @external age: Int works(first: Int): [Firm!]! } type District @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: pick('Query', 'firm'),
      Firm: { ...pick('Firm', 'head', 'seat'), ...known('name', 'size', 'head', 'seat') },
      Person: { ...pick('Person', 'works'), ...known('age', 'works') },
    },
  },
  places: {
    sdl: `type Query { district: District } type District @key(fields: "id") { id: ID! name: String! parent: District area: Float residents: [Person!]! lots: [[District]] } type Person @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: pick('Query', 'district'),
      District: { ...pick('District', 'parent', 'residents', 'lots'), ...known('name', 'parent', 'area') },
    },
  },
  cards: {
    sdl: `type Query { cards: [Card]! any: [Anything!]! } interface Card { id: ID! serial: String! valid: Boolean } interface Party { id: ID! } union Anything = Person | Firm | District | IdCard | Permit
          type IdCard implements Card @key(fields: "id") { id: ID! serial: String! valid: Boolean holder: Party height: Int } type Permit implements Card @key(fields: "id") { id: ID! serial: String! valid: Boolean holder: Party topic: String }
          type Person implements Party @key(fields: "id") { id: ID! cards: [Card!] } type Firm implements Party @key(fields: "id") { id: ID! } type District @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: pick('Query', 'cards', 'any'),
      IdCard: pick('IdCard', 'holder'),
      Permit: pick('Permit', 'holder'),
      Person: { ...pick('Person', 'cards'), ...known('cards') },
      Party: { __resolveType: ({ __typename }: Row) => __typename },
    },
  },
  rules: {
    sdl: `${SHARED} type Person @key(fields: "id") { id: ID! age: Int @external mood: Mood @external label(prefix: String = "p"): String grade: String @requires(fields: "age mood") score: Int } type Firm @key(fields: "id") { id: ID! label(prefix: String = "p"): String score: Int }`,
    resolvers: {
      Person: { ...pick('Person', 'label', 'grade', 'score'), __resolveReference: (key: object) => key },
      Firm: { ...pick('Firm', 'label', 'score'), __resolveReference: (key: object) => key },
    },
  },
};

let graph: TestGraph;
let monolith: GraphQLSchema;
beforeAll(async () => {
  // As the hub shows a graph in which everything may be refused: no output field is said to be there always.
  const sdl = MONOLITH.replace(/!(?=\s|\])/g, '');
  monolith = buildSchema(sdl);
  graph = await serveGraph(SUBGRAPHS, { schema: buildSchema(sdl) });
  for (const [type, fields] of Object.entries(resolvers)) {
    const object = monolith.getType(type);
    if (isObjectType(object))
      for (const [field, resolve] of Object.entries(fields)) object.getFields()[field]!.resolve = resolve as never;
  }
});
afterAll(async () => {
  await graph.close();
});

const ARGUMENTS: Record<string, readonly string[]> = {
  'Query.person': ['(id: "p1")', '(id: "p3")', '(id: $id)', '(id: "f1")'],
  'Query.people': ['', '(first: 2)', '(first: $n)'],
  'Person.works': ['', '(first: 1)', '(first: $n)'],
  'Person.label': ['', '(prefix: "x")', '(prefix: $id)', '(prefix: null)'],
  'Firm.label': ['', '(prefix: "y")'],
};
const ALIASES = ['id', 'name', 'age', 'boss', 'a', 'b', '_e0', 'a_id', '__typename'];
const CONDITIONS = [
  '',
  '',
  '',
  '',
  '@skip(if: $t)',
  '@include(if: $t)',
  '@skip(if: $f)',
  '@include(if: $f)',
  '@include(if: $t) @skip(if: $f)',
];

/** A selection set of the type, from a stream of numbers: what is chosen is a function of the numbers alone. */
function selectionSet(type: GraphQLCompositeType, next: (n: number) => number, depth: number): string {
  const parts: string[] = [];
  for (let i = 0, n = 1 + next(4); i < n; i++) {
    const choice = next(10);
    const condition = CONDITIONS[next(CONDITIONS.length)]!;
    if (choice === 0) parts.push(`__typename ${condition}`);
    else if (choice <= 2 || !('getFields' in type)) parts.push(fragment(type, next, depth, condition));
    else parts.push(field(type, next, depth, condition));
  }
  return `{ ${parts.join(' ')} }`;
}
function fragment(type: GraphQLCompositeType, next: (n: number) => number, depth: number, condition: string): string {
  const types = Object.values(monolith.getTypeMap()).filter(
    (other) => isCompositeType(other) && !other.name.startsWith('__') && overlaps(type, other),
  );
  const on = types[next(types.length)] as GraphQLCompositeType;
  if (depth <= 0) return '__typename';
  return next(4) === 0
    ? `... ${condition} ${selectionSet(type, next, depth - 1)}`
    : `... on ${on.name} ${condition} ${selectionSet(on, next, depth - 1)}`;
}
const possible = (type: GraphQLCompositeType) => (isAbstractType(type) ? monolith.getPossibleTypes(type) : [type]);
const overlaps = (a: GraphQLCompositeType, b: GraphQLCompositeType) =>
  possible(a).some((type) => possible(b).includes(type));
function field(
  type: GraphQLObjectType | GraphQLInterfaceType,
  next: (n: number) => number,
  depth: number,
  condition: string,
): string {
  const fields = Object.values(type.getFields()).filter((each) => depth > 0 || isLeafType(getNamedType(each.type)));
  if (fields.length === 0) return '__typename';
  const chosen = fields[next(fields.length)]!;
  const named = getNamedType(chosen.type) as GraphQLCompositeType;
  const args = ARGUMENTS[`${type.name}.${chosen.name}`] ?? [''];
  const alias = next(3) === 0 ? `${ALIASES[next(ALIASES.length)]}: ` : '';
  return `${alias}${chosen.name}${args[next(args.length)]} ${condition} ${isLeafType(named) ? '' : selectionSet(named, next, depth - 1)}`;
}

const VARIABLES = { id: 'p3', n: 1, t: true, f: false };
const HEAD = 'query($id: ID! = "p3", $n: Int, $t: Boolean!, $f: Boolean!)';
function operationOf(numbers: readonly number[]): string {
  let at = 0;
  const next = (n: number) => (numbers[at++ % numbers.length]! + at * 7) % n;
  return `${HEAD} ${selectionSet(monolith.getQueryType()!, next, 5)}`;
}

const RUNS = Number(process.env.MONOLITH_RUNS ?? 100);
const parameters = { numRuns: RUNS, ...(process.env.MONOLITH_SEED ? { seed: Number(process.env.MONOLITH_SEED) } : {}) };
const TIMEOUT = 60_000 + RUNS * 100;

/** A valid random operation and its answer by the monolith; undefined where the numbers gave an invalid one. */
async function askMonolith(numbers: readonly number[]) {
  const query = operationOf(numbers);
  const document = parse(query);
  // Unused variables are no concern here; everything else must be valid.
  const errors = validate(monolith, document).filter(({ message }) => !message.includes('is never used'));
  if (errors.length > 0) return undefined;
  const { data } = await execute({ schema: monolith, document, variableValues: VARIABLES });
  return { query: query.replace(HEAD, headFor(query)), data: JSON.stringify(data) };
}

describe('any operation', () => {
  it(
    'answers as one schema without federation would',
    async () => {
      let asked = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(10_000), { minLength: 40, maxLength: 120 }), async (numbers) => {
          const expected = await askMonolith(numbers);
          fc.pre(expected !== undefined);
          const told = await graph
            .ask(expected.query, { variables: VARIABLES })
            .catch((error: Error & { cause?: Error }) => {
              throw new Error(`${expected.query}\n${error.cause?.message ?? error.message}`);
            });
          asked++;
          expect({ query: expected.query, errors: told.errors }).toEqual({ query: expected.query, errors: [] });
          expect({ query: expected.query, data: told.answer.data }).toEqual(expected);
        }),
        parameters,
      );
      expect(asked).toBe(RUNS);
    },
    TIMEOUT,
  );

  it(
    'under any refusals answers the same, with nulls at the refused places and nowhere else, and asks for nothing refused',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(10_000), { minLength: 40, maxLength: 120 }),
          fc.subarray([
            'Person.name',
            'Party.name',
            'Person.boss',
            'Person.age',
            'Firm.head',
            'District.name',
            'Person.label',
            'Card.serial',
            'IdCard.serial',
            'Query.people',
            'Person.grade',
            'Query.any',
            'District.residents',
          ]),
          async (numbers, deny) => {
            const expected = await askMonolith(numbers);
            fc.pre(expected !== undefined);
            const { query } = expected;
            const told = await graph.ask(query, { variables: VARIABLES, deny });
            const sites = graph.engine.prepare(query).sites;
            const refused = new Set(
              sites.filter(({ coordinate }) => deny.includes(coordinate)).map(({ path }) => path.join('.')),
            );
            expect({ query, deny, lost: lost(JSON.parse(expected.data), told.data, '', refused) }).toEqual({
              query,
              deny,
              lost: [],
            });
            expect({ query, deny, errors: told.errors.filter(({ path }) => !refused.has(staticPath(path))) }).toEqual({
              query,
              deny,
              errors: [],
            });
            const allowed = new Set(
              sites
                .map(({ coordinate }) => coordinate)
                .filter((coordinate) => !deny.includes(coordinate))
                .map((coordinate) => coordinate.split('.')[1]),
            );
            const internal = new Set(told.answer.internal.map((coordinate) => coordinate.split('.')[1]));
            for (const field of deny.map((coordinate) => coordinate.split('.')[1]!)) {
              if (allowed.has(field) || internal.has(field)) continue;
              for (const { query: fetched } of graph.asked)
                expect({ query, deny, fetched, asks: new RegExp(`\\b${field}\\b`).test(fetched) }).toMatchObject({
                  asks: false,
                });
            }
          },
        ),
        parameters,
      );
    },
    TIMEOUT,
  );
});

const staticPath = (path: readonly (string | number)[] = []) => path.filter((key) => typeof key === 'string').join('.');

/** Static paths at which the two differ other than by a null at a refused place. */
function lost(expected: unknown, actual: unknown, at: string, refused: ReadonlySet<string>): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return [`${at}.length`];
    return expected.flatMap((item, i) => lost(item, actual[i], at, refused));
  }
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) {
    return Object.is(expected, actual) ? [] : [at];
  }
  if (Object.keys(expected).join() !== Object.keys(actual).join()) return [`${at}: ${Object.keys(actual).join()}`];
  return Object.entries(expected).flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const given = (actual as Record<string, unknown>)[key];
    // One response key can stand for an allowed field on one type and a refused one on another.
    return refused.has(path) && given === null ? [] : lost(value, given, path, refused);
  });
}

/** The variable definitions that the query uses. */
function headFor(query: string): string {
  const body = query.slice(HEAD.length);
  const definitions = ['$id: ID! = "p3"', '$n: Int', '$t: Boolean!', '$f: Boolean!'].filter((definition) =>
    new RegExp(`\\${definition.split(':')[0]!}\\b`).test(body),
  );
  return definitions.length > 0 ? `query(${definitions.join(', ')})` : 'query';
}
