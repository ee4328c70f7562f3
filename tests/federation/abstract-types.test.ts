import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { describeGraph } from './support/cases.js';
import { serveGraph, type TestGraph } from './support/graph.js';

const of = (typename: string, row: Record<string, unknown>): Record<string, unknown> => ({
  __typename: typename,
  ...row,
});

describeGraph(
  'interfaces whose types are entities',
  {
    shop: {
      sdl: `type Query { products: [Product!]! similar(id: ID!): [Product] media: [Media] }
            interface Product { id: ID! maker: Maker price: Float }
            interface Media { id: ID! title: String }
            type Maker @key(fields: "id") { id: ID! }
            type Book implements Product & Media @key(fields: "id") { id: ID! maker: Maker price: Float title: String pages: Int }
            type Film implements Product & Media @key(fields: "id") { id: ID! maker: Maker price: Float title: String minutes: Int }
            type Lamp implements Product @key(fields: "id") { id: ID! maker: Maker price: Float }`,
      resolvers: {
        Query: {
          products: () => [
            of('Book', { id: 'b1', maker: { id: 'm1' }, price: 10, title: 'B', pages: 100 }),
            of('Film', { id: 'f1', maker: null, price: 5, title: 'F', minutes: 90 }),
            of('Lamp', { id: 'l1', maker: { id: 'm2' }, price: 7 }),
          ],
          similar: () => [of('Lamp', { id: 'l1', price: 7 }), null],
          media: () => [
            of('Film', { id: 'f1', title: 'F', minutes: 90 }),
            of('Book', { id: 'b1', title: 'B', pages: 100 }),
          ],
        },
      },
    },
    stock: {
      sdl: `type Book @key(fields: "id") { id: ID! inStock: Int reviews: [Review!]! } type Film @key(fields: "id") { id: ID! inStock: Int subtitles: [String!] } type Lamp @key(fields: "id") { id: ID! watts: Int }
            type Review { id: ID! product: Item } union Item = Book | Film
            type Maker @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Book: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            inStock: 3,
            reviews: [
              { id: 'r1', product: of('Book', { id }) },
              { id: 'r2', product: of('Film', { id: 'f1' }) },
            ],
          }),
        },
        Film: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          inStock: () => 1,
          subtitles: () => ['zh', 'en'],
        },
        Lamp: { __resolveReference: ({ id }: { id: string }) => ({ id, watts: 40 }) },
        Maker: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `maker ${id}` }) },
      },
    },
  },
  {
    'reads an interface’s own fields': {
      query: '{ products { id price } }',
      data: {
        products: [
          { id: 'b1', price: 10 },
          { id: 'f1', price: 5 },
          { id: 'l1', price: 7 },
        ],
      },
      fetches: { shop: 1 },
    },
    'follows an interface field into another subgraph': {
      query: '{ products { maker { name } } }',
      data: { products: [{ maker: { name: 'maker m1' } }, { maker: null }, { maker: { name: 'maker m2' } }] },
    },
    'reads each type’s fields where they live': {
      query:
        '{ products { __typename id ... on Book { pages inStock } ... on Film { minutes inStock subtitles } ... on Lamp { watts } } }',
      data: {
        products: [
          { __typename: 'Book', id: 'b1', pages: 100, inStock: 3 },
          { __typename: 'Film', id: 'f1', minutes: 90, inStock: 1, subtitles: ['zh', 'en'] },
          { __typename: 'Lamp', id: 'l1', watts: 40 },
        ],
      },
    },
    'writes an object without fields where no fragment fits': {
      query: '{ products { ... on Film { minutes } } }',
      data: { products: [{}, { minutes: 90 }, {}] },
    },
    'narrows one interface by another': {
      query:
        '{ products { id ... on Media { title ... on Book { pages } } } media { ... on Product { price } title } }',
      data: {
        products: [{ id: 'b1', title: 'B', pages: 100 }, { id: 'f1', title: 'F' }, { id: 'l1' }],
        media: [
          { price: null, title: 'F' },
          { price: null, title: 'B' },
        ],
      },
    },
    'widens from a type to an interface': {
      query: '{ products { ... on Book { ... on Product { id ... on Media { title } } } } }',
      data: { products: [{ id: 'b1', title: 'B' }, {}, {}] },
    },
    'keeps nulls in lists of interfaces': {
      query: '{ similar(id: "b1") { id price } }',
      data: { similar: [{ id: 'l1', price: 7 }, null] },
    },
    'walks a union inside an entity of another subgraph, and back': {
      query:
        '{ products { ... on Book { reviews { id product { ... on Book { title inStock } ... on Film { id minutes subtitles } } } } } }',
      data: {
        products: [
          {
            reviews: [
              { id: 'r1', product: { title: null, inStock: null } },
              { id: 'r2', product: { id: 'f1', minutes: null, subtitles: ['zh', 'en'] } },
            ],
          },
          {},
          {},
        ],
      },
    },
    'gives one key another field on each type': {
      query: '{ products { ... on Book { size: pages } ... on Film { size: minutes } ... on Lamp { size: watts } } }',
      data: { products: [{ size: 100 }, { size: 90 }, { size: 40 }] },
    },
    'merges a field of the interface with the same field of a type': {
      query: '{ products { maker { id } ... on Book { maker { name } } ... on Lamp { maker { name id } } } }',
      data: {
        products: [
          { maker: { id: 'm1', name: 'maker m1' } },
          { maker: null },
          { maker: { id: 'm2', name: 'maker m2' } },
        ],
      },
    },
  },
);

describeGraph(
  'unions spread over subgraphs',
  {
    a: {
      sdl: `type Query { media: Media @shareable book: Media @shareable song: Media search: [Found!]! viewer: Viewer @shareable }
            union Media = Book | Song union Found = Book | Song | Person
            type Viewer { media: Media @shareable book: Book @shareable }
            type Book @shareable { title: String! } type Song { title: String! seconds: Int } type Person @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          media: () => of('Book', { title: 'T' }),
          book: () => of('Book', { title: 'T' }),
          song: () => of('Song', { title: 'S', seconds: 3 }),
          search: () => [
            of('Person', { id: 'p1' }),
            of('Song', { title: 'S', seconds: 3 }),
            of('Person', { id: 'p2' }),
            of('Book', { title: 'T' }),
          ],
          viewer: () => ({ media: of('Book', { title: 'T' }), book: { title: 'T' } }),
        },
      },
    },
    b: {
      sdl: `type Query { media: Media @shareable book: Media @shareable viewer: Viewer @shareable } union Media = Book | Movie
            type Viewer { media: Media @shareable movie: Movie } type Book @shareable { title: String! } type Movie { title: String! }
            type Person @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Query: {
          media: () => of('Book', { title: 'T' }),
          book: () => of('Book', { title: 'T' }),
          viewer: () => ({ media: of('Book', { title: 'T' }), movie: { title: 'M' } }),
        },
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `person ${id}` }) },
      },
    },
  },
  {
    'reads what is there': { query: '{ media { ... on Book { title } } }', data: { media: { title: 'T' } } },
    'reads nothing of a type that it is not': {
      query: '{ media { ... on Movie { title } } song { ... on Book { title } } }',
      data: { media: {}, song: {} },
    },
    'asks each subgraph only for the members it knows': {
      query: '{ media { __typename ... on Book { title } ... on Movie { title } ... on Song { title seconds } } }',
      data: { media: { __typename: 'Book', title: 'T' } },
    },
    'joins entities out of a union': {
      query: '{ search { __typename ... on Person { name id } ... on Song { seconds } ... on Book { title } } }',
      data: {
        search: [
          { __typename: 'Person', name: 'person p1', id: 'p1' },
          { __typename: 'Song', seconds: 3 },
          { __typename: 'Person', name: 'person p2', id: 'p2' },
          { __typename: 'Book', title: 'T' },
        ],
      },
    },
    'reads a union below a shared root': {
      query: '{ viewer { media { ... on Book { title } ... on Movie { title } } book { title } movie { title } } }',
      data: { viewer: { media: { title: 'T' }, book: { title: 'T' }, movie: { title: 'M' } } },
    },
  },
);

describeGraph(
  'interface objects',
  {
    types: {
      sdl: `type Query { users: [NodeWithName!]! user: User anotherUsers: [NodeWithName] }
            interface NodeWithName @key(fields: "id") { id: ID! name: String }
            type User implements NodeWithName @key(fields: "id") { id: ID! name: String age: Int }
            type Bot implements NodeWithName @key(fields: "id") { id: ID! name: String version: Int }`,
      resolvers: {
        Query: {
          users: () => [of('User', { id: 'u1', name: 'A', age: 11 }), of('Bot', { id: 'b1', name: 'B', version: 2 })],
          user: () => ({ id: 'u1', name: 'A', age: 11 }),
          anotherUsers: () => [null, of('User', { id: 'u2', name: 'C', age: 12 })],
        },
        NodeWithName: {
          __resolveReference: ({ id }: { id: string }) =>
            id.startsWith('u')
              ? of('User', { id, name: id === 'u1' ? 'A' : 'C', age: id === 'u1' ? 11 : 12 })
              : of('Bot', { id, name: 'B', version: 2 }),
        },
        User: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            name: id === 'u1' ? 'A' : 'C',
            age: id === 'u1' ? 11 : 12,
          }),
        },
        Bot: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'B', version: 2 }) },
      },
    },
    names: {
      sdl: `type NodeWithName @key(fields: "id") @interfaceObject { id: ID! username: String rank: Int } type Query { top: NodeWithName all: [NodeWithName!]! }`,
      resolvers: {
        Query: { top: () => ({ id: 'b1' }), all: () => [{ id: 'u1' }, { id: 'b1' }] },
        NodeWithName: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          username: ({ id }: { id: string }) => `@${id}`,
          rank: () => 1,
        },
      },
    },
    extra: {
      sdl: `type NodeWithName @key(fields: "id") @interfaceObject { id: ID! rank: Int @external score: String @requires(fields: "rank") }`,
      resolvers: {
        NodeWithName: {
          __resolveReference: (ref: object) => ref,
          score: ({ rank }: { rank: number }) => `rank ${rank}`,
        },
      },
    },
  },
  {
    'adds a field to every implementation': {
      query: '{ users { username } user { username name } }',
      data: { users: [{ username: '@u1' }, { username: '@b1' }], user: { username: '@u1', name: 'A' } },
    },
    'knows the real type although the subgraph does not': {
      query: '{ top { __typename id username name } }',
      data: { top: { __typename: 'Bot', id: 'b1', username: '@b1', name: 'B' } },
    },
    'reads the interface’s own fields through the interface': {
      query: '{ all { name } }',
      data: { all: [{ name: 'A' }, { name: 'B' }] },
    },
    'reads added fields inside a fragment': {
      query: '{ users { ... on User { age username } ... on Bot { username version } } }',
      data: {
        users: [
          { age: 11, username: '@u1' },
          { username: '@b1', version: 2 },
        ],
      },
    },
    'reads fields of the real type through a subgraph that does not know it, whatever the subgraphs are called': {
      query: '{ all { username ... on User { age } } }',
      data: { all: [{ username: '@u1', age: 11 }, { username: '@b1' }] },
    },
    'asks for nothing of the real type where it does not matter': {
      query: '{ all { username } }',
      data: { all: [{ username: '@u1' }, { username: '@b1' }] },
      fetches: { names: 1 },
    },
    'keeps nulls': {
      query: '{ anotherUsers { name username } }',
      data: { anotherUsers: [null, { name: 'C', username: '@u2' }] },
    },
    'requires a field across interface objects': {
      query: '{ users { score } all { score } }',
      data: { users: [{ score: 'rank 1' }, { score: 'rank 1' }], all: [{ score: 'rank 1' }, { score: 'rank 1' }] },
    },
  },
);

describeGraph(
  'one interface in several subgraphs',
  {
    a: {
      sdl: `type Query { node: Node nodes: [Node!]! } interface Node { id: ID! } type Chat implements Node @key(fields: "id") { id: ID! text: String } type Account implements Node @key(fields: "id") { id: ID! username: String }`,
      resolvers: {
        Query: {
          node: () => of('Chat', { id: 'c1', text: 'hi' }),
          nodes: () => [of('Account', { id: 'a1', username: 'ann' }), of('Chat', { id: 'c1', text: 'hi' })],
        },
        Chat: { __resolveReference: ({ id }: { id: string }) => ({ id, text: 'hi' }) },
        Account: { __resolveReference: ({ id }: { id: string }) => ({ id, username: 'ann' }) },
      },
    },
    b: {
      sdl: `type Query { toggle: Toggle feed: [Toggle] } interface Toggle { id: ID! enabled: Boolean! } type Chat implements Toggle @key(fields: "id") { id: ID! enabled: Boolean! account: Account } type Account implements Toggle @key(fields: "id") { id: ID! enabled: Boolean! }`,
      resolvers: {
        Query: {
          toggle: () => of('Account', { id: 'a1', enabled: true }),
          feed: () => [
            of('Chat', { id: 'c1', enabled: false, account: { id: 'a1', enabled: true } }),
            of('Account', { id: 'a1', enabled: true }),
          ],
        },
        Chat: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            enabled: false,
            account: { id: 'a1', enabled: true },
          }),
        },
        Account: { __resolveReference: ({ id }: { id: string }) => ({ id, enabled: true }) },
      },
    },
  },
  {
    'crosses from one interface to the other': {
      query: '{ node { id ... on Toggle { enabled } } nodes { ... on Toggle { enabled id } } }',
      data: {
        node: { id: 'c1', enabled: false },
        nodes: [
          { enabled: true, id: 'a1' },
          { enabled: false, id: 'c1' },
        ],
      },
    },
    'reads types of the other subgraph inside fragments': {
      query:
        '{ toggle { ... on Account { username } } feed { __typename enabled ... on Chat { text account { username enabled } } ... on Node { id } } }',
      data: {
        toggle: { username: 'ann' },
        feed: [
          { __typename: 'Chat', enabled: false, text: 'hi', account: { username: 'ann', enabled: true }, id: 'c1' },
          { __typename: 'Account', enabled: true, id: 'a1' },
        ],
      },
    },
  },
);

describeGraph(
  'interfaces that refer to themselves',
  {
    a: {
      sdl: `type Query { product: Product } interface Product { samePrice: [Product!]! } type Book implements Product @key(fields: "id") { id: ID! samePrice: [Product!]! @provides(fields: "... on Book { price }") price: Float @external }`,
      resolvers: {
        Query: { product: () => of('Book', { id: '1' }) },
        Book: { samePrice: ({ id }: { id: string }) => [of('Book', { id: id === '1' ? '2' : '1', price: 9 })] },
      },
    },
    b: {
      sdl: `type Book @key(fields: "id") { id: ID! price: Float @shareable }`,
      resolvers: { Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 9 }) } },
    },
  },
  {
    'walks round': {
      query: '{ product { samePrice { ... on Book { id price samePrice { ... on Book { id } } } } } }',
      data: { product: { samePrice: [{ id: '2', price: 9, samePrice: [{ id: '1' }] }] } },
    },
  },
);

describeGraph(
  'interface objects that several subgraphs add to',
  {
    kinds: {
      sdl: `type Query { x: Int } interface Account @key(fields: "id") { id: ID! } type Admin implements Account @key(fields: "id") { id: ID! isActive: Boolean! @shareable } type Regular implements Account @key(fields: "id") { id: ID! isActive: Boolean! @shareable }`,
      resolvers: {
        Account: {
          __resolveReference: ({ id }: { id: string }) => of(id === 'u3' ? 'Regular' : 'Admin', { id, isActive: true }),
        },
        Admin: { __resolveReference: ({ id }: { id: string }) => ({ id, isActive: true }) },
        Regular: { __resolveReference: ({ id }: { id: string }) => ({ id, isActive: true }) },
      },
    },
    base: {
      sdl: `type Query { accounts: [Account] } type Account @key(fields: "id") @interfaceObject { id: ID! name: String! }`,
      resolvers: {
        Query: { accounts: () => ['u1', 'u2', 'u3'].map((id) => ({ id, name: `N${id}` })) },
        Account: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `N${id}` }) },
      },
    },
    activity: {
      sdl: `type Account @key(fields: "id") @interfaceObject { id: ID! isActive: Boolean! @shareable }`,
      resolvers: { Account: { __resolveReference: ({ id }: { id: string }) => ({ id, isActive: true }) } },
    },
  },
  {
    'answer without the real type where no fragment asks for it': {
      query: '{ accounts { name id } }',
      data: {
        accounts: [
          { name: 'Nu1', id: 'u1' },
          { name: 'Nu2', id: 'u2' },
          { name: 'Nu3', id: 'u3' },
        ],
      },
      fetches: { base: 1 },
    },
    'find the real type for __typename': {
      query: '{ accounts { name __typename } }',
      data: {
        accounts: [
          { name: 'Nu1', __typename: 'Admin' },
          { name: 'Nu2', __typename: 'Admin' },
          { name: 'Nu3', __typename: 'Regular' },
        ],
      },
    },
    'find the real type for a fragment on an own field': {
      query: '{ accounts { ... on Admin { name } } }',
      data: { accounts: [{ name: 'Nu1' }, { name: 'Nu2' }, {}] },
    },
    'find the real type for a fragment that only names it': {
      query: '{ accounts { ... on Admin { __typename } } }',
      data: { accounts: [{ __typename: 'Admin' }, { __typename: 'Admin' }, {}] },
    },
    'take a field of every type from the interface object': {
      query: '{ accounts { id isActive } }',
      data: {
        accounts: [
          { id: 'u1', isActive: true },
          { id: 'u2', isActive: true },
          { id: 'u3', isActive: true },
        ],
      },
      fetches: { base: 1, activity: 1 },
    },
    'take a field of one type': {
      query: '{ accounts { id ... on Admin { isActive } } }',
      data: { accounts: [{ id: 'u1', isActive: true }, { id: 'u2', isActive: true }, { id: 'u3' }] },
    },
  },
);

/** The hub shows restricted fields as nullable, so operations are valid that no subgraph would take as they are. */
describe('fields that are nullable for consumers and not for their provider', () => {
  let graph: TestGraph;
  const rows = [of('Man', { id: 'm1' }), of('Firm', { id: 'f1' })];
  const full = (id: string) =>
    id === 'm1'
      ? { name: 'Wang', tags: ['a'], boss: { id: 'm2', nick: 'L' }, firm: { id: 'f9', nick: 'F' } }
      : { name: 'Works', tags: null, boss: { id: 'm3', nick: 'Z' }, firm: null };
  const types = (
    f: string,
  ) => `interface Party { id: ID! name: String boss: Person } type Person { id: ID! nick: String } type Office { id: ID! nick: String${f} }
    type Man implements Party { id: ID! name: String tags: [String] boss: Person firm: Office } type Firm implements Party { id: ID! name: String tags: [String] boss: Person firm: Person }`;
  beforeAll(async () => {
    graph = await serveGraph(
      {
        a: {
          sdl: `type Query { ids: [Id!]! here: [Party!]! } union Id = Man | Firm interface Party { id: ID! name: String boss: Person } type Person @shareable { id: ID! nick: String }
                   type Man implements Party @key(fields: "id") { id: ID! name: String! @shareable boss: Person! @shareable } type Firm implements Party @key(fields: "id") { id: ID! name: String @shareable boss: Person @shareable }`,
          resolvers: {
            Query: {
              ids: () => rows.map((row) => ({ ...row, ...full(row.id as string) })),
              here: () => rows.map((row) => ({ ...row, ...full(row.id as string) })),
            },
          },
        },
        b: {
          sdl: `type Person @shareable { id: ID! nick: String } type Office { id: ID! nick: String! }
                   type Man @key(fields: "id") { id: ID! name: String! @shareable tags: [String!]! boss: Person! @shareable firm: Office! } type Firm @key(fields: "id") { id: ID! name: String @shareable tags: [String] boss: Person @shareable firm: Person }`,
          resolvers: {
            Man: { __resolveReference: ({ id }: { id: string }) => ({ id, ...full(id) }) },
            Firm: { __resolveReference: ({ id }: { id: string }) => ({ id, ...full(id) }) },
          },
        },
      },
      { schema: buildSchema(`type Query { ids: [Id!]! here: [Party!]! } union Id = Man | Firm ${types('')}`) },
    );
  });
  afterAll(async () => {
    await graph.close();
  });

  it('are asked for under keys of their own in entity fetches, and given back', async () => {
    const { data, errors } = await graph.ask(
      '{ ids { ... on Man { name tags boss { nick } } ... on Firm { name tags boss { id } } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      ids: [
        { name: 'Wang', tags: ['a'], boss: { nick: 'L' } },
        { name: 'Works', tags: null, boss: { id: 'm3' } },
      ],
    });
  });
  it('also where only a field below them differs', async () => {
    const { data, errors } = await graph.ask(
      '{ ids { ... on Man { f: firm { nick } } ... on Firm { f: firm { nick id } } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ ids: [{ f: { nick: 'F' } }, { f: null }] });
  });
  it('also where an interface and its type both ask for them', async () => {
    const { data, errors } = await graph.ask(
      '{ here { name boss { id } ... on Man { name boss { nick } } ... on Firm { boss { nick } } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      here: [
        { name: 'Wang', boss: { id: 'm2', nick: 'L' } },
        { name: 'Works', boss: { id: 'm3', nick: 'Z' } },
      ],
    });
  });
});
