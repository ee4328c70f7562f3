import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { compose, connectGraph, listen, serveGraph, type TestGraph } from './support/graph.js';

const ref = { __resolveReference: (key: object) => key };

/** Fields that fail, `Type.field` or `Type.field of id`. */
let failing: readonly string[] = [];
/** A subgraph's fields that give a plain value, unless they fail. */
const fields = (type: string, values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      ({ id }: { id?: string }) => {
        if (failing.includes(`${type}.${name}`) || failing.includes(`${type}.${name} of ${id}`)) throw new Error('x');
        return typeof value === 'function' ? (value as () => unknown)() : value;
      },
    ]),
  );
const people = (...ids: string[]) => ids.map((id) => ({ id }));

let graph: TestGraph;
beforeAll(async () => {
  graph = await serveGraph({
    civil: {
      sdl: `type Query { person: Person surely: Person! people: [Person] all: [Person!]! things: [Thing] shuffled: [Person] }
        union Thing = Person | Firm type Firm @key(fields: "code") { code: String! income: Int! pet: Int! }
        type Mutation { move: Person }
        type Person @key(fields: "id") @key(fields: "code") {
          id: ID! code: String! name: String income: Int! height: Int! weight: Int! shoe: Int! must: Int! pet: Int home: Home spouse: Person mates: [Person!]! }
        type Home @shareable { street: String size: Int! }`,
      resolvers: {
        Query: {
          person: () => ({ id: '1' }),
          surely: () => ({ id: '1' }),
          people: () => people('1', '2', '3'),
          all: () => people('1', '2'),
          things: () => [
            { __typename: 'Person', id: '1' },
            { __typename: 'Firm', code: 'f', income: 3 },
          ],
          shuffled: () => people(...(turn++ % 2 === 0 ? ['1', '2', '3'] : ['3', '1', '2'])),
        },
        Mutation: { move: () => ({ id: String(++moves) }) },
        Person: {
          __resolveReference: ({ id, code }: { id?: string; code?: string }) => ({ id: id ?? code?.slice(1) }),
          ...fields('Person', {
            income: 10,
            height: 180,
            weight: 80,
            shoe: 42,
            pet: 1,
            home: () => ({}),
            spouse: () => ({ id: '9' }),
            mates: () => people('1', '2'),
          }),
          code: ({ id }: { id: string }) => {
            if (failing.includes('Person.code')) throw new Error('x');
            return `c${id}`;
          },
          name: ({ id }: { id: string }) => `name ${id}`,
          must: async () => {
            await Promise.resolve();
            if (failing.includes('Person.must')) throw new Error('x');
            return 1;
          },
        },
        Firm: fields('Firm', { pet: 1 }),
        Home: fields('Home', { street: 'Long Street', size: 50 }),
      },
    },
    aid: {
      sdl: `type Person @key(fields: "id") { id: ID! income: Int! @external height: Int! @external weight: Int! @external shoe: Int! @external pet: Int @external
          home: Home @external
          aid: Int @requires(fields: "income") suit: Int @requires(fields: "height weight") boots: Int @requires(fields: "shoe") leash: Int @requires(fields: "pet")
          rent: Int @requires(fields: "home { size }") plain: Int }
        type Firm @key(fields: "code") { code: String! pet: Int! @external leash: Int @requires(fields: "pet") }
        type Home @shareable { size: Int! }`,
      resolvers: {
        Person: {
          ...ref,
          aid: ({ income }: { income: number }) => income + 1,
          suit: ({ height, weight }: { height: number; weight: number }) => height + weight,
          leash: ({ pet }: { pet: number }) => pet,
          boots: ({ shoe }: { shoe: number }) => shoe,
          rent: ({ home }: { home: { size: number } | null }) => (home ? home.size * 2 : -1),
          plain: () => 7,
        },
      },
    },
    pension: {
      sdl: 'type Person @key(fields: "code") { code: String! months: Int }',
      resolvers: { Person: { ...ref, months: () => 5 } },
    },
    list: {
      sdl: 'type Query { members: [Person] } type Mutation { join: Person } type Person @key(fields: "id", resolvable: false) { id: ID! }',
      resolvers: { Query: { members: () => people('1', '2', '3') }, Mutation: { join: () => ({ id: '1' }) } },
    },
  });
});
afterAll(() => graph.close());
let turn = 0;
let moves = 0;
beforeEach(() => {
  failing = [];
  turn = moves = 0;
});

