import type { CorpusCase, CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

const COMMON = { __typename: 'Common', label: 'c' };

const BOTH = [
  { id: 'p', name: 'P' },
  { id: 'o', name: 'O' },
];
const NEAR = BOTH.map((each) => ({ ...each, near: BOTH }));

/** Interfaces and unions whose types are spread over subgraphs. */
export const ABSTRACT_TYPES: Readonly<Record<string, CorpusGraph>> = {
  'a union and an interface that have their types from two subgraphs': {
    subgraphs: {
      a: `type Query { things: [Thing] node(id: ID!): Node nodes: [Node] kettles: [Kettle] } union Thing = Stove | Kettle
        interface Node { id: ID! } interface Guaranteed { years: Int } type Stove @key(fields: "id") { id: ID! } type Kettle implements Node & Guaranteed @key(fields: "id") { id: ID! years: Int }`,
      b: `interface Node { id: ID! } interface Guaranteed { years: Int } type Stove implements Node & Guaranteed @key(fields: "id") { id: ID! years: Int }`,
    },
    world: {
      Query: {
        things: [to('Stove', 's1'), to('Kettle', 'k1')],
        node: (_: unknown, { id }: { id?: unknown }) => to(String(id).startsWith('s') ? 'Stove' : 'Kettle', String(id)),
        nodes: [to('Kettle', 'k1')],
        kettles: [to('Kettle', 'k1')],
      },
      Stove: { s1: { years: 1 } },
      Kettle: { k1: { years: 3 } },
    },
    cases: {
      'answer a fragment on an interface that only another subgraph gives one of them': {
        ask: '{ things { ... on Node { id } } }',
        data: { things: [{ id: 's1' }, { id: 'k1' }] },
        fetches: ['a: {things{__typename ...on Stove{id}...on Kettle{id}}}'],
      },
      'answer a fragment on a type that cannot be there': {
        ask: '{ nodes { ... on Kettle { years } ... on Stove { id } } }',
        data: { nodes: [{ years: 3 }] },
        fetches: ['a: {nodes{__typename ...on Kettle{years}}}'],
      },
      'answer the interface itself': {
        ask: '{ nodes { id } }',
        data: { nodes: [{ id: 'k1' }] },
        fetches: ['a: {nodes{id}}'],
      },
      'answer a fragment on the interface itself': {
        ask: '{ nodes { ... on Node { id } } }',
        data: { nodes: [{ id: 'k1' }] },
        fetches: ['a: {nodes{id}}'],
      },
      'answer a fragment on another interface inside of it': {
        ask: '{ nodes { ... on Node { ... on Guaranteed { years } } } }',
        data: { nodes: [{ years: 3 }] },
        fetches: ['a: {nodes{__typename ...on Kettle{years}}}'],
      },
      'answer fragments on both inside of each other': {
        ask: '{ nodes { ... on Node { id ... on Node { id ... on Guaranteed { years } } } } }',
        data: { nodes: [{ id: 'k1', years: 3 }] },
        fetches: ['a: {nodes{__typename id ...on Kettle{years}}}'],
      },
      'are an error also where another type is asked for': {
        ask: '{ node(id: "s1") { ... on Kettle { years } } }',
        data: { node: null },
        errors: ['SUBGRAPH_ERROR@node'],
        fetches: ['a: {a_node:node(id:"s1"){__typename ...on Kettle{years}}}'],
      },
      'answer named fragments on type and interface': {
        ask: '{ kettles { ...K ...N } } fragment K on Kettle { id } fragment N on Node { id __typename }',
        data: { kettles: [{ id: 'k1', __typename: 'Kettle' }] },
        fetches: ['a: {kettles{__typename id}}'],
      },
      'are an error where the subgraph gives a type that it does not count to the interface': {
        ask: '{ node(id: "s1") { ... on Stove { years } } }',
        data: { node: null },
        errors: ['SUBGRAPH_ERROR@node'],
        fetches: ['a: {a_node:node(id:"s1"){__typename}}'],
      },
      'are found by their identifier': {
        ask: '{ node(id: "k1") { ... on Kettle { years } } }',
        data: { node: { years: 3 } },
        fetches: ['a: {a_node:node(id:"k1"){__typename ...on Kettle{years}}}'],
      },
      'are joined for the field of the other subgraph': {
        ask: '{ things { ... on Stove { years } ... on Kettle { years } } }',
        data: { things: [{ years: 1 }, { years: 3 }] },
        fetches: ['a: {things{__typename ...on Stove{id}...on Kettle{years}}}', 'b: Stove{years} <- Stove(id:"s1")'],
      },
    },
  },
  'a union of which two subgraphs know different members': {
    subgraphs: {
      a: `union Media = Book | Song union Own = Book | Song type Book { title: String! @shareable } type Song { title: String! @shareable }
        type Query { media: Media @shareable book: Book @shareable song: Media @shareable viewer: Viewer @shareable }
        type Viewer { media: Own @shareable book: Book @shareable song: Own @shareable }`,
      b: `type Query { media: Media @shareable book: Media @shareable viewer: Viewer @shareable } union Media = Book | Film union Own = Book | Film
        type Film { title: String! @shareable } type Book { title: String! @shareable } type Viewer { media: Own @shareable book: Own @shareable }`,
    },
    world: {
      Query: {
        media: { __typename: 'Book', title: 'B' },
        book: { __typename: 'Book', title: 'B' },
        song: { __typename: 'Song', title: 'S' },
        viewer: {
          media: { __typename: 'Book', title: 'B' },
          book: { __typename: 'Book', title: 'B' },
          song: { __typename: 'Song', title: 'S' },
        },
      },
    },
    cases: {
      'is empty for the member that only one knows': {
        ask: '{ media { ... on Film { title } } }',
        data: { media: {} },
        fetches: ['a: {media{__typename}}'],
      },
      'answers the member that both know': {
        ask: '{ media { ... on Book { title } } }',
        data: { media: { title: 'B' } },
        fetches: ['a: {media{__typename ...on Book{title}}}'],
      },
      'answers members of both at once': {
        ask: '{ media { ... on Book { title } ... on Film { title } } }',
        data: { media: { title: 'B' } },
        fetches: ['a: {media{__typename ...on Book{title}}}'],
      },
      'answers below an object, where one gives an object type': {
        ask: `{ viewer { media { __typename ... on Song { title } ... on Film { title } ... on Book { title } }
                 book { __typename ... on Song { title } ... on Film { title } ... on Book { title } }
                 song { __typename ... on Song { title } ... on Film { title } ... on Book { title } } } }`,
        data: {
          viewer: {
            media: { __typename: 'Book', title: 'B' },
            book: { __typename: 'Book', title: 'B' },
            song: { __typename: 'Song', title: 'S' },
          },
        },
        fetches: [
          'a: {viewer{media{__typename ...on Book{title}...on Song{title}}book{__typename title}song{__typename ...on Book{title}...on Song{title}}}}',
        ],
      },
      'is empty below an object': {
        ask: '{ viewer { media { ... on Film { title } } } }',
        data: { viewer: { media: {} } },
        fetches: ['a: {viewer{media{__typename}}}'],
      },
      'answers a field that is the type here and the union there': {
        ask: '{ book { ... on Book { title } ... on Film { title } } }',
        data: { book: { title: 'B' } },
        fetches: ['a: {book{__typename title}}'],
      },
      'gives __typename': {
        ask: '{ media { __typename } book { __typename } }',
        data: { media: { __typename: 'Book' }, book: { __typename: 'Book' } },
        fetches: ['a: {media{__typename} book{__typename}}'],
      },
    },
  },
  'an object type whose field is nullable here and not there, inside a union': {
    subgraphs: {
      a: `type Person { id: ID @shareable } type Query { people: [Person!]! }`,
      b: `union Account = Person | Office type Person @key(fields: "id") { id: ID! name: String near: [Account!]! }
        type Office { id: ID name: String @shareable near: [Account!]! } type Query { accounts: [Account!]! }`,
    },
    world: {
      Query: { people: [to('Person', 'p')], accounts: [to('Person', 'p'), to('Office', 'o')] },
      Person: { p: { name: 'P', near: [to('Person', 'p'), to('Office', 'o')] } },
      Office: { o: { name: 'O', near: [to('Person', 'p'), to('Office', 'o')] } },
    },
    cases: {
      'is asked in one request': {
        ask: '{ people { id name } accounts { ... on Person { id name } ... on Office { id name } } }',
        data: {
          people: [{ id: 'p', name: 'P' }],
          accounts: [
            { id: 'p', name: 'P' },
            { id: 'o', name: 'O' },
          ],
        },
        fetches: [
          'a: {people{id}}',
          'b: Person{name} <- Person(id:"p")',
          'b: {accounts{__typename ...on Person{id name}...on Office{_x0_id:id name}}}',
        ],
      },
      'is asked for one name at several depths': {
        ask: `{ people { id name } accounts { ... on Person { id name near { ...A } } ... on Office { id name near { ...A } } } }
          fragment A on Account { ... on Person { id name near { ...B } } ... on Office { id name near { ...B } } }
          fragment B on Account { ... on Person { id name } ... on Office { id name } }`,
        data: {
          people: [{ id: 'p', name: 'P' }],
          accounts: [
            { id: 'p', name: 'P', near: NEAR },
            { id: 'o', name: 'O', near: NEAR },
          ],
        },
        fetches: [
          'a: {people{id}}',
          'b: Person{name} <- Person(id:"p")',
          'b: {accounts{__typename ...on Person{id name near{__typename ...on Person{id name near{__typename ...on Person{id name}...on Office{_x2_id:id name}}}...on Office{_x1_id:id name near{__typename ...on Person{id name}...on Office{_x2_id:id name}}}}}...on Office{_x0_id:id name near{__typename ...on Person{id name near{__typename ...on Person{id name}...on Office{_x2_id:id name}}}...on Office{_x1_id:id name near{__typename ...on Person{id name}...on Office{_x2_id:id name}}}}}}}',
        ],
      },
      'is asked at several depths': {
        ask: `{ accounts { ... on Person { id near { ... on Person { id } ... on Office { id } } } ... on Office { id near { ... on Person { id name } ... on Office { id } } } } }`,
        data: {
          accounts: [
            { id: 'p', near: [{ id: 'p' }, { id: 'o' }] },
            { id: 'o', near: [{ id: 'p', name: 'P' }, { id: 'o' }] },
          ],
        },
        fetches: [
          'b: {accounts{__typename ...on Person{id near{__typename ...on Person{id}...on Office{_x1_id:id}}}...on Office{_x0_id:id near{__typename ...on Person{id name}...on Office{_x1_id:id}}}}}',
        ],
      },
    },
  },
  'an interface of which each of two subgraphs can name one type only': {
    subgraphs: {
      a: `type Query { node(id: ID!): Node @shareable account(id: String!): Account } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! name: String! } type Chat implements Node @key(fields: "id") { id: ID! @external account: Account! }`,
      b: `type Query { node(id: ID!): Node @shareable chat(id: String!): Chat } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! @external chats: [Chat!]! } type Chat implements Node @key(fields: "id") { id: ID! text: String! }`,
    },
    world: {
      Query: {
        node: (_: unknown, { id }: { id?: unknown }) => to(id === 'a1' ? 'Account' : 'Chat', String(id)),
        account: to('Account', 'a1'),
        chat: to('Chat', 'c1'),
      },
      Account: { a1: { name: 'A', chats: [to('Chat', 'c1')] } },
      Chat: { c1: { text: 'T', account: to('Account', 'a1') } },
    },
    cases: {
      'answers __typename': {
        ask: '{ account: node(id: "a1") { __typename } chat: node(id: "c1") { __typename } }',
        data: { account: { __typename: 'Account' }, chat: { __typename: 'Chat' } },
        fetches: ['a: {a_account:node(id:"a1"){__typename} a_chat:node(id:"c1"){__typename}}'],
      },
      'is refused where the field of all types is asked for': {
        ask: '{ node(id: "a1") { id } }',
        data: null,
        errors: ['FIELD_UNREACHABLE'],
        fetches: [],
      },
      'is refused where the field of all types is asked for beside one type': {
        ask: '{ account: node(id: "a1") { id ... on Chat { id } } chat: node(id: "c1") { __typename ... on Account { id } } }',
        data: null,
        errors: ['FIELD_UNREACHABLE'],
        fetches: [],
      },
      'answers nothing for the other type alone': {
        ask: '{ account: node(id: "a1") { ... on Chat { id } } chat: node(id: "c1") { ... on Account { id } } }',
        data: { account: {}, chat: {} },
        fetches: [
          'a: {a_chat:node(id:"c1"){__typename ...on Account{id}}}',
          'b: {a_account:node(id:"a1"){__typename ...on Chat{id}}}',
        ],
      },
      'answers each type where it is named': {
        ask: '{ account: node(id: "a1") { ... on Account { id name } } chat: node(id: "c1") { ... on Chat { id text } } }',
        data: { account: { id: 'a1', name: 'A' }, chat: { id: 'c1', text: 'T' } },
        fetches: [
          'a: {a_account:node(id:"a1"){__typename ...on Account{id name}}}',
          'b: {a_chat:node(id:"c1"){__typename ...on Chat{id text}}}',
        ],
      },
      'answers nothing for the other type': {
        ask: '{ account: node(id: "a1") { __typename ... on Chat { id } } chat: node(id: "c1") { __typename ... on Account { id } } }',
        data: { account: { __typename: 'Account' }, chat: { __typename: 'Chat' } },
        fetches: [
          'a: {a_chat:node(id:"c1"){__typename ...on Account{id}}}',
          'b: {a_account:node(id:"a1"){__typename ...on Chat{id}}}',
        ],
      },
      'is crossed by the key from the one that has it': {
        ask: '{ chat(id: "c1") { id text account { id } } account(id: "a1") { id name chats { id } } }',
        data: {
          chat: { id: 'c1', text: 'T', account: { id: 'a1' } },
          account: { id: 'a1', name: 'A', chats: [{ id: 'c1' }] },
        },
        fetches: [
          'a: Chat{account{id}} <- Chat(id:"c1")',
          'a: {a_account:account(id:"a1"){id name}}',
          'b: Account{chats{id}} <- Account(id:"a1")',
          'b: {a_chat:chat(id:"c1"){id text}}',
        ],
      },
    },
  },
  'an interface that leads to itself': {
    subgraphs: {
      a: `type Query { thing: Thing } interface Thing { like: Thing } type Book implements Thing @key(fields: "id") { id: ID! like: Book @provides(fields: "price") price: Float @external }`,
      b: `type Book @key(fields: "id") { id: ID! price: Float @shareable }`,
    },
    world: {
      Query: { thing: to('Book', 1) },
      Book: { 1: { like: to('Book', 3), price: 10.5 }, 3: { like: to('Book', 1), price: 10.5 } },
    },
    cases: {
      'is followed through fragments': {
        ask: '{ thing { like { ... on Thing { like { __typename } } } } }',
        data: { thing: { like: { like: { __typename: 'Book' } } } },
        fetches: ['a: {thing{__typename ...on Book{like{like{__typename}}}}}'],
      },
      'is followed beside what the way provides': {
        ask: `{ thing { __typename like { __typename ... on Book { id } like { __typename ... on Book { id } } } ... on Book { __typename id price like { id price } } } }`,
        data: {
          thing: {
            __typename: 'Book',
            like: { __typename: 'Book', id: '3', like: { __typename: 'Book', id: '1' }, price: 10.5 },
            id: '1',
            price: 10.5,
          },
        },
        fetches: [
          'a: {thing{__typename ...on Book{id like{__typename id price like{__typename id}}}}}',
          'b: Book{price} <- Book(id:"1")',
        ],
      },
    },
  },
  'a union below a value type, of which two subgraphs know different members': {
    subgraphs: {
      a: `type Query { rootA: Box shared: Box @shareable } type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable } type Wrapper @shareable { actions: [Action!]! }
        union Action = Common | OnlyA type Common @shareable { label: String } type OnlyA { a: String }`,
      b: `type Query { rootB: Box shared: Box @shareable } type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable other: Wrapper } type Wrapper @shareable { actions: [Action!]! }
        union Action = Common | OnlyB type Common @shareable { label: String } type OnlyB { b: String }`,
    },
    world: {
      Query: { rootA: to('Box', 'a'), rootB: to('Box', 'b'), shared: to('Box', 's') },
      Box: {
        a: {
          wrapper: { actions: [COMMON, { __typename: 'OnlyA', a: 'x' }] },
          other: { actions: [COMMON, { __typename: 'OnlyB', b: 'y' }] },
        },
        b: { wrapper: { actions: [COMMON, { __typename: 'OnlyB', b: 'y' }] }, other: null },
        s: { wrapper: { actions: [COMMON] }, other: null },
      },
    },
    cases: {
      'is taken from the one that holds the object': {
        ask: '{ rootA { wrapper { actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } } }',
        data: {
          rootA: {
            wrapper: {
              actions: [
                { __typename: 'Common', label: 'c' },
                { __typename: 'OnlyA', a: 'x' },
              ],
            },
          },
        },
        fetches: ['a: {rootA{wrapper{actions{__typename ...on Common{label}...on OnlyA{a}}}}}'],
      },
      'is taken from the other where that holds it': {
        ask: '{ rootB { wrapper { actions { ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } } }',
        data: { rootB: { wrapper: { actions: [{ label: 'c' }, { b: 'y' }] } } },
        fetches: ['b: {rootB{wrapper{actions{__typename ...on Common{label}...on OnlyB{b}}}}}'],
      },
      'leaves a member out that cannot be there': {
        ask: '{ rootA { wrapper { actions { __typename ... on OnlyB { b } } } } }',
        data: { rootA: { wrapper: { actions: [{ __typename: 'Common' }, { __typename: 'OnlyA' }] } } },
        fetches: ['a: {rootA{wrapper{actions{__typename}}}}'],
      },
      'is one list for both where they share the root': {
        ask: '{ shared { wrapper { actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } } }',
        data: { shared: { wrapper: { actions: [{ __typename: 'Common', label: 'c' }] } } },
        fetches: ['a: {shared{wrapper{actions{__typename ...on Common{label}...on OnlyA{a}}}}}'],
      },
      'is followed into the other by the key': {
        ask: '{ rootA { other { actions { ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } } }',
        data: { rootA: { other: { actions: [{ label: 'c' }, { b: 'y' }] } } },
        fetches: ['a: {rootA{id}}', 'b: Box{other{actions{__typename Common{label}OnlyB{b}}}} <- Box(id:"a")'],
      },
    },
  },
  'an interface in three subgraphs, of which one answers': {
    subgraphs: {
      node: `type Query { goodNode: Node groupNode: Node } interface Node { id: ID! } type Good implements Node @key(fields: "id") { id: ID! } type Group implements Node @key(fields: "id") { id: ID! }`,
      other: `interface Node { id: ID! } type Good implements Node @key(fields: "id") { id: ID! } type Group implements Node @key(fields: "id") { id: ID! }`,
      types: `interface Node { id: ID! } type Good implements Node @key(fields: "id") @shareable { id: ID! name: String! price: Float! } type Group implements Node @key(fields: "id") { id: ID! name: String! }`,
    },
    world: {
      Query: { goodNode: to('Good', 'p'), groupNode: to('Group', 'g') },
      Good: { p: { name: 'P', price: 10 } },
      Group: { g: { name: 'G' } },
    },
    cases: {
      'is completed where the fields are': {
        ask: '{ goodNode { ... on Good { id name __typename price } } }',
        data: { goodNode: { id: 'p', name: 'P', __typename: 'Good', price: 10 } },
        fetches: ['node: {goodNode{__typename ...on Good{id}}}', 'types: Good{name price} <- Good(id:"p")'],
      },
      'is asked for both types, and completed for the one that is there': {
        ask: '{ groupNode { id ... on Good { price } ... on Group { name } } }',
        data: { groupNode: { id: 'g', name: 'G' } },
        fetches: [
          'node: {groupNode{__typename id ...on Good{id}...on Group{id}}}',
          'types: Good{price}Group{name} <- Group(id:"g")',
        ],
      },
    },
  },
  __typename: {
    subgraphs: {
      a: `type Query { union: Goods interface: Node } union Goods = Stove | Kettle interface Node { id: ID! } type Stove implements Node { id: ID! } type Kettle implements Node { id: ID! }
        interface Person @key(fields: "id") { id: ID! } type Clerk implements Person @key(fields: "id") { id: ID! main: Boolean! }`,
      b: `type Query { people: [Person] } type Person @key(fields: "id") @interfaceObject { id: ID! name: String! }`,
    },
    world: {
      Query: {
        union: { __typename: 'Stove', id: '1' },
        interface: { __typename: 'Kettle', id: '2' },
        people: [to('Clerk', 1), to('Clerk', 2)],
      },
      Clerk: { 1: { name: 'A', main: true }, 2: { name: 'B', main: false } },
    },
    cases: {
      'is the type, also under another name': {
        ask: '{ union { __typename typename: __typename } interface { id __typename t: __typename } }',
        data: {
          union: { __typename: 'Stove', typename: 'Stove' },
          interface: { id: '2', __typename: 'Kettle', t: 'Kettle' },
        },
        fetches: ['a: {union{__typename} interface{__typename id}}'],
      },
      'is the type in fragments': {
        ask: '{ union { __typename ... on Stove { typename: __typename } ... on Kettle { typename: __typename } } }',
        data: { union: { __typename: 'Stove', typename: 'Stove' } },
        fetches: ['a: {union{__typename}}'],
      },
      'is the type in fragments of an interface': {
        ask: '{ interface { __typename ... on Stove { typename: __typename } ... on Kettle { typename: __typename } } }',
        data: { interface: { __typename: 'Kettle', typename: 'Kettle' } },
        fetches: ['a: {interface{__typename}}'],
      },
      'is found out for an interface object': {
        ask: '{ people { __typename } }',
        data: { people: [{ __typename: 'Clerk' }, { __typename: 'Clerk' }] },
        fetches: ['a: Person{__typename} <- Person(id:"1") Person(id:"2")', 'b: {people{id}}'],
      },
      'is not found out where nobody asks for it': {
        ask: '{ people { id } }',
        data: { people: [{ id: '1' }, { id: '2' }] },
        fetches: ['b: {people{id}}'],
      },
      'is the name of the root type': {
        ask: '{ __typename union { __typename } }',
        data: { __typename: 'Query', union: { __typename: 'Stove' } },
        fetches: ['a: {union{__typename}}'],
      },
    },
  },
  'goods of two types, described by six subgraphs': {
    subgraphs: {
      goods: `type Query { goods: [Good] similar(id: ID!): [Good] } interface Good { id: ID! sku: String size: Size madeBy: Maker hidden: Boolean @inaccessible }
        interface Similar { similar: [Good] } type Size @shareable { text: String weight: Float }
        type Book implements Good & Similar @key(fields: "id") { id: ID! sku: String size: Size @shareable madeBy: Maker similar: [Book] hidden: Boolean publisher: Publisher }
        type Paper implements Good & Similar @key(fields: "id") { id: ID! sku: String size: Size @shareable madeBy: Maker similar: [Paper] hidden: Boolean publisher: Publisher }
        union Publisher = Agency | Self type Agency { id: ID! @shareable } type Self { mail: String } type Maker @key(fields: "mail") { mail: ID! made: Int @shareable }`,
      books: `type Book @key(fields: "id") { id: ID! title: String } type Query { books: [Book] }`,
      papers: `type Paper @key(fields: "id") { id: ID! title: String } type Query { papers: [Paper] }`,
      agencies: `type Agency @key(fields: "id") { id: ID! company: String mail: Mail } type Mail { address: String } type Group @key(fields: "id") { id: ID! name: String mail: String } extend union Publisher = Agency | Group`,
      stock: `interface Good { id: ID! size: Size delivery(zip: String): Delivery }
        type Book implements Good @key(fields: "id") { id: ID! size: Size @external delivery(zip: String): Delivery @requires(fields: "size { text weight }") }
        type Paper implements Good @key(fields: "id") { id: ID! size: Size @external delivery(zip: String): Delivery @requires(fields: "size { text weight }") }
        type Size @shareable { text: String weight: Float } type Delivery { soonest: String usual: String }`,
      remarks: `type Book implements Good & Similar @key(fields: "id") { id: ID! count: Int! remarks: [Remark!]! similar: [Book] @external near: [Remark!]! @requires(fields: "similar { id }") }
        type Paper implements Good & Similar @key(fields: "id") { id: ID! count: Int! remarks: [Remark!]! similar: [Paper] @external near: [Remark!]! @requires(fields: "similar { id }") }
        interface Good { id: ID! count: Int! remarks: [Remark!]! } interface Similar { similar: [Good] } type Query { remark(id: Int!): Remark } type Remark { id: Int! body: String! good: Good }`,
      makers: `# federation 1
        type Maker @key(fields: "mail") { mail: ID! name: String made: Int }`,
    },
    world: {
      Query: {
        goods: [to('Book', 'b1'), to('Paper', 'p1')],
        similar: (_: unknown, { id }: { id?: unknown }) => (id === 'b1' ? [to('Book', 'b2')] : [to('Paper', 'p2')]),
        books: [to('Book', 'b1')],
        papers: [to('Paper', 'p1')],
        remark: to('Remark', 1),
      },
      Book: { b1: ware('b1', 'x', 'b2', 'a1'), b2: ware('b2', 'y', 'b1', 'a1') },
      Paper: { p1: ware('p1', 'y', 'p2', ''), p2: ware('p2', 'x', 'p1', '') },
      Agency: { a1: { company: 'Press', mail: { address: 'a1@x' } } },
      Group: {},
      Maker: { x: { mail: 'x', name: 'X', made: 2 }, y: { mail: 'y', name: 'Y', made: 2 } },
      Remark: {
        1: { id: 1, body: 'first', good: to('Book', 'b1') },
        2: { id: 2, body: 'second', good: to('Paper', 'p1') },
      },
    },
    cases: {
      'are answered by one subgraph as far as it has all': {
        ask: '{ goods { id size { text weight } } similar(id: "b1") { id sku } }',
        data: {
          goods: [
            { id: 'b1', size: { text: 'small', weight: 0.5 } },
            { id: 'p1', size: { text: 'small', weight: 0.5 } },
          ],
          similar: [{ id: 'b2', sku: 'sku-b2' }],
        },
        fetches: ['goods: {goods{id size{text weight}} a_similar:similar(id:"b1"){id sku}}'],
      },
      'are answered with inputs for both types': {
        ask: '{ book: similar(id: "b1") { id delivery(zip: "1") { soonest usual } } paper: similar(id: "p1") { id delivery(zip: "2") { soonest } } }',
        data: {
          book: [{ id: 'b2', delivery: { soonest: 'small to 1', usual: '0.5' } }],
          paper: [{ id: 'p2', delivery: { soonest: 'small to 2' } }],
        },
        fetches: [
          'goods: {a_book:similar(id:"b1"){__typename id ...on Book{id size{text weight}}...on Paper{id size{text weight}}} a_paper:similar(id:"p1"){__typename id ...on Book{id size{text weight}}...on Paper{id size{text weight}}}}',
          'stock: Book{a_delivery:delivery(zip:"1"){soonest usual}}Paper{a_delivery:delivery(zip:"1"){soonest usual}} <- Book(id:"b2" size:{text:"small" weight:0.5}) + Book{a_delivery:delivery(zip:"2"){soonest}}Paper{a_delivery:delivery(zip:"2"){soonest}} <- Paper(id:"p2" size:{text:"small" weight:0.5})',
        ],
      },
      'take one field from interface, type and another interface': {
        ask: '{ goods { sku ... on Good { sku } ... on Book { sku } ... on Similar { __typename type: __typename } } }',
        data: {
          goods: [
            { sku: 'sku-b1', __typename: 'Book', type: 'Book' },
            { sku: 'sku-p1', __typename: 'Paper', type: 'Paper' },
          ],
        },
        fetches: ['goods: {goods{__typename sku ...on Book{sku}}}'],
      },
      'have an alias before what both types share': {
        ask: '{ goods { author: madeBy { mail made } ... on Paper { title } } }',
        data: {
          goods: [{ author: { mail: 'x', made: 2 } }, { author: { mail: 'y', made: 2 }, title: 'title-p1' }],
        },
        fetches: [
          'goods: {goods{__typename a_author:madeBy{mail made}...on Paper{id}}}',
          'papers: Paper{title} <- Paper(id:"p1")',
        ],
      },
      'are left and come back to through a remark': {
        ask: '{ goods { id remarks { good { sku ... on Paper { title } ... on Book { count } } } } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { sku: 'sku-b1', count: 1 } }] },
            { id: 'p1', remarks: [{ good: { sku: 'sku-p1', title: 'title-p1' } }] },
          ],
        },
        fetches: [
          'goods: Book{sku}Paper{sku} <- Book(id:"b1") + Book{sku}Paper{sku} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'papers: Paper{title} <- Paper(id:"p1")',
          'remarks: Book{remarks{good{__typename Book{count id}Paper{id}}}}Paper{remarks{good{__typename Book{count id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'are left for all their remarks': {
        ask: '{ goods { id remarks { id } } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ id: 1 }] },
            { id: 'p1', remarks: [{ id: 2 }] },
          ],
        },
        fetches: [
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{id}}Paper{remarks{id}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'keep to a condition that takes a fragment': underCondition('include', true),
      'keep to a condition that does not take it': underCondition('include', false),
      'keep to a condition that leaves it out': underCondition('skip', true),
      'keep to a condition that does not leave it out': underCondition('skip', false),
      'keep to a condition beside a fragment without one': {
        ask: 'query ($t: Boolean = true) { goods { id remarks { good { id ... on Book @skip(if: $t) { title } ... on Book { sku } ... on Paper { sku } } } } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { id: 'b1', sku: 'sku-b1' } }] },
            { id: 'p1', remarks: [{ good: { id: 'p1', sku: 'sku-p1' } }] },
          ],
        },
        fetches: [
          'goods: Book{sku}Paper{sku} <- Book(id:"b1") + Book{sku}Paper{sku} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}Paper{id}}}}Paper{remarks{good{__typename id Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'keep to a condition around a fragment without one': {
        ask: 'query ($t: Boolean = true) { goods { id remarks { good { id ... on Book @include(if: $t) { title ... on Book { sku } } ... on Paper { sku } } } } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { id: 'b1', title: 'title-b1', sku: 'sku-b1' } }] },
            { id: 'p1', remarks: [{ good: { id: 'p1', sku: 'sku-p1' } }] },
          ],
        },
        fetches: [
          'books: Book{title} <- Book(id:"b1")',
          'goods: Book{sku}Paper{sku} <- Book(id:"b1") + Book{sku}Paper{sku} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}Paper{id}}}}Paper{remarks{good{__typename id Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'keep to a condition on a fragment': {
        ask: 'query ($t: Boolean = true) { goods { id remarks { good { id ... on Book @include(if: $t) { title ... on Book @skip(if: $t) { sku } } ... on Paper { sku } } } } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { id: 'b1', title: 'title-b1' } }] },
            { id: 'p1', remarks: [{ good: { id: 'p1', sku: 'sku-p1' } }] },
          ],
        },
        fetches: [
          'books: Book{title} <- Book(id:"b1")',
          'goods: Paper{sku} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}Paper{id}}}}Paper{remarks{good{__typename id Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'keep to the same condition the other way': {
        ask: 'query ($t: Boolean = true) { goods { remarks { good { id ... on Book @skip(if: $t) { title } ... on Book { sku } } } } }',
        variables: { t: false },
        data: {
          goods: [
            { remarks: [{ good: { id: 'b1', title: 'title-b1', sku: 'sku-b1' } }] },
            { remarks: [{ good: { id: 'p1' } }] },
          ],
        },
        fetches: [
          'books: Book{title} <- Book(id:"b1")',
          'goods: Book{sku} <- Book(id:"b1")',
          'goods: {goods{__typename ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}}}}Paper{remarks{good{__typename id Book{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'have a union whose members are completed elsewhere': {
        ask: '{ goods { id remarks { good { ... on Book { publisher { ...P } } ... on Paper { publisher { ...P } } } } } } fragment P on Publisher { ... on Agency { id company } ... on Self { mail } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { publisher: { id: 'a1', company: 'Press' } } }] },
            { id: 'p1', remarks: [{ good: { publisher: { mail: 'self' } } }] },
          ],
        },
        fetches: [
          'agencies: Agency{company} <- Agency(id:"a1")',
          'goods: Book{publisher{__typename Agency{id}Self{mail}}}Paper{publisher{__typename Agency{id}Self{mail}}} <- Book(id:"b1") + Book{publisher{__typename Agency{id}Self{mail}}}Paper{publisher{__typename Agency{id}Self{mail}}} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename Book{id}Paper{id}}}}Paper{remarks{good{__typename Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'have a union with a member that only another subgraph knows': {
        ask: '{ goods { id remarks { good { id ... on Paper { publisher { ...P } } ... on Book { publisher { ...P } } } } } } fragment P on Publisher { ... on Agency { id company } ... on Self { mail } ... on Group { name } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { id: 'b1', publisher: { id: 'a1', company: 'Press' } } }] },
            { id: 'p1', remarks: [{ good: { id: 'p1', publisher: { mail: 'self' } } }] },
          ],
        },
        fetches: [
          'agencies: Agency{company} <- Agency(id:"a1")',
          'goods: Book{publisher{__typename Agency{id}Self{mail}}}Paper{publisher{__typename Agency{id}Self{mail}}} <- Book(id:"b1") + Book{publisher{__typename Agency{id}Self{mail}}}Paper{publisher{__typename Agency{id}Self{mail}}} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}Paper{id}}}}Paper{remarks{good{__typename id Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'have a union whose members give different fields under one alias': {
        ask: '{ goods { id remarks { good { id ... on Paper { publisher { ...P } } ... on Book { publisher { ...P } } } } } } fragment P on Publisher { ... on Agency { at: mail { address } } ... on Self { text: mail } ... on Group { text: mail } }',
        data: {
          goods: [
            { id: 'b1', remarks: [{ good: { id: 'b1', publisher: { at: { address: 'a1@x' } } } }] },
            { id: 'p1', remarks: [{ good: { id: 'p1', publisher: { text: 'self' } } }] },
          ],
        },
        fetches: [
          'agencies: Agency{a_at:mail{address}} <- Agency(id:"a1")',
          'goods: Book{publisher{__typename Agency{id}Self{a_text:mail}}}Paper{publisher{__typename Agency{id}Self{a_text:mail}}} <- Book(id:"b1") + Book{publisher{__typename Agency{id}Self{a_text:mail}}}Paper{publisher{__typename Agency{id}Self{a_text:mail}}} <- Paper(id:"p1")',
          'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
          'remarks: Book{remarks{good{__typename id Book{id}Paper{id}}}}Paper{remarks{good{__typename id Book{id}Paper{id}}}} <- Book(id:"b1") Paper(id:"p1")',
        ],
      },
      'have a union whose members give one name to different types': {
        ask: '{ goods { ... on Book { publisher { ... on Agency { at: mail { address } } ... on Self { mail } } } ... on Paper { publisher { ... on Self { mail } } } } }',
        data: { goods: [{ publisher: { at: { address: 'a1@x' } } }, { publisher: { mail: 'self' } }] },
        fetches: [
          'agencies: Agency{a_at:mail{address}} <- Agency(id:"a1")',
          'goods: {goods{__typename ...on Book{publisher{__typename ...on Agency{id}...on Self{mail}}}...on Paper{publisher{__typename ...on Self{mail}}}}}',
        ],
      },
      'have inputs that are lists of their own type': {
        ask: '{ books { near { id body } } }',
        data: { books: [{ near: [{ id: 1, body: 'first' }] }] },
        fetches: [
          'books: {books{id}}',
          'goods: Book{similar{id}} <- Book(id:"b1")',
          'remarks: Book{near{id body}} <- Book(id:"b1" similar:[{id:"b2"}])',
        ],
      },
    },
  },
  'an interface of its own beside the one that leads to an object': {
    subgraphs: {
      tree: `type Query { node: Node } interface Node { id: ID! parent: Node }
        type Dir implements Node @key(fields: "id") { id: ID! parent: Dir }
        type File implements Node @key(fields: "id") { id: ID! parent: Dir }`,
      sizes: `interface Sized { size: Int } type Dir implements Sized @key(fields: "id") { id: ID! size: Int }
        type File implements Sized @key(fields: "id") { id: ID! size: Int }`,
    },
    world: {
      Query: { node: to('File', 1) },
      Dir: { 1: { parent: null, size: 8 } },
      File: { 1: { parent: to('Dir', 1), size: 7 } },
    },
    cases: {
      'is asked once for a leaf that two fragments ask of one object': {
        ask: '{ node { parent { ... on Dir { size } } ... on File { size parent { ... on Sized { size } } } } }',
        data: { node: { parent: { size: 8 }, size: 7 } },
        fetches: [
          'sizes: Dir{size} <- Dir(id:"1") + File{size} <- File(id:"1")',
          'tree: {node{__typename parent{__typename ...on Dir{id}}...on File{id parent{id}}}}',
        ],
      },
    },
  },
};

