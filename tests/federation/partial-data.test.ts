import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compose, connectGraph, listen, serveGraph, type TestGraph, type TestSubgraph } from './support/graph.js';

const fail = (message: string) => () => {
  throw new Error(message);
};
const ref = { __resolveReference: (key: object) => key };

/** Asks a graph, and tells data and the places of errors. */
const ask = async (graph: TestGraph, query: string) => {
  const { data, errors } = await graph.ask(query);
  return { data, errors: errors.map(({ path, extensions }) => `${extensions.code}@${(path ?? []).join('.')}`) };
};

describe('errors beside values', () => {
  let graph: TestGraph;
  let answers: unknown[];
  const servers: Server[] = [];
  beforeAll(async () => {
    const serve = async () => {
      const server = createServer((request, response) => {
        request.resume().on('end', () => response.end(JSON.stringify(answers.shift())));
      });
      servers.push(server);
      return { url: await listen(server) };
    };
    const a = `scalar JSON type Query { p: Person people: [Person!] rows: [Row] any: JSON party: Party }
      type Person @key(fields: "id") { id: ID! name: String tags: [String] friend: Person }
      type Row { x: Int } union Party = Firm | Person type Firm @shareable { id: Int }`;
    const b = 'type Person @key(fields: "id") { id: ID! age: Int notes: [String!] }';
    const urls = new Map([
      ['a', await serve()],
      ['b', await serve()],
    ]);
    graph = await connectGraph(compose({ a: { sdl: a }, b: { sdl: b } }), urls, [], servers);
  });
  afterAll(() => graph.close());
  beforeEach(() => void (answers = []));

  it('stand at no place that was not asked', async () => {
    answers = [
      {
        data: { p: { name: 'Li', secret: 1 }, secret: 2 },
        errors: [
          { message: 'x', path: ['p', 'secret'] },
          { message: 'x', path: ['secret'] },
          { message: 'x', path: ['p', 'name', 'first'] },
        ],
      },
    ];
    expect(await ask(graph, '{ p { name } }')).toEqual({
      data: { p: { name: 'Li' } },
      errors: ['SUBGRAPH_ERROR@p.name', 'SUBGRAPH_ERROR@', 'SUBGRAPH_ERROR@'],
    });
  });

  it('keep the value, and stand at its own path in the answer', async () => {
    answers = [
      {
        data: { p: { a_alias: 'Li', tags: ['a', 'b'] } },
        errors: [
          { message: 'stale', path: ['p', 'a_alias'] },
          { message: 'x', path: ['p', 'tags', 1] },
          { message: 'y', path: ['p', 'tags'] },
          { message: 'z', path: ['p'] },
        ],
      },
    ];
    expect(await ask(graph, '{ p { alias: name tags } }')).toEqual({
      data: { p: { alias: 'Li', tags: ['a', 'b'] } },
      errors: ['SUBGRAPH_ERROR@p.alias', 'SUBGRAPH_ERROR@p.tags.1', 'SUBGRAPH_ERROR@p.tags', 'SUBGRAPH_ERROR@p'],
    });
  });

  it('of an entity stand wherever it stands', async () => {
    const person = (id: string, more = {}) => ({ __typename: 'Person', id, ...more });
    answers = [
      { data: { people: [person('1'), person('2'), person('1', { friend: person('2') })] } },
      {
        data: {
          _entities: [
            { __typename: 'Person', age: 7, notes: ['n'] },
            { __typename: 'Person', age: 8, notes: ['m'] },
          ],
        },
        errors: [
          { message: 'x', path: ['_entities', 0, 'age'] },
          { message: 'x', path: ['_entities', 1, 'notes', 0] },
        ],
      },
    ];
    expect(await ask(graph, '{ people { age notes } }')).toEqual({
      data: {
        people: [
          { age: 7, notes: ['n'] },
          { age: 8, notes: ['m'] },
          { age: 7, notes: ['n'] },
        ],
      },
      errors: ['SUBGRAPH_ERROR@people.0.age', 'SUBGRAPH_ERROR@people.1.notes.0', 'SUBGRAPH_ERROR@people.2.age'],
    });
  });

  it('inside a scalar stand at the scalar, of which nothing is changed', async () => {
    for (const any of [{ deep: [1] }, [{ deep: 1 }]]) {
      answers = [{ data: { any }, errors: [{ message: 'x', path: ['any', Array.isArray(any) ? 0 : 'deep', 0] }] }];
      expect(await ask(graph, '{ any }')).toEqual({ data: { any }, errors: ['SUBGRAPH_ERROR@any'] });
    }
  });

  it('are all told, or the rest is counted', async () => {
    const some = (count: number) => ({
      data: { rows: Array.from({ length: count }, () => ({ x: null })) },
      errors: Array.from({ length: count }, (_, i) => ({ message: 'x', path: ['rows', i, 'x'] })),
    });
    answers = [some(150)];
    expect((await ask(graph, '{ rows { x } }')).errors).toHaveLength(150);
    answers = [some(300)];
    const { errors } = await graph.ask('{ rows { x } }');
    expect(errors.slice(0, -1).map(({ path }) => path)).toEqual(
      Array.from({ length: 200 }, (_, i) => ['rows', i, 'x']),
    );
    expect(errors.at(-1)).toEqual({
      message: '100 further errors are left out.',
      extensions: { code: 'ERRORS_OMITTED', count: 100, codes: { SUBGRAPH_ERROR: 100 } },
    });
    answers = [{ ...some(0), errors: Array.from({ length: 12_000 }, () => ({ message: 'x' })) }];
    const without = await graph.ask('{ rows { x } }');
    expect(without.errors).toHaveLength(201);
    expect(without.errors.at(-1)!.extensions).toMatchObject({ code: 'ERRORS_OMITTED', count: 9_801 });
  });
});

