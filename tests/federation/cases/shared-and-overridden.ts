import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

/** `@shareable`, value types, `@override`, `@inaccessible`, and types that differ between subgraphs. */
export const SHARED_AND_OVERRIDDEN: Readonly<Record<string, CorpusGraph>> = {
  'a value type of which each subgraph has a part, below an entity': {
    subgraphs: {
      a: `type Query { goods: [Good!]! } type Good @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! group: Group @shareable } type Group @key(fields: "id") { id: ID! name: String! @shareable }`,
      b: `type Good @key(fields: "id pid") { id: ID! pid: ID! group: Group @shareable } type Group @key(fields: "id") { id: ID! name: String! @shareable }`,
      c: `type Good @key(fields: "id pid") { id: ID! pid: ID! group: Group @shareable } type Group { details: Details } type Details { goods: Int }`,
    },
    world: {
      Query: { goods: [to('Good', 1)] },
      Good: { 1: { pid: 'p1', group: to('Group', 'g') } },
      Group: { g: { name: 'G', details: { goods: 2 } } },
    },
    cases: {
      'is completed through the entity above it': {
        ask: '{ goods { group { id details { goods } } } }',
        data: { goods: [{ group: { id: 'g', details: { goods: 2 } } }] },
        fetches: ['a: {goods{group{id}id pid}}', 'c: Good{group{details{goods}}} <- Good(id:"1" pid:"p1")'],
      },
      'is taken from one subgraph where that has all': {
        ask: '{ goods { group { id name } } }',
        data: { goods: [{ group: { id: 'g', name: 'G' } }] },
        fetches: ['a: {goods{group{id name}}}'],
      },
    },
  },
  'parts of one object in four subgraphs': {
    subgraphs: {
      a: `type Good @key(fields: "id") { id: ID @external group: Group @shareable } type Group { details: String }`,
      b: `type Good @key(fields: "id") { id: ID @external group: Group @shareable } type Group @key(fields: "id") { id: ID }`,
      c: `type Group @key(fields: "id") { id: ID name: String }`,
      d: `type Query { good(id: ID!): Good } type Good @key(fields: "id") { id: ID name: String }`,
    },
    world: {
      Query: { good: to('Good', 1) },
      Good: { 1: { name: 'N', group: to('Group', 3) } },
      Group: { 3: { name: 'G', details: 'D' } },
    },
    cases: {
      'are put together': {
        ask: '{ good(id: "1") { id name group { id name details } } }',
        data: { good: { id: '1', name: 'N', group: { id: '3', name: 'G', details: 'D' } } },
        fetches: [
          'a: Good{group{details}} <- Good(id:"1")',
          'b: Good{group{id}} <- Good(id:"1")',
          'c: Group{name} <- Group(id:"3")',
          'd: {a_good:good(id:"1"){id name}}',
        ],
      },
      'are asked one by one': {
        ask: '{ good(id: "1") { group { details } } }',
        data: { good: { group: { details: 'D' } } },
        fetches: ['a: Good{group{details}} <- Good(id:"1")', 'd: {a_good:good(id:"1"){id}}'],
      },
      'are followed to the fourth': {
        ask: '{ good(id: "1") { group { name } } }',
        data: { good: { group: { name: 'G' } } },
        fetches: [
          'b: Good{group{id}} <- Good(id:"1")',
          'c: Group{name} <- Group(id:"3")',
          'd: {a_good:good(id:"1"){id}}',
        ],
      },
    },
  },
  'a root field that three subgraphs share': {
    subgraphs: {
      names: `type Query { good: Good @shareable goods: [Good] @shareable } type Good { id: ID! @shareable name: Name @shareable } type Name @shareable { id: ID! text: String }`,
      prices: `type Query { good: Good @shareable goods: [Good] @shareable } type Good { id: ID! @shareable price: Price @shareable } type Price @shareable { id: ID! amount: Int }`,
      groups: `type Query { good: Good @shareable goods: [Good] @shareable } type Good { id: ID! @shareable group: Group @shareable } type Group @shareable { id: ID! text: String }`,
    },
    world: {
      Query: { good: to('Good', 1), goods: [to('Good', 1)] },
      Good: { 1: { name: { id: 'n', text: 'N' }, price: { id: 'p', amount: 5 }, group: { id: 'g', text: 'G' } } },
    },
    cases: {
      'is asked of each for its part': {
        ask: '{ good { id name { text } price { amount } group { text } } }',
        data: { good: { id: '1', name: { text: 'N' }, price: { amount: 5 }, group: { text: 'G' } } },
        fetches: ['groups: {good{id group{text}}}', 'names: {good{name{text}}}', 'prices: {good{price{amount}}}'],
      },
      'is asked of one where that has all': {
        ask: '{ good { id price { amount } } }',
        data: { good: { id: '1', price: { amount: 5 } } },
        fetches: ['prices: {good{id price{amount}}}'],
      },
      'is asked of any for what all have': {
        ask: '{ good { id } }',
        data: { good: { id: '1' } },
        fetches: ['groups: {good{id}}'],
      },
      'is merged by its place in a list': {
        ask: '{ goods { id name { id text } price { id } } }',
        data: { goods: [{ id: '1', name: { id: 'n', text: 'N' }, price: { id: 'p' } }] },
        fetches: ['names: {goods{id name{id text}}}', 'prices: {goods{price{id}}}'],
      },
    },
  },
  'a field that moved to another subgraph': {
    subgraphs: {
      old: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! at: String! by: String }`,
      new: `type Query { latest: [Post] } type Post @key(fields: "id") { id: ID! at: String! @override(from: "old") }`,
      gone: `type Post @key(fields: "id") { id: ID! note: String @override(from: "nobody") }`,
    },
    world: {
      Query: { feed: [to('Post', 1)], latest: [to('Post', 1)] },
      Post: { 1: { at: 'noon', by: 'B', note: 'n' } },
    },
    cases: {
      'is asked of the new one': {
        ask: '{ feed { id at } }',
        data: { feed: [{ id: '1', at: 'noon' }] },
        fetches: ['new: Post{at} <- Post(id:"1")', 'old: {feed{id}}'],
      },
      'is asked of the new one without the old': {
        ask: '{ latest { id at } }',
        data: { latest: [{ id: '1', at: 'noon' }] },
        fetches: ['new: {latest{id at}}'],
      },
      'leaves the others where they are': {
        ask: '{ latest { at by } }',
        data: { latest: [{ at: 'noon', by: 'B' }] },
        fetches: ['new: {latest{at id}}', 'old: Post{by} <- Post(id:"1")'],
      },
      'may come from a subgraph that does not exist': {
        ask: '{ feed { note } }',
        data: { feed: [{ note: 'n' }] },
        fetches: ['gone: Post{note} <- Post(id:"1")', 'old: {feed{id}}'],
      },
    },
  },
  'a moved field of an interface': {
    subgraphs: {
      a: `interface Post { id: ID! at: String! } type Photo implements Post @key(fields: "id") { id: ID! at: String! } type Query { feed: [Post] }`,
      b: `interface Post { id: ID! at: String! } type Letter implements Post @key(fields: "id") { id: ID! at: String! body: String! } interface Other { id: ID! at: String! }
        type Photo implements Other @key(fields: "id") { id: ID! at: String! @override(from: "a") } type Query { others: [Other] }`,
    },
    world: { Query: { feed: [to('Photo', 1)], others: [to('Photo', 1)] }, Photo: { 1: { at: 'noon' } }, Letter: {} },
    cases: {
      'is asked of the new subgraph by type': {
        ask: '{ feed { id at } }',
        data: { feed: [{ id: '1', at: 'noon' }] },
        fetches: ['a: {feed{__typename id ...on Photo{id}}}', 'b: Photo{at} <- Photo(id:"1")'],
      },
      'leaves a fragment on a type that is not there empty': {
        ask: '{ feed { ... on Letter { id body } } }',
        data: { feed: [{}] },
        fetches: ['a: {feed{__typename}}'],
      },
      'is asked of another interface there': {
        ask: '{ others { at } }',
        data: { others: [{ at: 'noon' }] },
        fetches: ['b: {others{at}}'],
      },
      'is asked of interface and type at once': {
        ask: '{ others { at id ... on Photo { at id } } }',
        data: { others: [{ at: 'noon', id: '1' }] },
        fetches: ['b: {others{__typename at id ...on Photo{at id}}}'],
      },
    },
  },
  'a moved field that others require': {
    subgraphs: {
      a: `type Query { a: Person } type Person @key(fields: "id") { id: ID! name: String! alias: String }`,
      b: `type Query { b: Person } type Person @key(fields: "id") { id: ID! name: String! @override(from: "a") }`,
      c: `type Query { c: Person } type Person @key(fields: "id") { id: ID! name: String! @external card: String! @requires(fields: "name") }`,
    },
    world: {
      Query: { a: to('Person', 1), b: to('Person', 1), c: to('Person', 1) },
      Person: { 1: { name: 'N', alias: 'n', card: ({ name }: { name?: string }) => `card of ${name}` } },
    },
    cases: {
      'is fetched from the new one for the input': {
        ask: '{ a { card } b { card } c { card } }',
        data: { a: { card: 'card of N' }, b: { card: 'card of N' }, c: { card: 'card of N' } },
        fetches: [
          'a: {a{id}}',
          'b: Person{name} <- Person(id:"1") + Person{name} <- Person(id:"1")',
          'b: {b{id name}}',
          'c: Person{card} <- Person(id:"1" name:"N")',
          'c: Person{card} <- Person(id:"1" name:"N") + Person{card} <- Person(id:"1" name:"N")',
          'c: {c{id}}',
        ],
      },
      'is fetched from the new one where it is asked for': {
        ask: '{ a { name alias } c { name } }',
        data: { a: { name: 'N', alias: 'n' }, c: { name: 'N' } },
        fetches: [
          'a: {a{id alias}}',
          'b: Person{name} <- Person(id:"1") + Person{name} <- Person(id:"1")',
          'c: {c{id}}',
        ],
      },
    },
  },
  'fields and types that consumers do not see': {
    subgraphs: {
      age: `type Person @key(fields: "id") { id: ID @inaccessible age: Int }`,
      names: `type Query { people: [Person] found(by: Filter): [Person] } input Filter { name: String code: String @inaccessible } type Person @key(fields: "id") { id: ID name: String secret: Secret @inaccessible }
        type Secret @inaccessible { text: String }`,
    },
    world: {
      Query: { people: [to('Person', 1)], found: [to('Person', 1)] },
      Person: { 1: { name: 'N', age: 30, secret: { text: 's' } } },
    },
    cases: {
      'are used as a key': {
        ask: '{ people { name age } }',
        data: { people: [{ name: 'N', age: 30 }] },
        fetches: ['age: Person{age} <- Person(id:"1")', 'names: {people{name id}}'],
      },
      'leave the rest of an input': {
        ask: '{ found(by: { name: "N" }) { age } }',
        data: { found: [{ age: 30 }] },
        fetches: ['age: Person{age} <- Person(id:"1")', 'names: {a_found:found(by:{name:"N"}){id}}'],
      },
    },
  },
  'enums and inputs of which subgraphs know different parts': {
    subgraphs: {
      a: `type Query { people(kind: Kind): [Person] } enum Kind { NEW OLD @inaccessible } type Person @key(fields: "id") { id: ID kind: Kind @shareable } input Page { first: Int! }`,
      b: `type Query { found(page: Page!, kind: Kind): [Person] } enum Kind { NEW OLD } input Page { first: Int! from: Int } type Person @key(fields: "id") { id: ID kind: Kind @shareable name: String }`,
    },
    world: {
      Query: {
        people: [to('Person', 1)],
        found: (_: unknown, { page }: { page?: unknown }) =>
          (page as { first: number }).first > 0 ? [to('Person', 1)] : [],
      },
      Person: { 1: { kind: 'NEW', name: 'N' } },
    },
    cases: {
      'answer the values that all know': {
        ask: '{ people(kind: NEW) { id kind } }',
        data: { people: [{ id: '1', kind: 'NEW' }] },
        fetches: ['a: {a_people:people(kind:NEW){id kind}}'],
      },
      'take the fields that all know': {
        ask: '{ found(page: { first: 1 }, kind: NEW) { name } }',
        data: { found: [{ name: 'N' }] },
        fetches: ['b: {a_found:found(page:{first:1}kind:NEW){name}}'],
      },
      'refuse a field that only one knows': {
        ask: '{ found(page: { first: 1, from: 2 }) { name } }',
        data: null,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        fetches: [],
      },
      'take them from a variable': {
        ask: 'query ($p: Page!, $k: Kind) { found(page: $p, kind: $k) { id } people(kind: $k) { name } }',
        variables: { p: { first: 2 }, k: 'NEW' },
        data: { found: [{ id: '1' }], people: [{ name: 'N' }] },
        fetches: [
          'a: {a_people:people(kind:$v_k){id}}',
          'b: Person{name} <- Person(id:"1")',
          'b: {a_found:found(page:$v_p kind:$v_k){id}}',
        ],
      },
    },
  },
  'a field that is an object type here and an interface there': {
    subgraphs: {
      a: `type Query { lead: Firm @shareable } type Firm @key(fields: "id") { id: ID! @shareable name: String @shareable }`,
      b: `type Query { lead: Party @shareable all: [Party] } interface Party { id: ID! name: String } type Firm implements Party @key(fields: "id") { id: ID! name: String @shareable seat: String }
        type Office implements Party @key(fields: "id") { id: ID! name: String }`,
    },
    world: {
      Query: { lead: to('Firm', 1), all: [to('Firm', 1), to('Office', 2)] },
      Firm: { 1: { name: 'F', seat: 'S' } },
      Office: { 2: { name: 'O' } },
    },
    cases: {
      'is the interface for consumers': {
        ask: '{ lead { __typename id name } }',
        data: { lead: { __typename: 'Firm', id: '1', name: 'F' } },
        fetches: ['a: {lead{__typename id name}}'],
      },
      'is answered with what only the other has': {
        ask: '{ lead { ... on Firm { seat } } }',
        data: { lead: { seat: 'S' } },
        fetches: ['b: {lead{__typename ...on Firm{seat}}}'],
      },
      'is answered beside a list of the interface': {
        ask: '{ lead { ... on Office { name } ... on Firm { name } } all { name } }',
        data: { lead: { name: 'F' }, all: [{ name: 'F' }, { name: 'O' }] },
        fetches: ['b: {lead{__typename ...on Firm{name}...on Office{name}} all{name}}'],
      },
    },
  },
  'a field that moves by a percentage': {
    subgraphs: {
      old: `type Query { firm: Firm } type Firm @key(fields: "id") { id: ID! seat: String staff: Int name: String }`,
      new: `type Firm @key(fields: "id") { id: ID! seat: String @override(from: "old", label: "percent(20)") staff: Int @override(from: "old", label: "percent(60)")
        name: String @override(from: "old", label: "names-moved") }`,
      tax: `type Firm @key(fields: "id") { id: ID! seat: String @external due: String @requires(fields: "seat") }`,
    },
    world: {
      Query: { firm: to('Firm', 1) },
      Firm: { 1: { seat: 'S', staff: 3, name: 'N', due: ({ seat }: { seat?: string }) => `due in ${seat}` } },
    },
    cases: {
      'is asked of the old subgraph above it': {
        ask: '{ firm { seat staff } }',
        drawn: 60,
        data: { firm: { seat: 'S', staff: 3 } },
        fetches: ['old: {firm{seat staff}}'],
      },
      'is asked of the new subgraph below it': {
        ask: '{ firm { seat staff } }',
        drawn: 19.9,
        data: { firm: { seat: 'S', staff: 3 } },
        fetches: ['new: Firm{seat staff} <- Firm(id:"1")', 'old: {firm{id}}'],
      },
      'moves before one with a lower percentage': {
        ask: '{ firm { seat staff } }',
        drawn: 20,
        data: { firm: { seat: 'S', staff: 3 } },
        fetches: ['new: Firm{staff} <- Firm(id:"1")', 'old: {firm{seat id}}'],
      },
      'is fetched as an input from the old one': {
        ask: '{ firm { due } }',
        drawn: 99,
        data: { firm: { due: 'due in S' } },
        fetches: ['old: {firm{id seat}}', 'tax: Firm{due} <- Firm(id:"1" seat:"S")'],
      },
      'is fetched as an input from the new one': {
        ask: '{ firm { due } }',
        drawn: 0,
        data: { firm: { due: 'due in S' } },
        fetches: ['new: Firm{seat} <- Firm(id:"1")', 'old: {firm{id}}', 'tax: Firm{due} <- Firm(id:"1" seat:"S")'],
      },
      'stays under a label that nobody switched on': {
        ask: '{ firm { name } }',
        drawn: 0,
        data: { firm: { name: 'N' } },
        fetches: ['old: {firm{name}}'],
      },
    },
  },
  'a field under a label that is switched on': {
    subgraphs: {
      old: `type Query { firm: Firm } type Firm @key(fields: "id") { id: ID! name: String seat: String }`,
      new: `type Query { firms: [Firm] } type Firm @key(fields: "id") { id: ID! name: String @override(from: "old", label: "names-moved") }`,
    },
    world: { Query: { firm: to('Firm', 1), firms: [to('Firm', 1)] }, Firm: { 1: { name: 'N', seat: 'S' } } },
    labels: ['names-moved', 'of-another-graph'],
    cases: {
      'is asked of the new subgraph': {
        ask: '{ firm { name seat } }',
        data: { firm: { name: 'N', seat: 'S' } },
        fetches: ['new: Firm{name} <- Firm(id:"1")', 'old: {firm{id seat}}'],
      },
      'is asked there alone where it begins there': {
        ask: '{ firms { name } }',
        data: { firms: [{ name: 'N' }] },
        fetches: ['new: {firms{name}}'],
      },
    },
  },
  'an enum value that consumers do not see': {
    subgraphs: {
      a: `type Query { people: [Person] } type Person @key(fields: "id") { id: ID kind: Kind @shareable } enum Kind { NEW }`,
      b: `type Query { others: [Person] byKind(kind: Kind!): [Person!] } extend type Person @key(fields: "id") { id: ID kind: Kind @shareable } enum Kind { HIDDEN @inaccessible NEW }`,
    },
    world: {
      Query: {
        people: [to('Person', 1), to('Person', 2)],
        others: [to('Person', 1), to('Person', 2)],
        byKind: [to('Person', 1)],
      },
      Person: { 1: { kind: 'NEW' }, 2: { kind: 'HIDDEN' } },
    },
    cases: {
      'does no harm where it is not asked for': {
        ask: '{ people { id } }',
        data: { people: [{ id: '1' }, { id: '2' }] },
        fetches: ['a: {people{id}}'],
      },
      'is an error of the subgraph that does not know it': {
        ask: '{ people { id kind } }',
        data: {
          people: [
            { id: '1', kind: 'NEW' },
            { id: '2', kind: null },
          ],
        },
        errors: ['SUBGRAPH_ERROR@people.1.kind'],
        fetches: ['a: {people{id kind}}'],
      },
      'is null without an error where the subgraph knows it': {
        ask: '{ others { id kind } }',
        data: {
          others: [
            { id: '1', kind: 'NEW' },
            { id: '2', kind: null },
          ],
        },
        fetches: ['b: {others{id kind}}'],
      },
      'cannot be asked by': {
        ask: '{ byKind(kind: HIDDEN) { id kind } }',
        data: null,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        fetches: [],
      },
      'leaves the others to be asked by': {
        ask: '{ byKind(kind: NEW) { id kind } }',
        data: { byKind: [{ id: '1', kind: 'NEW' }] },
        fetches: ['b: {a_byKind:byKind(kind:NEW){id kind}}'],
      },
    },
  },
  'a moved field that requires another one that moved': {
    subgraphs: {
      old: `type Query { bill: Bill } type Bill @key(fields: "id") { id: ID! total: Int price: Int }`,
      goods: `type Bill @key(fields: "id") { id: ID! price: Int @override(from: "old") }`,
      tax: `type Bill @key(fields: "id") { id: ID! price: Int @external
        total: Int @override(from: "old") @requires(fields: "price") }`,
    },
    world: {
      Query: { bill: to('Bill', 1) },
      Bill: { 1: { price: 5, total: ({ price }: { price?: number }) => (price ?? -100) * 2 } },
    },
    cases: {
      'is computed from where that one is now': {
        ask: '{ bill { total price } }',
        data: { bill: { total: 10, price: 5 } },
        fetches: ['goods: Bill{price} <- Bill(id:"1")', 'old: {bill{id}}', 'tax: Bill{total} <- Bill(id:"1" price:5)'],
      },
    },
  },
  'a key, an argument and a type that consumers do not see': {
    subgraphs: {
      a: `type Query { p: P list(f: F = { size: 1, hidden: 2 }): [N] } input F { size: Int hidden: Int @inaccessible }
        interface N { id: ID! secret: Int @inaccessible }
        type P implements N @key(fields: "code") { id: ID! code: String! @inaccessible secret: Int @inaccessible }
        type S implements N @inaccessible { id: ID! secret: Int }`,
      b: `type P @key(fields: "code") { code: String! @inaccessible n: Int }`,
    },
    world: {
      Query: {
        p: to('P', 1),
        list: (_: unknown, { f }: { f?: { hidden?: number } }) => (f?.hidden === 2 ? [to('P', 1), to('S', 1)] : []),
      },
      P: { 1: { code: 'c1', n: 4 } },
      S: { 1: {} },
    },
    cases: {
      'lead on all the same': {
        ask: '{ p { id n } }',
        data: { p: { id: '1', n: 4 } },
        fetches: ['a: {p{id code}}', 'b: P{n} <- P(code:"c1")'],
      },
      'have their default, and an object of that type is not there': {
        ask: '{ list { __typename id ... on P { n } } }',
        data: { list: [{ __typename: 'P', id: '1', n: 4 }, null] },
        fetches: ['a: {a_list:list{__typename id ...on P{code}}}', 'b: P{n} <- P(code:"c1")'],
      },
      'are nowhere for an operation': {
        ask: '{ p { code } }',
        data: null,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        fetches: [],
      },
    },
  },
};
