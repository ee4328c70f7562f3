import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

const PEOPLE = {
  Query: { any: to('Person', 1), given: to('Person', 1), byId: to('Person', 2) },
  Person: { 1: { name: 'P', nick: 'p', rank: 5 }, 2: { name: 'Q', nick: 'q', rank: 6 } },
};

/** Cases of a graph in which `ranks` adds to a type that `owner` has. */
const ADDED: CorpusGraph['cases'] = {
  'leads to the owner for what it does not have': {
    ask: '{ any { id name } byId(id: "2") { id name nick } }',
    data: { any: { id: '1', name: 'P' }, byId: { id: '2', name: 'Q', nick: 'q' } },
    fetches: [
      'owner: Person{name} <- Person(id:"1")',
      'owner: {a_byId:byId(id:"2"){id name nick}}',
      'ranks: {any{id}}',
    ],
  },
  'answers key and own field alone': {
    ask: '{ any { id rank } }',
    data: { any: { id: '1', rank: 5 } },
    fetches: ['ranks: {any{id rank}}'],
  },
  'is joined for one field': {
    ask: '{ any { id rank name } }',
    data: { any: { id: '1', rank: 5, name: 'P' } },
    fetches: ['owner: Person{name} <- Person(id:"1")', 'ranks: {any{id rank}}'],
  },
  'gives what the path provides': {
    ask: '{ given { id rank name } }',
    data: { given: { id: '1', rank: 5, name: 'P' } },
    fetches: ['ranks: {given{id rank name}}'],
  },
  'is asked by the owner': {
    ask: '{ byId(id: "2") { rank } }',
    data: { byId: { rank: 6 } },
    fetches: ['owner: {a_byId:byId(id:"2"){id}}', 'ranks: Person{rank} <- Person(id:"2")'],
  },
};

const OWNER =
  'type Query { byId(id: ID): Person } type Person @key(fields: "id") { id: ID! name: String! nick: String }';