describe('a null that moves up', () => {
  const graphs: TestGraph[] = [];
  const serve = async (subgraphs: Record<string, TestSubgraph>) => {
    const graph = await serveGraph(subgraphs);
    graphs.push(graph);
    return graph;
  };
  afterAll(() => Promise.all(graphs.map((graph) => graph.close())));

  it('to the whole answer blames the field that failed, not the one before it', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { foo(n: Int): Int! }',
        resolvers: {
          Query: {
            foo: (_: unknown, { n }: { n: number }) => (n === 2 ? fail('x')() : n),
          },
        },
      },
    });
    expect(await ask(graph, '{ a: foo(n: 1) b: foo(n: 2) c: foo(n: 3) }')).toEqual({
      data: null,
      errors: ['SUBGRAPH_ERROR@b'],
    });
  });

  it('to the whole answer blames the field that may not be null, not one that may', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { rows: [Row!]! must: Int! } type Row { may: Int }',
        resolvers: { Query: { rows: () => [{}], must: fail('x') }, Row: { may: fail('y') } },
      },
    });
    expect(await ask(graph, '{ rows { may } must }')).toEqual({
      data: null,
      errors: ['SUBGRAPH_ERROR@must', 'SUBGRAPH_ERROR@rows.0.may'],
    });
  });

  it('in a record takes no blame for what was asked beside it, in whatever order', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        resolvers: { Query: { p: () => ({ id: '1' }) } },
      },
      b: {
        sdl: `type P @key(fields: "id") { id: ID! must: Int! may: Int input: Int }`,
        resolvers: { P: { ...ref, must: fail('x'), may: () => 1, input: () => 2 } },
      },
      c: {
        sdl: `type P @key(fields: "id") { id: ID! input: Int @external made: Int @requires(fields: "input") }`,
        resolvers: { P: { ...ref, made: () => 3 } },
      },
    });
    for (const query of ['{ p { may made must } }', '{ p { must may made } }', '{ p { made must may } }'])
      expect(await ask(graph, query)).toEqual({ data: { p: null }, errors: ['SUBGRAPH_ERROR@p.must'] });
  });

  it('in its subgraph only is an error at every field that it took along', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! must: Int @shareable }',
        resolvers: { Query: { p: () => ({ id: '1' }) } },
      },
      b: {
        sdl: 'type Query { q: P } type P @key(fields: "id") { id: ID! must: Int! @shareable may: Int }',
        resolvers: { Query: { q: () => ({ id: '1' }) }, P: { ...ref, must: fail('x'), may: () => 1 } },
      },
      c: {
        sdl: 'type Query { list: [P] } type P @key(fields: "id", resolvable: false) { id: ID! }',
        resolvers: { Query: { list: () => [{ id: '1' }] } },
      },
    });
    expect(await ask(graph, '{ list { may must } }')).toEqual({
      data: { list: [{ may: null, must: null }] },
      errors: ['SUBGRAPH_ERROR@list.0.must', 'SUBGRAPH_ERROR@list.0.may'],
    });
  });

  it('to the whole of one answer blames the field that failed for a part of what others give as well', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { v: V @shareable must: Int! } type V @shareable { a: Int in: V }',
        resolvers: { Query: { v: () => ({ in: {} }), must: fail('x') }, V: { a: () => 1 } },
      },
      b: {
        sdl: 'type Query { v: V @shareable } type V @shareable { b: Int in: V }',
        resolvers: { Query: { v: () => ({ in: {} }) }, V: { b: () => 2 } },
      },
      c: { sdl: 'type Query { other: Int! }', resolvers: { Query: { other: fail('y') } } },
    });
    for (const v of ['a b', 'b in { a b }', 'b in { in { b } a }'])
      expect(await ask(graph, `{ v { ${v} } other must }`)).toEqual({
        data: null,
        errors: ['SUBGRAPH_ERROR@must', 'SUBGRAPH_ERROR@other'],
      });
  });

  it('to the whole of one answer, and not of the whole, is an error at every field that it took along', async () => {
    const graph = await serve({
      a: {
        sdl: 'type Query { v: V @shareable must: Int! @shareable } type V @shareable { a: Int in: V }',
        resolvers: { Query: { v: () => ({ in: {} }), must: fail('x') }, V: { a: () => 1 } },
      },
      b: {
        sdl: 'type Query { v: V @shareable must: Int @shareable } type V @shareable { b: Int in: V }',
        resolvers: { Query: { v: () => ({ in: {} }), must: fail('y') }, V: { b: () => 2 } },
      },
    });
    expect(await ask(graph, '{ v { a b in { a b } } must }')).toEqual({
      data: { v: { a: null, b: 2, in: { a: null, b: 2 } }, must: null },
      errors: ['SUBGRAPH_ERROR@must', 'SUBGRAPH_ERROR@v.a', 'SUBGRAPH_ERROR@v.in.a'],
    });
  });

  it('from an input that nobody asked for blames no field of another type', async () => {
    const graph = await serve({
      a: {
        sdl: `type Query { party: Party must: Int! } union Party = Firm | Person
          type Firm @key(fields: "id") { id: ID! input: Int @external fee: Int @requires(fields: "input") }
          type Person @key(fields: "id") { id: ID! input: Int }`,
        resolvers: { Query: { party: () => of('Person', '1'), must: fail('x') }, Person: { input: fail('y') } },
      },
      b: {
        sdl: `type Firm @key(fields: "id") { id: ID! input: Int }
          type Person @key(fields: "id") { id: ID! input: Int @external tax: Int @requires(fields: "input") }`,
      },
    });
    expect(await ask(graph, '{ party { ... on Firm { fee } ... on Person { tax } } must }')).toEqual({
      data: null,
      errors: ['SUBGRAPH_ERROR@must', 'SUBGRAPH_ERROR@party.tax'],
    });
  });

  it('names the field that failed where it keeps the type of a record from being found out', async () => {
    const graph = await serve({
      list: {
        sdl: 'type Query { one: Asset } type Asset @key(fields: "id") @interfaceObject { id: ID! value: Int }',
        resolvers: { Query: { one: () => ({ id: '1' }) } },
      },
      home: {
        sdl: `interface Asset @key(fields: "id") { id: ID! } type Car implements Asset @key(fields: "id") { id: ID! plate: String! }`,
        resolvers: {
          Asset: { __resolveReference: () => of('Car', '1') },
          Car: { plate: fail('x') },
        },
      },
    });
    expect(await ask(graph, '{ one { value ... on Car { plate } } }')).toEqual({
      data: { one: null },
      errors: ['SUBGRAPH_ERROR@one.plate'],
    });
  });

  it('from an input that nobody asked for blames the field that needs it', async () => {
    const graph = await serve({
      tax: {
        sdl: 'type Query { p: Person people: [Person] } type Person @key(fields: "id") { id: ID! secretIncome: Int! }',
        resolvers: {
          Query: { p: () => ({ id: '1' }), people: () => [{ id: '1' }] },
          Person: { ...ref, secretIncome: fail('x') },
        },
      },
      aid: {
        sdl: 'type Person @key(fields: "id") { id: ID! secretIncome: Int! @external level: Int @requires(fields: "secretIncome") plain: Int }',
        resolvers: { Person: { ...ref, level: () => 1, plain: () => 2 } },
      },
    });
    expect(await ask(graph, '{ p { level } }')).toEqual({
      data: { p: { level: null } },
      errors: ['SUBGRAPH_ERROR@p.level'],
    });
    expect(await ask(graph, '{ people { mine: level } }')).toEqual({
      data: { people: [{ mine: null }] },
      errors: ['SUBGRAPH_ERROR@people.0.mine'],
    });
    expect(await ask(graph, '{ p { level secretIncome } }')).toEqual({
      data: { p: null },
      errors: ['SUBGRAPH_ERROR@p.secretIncome'],
    });
  });

  it('takes the input of a computed field along and is blamed for it, not the computed field', async () => {
    const graph = await serve({
      land: {
        sdl: `type Query { plots: [Plot!]! } type Plot @key(fields: "id") { id: ID! area: Int owners: [String!]! }`,
        resolvers: {
          Query: { plots: () => [{ id: '1' }] },
          Plot: { ...ref, area: () => 3, owners: fail('x') },
        },
      },
      value: {
        sdl: `type Plot @key(fields: "id") { id: ID! area: Int @external worth: Int! @requires(fields: "area")
          worthOnce: Int @external tax: Int! @requires(fields: "worthOnce") }`,
        resolvers: { Plot: { ...ref, worth: () => 1, tax: () => 1 } },
      },
      market: {
        sdl: `type Query { offers: [Plot!] } type Plot @key(fields: "id") { id: ID! area: Int @external
          worthOnce: Int @requires(fields: "area") }`,
        resolvers: { Query: { offers: () => [{ id: '1' }] }, Plot: { ...ref, worthOnce: () => 1 } },
      },
    });
    for (const computed of ['worth', 'tax'])
      expect(await ask(graph, `{ offers { ${computed} owners } }`)).toEqual({
        data: { offers: null },
        errors: ['SUBGRAPH_ERROR@offers.0.owners'],
      });
    // Nobody asked for the field that failed.
    expect(await ask(graph, '{ offers { worth } }')).toEqual({ data: { offers: [{ worth: 1 }] }, errors: [] });
  });

  it('leaves an input of its own failure to the field that needs it, also an input with arguments', async () => {
    const graph = await serve({
      land: {
        sdl: `type Query { plot: Plot! mayor: String! }
          type Plot @key(fields: "id") { id: ID! size(unit: Int): Size } type Size @shareable { value: Int }`,
        resolvers: {
          Query: { plot: () => ({ id: '1' }), mayor: fail('x') },
          Plot: { ...ref, size: () => ({}) },
          Size: { value: fail('y') },
        },
      },
      value: {
        sdl: `type Plot @key(fields: "id") { id: ID! size(unit: Int): Size @external
          worth: Int @requires(fields: "size(unit: 1) { value }") } type Size @shareable { value: Int }`,
        resolvers: { Plot: { ...ref, worth: () => 1 } },
      },
    });
    const { data, errors } = await ask(graph, '{ plot { worth } mayor }');
    expect(data).toBeNull();
    expect(errors.toSorted()).toEqual(['SUBGRAPH_ERROR@mayor', 'SUBGRAPH_ERROR@plot.worth']);
  });

  it('leaves the input of an input to the field that needs them in the end', async () => {
    const graph = await serve({
      land: {
        sdl: `type Query { plot: Plot! mayor: String! }
          type Plot @key(fields: "id") { id: ID! size: Int price: Int @external
            tax: Int @requires(fields: "price") }`,
        resolvers: {
          Query: { plot: () => ({ id: '1' }), mayor: fail('x') },
          Plot: { ...ref, size: fail('y'), tax: () => 1 },
        },
      },
      value: {
        sdl: `type Plot @key(fields: "id") { id: ID! size: Int @external price: Int @requires(fields: "size") }`,
        resolvers: { Plot: { ...ref, price: () => 1 } },
      },
    });
    const { data, errors } = await ask(graph, '{ plot { tax } mayor }');
    expect(data).toBeNull();
    expect(errors.toSorted()).toEqual(['SUBGRAPH_ERROR@mayor', 'SUBGRAPH_ERROR@plot.tax']);
  });

  it('leaves an input inside an object that was asked for to the field that needs it', async () => {
    const graph = await serve({
      land: {
        sdl: `type Query { plot: Plot! mayor: String! }
          type Plot @key(fields: "id") { id: ID! owner: Owner } type Owner @shareable { age: Int name: String }`,
        resolvers: {
          Query: { plot: () => ({ id: '1' }), mayor: fail('x') },
          Plot: { ...ref, owner: () => ({ name: 'Wu' }) },
          Owner: { age: fail('y') },
        },
      },
      value: {
        sdl: `type Plot @key(fields: "id") { id: ID! owner: Owner @external tax: Int @requires(fields: "owner { age }") }
          type Owner @shareable { age: Int }`,
        resolvers: { Plot: { ...ref, tax: () => 1 } },
      },
    });
    const { data, errors } = await ask(graph, '{ plot { tax owner { name } } mayor }');
    expect(data).toBeNull();
    expect(errors.toSorted()).toEqual(['SUBGRAPH_ERROR@mayor', 'SUBGRAPH_ERROR@plot.tax']);
  });

  it('goes by the type that an object has, where its interface leaves the field nullable', async () => {
    const graph = await serve({
      a: {
        sdl: `type Query { parties: [Party] } interface Party @key(fields: "id") { id: ID! }
          type Firm implements Party @key(fields: "id") { id: ID! } type Club implements Party @key(fields: "id") { id: ID! }`,
        resolvers: {
          Query: { parties: () => [of('Firm', '1'), of('Club', '2')] },
        },
      },
      b: {
        sdl: `interface Party { id: ID! name: String }
          type Firm implements Party @key(fields: "id") { id: ID! name: String! }
          type Club implements Party @key(fields: "id") { id: ID! name: String }`,
        resolvers: { Firm: { ...ref, name: () => null }, Club: { ...ref, name: () => null } },
      },
    });
    expect(await ask(graph, '{ parties { name } }')).toEqual({
      data: { parties: [null, { name: null }] },
      errors: ['SUBGRAPH_ERROR@parties.0.name'],
    });
  });
});