function ware(id: string, maker: string, similar: string, agency: string) {
  const type = id.startsWith('b') ? 'Book' : 'Paper';
  const remark = type === 'Book' ? 1 : 2;
  return {
    id,
    sku: `sku-${id}`,
    title: `title-${id}`,
    size: { text: 'small', weight: 0.5 },
    madeBy: to('Maker', maker),
    hidden: false,
    similar: [to(type, similar)],
    publisher: agency === '' ? { __typename: 'Self', mail: 'self' } : to('Agency', agency),
    delivery: ({ size }: { size?: { text: string; weight: number } }, { zip }: { zip?: unknown }) => ({
      soonest: `${size!.text} to ${String(zip)}`,
      usual: String(size!.weight),
    }),
    count: 1,
    remarks: [to('Remark', remark)],
    near: (inputs: { similar?: { id: string }[] }) => inputs.similar!.map(() => to('Remark', remark)),
  };
}

/** A fragment on one of two types, under a condition. */
function underCondition(directive: 'include' | 'skip', value: boolean): CorpusCase {
  const isIn = value === (directive === 'include');
  const types = isIn ? 'Book{id}Paper{id}' : 'Paper{id}';
  return {
    ask: `query ($t: Boolean = ${value}) { goods { id remarks { good { id ... on Book @${directive}(if: $t) { title } ... on Paper { sku } } } } }`,
    data: {
      goods: [
        { id: 'b1', remarks: [{ good: isIn ? { id: 'b1', title: 'title-b1' } : { id: 'b1' } }] },
        { id: 'p1', remarks: [{ good: { id: 'p1', sku: 'sku-p1' } }] },
      ],
    },
    fetches: [
      ...(isIn ? ['books: Book{title} <- Book(id:"b1")'] : []),
      'goods: Paper{sku} <- Paper(id:"p1")',
      'goods: {goods{__typename id ...on Book{id}...on Paper{id}}}',
      `remarks: Book{remarks{good{__typename id ${types}}}}Paper{remarks{good{__typename id ${types}}}} <- Book(id:"b1") Paper(id:"p1")`,
    ],
  };
}