/** Subgraphs that link no specification, beside each other and beside subgraphs of federation 2. */
export const FEDERATION_1: Readonly<Record<string, CorpusGraph>> = {
  'a type marked @extends': {
    subgraphs: {
      ranks: `# federation 1
        type Query { any: Person given: Person @provides(fields: "name") }
        type Person @key(fields: "id") @extends { id: ID! @external name: String! @external rank: Int }`,
      owner: `# federation 1
        ${OWNER}`,
    },
    world: PEOPLE,
    cases: ADDED,
  },
  'a type that is extended': {
    subgraphs: {
      ranks: `# federation 1
        extend type Query { any: Person given: Person @provides(fields: "name") }
        extend type Person @key(fields: "id") { id: ID! @external name: String! @external rank: Int }`,
      owner: `# federation 1
        ${OWNER}`,
    },
    world: PEOPLE,
    cases: ADDED,
  },
  'a type that is extended, of an owner of federation 2': {
    subgraphs: {
      ranks: `# federation 1
        type Query { any: Person given: Person @provides(fields: "name") }
        extend type Person @key(fields: "id") { id: ID! @external name: String! @external rank: Int }`,
      owner: OWNER,
    },
    world: PEOPLE,
    cases: ADDED,
  },
  'a type marked @extends in federation 2': {
    subgraphs: {
      ranks: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@extends", "@provides"])
        type Query { any: Person given: Person @provides(fields: "name") }
        type Person @key(fields: "id") @extends { id: ID! @external name: String! @external rank: Int }`,
      owner: OWNER,
    },
    world: PEOPLE,
    cases: ADDED,
  },
  'value types and enums that both have': {
    subgraphs: {
      a: `# federation 1
        type Query { here: Place } type Place { town: Town kind: Kind } type Town { name: String code: Int } enum Kind { HOME WORK }`,
      b: `# federation 1
        type Query { there: Place } type Place { town: Town kind: Kind } type Town { name: String code: Int } enum Kind { HOME WORK }`,
    },
    world: {
      Query: {
        here: { town: { name: 'T', code: 1 }, kind: 'HOME' },
        there: { town: { name: 'U', code: 2 }, kind: 'WORK' },
      },
    },
    cases: {
      'are shared without a mark': {
        ask: '{ here { town { name code } kind } there { town { name } kind } }',
        data: {
          here: { town: { name: 'T', code: 1 }, kind: 'HOME' },
          there: { town: { name: 'U' }, kind: 'WORK' },
        },
        fetches: ['a: {here{town{name code}kind}}', 'b: {there{town{name}kind}}'],
      },
    },
  },
  'a field with inputs': {
    subgraphs: {
      goods: `# federation 1
        type Query { goods: [Good] } type Good @key(fields: "code") { code: String! price: Int weight: Int }`,
      post: `# federation 1
        extend type Good @key(fields: "code") { code: String! @external price: Int @external weight: Int @external postage: Int @requires(fields: "price weight") stock: Int }`,
    },
    world: {
      Query: { goods: [to('Good', 'g')] },
      Good: {
        g: {
          code: 'g',
          price: 11,
          weight: 2,
          stock: 7,
          postage: (sent: Record<string, number>) => sent.price! * sent.weight!,
        },
      },
    },
    cases: {
      'is asked for with them': {
        ask: '{ goods { postage } }',
        data: { goods: [{ postage: 22 }] },
        fetches: ['goods: {goods{code price weight}}', 'post: Good{postage} <- Good(code:"g" price:11 weight:2)'],
      },
      'is asked for beside one without': {
        ask: '{ goods { stock postage } }',
        data: { goods: [{ stock: 7, postage: 22 }] },
        fetches: [
          'goods: {goods{code price weight}}',
          'post: Good{stock} <- Good(code:"g") + Good{postage} <- Good(code:"g" price:11 weight:2)',
        ],
      },
    },
  },
  'an interface of which both have types': {
    subgraphs: {
      a: `# federation 1
        type Query { nodes: [Node] } interface Node { id: ID! } type Firm implements Node @key(fields: "id") { id: ID! name: String } type Post implements Node @key(fields: "id") { id: ID! }`,
      b: `# federation 1
        interface Node { id: ID! } extend type Firm implements Node @key(fields: "id") { id: ID! @external seat: String } extend type Post implements Node @key(fields: "id") { id: ID! @external text: String }`,
    },
    world: {
      Query: { nodes: [to('Firm', 'f'), to('Post', 'p')] },
      Firm: { f: { name: 'F', seat: 'S' } },
      Post: { p: { text: 'T' } },
    },
    cases: {
      'is completed by the other': {
        ask: '{ nodes { __typename id ... on Firm { name seat } ... on Post { text } } }',
        data: {
          nodes: [
            { __typename: 'Firm', id: 'f', name: 'F', seat: 'S' },
            { __typename: 'Post', id: 'p', text: 'T' },
          ],
        },
        fetches: [
          'a: {nodes{__typename id ...on Firm{name id}...on Post{id}}}',
          'b: Firm{seat}Post{text} <- Firm(id:"f") Post(id:"p")',
        ],
      },
    },
  },
  'a chain of extensions by different keys': {
    subgraphs: {
      a: `# federation 1
        type Query { firm: Firm } type Firm @key(fields: "id") @key(fields: "code") { id: ID! code: String! }`,
      b: `# federation 1
        extend type Firm @key(fields: "code") { code: String! @external seat: Seat } type Seat @key(fields: "id") { id: ID! street: String }`,
      c: `# federation 1
        extend type Seat @key(fields: "id") { id: ID! @external town: String }`,
    },
    world: {
      Query: { firm: to('Firm', 1) },
      Firm: { 1: { code: 'c', seat: to('Seat', 's') } },
      Seat: { s: { street: 'S', town: 'T' } },
    },
    cases: {
      'is reached by the other key, and leads on': {
        ask: '{ firm { id seat { street town } } }',
        data: { firm: { id: '1', seat: { street: 'S', town: 'T' } } },
        fetches: ['a: {firm{id code}}', 'b: Firm{seat{street id}} <- Firm(code:"c")', 'c: Seat{town} <- Seat(id:"s")'],
      },
    },
  },
};