const of = (__typename: string, id: string) => ({ __typename, id });

describe('a record that two subgraphs give a part of each', () => {
  let graph: TestGraph;
  /** Answers by subgraph; none is a connection that ends. The one asked `last` answers after the other. */
  let answers: Readonly<Record<'a' | 'b', unknown>>;
  let last: 'a' | 'b';
  let first: PromiseWithResolvers<void>;
  const servers: Server[] = [];
  beforeAll(async () => {
    const serve = async (name: 'a' | 'b') => {
      const server = createServer((request, response) => {
        const answer = () => {
          response.on('close', () => name !== last && first.resolve());
          if (answers[name] === undefined) response.destroy();
          else response.end(JSON.stringify(answers[name]));
        };
        request.resume().on('end', () => void (name === last ? first.promise.then(answer) : answer()));
      });
      servers.push(server);
      return { url: await listen(server) };
    };
    const own = (leaf: string, more = '') => `type Query { v: V @shareable vs: [V] @shareable ${more} }
      type V @shareable { ${leaf}: String in: V } type Owner @key(fields: "id") { id: ID! v: V @shareable }`;
    const urls = new Map([
      ['a', await serve('a')],
      ['b', await serve('b')],
    ]);
    const sdl = { a: { sdl: own('a', 'owners: [Owner]') }, b: { sdl: own('b') } };
    graph = await connectGraph(compose(sdl), urls, [], servers);
  });
  afterAll(() => graph.close());
  const tell = (given: typeof answers, query = '{ v { a b in { a b } } vs { a b } }') => {
    answers = given;
    first = Promise.withResolvers();
    return ask(graph, query);
  };
  const failedAt = (...paths: (string | number)[][]) => paths.map((path) => ({ message: 'x', path }));
  const a = { data: { v: { a: 'A', in: { a: 'IN' } }, vs: [{ a: '0' }, { a: '1' }] } };
  const lost = (code: string) => ({
    data: {
      v: { a: 'A', b: null, in: { a: 'IN', b: null } },
      vs: [
        { a: '0', b: null },
        { a: '1', b: null },
      ],
    },
    errors: [`${code}@v.b`, `${code}@v.in.b`, `${code}@vs.0.b`],
  });

  it.each(['a', 'b'] as const)('tells of every part that is lost, if %s answers last', async (name) => {
    last = name;
    expect(await tell({ a, b: undefined })).toEqual(lost('SUBGRAPH_UNAVAILABLE'));
    const none = { data: { v: null, vs: null }, errors: failedAt(['v'], ['vs']) };
    expect(await tell({ a, b: none })).toEqual(lost('SUBGRAPH_ERROR'));
    const some = { v: { b: 'B', in: null }, vs: [{ b: '0' }, null] };
    expect(await tell({ a, b: { data: some, errors: failedAt(['v', 'in'], ['vs', 1]) } })).toEqual({
      data: {
        v: { a: 'A', b: 'B', in: { a: 'IN', b: null } },
        vs: [
          { a: '0', b: '0' },
          { a: '1', b: null },
        ],
      },
      errors: ['SUBGRAPH_ERROR@v.in.b', 'SUBGRAPH_ERROR@vs.1.b'],
    });
  });

  it('tells of the part of each record that another subgraph was to complete', async () => {
    last = 'b';
    const owners = [
      { id: '1', v: { a: '1' } },
      { id: '2', v: { a: '2' } },
    ];
    const b = { data: { _entities: [{ v: { b: '1' } }, null] }, errors: failedAt(['_entities', 1]) };
    expect(await tell({ a: { data: { owners } }, b }, '{ owners { v { a b } } }')).toEqual({
      data: { owners: [{ v: { a: '1', b: '1' } }, { v: { a: '2', b: null } }] },
      errors: ['SUBGRAPH_ERROR@owners.1.v.b'],
    });
  });
});
