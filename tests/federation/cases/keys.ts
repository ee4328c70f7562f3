import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

/** Keys: how objects are found again in other subgraphs. */
export const KEYS: Readonly<Record<string, CorpusGraph>> = {
  'many keys, few of them resolvable': {
    subgraphs: {
      a: `type Part @key(fields: "id", resolvable: true) @key(fields: "code", resolvable: false) @key(fields: "mark { one two }", resolvable: false) @key(fields: "id mark { two three }", resolvable: false)
        { id: ID! code: ID! mark: Mark! name: String! } type Mark { one: ID! two: ID! three: ID! }`,
      b: `type Query { whole: Whole } type Whole @key(fields: "id") { id: ID! parts: [Part!]! }
        type Part @key(fields: "mark { one two }", resolvable: false) @key(fields: "id mark { two three }", resolvable: true) @key(fields: "code", resolvable: false) @key(fields: "id", resolvable: false)
        { id: ID! code: ID! mark: Mark! name: String! @external label: String! @requires(fields: "name") } type Mark { one: ID! two: ID! three: ID! }`,
    },
    world: {
      Query: { whole: to('Whole', 100) },
      Whole: { 100: { parts: [to('Part', 1)] } },
      Part: {
        1: {
          code: 'c1',
          mark: { one: '1', two: '2', three: '3' },
          name: 'n1',
          label: ({ name }: { name?: string }) => `label of ${name}`,
        },
      },
    },
    cases: {
      'are joined by the ones that are': {
        ask: '{ whole { id parts { id name label } } }',
        data: { whole: { id: '100', parts: [{ id: '1', name: 'n1', label: 'label of n1' }] } },
        fetches: [
          'a: Part{name} <- Part(id:"1")',
          'b: Part{label} <- Part(id:"1" mark:{two:"2" three:"3"} name:"n1")',
          'b: {whole{id parts{id mark{two three}}}}',
        ],
      },
    },
  },
  'a key that only a third subgraph knows': {
    subgraphs: {
      a: `type Query { shelves: [Shelf] } type Shelf { book: Book } type Book @key(fields: "isbn") { isbn: ID! }`,
      b: `type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: ID! }`,
      c: `type Book @key(fields: "id") { id: ID! author: Author } type Author { id: ID! name: String }`,
    },
    world: {
      Query: { shelves: [{ book: to('Book', 1) }, { book: { isbn: 'gone' } }] },
      Book: { 1: { isbn: 'i1', author: { id: 'a', name: 'A' } } },
    },
    cases: {
      'is fetched on the way, and without it there is nothing': {
        ask: '{ shelves { book { isbn author { name } } } }',
        data: { shelves: [{ book: { isbn: 'i1', author: { name: 'A' } } }, { book: { isbn: 'gone', author: null } }] },
        fetches: [
          'a: {shelves{book{isbn}}}',
          'b: Book{id} <- Book(isbn:"i1") Book(isbn:"gone")',
          'c: Book{author{name}} <- Book(id:"1")',
        ],
      },
    },
  },
  'keys of other objects inside a key': {
    subgraphs: {
      goods: `type Query { top: List! } type List @key(fields: "goods { id }") { goods: [Good!]! } type Good @key(fields: "id") { id: ID! }`,
      lists: `type List @key(fields: "goods { id pid }") { goods: [Good!]! first: Good @shareable chosen: Good @shareable } type Good @key(fields: "id pid") { id: ID! pid: ID }`,
      links: `type Good @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! }`,
      prices: `type List @key(fields: "goods { id pid group { id tag } } chosen { id }") { goods: [Good!]! first: Good @shareable chosen: Good @shareable }
        type Good @key(fields: "id pid group { id tag }") { id: ID! pid: ID price: Price group: Group } type Group @key(fields: "id tag") { id: ID! tag: String } type Price { amount: Float! }`,
      groups: `type Good @key(fields: "id") { id: ID! group: Group @shareable } type Group @key(fields: "id") { id: ID! tag: String @shareable main: Good! }`,
    },
    world: {
      Query: { top: to('List', 1) },
      List: { 1: { goods: [to('Good', 1)], first: to('Good', 1), chosen: to('Good', 1) } },
      Good: { 1: { pid: 'p1', price: { amount: 100 }, group: to('Group', 'g') } },
      Group: { g: { tag: 't', main: to('Good', 1) } },
    },
    cases: {
      'are put together from what is there': {
        ask: '{ top { goods { id pid } } }',
        data: { top: { goods: [{ id: '1', pid: 'p1' }] } },
        fetches: ['goods: {top{goods{id}}}', 'links: Good{pid} <- Good(id:"1")'],
      },
      'are put together over three subgraphs for one field': {
        ask: '{ top { goods { id pid price { amount } group { id tag main { id } } } } }',
        data: {
          top: {
            goods: [{ id: '1', pid: 'p1', price: { amount: 100 }, group: { id: 'g', tag: 't', main: { id: '1' } } }],
          },
        },
        fetches: [
          'goods: {top{goods{id}}}',
          'groups: Good{group{id tag main{id}}} <- Good(id:"1")',
          'links: Good{pid} <- Good(id:"1")',
          'prices: Good{price{amount}} <- Good(id:"1" pid:"p1" group:{id:"g" tag:"t"})',
        ],
      },
    },
  },
  'a key field marked external': {
    subgraphs: {
      owner: `type Query { byId(id: ID): Person } type Person @key(fields: "id") { id: ID! name: String! @shareable nick: String }`,
      user: `type Query { any: Person given: Person @provides(fields: "name") } extend type Person @key(fields: "id") { id: ID! @external name: String! @external rank: Int }`,
    },
    world: {
      Query: { any: to('Person', 1), given: to('Person', 1), byId: to('Person', 1) },
      Person: { 1: { name: 'P', nick: 'p', rank: 5 } },
    },
    cases: {
      'on an extension is known to it': {
        ask: '{ any { id rank } }',
        data: { any: { id: '1', rank: 5 } },
        fetches: ['user: {any{id rank}}'],
      },
      'on an extension leads to the owner': {
        ask: '{ any { id name } byId(id: "1") { id name nick } }',
        data: { any: { id: '1', name: 'P' }, byId: { id: '1', name: 'P', nick: 'p' } },
        fetches: [
          'owner: Person{name} <- Person(id:"1")',
          'owner: {a_byId:byId(id:"1"){id name nick}}',
          'user: {any{id}}',
        ],
      },
      'goes with what the path provides': {
        ask: '{ given { id name } }',
        data: { given: { id: '1', name: 'P' } },
        fetches: ['user: {given{id name}}'],
      },
      'is not taken for what another path provides': {
        ask: '{ given { name rank } any { name } }',
        data: { given: { name: 'P', rank: 5 }, any: { name: 'P' } },
        fetches: ['owner: Person{name} <- Person(id:"1")', 'user: {given{name rank} any{id}}'],
      },
    },
  },
  'subgraphs of federation 1': {
    subgraphs: {
      a: `# federation 1
        type Query { any: Person } type Person @key(fields: "id") @extends { id: ID! @external rank: Int }`,
      b: `# federation 1
        type Query { byId(id: ID): Person } type Person @key(fields: "id") { id: ID! name: String! nick: String }`,
    },
    world: { Query: { any: to('Person', 1), byId: to('Person', 1) }, Person: { 1: { name: 'P', nick: 'p', rank: 5 } } },
    cases: {
      'are joined by @extends and @external': {
        ask: '{ any { id name } byId(id: "1") { id nick } }',
        data: { any: { id: '1', name: 'P' }, byId: { id: '1', nick: 'p' } },
        fetches: ['a: {any{id}}', 'b: Person{name} <- Person(id:"1")', 'b: {a_byId:byId(id:"1"){id nick}}'],
      },
      'answer their own fields': {
        ask: '{ any { id rank } }',
        data: { any: { id: '1', rank: 5 } },
        fetches: ['a: {any{id rank}}'],
      },
    },
  },
  'an extension of federation 1 with several keys': {
    subgraphs: {
      a: `# federation 1
        type Query { here: Good } type Good @key(fields: "id") { id: ID! name: String pid: ID }`,
      b: `# federation 1
        type Query { there: Good } extend type Good @key(fields: "id name") @key(fields: "code") { id: ID @external name: String @external code: String @external price: Float! }`,
    },
    world: {
      Query: { here: to('Good', 1), there: to('Good', 1) },
      Good: { 1: { name: 'N', pid: 'p', code: 'c', price: 1.5 } },
    },
    cases: {
      'is reached by one of them, and gives the others': {
        ask: '{ here { id pid price code name } }',
        data: { here: { id: '1', pid: 'p', price: 1.5, code: 'c', name: 'N' } },
        fetches: ['a: {here{id pid name}}', 'b: Good{price code} <- Good(id:"1" name:"N")'],
      },
    },
  },
  'a stub that resolves nothing': {
    subgraphs: {
      hub: `type Query { firm: Firm firms: [Firm!]! grid: [[Firm]] } type Firm @key(fields: "id", resolvable: false) { id: ID! }`,
      market: `type Firm @key(fields: "id") @key(fields: "code") { id: ID! code: String! revenue: Int }`,
      tax: `type Firm @key(fields: "id") @key(fields: "code") { id: ID! code: String! revenue: Int @external rating: String @requires(fields: "revenue") seat: String }`,
    },
    world: {
      Query: { firm: to('Firm', 1), firms: [to('Firm', 1), to('Firm', 2)], grid: [[to('Firm', 1), null], []] },
      Firm: { 1: firm('c1'), 2: firm('c2') },
    },
    cases: {
      'leads to an input by one of two shared keys': {
        ask: '{ firm { rating } }',
        data: { firm: { rating: 'R9' } },
        fetches: [
          'hub: {firm{id}}',
          'market: Firm{revenue} <- Firm(id:"1")',
          'tax: Firm{rating} <- Firm(id:"1" revenue:9)',
        ],
      },
      'leads to key, input and field without one': {
        ask: '{ firm { code rating seat } }',
        data: { firm: { code: 'c1', rating: 'R9', seat: 'S' } },
        fetches: [
          'hub: {firm{id}}',
          'market: Firm{revenue} <- Firm(id:"1")',
          'tax: Firm{code seat} <- Firm(id:"1")',
          'tax: Firm{rating} <- Firm(id:"1" revenue:9)',
        ],
      },
      'leads there through lists': {
        ask: '{ firms { rating } }',
        data: { firms: [{ rating: 'R9' }, { rating: 'R9' }] },
        fetches: [
          'hub: {firms{id}}',
          'market: Firm{revenue} <- Firm(id:"1") Firm(id:"2")',
          'tax: Firm{rating} <- Firm(id:"1" revenue:9) Firm(id:"2" revenue:9)',
        ],
      },
      'leads there through lists of lists': {
        ask: '{ grid { rating seat } }',
        data: { grid: [[{ rating: 'R9', seat: 'S' }, null], []] },
        fetches: [
          'hub: {grid{id}}',
          'market: Firm{revenue} <- Firm(id:"1")',
          'tax: Firm{rating} <- Firm(id:"1" revenue:9)',
          'tax: Firm{seat} <- Firm(id:"1")',
        ],
      },
      'sends an object that stands twice once': {
        ask: '{ firm { seat } again: firm { seat } }',
        data: { firm: { seat: 'S' }, again: { seat: 'S' } },
        fetches: ['hub: {firm{id} a_again:firm{id}}', 'tax: Firm{seat} <- Firm(id:"1") + Firm{seat} <- Firm(id:"1")'],
      },
      'is asked for its key alone': {
        ask: '{ firm { id } }',
        data: { firm: { id: '1' } },
        fetches: ['hub: {firm{id}}'],
      },
    },
  },
  'a key inside a fragment about what its object is anyway': {
    subgraphs: {
      land: `type Query { plot: Plot } type Person @key(fields: "id") { id: ID! }
        type Plot @key(fields: "owner { ... on Person { id } }") { owner: Person! }`,
      tax: `type Person @key(fields: "id") { id: ID! } type Plot @key(fields: "owner { ... on Person { id } }") { owner: Person! due: Int }`,
    },
    world: {
      Query: { plot: to('Plot', 1) },
      Plot: { 1: { owner: to('Person', 1), due: 5 } },
      Person: { 1: {} },
    },
    cases: {
      'is sent without the name of the type': {
        ask: '{ plot { due } }',
        data: { plot: { due: 5 } },
        fetches: ['land: {plot{owner{id}}}', 'tax: Plot{due} <- Plot(owner:{id:"1"})'],
      },
    },
  },
  'a type of which there is one object': {
    subgraphs: {
      a: `type Query { settings: Settings } type Settings @key(fields: "__typename") { zone: String }`,
      b: `type Settings @key(fields: "__typename") { limit: Int! }`,
    },
    world: { Query: { settings: to('Settings', 1) }, Settings: { 1: { zone: 'z', limit: 3 } } },
    cases: {
      'is joined by its name': {
        ask: '{ settings { zone limit } }',
        data: { settings: { zone: 'z', limit: 3 } },
        fetches: ['a: {settings{__typename zone}}', 'b: Settings{limit} <- Settings()'],
      },
      'is joined for the other part alone': {
        ask: '{ settings { limit } }',
        data: { settings: { limit: 3 } },
        fetches: ['a: {settings{__typename}}', 'b: Settings{limit} <- Settings()'],
      },
    },
  },
};

function firm(code: string) {
  return { code, revenue: 9, rating: ({ revenue }: { revenue?: number }) => `R${revenue}`, seat: 'S' };
}