/** Asks, and tells the data, the places of errors, and the requests. */
const ask = async (query: string, ...failed: string[]) => {
  failing = failed;
  const { data, errors } = await graph.ask(query);
  return {
    data,
    errors: errors.map(({ path, extensions }) => `${extensions.code}@${(path ?? []).join('.')}`),
    asked: graph.asked.map(({ subgraph }) => subgraph).join(' '),
  };
};
const texts = () => graph.asked.map(({ subgraph, query }) => `${subgraph} ${query}`);

describe('an input that must not be null and that nobody asked for', () => {
  it('is asked for once where it does not fail', async () => {
    expect(await ask('{ person { name aid plain months suit } }')).toEqual({
      data: { person: { name: 'name 1', aid: 11, plain: 7, months: 5, suit: 260 } },
      errors: [],
      asked: 'civil aid pension',
    });
  });

  it('takes nothing along that was asked beside it, when it fails', async () => {
    expect(await ask('{ person { name aid plain months } }', 'Person.income')).toEqual({
      data: { person: { name: 'name 1', aid: null, plain: 7, months: 5 } },
      errors: ['SUBGRAPH_ERROR@person.aid'],
      asked: 'civil civil aid pension',
    });
    expect(texts()[1]).not.toContain('income');
  });

  it('does not take the object along where nothing else is asked of it', async () => {
    expect(await ask('{ person { aid } }', 'Person.income')).toEqual({
      data: { person: { aid: null } },
      errors: ['SUBGRAPH_ERROR@person.aid'],
      asked: 'civil civil',
    });
  });

  it('is lost for its own row only', async () => {
    expect(await ask('{ people { name aid } }', 'Person.income of 2')).toEqual({
      data: {
        people: [
          { name: 'name 1', aid: 11 },
          { name: 'name 2', aid: null },
          { name: 'name 3', aid: 11 },
        ],
      },
      errors: ['SUBGRAPH_ERROR@people.1.aid'],
      asked: 'civil civil aid',
    });
  });

  it('is lost for its own row only where it takes the whole list along: each record is asked for it', async () => {
    expect(await ask('{ all { name aid } person { name } }', 'Person.income of 2')).toEqual({
      data: {
        all: [
          { name: 'name 1', aid: 11 },
          { name: 'name 2', aid: null },
        ],
        person: { name: 'name 1' },
      },
      errors: ['SUBGRAPH_ERROR@all.1.aid'],
      asked: 'civil civil civil aid',
    });
    expect(texts()[2]!.replaceAll(/\s+/g, '')).toContain('{...onPerson{income}}');
    expect(graph.asked[2]!.variables).toEqual({
      __batch_reps_0: [
        { __typename: 'Person', id: '1' },
        { __typename: 'Person', id: '2' },
      ],
    });
  });

  it('is asked of each record where one that fails stands in several lists', async () => {
    const row = (id: number, aid: number | null) => ({ name: `name ${id}`, aid });
    const list = [row(1, 11), row(2, null)];
    expect(await ask('{ a: all { name aid } b: all { name aid } }', 'Person.income of 2')).toMatchObject({
      data: { a: list, b: list },
      errors: ['SUBGRAPH_ERROR@a.1.aid', 'SUBGRAPH_ERROR@b.1.aid'],
    });
    expect(await ask('{ members { name mates { name aid } } }', 'Person.income of 2')).toMatchObject({
      data: { members: [1, 2, 3].map((id) => ({ name: `name ${id}`, mates: list })) },
    });
  });

  it('is asked of each record beside other inputs that were left out with it', async () => {
    const query = '{ all { name aid suit boots } }';
    expect(await ask(query, 'Person.income of 2', 'Person.weight of 1')).toEqual({
      data: {
        all: [
          { name: 'name 1', aid: 11, suit: null, boots: 42 },
          { name: 'name 2', aid: null, suit: 260, boots: 42 },
        ],
      },
      errors: ['SUBGRAPH_ERROR@all.0.suit', 'SUBGRAPH_ERROR@all.1.aid'],
      asked: 'civil civil civil civil aid',
    });
  });

  it('never mixes the records of two answers', async () => {
    const { data } = await ask('{ shuffled { name aid } }', 'Person.income of 2');
    expect(data).toEqual({
      shuffled: [
        { name: 'name 3', aid: 11 },
        { name: 'name 1', aid: 11 },
        { name: 'name 2', aid: null },
      ],
    });
  });

  it('of an entity is asked again for the entities that it took along', async () => {
    expect(await ask('{ members { name aid } }', 'Person.income of 2')).toEqual({
      data: {
        members: [
          { name: 'name 1', aid: 11 },
          { name: 'name 2', aid: null },
          { name: 'name 3', aid: 11 },
        ],
      },
      errors: ['SUBGRAPH_ERROR@members.1.aid'],
      asked: 'list civil civil aid',
    });
    expect(graph.asked[2]!.variables).toEqual({ representations: [{ __typename: 'Person', id: '2' }] });
    expect(graph.asked[2]!.query).not.toContain('income');
  });

  it('leaves other inputs where they are', async () => {
    expect(await ask('{ members { aid suit } }', 'Person.income')).toMatchObject({
      data: { members: [1, 2, 3].map(() => ({ aid: null, suit: 260 })) },
      asked: 'list civil civil aid',
    });
  });

  it('is not asked for again beside others of which one field needs both', async () => {
    expect(await ask('{ members { suit } }', 'Person.height')).toEqual({
      data: { members: [1, 2, 3].map(() => ({ suit: null })) },
      errors: [0, 1, 2].map((row) => `SUBGRAPH_ERROR@members.${row}.suit`),
      asked: 'list civil',
    });
  });

  it('that fails beside another is asked for without both in the end', async () => {
    expect(await ask('{ person { name aid suit plain months } }', 'Person.income', 'Person.weight')).toEqual({
      data: { person: { name: 'name 1', aid: null, suit: null, plain: 7, months: 5 } },
      errors: ['SUBGRAPH_ERROR@person.aid', 'SUBGRAPH_ERROR@person.suit'],
      asked: 'civil civil civil aid pension',
    });
  });

  it('is asked of its record in the end where others fail in turn', async () => {
    const query = '{ person { name aid suit boots months } }';
    expect(await ask(query, 'Person.income', 'Person.weight')).toMatchObject({
      data: { person: { name: 'name 1', aid: null, suit: null, boots: 42, months: 5 } },
      asked: 'civil civil civil civil aid pension',
    });
    expect(texts()[2]!.replaceAll(/\s+/g, ' ')).toBe('civil { person { name id code } }');
  });

  it('is asked of its entity in the end where others fail in turn', async () => {
    expect(await ask('{ members { aid suit boots } }', 'Person.income', 'Person.weight of 2')).toMatchObject({
      data: { members: [1, 2, 3].map((id) => ({ aid: null, suit: id === 2 ? null : 260, boots: 42 })) },
      errors: [0, 1, 1, 2].map((row, n) => `SUBGRAPH_ERROR@members.${row}.${n === 2 ? 'suit' : 'aid'}`),
    });
  });

  it('inside an object that was asked for leaves the rest of that object', async () => {
    expect(await ask('{ person { name home { street } rent } }', 'Home.size')).toEqual({
      data: { person: { name: 'name 1', home: { street: 'Long Street' }, rent: null } },
      errors: ['SUBGRAPH_ERROR@person.rent'],
      asked: 'civil civil',
    });
  });

  it('of one type is left out though another type is asked for it', async () => {
    const data = { things: [{ name: 'name 1', aid: null }, { income: 3 }] };
    expect(await ask('{ things { ... on Person { name aid } ... on Firm { income } } }', 'Person.income')).toEqual({
      data,
      errors: ['SUBGRAPH_ERROR@things.0.aid'],
      asked: 'civil civil',
    });
  });

  it('of one type is left out though another type has it otherwise', async () => {
    const query = '{ things { ... on Person { leash } ... on Firm { leash } } }';
    expect(await ask(query, 'Firm.pet')).toEqual({
      data: { things: [{ leash: 1 }, { leash: null }] },
      errors: ['SUBGRAPH_ERROR@things.1.leash'],
      asked: 'civil civil aid',
    });
  });

  it('is asked for by no key where a path alone gives it', async () => {
    const provided = await serveGraph({
      list: {
        sdl: `type Query { cars: [Car!]! @provides(fields: "weight") } type Car @key(fields: "id") { id: ID! weight: Int! @external name: String }`,
        resolvers: {
          Query: { cars: () => [{ id: '1', weight: 7 }, { id: '2' }] },
          Car: { ...ref, name: () => 'C' },
        },
      },
      home: { sdl: 'type Car @key(fields: "id") { id: ID! weight: Int! }' },
      tax: {
        sdl: `type Car @key(fields: "id") { id: ID! weight: Int! @external tax: Int @requires(fields: "weight") }`,
        resolvers: { Car: { ...ref, tax: () => 2 } },
      },
    });
    const { data, errors } = await provided.ask('{ cars { name tax } }').finally(() => provided.close());
    expect(data).toEqual({ cars: [1, 2].map(() => ({ name: 'C', tax: null })) });
    expect(errors.map(({ path }) => path?.join('.'))).toEqual(['cars.0.tax', 'cars.1.tax']);
    expect(provided.asked.map(({ subgraph }) => subgraph)).toEqual(['list', 'list']);
  });

  it('takes the type of a record along no more than its fields', async () => {
    const assets = await serveGraph({
      list: {
        sdl: 'type Query { one: Asset } type Asset @key(fields: "id") @interfaceObject { id: ID! }',
        resolvers: { Query: { one: () => ({ id: '1' }) } },
      },
      home: {
        sdl: `interface Asset @key(fields: "id") { id: ID! } type Car implements Asset @key(fields: "id") { id: ID! weight: Int! }
          type House implements Asset @key(fields: "id") { id: ID! }`,
        resolvers: {
          Asset: { __resolveReference: () => ({ __typename: 'Car', id: '1' }) },
          Car: fields('Car', { weight: 1 }),
        },
      },
      tax: {
        sdl: `type Car @key(fields: "id") { id: ID! weight: Int! @external tax: Int @requires(fields: "weight") }`,
        resolvers: { Car: { ...ref, tax: () => 2 } },
      },
    });
    failing = ['Car.weight'];
    const { data, errors } = await assets
      .ask('{ one { __typename ... on Car { tax } } }')
      .finally(() => assets.close());
    expect(data).toEqual({ one: { __typename: 'Car', tax: null } });
    expect(errors.map(({ path }) => path)).toEqual([['one', 'tax']]);
  });

  it('is recorded once, and the second request has a signed context of its own', async () => {
    failing = ['Person.income'];
    const signed: string[] = [];
    const { answer } = await graph.ask('{ members { name aid } }', {
      context: (subgraph, body) => (signed.push(`${subgraph} ${JSON.parse(body).query}`), 'signed'),
    });
    expect(signed).toEqual(texts());
    expect(graph.asked.map(({ headers }) => headers['share-context'])).toEqual(['signed', 'signed', 'signed']);
    expect(answer).toMatchObject({
      items: { released: ['Query.members', 'Person.name'], unavailable: ['Person.aid'] },
      internal: ['Person.id', 'Person.income'],
      rows: { Person: 3 },
      fetches: [{ subgraph: 'list' }, { sent: ['Person.id'] }, { sent: ['Person.id'] }],
    });
  });

  it('and that is a key leaves everything that needs no such key', async () => {
    expect(await ask('{ person { name months plain } }', 'Person.code')).toEqual({
      data: { person: { name: 'name 1', months: null, plain: 7 } },
      errors: ['SUBGRAPH_ERROR@person.months'],
      asked: 'civil civil aid',
    });
  });
});

