import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

/** Whole graphs in which keys, inputs, provided, overridden and hidden fields meet. */
export const JOINED: Readonly<Record<string, CorpusGraph>> = {
  'a key that is external where it is used': {
    subgraphs: {
      mails: `type Query { person: Person } type Person @key(fields: "id") { id: ID! mail: String! }`,
      names: `type Person @key(fields: "mail") { mail: String! @external nick: String! }`,
    },
    world: { Query: { person: to('Person', 1) }, Person: { 1: { mail: 'm', nick: 'n' } } },
    cases: {
      'is fetched though nobody asked for it': {
        ask: '{ person { id nick } }',
        data: { person: { id: '1', nick: 'n' } },
        fetches: ['mails: {person{id mail}}', 'names: Person{nick} <- Person(mail:"m")'],
      },
    },
  },
  'a list whose keys are its members': {
    subgraphs: {
      goods: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@external", "@extends", "@shareable"])
        type Query { top: List! } type List @key(fields: "goods { id }") { goods: [Good!]! }
        type Good @extends @key(fields: "id") { id: String! @external group: Group @shareable }
        type Group @key(fields: "id") { id: String! tag: String @shareable main: Good! @shareable }`,
      lists: `type List @key(fields: "goods { id pid }") { goods: [Good!]! first: Good @shareable chosen: Good @shareable } type Good @key(fields: "id pid") { id: String! pid: String }`,
      links: `type Good @key(fields: "id") @key(fields: "id pid") { id: String! pid: String! }`,
      prices: `type List @key(fields: "goods { id pid group { id tag } } chosen { id }") { goods: [Good!]! first: Good @shareable chosen: Good @shareable }
        type Good @key(fields: "id pid group { id tag }") { id: String! pid: String price: Price group: Group } type Group @key(fields: "id tag") { id: String! tag: String } type Price { amount: Float! }`,
    },
    world: {
      Query: { top: to('List', 1) },
      List: { 1: { goods: [to('Good', 1), to('Good', 2)], first: to('Good', 1), chosen: to('Good', 2) } },
      Good: {
        1: { pid: 'p1', price: { amount: 100 }, group: to('Group', 'g1') },
        2: { pid: 'p2', price: { amount: 200 }, group: to('Group', 'g2') },
      },
      Group: { g1: { tag: 't1', main: to('Good', 1) }, g2: { tag: 't2', main: to('Good', 2) } },
    },
    cases: {
      'is completed in all its parts': {
        ask: '{ top { goods { id pid price { amount } group { main { id } id tag } } chosen { id } first { id } } }',
        data: {
          top: {
            goods: [
              { id: '1', pid: 'p1', price: { amount: 100 }, group: { main: { id: '1' }, id: 'g1', tag: 't1' } },
              { id: '2', pid: 'p2', price: { amount: 200 }, group: { main: { id: '2' }, id: 'g2', tag: 't2' } },
            ],
            chosen: { id: '2' },
            first: { id: '1' },
          },
        },
        fetches: [
          'goods: {top{goods{id group{main{id}id tag}}}}',
          'links: Good{pid} <- Good(id:"1") Good(id:"2")',
          'lists: List{chosen{id}first{id}} <- List(goods:[{id:"1" pid:"p1"} {id:"2" pid:"p2"}])',
          'prices: Good{price{amount}} <- Good(id:"1" pid:"p1" group:{id:"g1" tag:"t1"}) Good(id:"2" pid:"p2" group:{id:"g2" tag:"t2"})',
        ],
      },
    },
  },
  'goods, remarks, stock and accounts': {
    subgraphs: {
      accounts: `type Query { me: Person } type Person @key(fields: "id") { id: ID! name: String login: String @shareable }`,
      goods: `type Query { goods: [Good] } type Good @key(fields: "code") { code: String! name: String price: Int weight: Int }`,
      stock: `type Good @key(fields: "code") { code: String! weight: Int @external price: Int @external inStock: Boolean
        postage: Int @requires(fields: "price weight") label: String @requires(fields: "price weight") }`,
      remarks: `type Remark @key(fields: "id") { id: ID! text: String writer: Person @provides(fields: "login") good: Good }
        type Person @key(fields: "id") { id: ID! login: String @external remarks: [Remark] } type Good @key(fields: "code") { code: String! remarks: [Remark] }`,
    },
    world: {
      Query: { me: to('Person', 'u'), goods: [to('Good', 'g1'), to('Good', 'g2')] },
      Person: { u: { name: 'U', login: 'u@', remarks: [to('Remark', 'r1'), to('Remark', 'r2')] } },
      Good: { g1: good('g1', 11, 1, true), g2: good('g2', 22, 2, false) },
      Remark: {
        r1: { text: 'one', writer: to('Person', 'u'), good: to('Good', 'g1') },
        r2: { text: 'two', writer: to('Person', 'u'), good: to('Good', 'g2') },
      },
    },
    cases: {
      'answer from one': { ask: '{ me { id } }', data: { me: { id: 'u' } }, fetches: ['accounts: {me{id}}'] },
      'answer what another adds to a person': {
        ask: '{ me { id remarks { id } } }',
        data: { me: { id: 'u', remarks: [{ id: 'r1' }, { id: 'r2' }] } },
        fetches: ['accounts: {me{id}}', 'remarks: Person{remarks{id}} <- Person(id:"u")'],
      },
      'answer what the path provides, and join for the rest': {
        ask: '{ me { remarks { id writer { id login } good { inStock } } } }',
        data: {
          me: {
            remarks: [
              { id: 'r1', writer: { id: 'u', login: 'u@' }, good: { inStock: true } },
              { id: 'r2', writer: { id: 'u', login: 'u@' }, good: { inStock: false } },
            ],
          },
        },
        fetches: [
          'accounts: {me{id}}',
          'remarks: Person{remarks{id writer{id login}good{code}}} <- Person(id:"u")',
          'stock: Good{inStock} <- Good(code:"g1") Good(code:"g2")',
        ],
      },
      'answer one field of their own': {
        ask: '{ goods { name } }',
        data: { goods: [{ name: 'n-g1' }, { name: 'n-g2' }] },
        fetches: ['goods: {goods{name}}'],
      },
      'answer another field of their own': {
        ask: '{ goods { price } }',
        data: { goods: [{ price: 11 }, { price: 22 }] },
        fetches: ['goods: {goods{price}}'],
      },
      'fetch inputs that nobody asked for': {
        ask: '{ goods { postage } }',
        data: { goods: [{ postage: 110 }, { postage: 440 }] },
        fetches: [
          'goods: {goods{code price weight}}',
          'stock: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
        ],
      },
      'fetch inputs once where they are asked for': {
        ask: '{ goods { postage weight price } }',
        data: {
          goods: [
            { postage: 110, weight: 1, price: 11 },
            { postage: 440, weight: 2, price: 22 },
          ],
        },
        fetches: [
          'goods: {goods{code price weight}}',
          'stock: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
        ],
      },
      'provide and require in one operation': {
        ask: '{ goods { remarks { id writer { login } good { name postage } } } }',
        data: {
          goods: [
            { remarks: [{ id: 'r1', writer: { login: 'u@' }, good: { name: 'n-g1', postage: 110 } }] },
            { remarks: [{ id: 'r2', writer: { login: 'u@' }, good: { name: 'n-g2', postage: 440 } }] },
          ],
        },
        fetches: [
          'goods: Good{name price weight} <- Good(code:"g1") Good(code:"g2")',
          'goods: {goods{code}}',
          'remarks: Good{remarks{id writer{login}good{code}}} <- Good(code:"g1") Good(code:"g2")',
          'stock: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
        ],
      },
      'stay in one subgraph on the way round': {
        ask: '{ me { remarks { good { remarks { id } } } } }',
        data: { me: { remarks: [{ good: { remarks: [{ id: 'r1' }] } }, { good: { remarks: [{ id: 'r2' }] } }] } },
        fetches: ['accounts: {me{id}}', 'remarks: Person{remarks{good{remarks{id}}}} <- Person(id:"u")'],
      },
      'join at the end of the way': {
        ask: '{ me { remarks { good { inStock } } } }',
        data: { me: { remarks: [{ good: { inStock: true } }, { good: { inStock: false } }] } },
        fetches: [
          'accounts: {me{id}}',
          'remarks: Person{remarks{good{code}}} <- Person(id:"u")',
          'stock: Good{inStock} <- Good(code:"g1") Good(code:"g2")',
        ],
      },
      'fetch inputs at the end of the way': {
        ask: '{ me { remarks { good { postage } } } }',
        data: { me: { remarks: [{ good: { postage: 110 } }, { good: { postage: 440 } }] } },
        fetches: [
          'accounts: {me{id}}',
          'goods: Good{price weight} <- Good(code:"g1") Good(code:"g2")',
          'remarks: Person{remarks{good{code}}} <- Person(id:"u")',
          'stock: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
        ],
      },
      'ask for two fields of the same inputs together': {
        ask: '{ me { remarks { good { postage label } } } }',
        data: {
          me: {
            remarks: [{ good: { postage: 110, label: '#11*1' } }, { good: { postage: 440, label: '#22*2' } }],
          },
        },
        fetches: [
          'accounts: {me{id}}',
          'goods: Good{price weight} <- Good(code:"g1") Good(code:"g2")',
          'remarks: Person{remarks{good{code}}} <- Person(id:"u")',
          'stock: Good{postage label} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
        ],
      },
    },
  },
  'an entity whose owner knows its key as external only elsewhere': {
    subgraphs: {
      prices: `extend type Good @key(fields: "id") { id: ID! @external price: Float } type Query { cheapest: Good }`,
      goods: `type Good @key(fields: "id") { id: ID! name: String! } type Query { goods: [Good!]! }`,
    },
    world: {
      Query: { cheapest: to('Good', 1), goods: [to('Good', 1), to('Good', 2)] },
      Good: { 1: { price: 100, name: 'one' }, 2: { price: 200, name: 'two' } },
    },
    cases: {
      'is joined from the extension': {
        ask: '{ cheapest { id price name } }',
        data: { cheapest: { id: '1', price: 100, name: 'one' } },
        fetches: ['goods: Good{name} <- Good(id:"1")', 'prices: {cheapest{id price}}'],
      },
      'is joined from the owner': {
        ask: '{ goods { name price id } }',
        data: {
          goods: [
            { name: 'one', price: 100, id: '1' },
            { name: 'two', price: 200, id: '2' },
          ],
        },
        fetches: ['goods: {goods{name id}}', 'prices: Good{price} <- Good(id:"1") Good(id:"2")'],
      },
    },
  },
  'a shared field that moved, below a shared root': {
    subgraphs: {
      old: `type Query { feed: [Post] @shareable oldFeed: [Post] } type Post @key(fields: "id") { id: ID! at: String! @shareable }`,
      new: `type Query { feed: [Post] @shareable newFeed: [Post] } type Post @key(fields: "id") { id: ID! at: String! @override(from: "old") @shareable }`,
    },
    world: {
      Query: { feed: [to('Post', 1), to('Post', 2)], oldFeed: [to('Post', 2)], newFeed: [to('Post', 1)] },
      Post: { 1: { at: 'a' }, 2: { at: 'b' } },
    },
    cases: {
      'is asked of the new one alone': {
        ask: '{ feed { at } }',
        data: { feed: [{ at: 'a' }, { at: 'b' }] },
        fetches: ['new: {feed{at}}'],
      },
      'is asked of the new one from either entry': {
        ask: '{ oldFeed { at } newFeed { at } }',
        data: { oldFeed: [{ at: 'b' }], newFeed: [{ at: 'a' }] },
        fetches: ['new: Post{at} <- Post(id:"2")', 'new: {newFeed{at}}', 'old: {oldFeed{id}}'],
      },
    },
  },
  'a shared field that moved from a subgraph that is not there': {
    subgraphs: {
      a: `type Query { feed: [Post] @shareable aFeed: [Post] } type Post @key(fields: "id") { id: ID! at: String! @shareable }`,
      b: `type Query { feed: [Post] @shareable bFeed: [Post] } type Post @key(fields: "id") { id: ID! at: String! @override(from: "nobody") @shareable }`,
    },
    world: {
      Query: { feed: [to('Post', 1), to('Post', 2)], aFeed: [to('Post', 2)], bFeed: [to('Post', 1)] },
      Post: { 1: { at: 'a' }, 2: { at: 'b' } },
    },
    cases: {
      'is asked of either': {
        ask: '{ feed { at } }',
        data: { feed: [{ at: 'a' }, { at: 'b' }] },
        fetches: ['a: {feed{at}}'],
      },
      'is asked of each from its own entry': {
        ask: '{ aFeed { at } bFeed { at } }',
        data: { aFeed: [{ at: 'b' }], bFeed: [{ at: 'a' }] },
        fetches: ['a: {aFeed{at}}', 'b: {bFeed{at}}'],
      },
    },
  },
  'a field that moved from a subgraph where it is external': {
    subgraphs: {
      a: `type Query { a: Person } type Person @key(fields: "id") { id: ID! name: String! @external aCard: String! @requires(fields: "name") }`,
      b: `type Query { b: Person } type Person @key(fields: "id") { id: ID! name: String! @override(from: "c") }`,
      c: `type Query { c: Person } type Person @key(fields: "id") { id: ID! name: String! @external cCard: String! @requires(fields: "name") }`,
    },
    world: {
      Query: { a: to('Person', 1), b: to('Person', 2), c: to('Person', 3) },
      Person: { 1: card('A'), 2: card('B'), 3: card('C') },
    },
    cases: {
      'is an input of both others, from every entry': {
        ask: '{ a { id name aCard cCard } b { id name aCard cCard } c { id name aCard cCard } }',
        data: {
          a: { id: '1', name: 'A', aCard: 'a-A', cCard: 'c-A' },
          b: { id: '2', name: 'B', aCard: 'a-B', cCard: 'c-B' },
          c: { id: '3', name: 'C', aCard: 'a-C', cCard: 'c-C' },
        },
        fetches: [
          'a: Person{aCard} <- Person(id:"1" name:"A") + Person{aCard} <- Person(id:"3" name:"C")',
          'a: Person{aCard} <- Person(id:"2" name:"B")',
          'a: {a{id}}',
          'b: Person{name} <- Person(id:"1") + Person{name} <- Person(id:"3")',
          'b: {b{id name}}',
          'c: Person{cCard} <- Person(id:"1" name:"A") + Person{cCard} <- Person(id:"3" name:"C")',
          'c: Person{cCard} <- Person(id:"2" name:"B")',
          'c: {c{id}}',
        ],
      },
      'is fetched for the subgraph it came from': {
        ask: '{ c { cCard } }',
        data: { c: { cCard: 'c-C' } },
        fetches: ['b: Person{name} <- Person(id:"3")', 'c: Person{cCard} <- Person(id:"3" name:"C")', 'c: {c{id}}'],
      },
      'is fetched for it from another entry': {
        ask: '{ a { cCard } }',
        data: { a: { cCard: 'c-A' } },
        fetches: ['a: {a{id}}', 'b: Person{name} <- Person(id:"1")', 'c: Person{cCard} <- Person(id:"1" name:"A")'],
      },
      'is fetched for the entry itself': {
        ask: '{ a { aCard } }',
        data: { a: { aCard: 'a-A' } },
        fetches: ['a: Person{aCard} <- Person(id:"1" name:"A")', 'a: {a{id}}', 'b: Person{name} <- Person(id:"1")'],
      },
    },
  },
  'an argument and a value that consumers do not see': {
    subgraphs: {
      age: `type Query { peopleByAge: [Person!]! @shareable } type Person @key(fields: "id") { id: ID age: Int }`,
      friends: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID friends(kind: Kind = FAMILY @inaccessible): [Person!]! kind: Kind kinds: [Kind] must: Kind! }
        enum Kind { FAMILY @inaccessible FRIEND }`,
    },
    world: {
      Query: { peopleByAge: [to('Person', 1), to('Person', 2)], people: [to('Person', 1), to('Person', 2)] },
      Person: {
        1: { age: 3, friends: [to('Person', 2)], kind: 'FAMILY', kinds: ['FRIEND', 'FAMILY'], must: 'FAMILY' },
        2: { age: 4, friends: [to('Person', 1)], kind: 'FAMILY', must: 'FRIEND' },
      },
    },
    cases: {
      'leave the rest to be asked from elsewhere': {
        ask: '{ peopleByAge { id friends { id } } }',
        data: {
          peopleByAge: [
            { id: '1', friends: [{ id: '2' }] },
            { id: '2', friends: [{ id: '1' }] },
          ],
        },
        fetches: ['age: {peopleByAge{id}}', 'friends: Person{friends{id}} <- Person(id:"1") Person(id:"2")'],
      },
      'leave the rest to be asked': {
        ask: '{ people { id friends { id } } }',
        data: {
          people: [
            { id: '1', friends: [{ id: '2' }] },
            { id: '2', friends: [{ id: '1' }] },
          ],
        },
        fetches: ['friends: {people{id friends{id}}}'],
      },
      'cannot be used': {
        ask: '{ people { id friends(kind: FRIEND) { id } } }',
        data: null,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        fetches: [],
      },
      'are null without an error': {
        ask: '{ people { id friends { id kind } } }',
        data: {
          people: [
            { id: '1', friends: [{ id: '2', kind: null }] },
            { id: '2', friends: [{ id: '1', kind: null }] },
          ],
        },
        fetches: ['friends: {people{id friends{id kind}}}'],
      },
      'are null without an error inside of a list': {
        ask: '{ people { friends { kinds } } }',
        data: { people: [{ friends: [{ kinds: null }] }, { friends: [{ kinds: ['FRIEND', null] }] }] },
        fetches: ['friends: {people{friends{kinds}}}'],
      },
      'are an error where null is not allowed': {
        ask: '{ people { must } }',
        data: null,
        errors: ['SUBGRAPH_BAD_ANSWER@people.0.must'],
        fetches: ['friends: {people{must}}'],
      },
    },
  },
  'a union of which two subgraphs know different entities': {
    subgraphs: {
      a: `union Media = Book | Song union Own = Book | Song type Book @key(fields: "id") { id: ID! title: String! @shareable a: String! } type Song @key(fields: "id") { id: ID! title: String! @shareable a: String! }
        type Query { media: Media @shareable onlyA: Media @shareable viewer: Viewer @shareable } type Viewer { media: Own @shareable onlyA: Own book: Book @shareable song: Own @shareable }`,
      b: `union Media = Book | Film union Own = Book | Film type Film @key(fields: "id") { id: ID! title: String! @shareable b: String! } type Book @key(fields: "id") { id: ID! title: String! @shareable b: String! }
        type Query { media: Media @shareable onlyB: Media @shareable viewer: Viewer @shareable } type Viewer { media: Own @shareable onlyB: Own book: Own @shareable }`,
    },
    world: {
      Query: {
        media: to('Book', 1),
        onlyA: to('Book', 1),
        onlyB: to('Film', 3),
        viewer: {
          media: to('Book', 1),
          onlyA: to('Book', 1),
          onlyB: to('Film', 3),
          book: to('Book', 1),
          song: to('Song', 2),
        },
      },
      Book: { 1: { title: 'B', a: 'aB', b: 'bB' } },
      Song: { 2: { title: 'S', a: 'aS' } },
      Film: { 3: { title: 'F', b: 'bF' } },
    },
    cases: {
      'is empty for a member that its subgraph does not know': {
        ask: '{ onlyA { ... on Film { title b } } }',
        data: { onlyA: {} },
        fetches: ['a: {onlyA{__typename}}'],
      },
      'is joined for the member that both know': {
        ask: '{ onlyA { ... on Book { title a b } } }',
        data: { onlyA: { title: 'B', a: 'aB', b: 'bB' } },
        fetches: ['a: {onlyA{__typename ...on Book{title a id}}}', 'b: Book{b} <- Book(id:"1")'],
      },
      'is joined below an object that both have': {
        ask: `{ viewer { media { __typename ... on Song { title a } ... on Film { title b } ... on Book { title a b } }
          book { __typename ... on Song { title a } ... on Film { title b } ... on Book { title a b } }
          song { __typename ... on Song { title a } ... on Film { title b } ... on Book { title a b } } } }`,
        data: {
          viewer: {
            media: { __typename: 'Book', title: 'B', a: 'aB', b: 'bB' },
            book: { __typename: 'Book', title: 'B', a: 'aB', b: 'bB' },
            song: { __typename: 'Song', title: 'S', a: 'aS' },
          },
        },
        fetches: [
          'a: {viewer{media{__typename ...on Book{title a id}...on Song{title a}}book{__typename title a id}song{__typename ...on Book{title a id}...on Song{title a}}}}',
          'b: Book{b} <- Book(id:"1") + Book{b} <- Book(id:"1")',
        ],
      },
      'is asked of both for fields that one has': {
        ask: '{ viewer { onlyA { ... on Film { title b } } onlyB { ... on Film { title b } } } }',
        data: { viewer: { onlyA: {}, onlyB: { title: 'F', b: 'bF' } } },
        fetches: ['a: {viewer{onlyA{__typename}}}', 'b: {viewer{onlyB{__typename ...on Film{title b}}}}'],
      },
    },
  },
  'a union that another subgraph knows in part': {
    subgraphs: {
      a: `type Query { answer: Answer } type Answer @shareable { actions: [Action!]! text: String } union Action = One | Two | Three
        type One @shareable { id: ID! value: String } type Two { id: ID! name: String more: String } type Three { id: ID! label: String }`,
      b: `type Answer @shareable { actions: [Action!]! text: String } union Action = One type One @shareable { id: ID! value: String }`,
    },
    world: {
      Query: {
        answer: {
          text: 'T',
          actions: [
            { __typename: 'One', id: '1', value: 'v' },
            { __typename: 'Two', id: '2', name: 'n', more: 'm' },
            { __typename: 'Three', id: '3', label: 'l' },
          ],
        },
      },
    },
    cases: {
      'has all its members where it is known whole': {
        ask: '{ answer { text actions { __typename ... on One { id value } ... on Two { id name more } ... on Three { id label } } } }',
        data: {
          answer: {
            text: 'T',
            actions: [
              { __typename: 'One', id: '1', value: 'v' },
              { __typename: 'Two', id: '2', name: 'n', more: 'm' },
              { __typename: 'Three', id: '3', label: 'l' },
            ],
          },
        },
        fetches: [
          'a: {answer{text actions{__typename ...on One{id value}...on Two{id name more}...on Three{id label}}}}',
        ],
      },
      'has the members that the other lacks': {
        ask: '{ answer { actions { __typename ... on Two { name } ... on Three { label } } } }',
        data: {
          answer: {
            actions: [{ __typename: 'One' }, { __typename: 'Two', name: 'n' }, { __typename: 'Three', label: 'l' }],
          },
        },
        fetches: ['a: {answer{actions{__typename ...on Two{name}...on Three{label}}}}'],
      },
    },
  },
};

function good(code: string, price: number, weight: number, inStock: boolean) {
  return {
    code,
    name: `n-${code}`,
    price,
    weight,
    inStock,
    postage: (sent: Record<string, number>) => sent.price! * sent.weight! * 10,
    label: (sent: Record<string, number>) => `#${sent.price}*${sent.weight}`,
    remarks: [to('Remark', code === 'g1' ? 'r1' : 'r2')],
  };
}
function card(name: string) {
  return {
    name,
    aCard: (sent: Record<string, string>) => `a-${sent.name}`,
    cCard: (sent: Record<string, string>) => `c-${sent.name}`,
  };
}
