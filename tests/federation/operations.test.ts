import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeGraph } from './support/cases.js';
import { serveGraph, type TestGraph } from './support/graph.js';

const ref = { __resolveReference: (key: object) => key };
const of = (typename: string, row: Record<string, unknown>) => ({ __typename: typename, ...row });

describe('mutations', () => {
  let graph: TestGraph;
  const log: string[] = [];
  const note = (entry: string, answer: unknown) => () => {
    log.push(entry);
    return answer;
  };
  beforeAll(async () => {
    graph = await serveGraph({
      a: {
        sdl: `type Query { q: Int } type Mutation { add(n: Int!): Item! both: Int @shareable fail: Int failHard: Int! } type Item @key(fields: "id") { id: ID! n: Int }`,
        resolvers: {
          Mutation: {
            add: (_: unknown, { n }: { n: number }) => {
              log.push(`a.add ${n}`);
              return { id: String(n), n };
            },
            both: note('a.both', 1),
            fail: () => {
              throw new Error('secret');
            },
            failHard: () => {
              throw new Error('secret');
            },
          },
        },
      },
      b: {
        sdl: `type Mutation { multiply(by: Int!): Int } type Item @key(fields: "id") { id: ID! title: String }`,
        resolvers: {
          Mutation: {
            multiply: (_: unknown, { by }: { by: number }) => {
              log.push(`b.multiply ${by}`);
              return by * 2;
            },
          },
          Item: {
            ...ref,
            title: ({ id }: { id: string }) => {
              log.push(`b.title ${id}`);
              return `title ${id}`;
            },
          },
        },
      },
    });
  });
  afterAll(() => graph.close());

  it('run one after the other, in order, also the same one twice', async () => {
    log.length = 0;
    const { data, errors } = await graph.ask(
      'mutation { x: add(n: 1) { title n } multiply(by: 3) y: add(n: 1) { n } add(n: 2) { title } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ x: { title: 'title 1', n: 1 }, multiply: 6, y: { n: 1 }, add: { title: 'title 2' } });
    expect(log.filter((entry) => !entry.startsWith('b.title'))).toEqual([
      'a.add 1',
      'b.multiply 3',
      'a.add 1',
      'a.add 2',
    ]);
  });
  it('go on after one that failed', async () => {
    log.length = 0;
    const { data, errors } = await graph.ask('mutation { oops: fail multiply(by: 4) }');
    expect(data).toEqual({ oops: null, multiply: 8 });
    expect(errors).toEqual([
      {
        message: 'Subgraph a reported an error.',
        locations: [{ line: 1, column: 12 }],
        path: ['oops'],
        extensions: { code: 'SUBGRAPH_ERROR', subgraph: 'a' },
      },
    ]);
  });
  it('leave no data when one that must not be null failed', async () => {
    const { data, errors } = await graph.ask('mutation { multiply(by: 4) failHard }');
    expect(data).toBeNull();
    expect(errors.map(({ path }) => path)).toEqual([['failHard']]);
  });
  it('never reach a subgraph when they are denied', async () => {
    log.length = 0;
    const { data } = await graph.ask('mutation { multiply(by: 4) }', { deny: ['Mutation.multiply'] });
    expect(data).toEqual({ multiply: null });
    expect(log).toEqual([]);
    expect(graph.asked).toEqual([]);
  });
});

describeGraph(
  'conditions',
  {
    a: {
      sdl: `type Query { product: Product products: [Product] } type Product @key(fields: "id") { id: ID! price: Int }`,
      resolvers: {
        Query: {
          product: () => ({ id: '1', price: 700 }),
          products: () => [
            { id: '1', price: 700 },
            { id: '2', price: 1 },
          ],
        },
      },
    },
    b: {
      sdl: `type Product @key(fields: "id") { id: ID! price: Int @external isExpensive: Boolean @requires(fields: "price") name: String }`,
      resolvers: {
        Product: {
          ...ref,
          isExpensive: ({ price }: { price: number }) => price > 500,
          name: ({ id }: { id: string }) => `P${id}`,
        },
      },
    },
    c: {
      sdl: `type Product @key(fields: "id") { id: ID! isExpensive: Boolean @external include: Boolean @requires(fields: "isExpensive") }`,
      resolvers: { Product: { ...ref, include: ({ isExpensive }: { isExpensive: boolean }) => isExpensive } },
    },
  },
  {
    'skip a field by variable, and the fetch with it': {
      query: 'query($yes: Boolean!) { product { price include @skip(if: $yes) } }',
      variables: { yes: true },
      data: { product: { price: 700 } },
      fetches: { a: 1 },
    },
    'keep it otherwise': {
      query: 'query($yes: Boolean!) { product { price include @skip(if: $yes) } }',
      variables: { yes: false },
      data: { product: { price: 700, include: true } },
    },
    'include a chain of required inputs': {
      query: 'query($yes: Boolean = true) { product { include @include(if: $yes) name @skip(if: $yes) } }',
      data: { product: { include: true } },
    },
    'hold for fragments, nested': {
      query:
        'query($a: Boolean!, $b: Boolean!) { products { id ... on Product @include(if: $a) { price ... @skip(if: $b) { isExpensive } ...N @include(if: $b) } } } fragment N on Product { name @include(if: $a) include @skip(if: $a) }',
      variables: { a: true, b: true },
      data: {
        products: [
          { id: '1', price: 700, name: 'P1' },
          { id: '2', price: 1, name: 'P2' },
        ],
      },
    },
    'need both to hold': {
      query:
        'query($t: Boolean!, $f: Boolean!) { product { a: name @include(if: $t) @skip(if: $f) b: name @include(if: $t) @skip(if: $t) c: name @include(if: $f) @skip(if: $f) d: name @skip(if: false) @include(if: true) } }',
      variables: { t: true, f: false },
      data: { product: { a: 'P1', d: 'P1' } },
    },
    'merge a skipped selection with one that is not': {
      query: 'query($t: Boolean!) { product { name @skip(if: $t) ... { name } } }',
      variables: { t: true },
      data: { product: { name: 'P1' } },
    },
    'may leave an object without fields': { query: '{ product { name @skip(if: true) } }', data: { product: {} } },
    'may leave nothing to ask': {
      query: 'query($t: Boolean!) { product @skip(if: $t) { name } }',
      variables: { t: true },
      data: {},
      fetches: {},
    },
    'hold for __typename': {
      query: 'query($t: Boolean!) { product { __typename @skip(if: $t) id } x: __typename @include(if: $t) }',
      variables: { t: true },
      data: { product: { id: '1' }, x: 'Query' },
    },
  },
);

describeGraph(
  'inputs, enums and scalars',
  {
    a: {
      sdl: `scalar JSON scalar Big scalar Date
            type Query { echo(json: JSON, big: Big): JSON users(filter: Filter!): [User!]! byKind(kind: Kind): [User] when(date: Date!): Date ints: [Int] floats: Float flag: Boolean ids: [ID!] }
            input Filter { first: Int! kind: Kind = ONE nested: Nested } input Nested { tags: [String!] other: Int } enum Kind { ONE TWO THREE @inaccessible }
            type User @key(fields: "id") { id: ID! kind: Kind @shareable key: Big }`,
      resolvers: {
        Query: {
          echo: (_: unknown, { json, big }: { json: unknown; big: unknown }) => ({ json, big }),
          users: (_: unknown, { filter }: { filter: { first: number; kind: string; nested?: { tags: string[] } } }) => [
            {
              id: `${filter.first}/${filter.kind}/${filter.nested?.tags.join('+') ?? ''}`,
              kind: 'ONE',
              key: 12345678901,
            },
          ],
          byKind: (_: unknown, { kind }: { kind: string }) => [
            { id: kind, kind: 'THREE' },
            { id: '2', kind: 'TWO', key: { a: [1] } },
          ],
          when: (_: unknown, { date }: { date: string }) => date,
          ints: () => [1, null, 2147483647],
          floats: () => 1.5,
          flag: () => false,
          ids: () => [1, 'a"b\\c\n\u2028'],
        },
      },
    },
    b: {
      sdl: `scalar Big type Query { other(filter: Filter): Int } input Filter { first: Int! kind: Kind nested: Nested extra: Int } input Nested { tags: [String!] } enum Kind { ONE TWO }
            type User @key(fields: "id") { id: ID! kind: Kind @shareable echo(text: String = "d", n: Int, list: [[Int]], on: Filter): String }`,
      resolvers: { User: { ...ref, echo: (_: unknown, args: object) => JSON.stringify(args) } },
    },
  },
  {
    'pass custom scalars as they are': {
      query:
        'query($json: JSON, $big: Big) { echo(json: $json, big: $big) lit: echo(json: { a: [1, { b: null }] }, big: 3) }',
      variables: { json: { __proto__: 1, constructor: ['x'], 'a b': { '"': null } }, big: 1e21 },
      data: {
        echo: { json: { constructor: ['x'], 'a b': { '"': null } }, big: 1e21 },
        lit: { json: { a: [1, { b: null }] }, big: 3 },
      },
    },
    'coerce input objects and fill in their defaults': {
      query:
        'query($f: Filter!, $tag: String!) { users(filter: $f) { id key } more: users(filter: { first: 2, nested: { tags: [$tag] } }) { id } }',
      variables: { f: { first: 1 }, tag: 't' },
      data: { users: [{ id: '1/ONE/', key: 12345678901 }], more: [{ id: '2/ONE/t' }] },
    },
    'carry arguments into entity fetches': {
      query:
        'query($n: Int, $l: [[Int]], $f: Filter, $none: String) { users(filter: { first: 1, kind: TWO }) { echo(n: $n, list: $l, on: $f) plain: echo lit: echo(text: "\\"q\\"", on: { first: 3 }) none: echo(text: $none) } }',
      variables: { n: 5, l: [[1, null], null], f: { first: 1, kind: 'TWO' } },
      data: {
        users: [
          {
            echo: '{"text":"d","n":5,"list":[[1,null],null],"on":{"first":1,"kind":"TWO"}}',
            plain: '{"text":"d"}',
            lit: '{"text":"\\"q\\"","on":{"first":3}}',
            none: '{"text":"d"}',
          },
        ],
      },
    },
    'write null without an error for an enum value that the graph does not show': {
      query: '{ byKind(kind: ONE) { id kind } }',
      data: {
        byKind: [
          { id: 'ONE', kind: null },
          { id: '2', kind: 'TWO' },
        ],
      },
    },
    'write every kind of leaf': {
      query: '{ ints floats flag ids when(date: "2026-01-01") }',
      data: { ints: [1, null, 2147483647], floats: 1.5, flag: false, ids: ['1', 'a"b\\c\n\u2028'], when: '2026-01-01' },
    },
  },
);

describe('inputs that not every subgraph knows', () => {
  it('are not in the graph', async () => {
    const graph = await serveGraph({
      a: {
        sdl: 'type Query { a(in: In): Int } input In { x: Int y: Int } enum E { P Q @inaccessible }',
        resolvers: {},
      },
      b: {
        sdl: 'type Query { b(in: In, e: E): Int } input In { x: Int } enum E { P Q @inaccessible }',
        resolvers: { Query: { b: () => 1 } },
      },
    });
    await expect(graph.ask('{ a(in: { y: 1 }) }')).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    await expect(graph.ask('{ b(e: Q) }')).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    await expect(graph.ask('query($in: In) { b(in: $in) }', { variables: { in: { y: 1 } } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(
      (await graph.ask('query($in: In, $e: E) { b(in: $in, e: $e) }', { variables: { in: { x: 1 }, e: 'P' } })).data,
    ).toEqual({ b: 1 });
    await graph.close();
  });
});

/** What the two subgraphs of the next graph answer is set by each test. */
const said: { root: unknown; entity: (ref: { id: string }) => unknown } = { root: null, entity: (key) => key };
const raise = (message: string, extensions = {}) => Object.assign(new Error(message), { extensions });

describe('what subgraphs get wrong', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await serveGraph({
      a: {
        sdl: `scalar Any type Query { list: [Item!] strict: [Item!]! maybe: [Item] one: Item must: Item! things: [Thing] text: Any }
              type Item @key(fields: "id") { id: ID! name: String must: String! child: Item kids: [Item!] raw: Any num: Any kind: Any } interface Thing { id: ID! } type Box implements Thing { id: ID! } type Bag implements Thing { id: ID! size: Any }`,
        resolvers: {
          Query: {
            list: () => said.root,
            strict: () => said.root,
            maybe: () => said.root,
            one: () => said.root,
            must: () => said.root,
            things: () => said.root,
            text: () => said.root,
          },
        },
      },
      b: {
        sdl: `type Item @key(fields: "id") { id: ID! label: String sure: String! part: Part parts: [Part!]! need: String @external got: String @requires(fields: "need") } type Part { size: Int! note: String }`,
        resolvers: { Item: { __resolveReference: (key: { id: string }) => said.entity(key) } },
      },
      c: {
        sdl: `type Item @key(fields: "id") { id: ID! need: String }`,
        resolvers: {
          Item: {
            __resolveReference: (key: { id: string }) => key,
            need: ({ id }: { id: string }) => {
              if (id === '2') throw raise('inner secret');
              return 'n';
            },
          },
        },
      },
    });
  });
  afterAll(async () => {
    await graph.close();
  });
  const seen = (errors: readonly { path?: readonly (string | number)[]; extensions: { code: string } }[]) =>
    errors.map(({ path, extensions }) => `${extensions.code}@${(path ?? ['-']).join('.')}`);

  it('a failed entity is reported at every place where it stands, under the client’s own keys', async () => {
    said.root = [{ id: '1' }, { id: '2' }, { id: '1', child: { id: '2' } }];
    said.entity = ({ id }) => (id === '2' ? raise('secret') : { id, label: `L${id}` });
    const { data, errors } = await graph.ask('{ rows: list { l: label child { label } } }');
    expect(data).toEqual({
      rows: [
        { l: 'L1', child: null },
        { l: null, child: null },
        { l: 'L1', child: { label: null } },
      ],
    });
    expect(seen(errors)).toEqual(['SUBGRAPH_ERROR@rows.1', 'SUBGRAPH_ERROR@rows.2.child']);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });
  it('a failed field below an entity is reported with its indices', async () => {
    said.root = [{ id: '1' }, { id: '1' }];
    said.entity = ({ id }) => ({ id, parts: [{ size: 1 }, { size: 2, note: raise('secret') }] });
    const { data, errors } = await graph.ask('{ list { bits: parts { size n: note } } }');
    expect(data.list[1]).toEqual({
      bits: [
        { size: 1, n: null },
        { size: 2, n: null },
      ],
    });
    expect(seen(errors)).toEqual(['SUBGRAPH_ERROR@list.0.bits.1.n', 'SUBGRAPH_ERROR@list.1.bits.1.n']);
  });
  it('a null that moved up inside the subgraph is reported where it began', async () => {
    said.root = [{ id: '1' }];
    said.entity = ({ id }) => ({ id, label: 'L', part: { size: raise('secret') } });
    const { data, errors } = await graph.ask('{ list { label p: part { s: size } } }');
    expect(data).toEqual({ list: [{ label: 'L', p: null }] });
    expect(seen(errors)).toEqual(['SUBGRAPH_ERROR@list.0.p.s']);
  });
  it('a null in a field that always has a value moves up to the nearest that may be null', async () => {
    said.root = [{ id: '1' }, { id: '2' }];
    said.entity = ({ id }) => (id === '1' ? null : { id, sure: 's' });
    expect(await graph.ask('{ list { sure } }')).toMatchObject({
      data: { list: null },
      errors: [{ path: ['list', 0, 'sure'], extensions: { code: 'SUBGRAPH_BAD_ANSWER' } }],
    });
    expect(await graph.ask('{ maybe { sure } }')).toMatchObject({
      data: { maybe: [null, { sure: 's' }] },
      errors: [{ path: ['maybe', 0, 'sure'] }],
    });
    expect(await graph.ask('{ maybe { id } strict { sure } }')).toMatchObject({
      data: null,
      errors: [{ path: ['strict', 0, 'sure'] }],
    });
  });
  it('counts only the rows that were written', async () => {
    said.root = [
      { id: '1', child: { id: '3' } },
      { id: '2', child: { id: '4' } },
    ];
    said.entity = ({ id }) => (id === '1' ? null : { id, sure: 's' });
    const { answer } = await graph.ask('{ maybe { child { id } sure } }');
    expect(answer.data).toBe('{"maybe":[null,{"child":{"id":"4"},"sure":"s"}]}');
    expect(answer.rows).toEqual({ Query: 1, Item: 2 });
  });
  it('an input that failed fails what requires it, with the cause', async () => {
    said.root = [{ id: '1' }, { id: '2' }];
    said.entity = (key) => ({ ...key, got: 'g' });
    const { data, errors } = await graph.ask('{ list { g: got } }');
    expect(data).toEqual({ list: [{ g: 'g' }, { g: null }] });
    expect(seen(errors)).toEqual(['SUBGRAPH_ERROR@list.1.g']);
    expect(errors[0]!.extensions).toMatchObject({ subgraph: 'c' });
  });
  it('a failed entity root call leaves the other roots', async () => {
    said.root = raise('secret');
    const { data, errors } = await graph.ask('{ x: one { id } y: maybe { id } __typename }');
    expect(data).toEqual({ x: null, y: null, __typename: 'Query' });
    expect(seen(errors).sort()).toEqual(['SUBGRAPH_ERROR@x', 'SUBGRAPH_ERROR@y']);
  });
  it('shows a subgraph’s own message only where that is allowed, and OUT_OF_SCOPE always', async () => {
    said.root = raise('rows outside', { code: 'OUT_OF_SCOPE' });
    const { errors } = await graph.ask('{ one { id } }');
    expect(errors).toMatchObject([
      {
        message: 'The record lies outside the rows that the grant covers, says subgraph a.',
        path: ['one'],
        extensions: { code: 'OUT_OF_SCOPE', subgraph: 'a' },
      },
    ]);
  });
  it('a type that nobody knows is not written', async () => {
    said.root = [of('Box', { id: '1' }), of('Bag', { id: '2', size: 3 })];
    expect((await graph.ask('{ things { id __typename ... on Bag { size } } }')).data).toEqual({
      things: [
        { id: '1', __typename: 'Box' },
        { id: '2', __typename: 'Bag', size: 3 },
      ],
    });
  });
});