describe('is not asked for again', () => {
  it('a subgraph that is away the second time: the first answer stands', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        if (++requests > 1) return void response.writeHead(503).end();
        response.end(JSON.stringify({ data: { p: null }, errors: [{ message: 'x', path: ['p', 'input'] }] }));
      });
    });
    const url = await listen(server);
    const supergraph = compose({
      a: { sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! name: String input: Int! }' },
      b: {
        sdl: `type P @key(fields: "id") { id: ID! input: Int! @external made: Int @requires(fields: "input") }`,
      },
    });
    const away = await connectGraph(supergraph, new Map([['a', { url }]]), [], [server]);
    const { data, errors } = await away.ask('{ p { name made } }').finally(() => away.close());
    expect(data).toEqual({ p: null });
    expect(errors.map(({ path }) => path)).toEqual([['p', 'made']]);
    expect(requests).toBe(2);
  });

  it('what the operation asks for and loses by its own failure', async () => {
    expect(await ask('{ person { income aid } }', 'Person.income')).toEqual({
      data: { person: null },
      errors: ['SUBGRAPH_ERROR@person.income'],
      asked: 'civil',
    });
  });

  it('an input that may be null, and so took nothing along', async () => {
    expect(await ask('{ person { name leash } }', 'Person.pet')).toEqual({
      data: { person: { name: 'name 1', leash: null } },
      errors: ['SUBGRAPH_ERROR@person.leash'],
      asked: 'civil',
    });
    expect(await ask('{ person { must leash } }', 'Person.must', 'Person.pet')).toMatchObject({
      data: { person: null },
      asked: 'civil',
    });
    // It is asked for with the others where one of these took something along.
    const { data } = await ask('{ people { aid leash } }', 'Person.pet of 1', 'Person.income of 2');
    expect(data).toEqual({
      people: [
        { aid: 11, leash: null },
        { aid: null, leash: 1 },
        { aid: 11, leash: 1 },
      ],
    });
  });

  it('an input that the operation asks for as well, of whichever subgraph', () => {
    const planned = loadGraph(
      compose({
        desk: { sdl: 'type Query { cases: [Case] } type Case @key(fields: "id", resolvable: false) { id: ID! }' },
        court: { sdl: 'type Case @key(fields: "id") { id: ID! fee: Int! @shareable judge: String room: String }' },
        archive: { sdl: 'type Case @key(fields: "id") { id: ID! fee: Int! @shareable shelf: String }' },
        tax: {
          sdl: 'type Case @key(fields: "id") { id: ID! fee: Int! @external due: String @requires(fields: "fee") }',
        },
      }),
    );
    const internal = (query: string) =>
      [...JSON.stringify(planned.plan(query, new Set())).matchAll(/"path":\[("[^\]]*)\]/g)].map(([, path]) => path);
    expect(internal('{ cases { due judge shelf room fee } }')).toEqual(['"cases","id"']);
    expect(internal('{ cases { due judge shelf room } }')).toEqual(['"cases","id"', '"_entities","...Case","fee"']);
  });

  it('that is beside something else that failed is not blamed for it', async () => {
    expect(await ask('{ person { aid must name } }', 'Person.income', 'Person.must')).toEqual({
      data: { person: null },
      errors: ['SUBGRAPH_ERROR@person.must'],
      asked: 'civil civil',
    });
    expect(await ask('{ surely { aid } all { must } }', 'Person.income', 'Person.must')).toEqual({
      data: null,
      errors: ['SUBGRAPH_ERROR@all.0.must'],
      asked: 'civil civil',
    });
    expect(await ask('{ members { aid must } }', 'Person.income', 'Person.must')).toMatchObject({
      data: { members: [null, null, null] },
      errors: [0, 1, 2].map((row) => `SUBGRAPH_ERROR@members.${row}.must`),
    });
  });

  it('a mutation, whose record is lost with the input', async () => {
    expect(await ask('mutation { move { name aid } }', 'Person.income')).toEqual({
      data: { move: null },
      errors: ['SUBGRAPH_ERROR@move.aid'],
      asked: 'civil',
    });
    expect(moves).toBe(1);
    expect(await ask('mutation { join { name aid } }', 'Person.income')).toMatchObject({
      data: { join: { name: 'name 1', aid: null } },
      asked: 'list civil civil',
    });
  });
});

it('an input that fails is not blamed on a field of its name that was asked for of another type', async () => {
  const fail = () => {
    throw new Error('x');
  };
  const kinds = `union Kind = Pupil | Class`;
  const graph = await serveGraph({
    a: {
      sdl: `type Query { top: [Kind] } type Pupil @key(fields: "id") { id: ID! mark: String! friends: [Kind] }
        type Class { mark: String } ${kinds}`,
      resolvers: {
        Query: { top: () => [{ __typename: 'Pupil', id: '1' }] },
        Pupil: { ...ref, mark: fail, friends: () => [{ __typename: 'Pupil', id: '1' }] },
      },
    },
    b: {
      sdl: `type Pupil @key(fields: "id") { id: ID! mark: String! @external grade: String @requires(fields: "mark") }`,
      resolvers: { Pupil: ref },
    },
  });
  const told = await graph.ask(
    '{ top { ... on Pupil { friends { ... on Pupil { grade } ... on Class { mark } } mark } } }',
  );
  expect(told.errors.map(({ path }) => (path ?? []).join('.'))).not.toContain('top.0.friends.0.mark');
  await graph.close();
});
