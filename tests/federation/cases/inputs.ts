import type { CorpusGraph } from '../support/corpus.js';
import { fails, to } from '../support/world-subgraph.js';

const list = (value: unknown) => (Array.isArray(value) ? value : []);

/** `@requires`: fields that are computed from what other subgraphs have. */
export const INPUTS: Readonly<Record<string, CorpusGraph>> = {
  'inputs that have inputs themselves': {
    subgraphs: {
      prices: `type Plot @key(fields: "id") { id: ID! price: Float! @inaccessible }`,
      land: `type Query { plot: Plot } type Plot @key(fields: "id") { id: ID! listed: Boolean! }`,
      value: `type Plot @key(fields: "id") { id: ID! price: Float! @external dear: Boolean! @requires(fields: "price")
        listed: Boolean! @external kept: Boolean! @requires(fields: "listed") }`,
      credit: `type Plot @key(fields: "id") { id: ID! dear: Boolean! @external loan: Boolean! @requires(fields: "dear")
        kept: Boolean! @external grant: Boolean! @requires(fields: "kept") }`,
    },
    world: {
      Query: { plot: to('Plot', 1) },
      Plot: {
        1: {
          price: 900,
          listed: true,
          dear: ({ price }: { price?: number }) => price! > 500,
          kept: ({ listed }: { listed?: boolean }) => !listed,
          loan: ({ dear }: { dear?: boolean }) => dear === false,
          grant: ({ kept }: { kept?: boolean }) => kept === false,
        },
      },
    },
    cases: {
      'are fetched in a chain': {
        ask: '{ plot { loan } }',
        data: { plot: { loan: false } },
        fetches: [
          'credit: Plot{loan} <- Plot(id:"1" dear:true)',
          'land: {plot{id}}',
          'prices: Plot{price} <- Plot(id:"1")',
          'value: Plot{dear} <- Plot(id:"1" price:900)',
        ],
      },
      'are fetched from where nobody may ask for them': {
        ask: '{ plot { dear } }',
        data: { plot: { dear: true } },
        fetches: [
          'land: {plot{id}}',
          'prices: Plot{price} <- Plot(id:"1")',
          'value: Plot{dear} <- Plot(id:"1" price:900)',
        ],
      },
      'are fetched once where they are asked for as well': {
        ask: '{ plot { dear loan } }',
        data: { plot: { dear: true, loan: false } },
        fetches: [
          'credit: Plot{loan} <- Plot(id:"1" dear:true)',
          'land: {plot{id}}',
          'prices: Plot{price} <- Plot(id:"1")',
          'value: Plot{dear} <- Plot(id:"1" price:900)',
        ],
      },
      'are fetched in another chain': {
        ask: '{ plot { grant } }',
        data: { plot: { grant: true } },
        fetches: [
          'credit: Plot{grant} <- Plot(id:"1" kept:false)',
          'land: {plot{id listed}}',
          'value: Plot{kept} <- Plot(id:"1" listed:true)',
        ],
      },
      'are fetched in two chains side by side': {
        ask: '{ plot { loan grant } }',
        data: { plot: { loan: false, grant: true } },
        fetches: [
          'credit: Plot{grant} <- Plot(id:"1" kept:false)',
          'credit: Plot{loan} <- Plot(id:"1" dear:true)',
          'land: {plot{id listed}}',
          'prices: Plot{price} <- Plot(id:"1")',
          'value: Plot{dear} <- Plot(id:"1" price:900)',
          'value: Plot{kept} <- Plot(id:"1" listed:true)',
        ],
      },
    },
  },
  'inputs that go in a circle between two subgraphs': {
    subgraphs: {
      feed: `type Query { notices: [Notice] }
        type Notice @key(fields: "id") { id: ID! minor: Boolean! @external major: Boolean! @requires(fields: "minor") }
        type Author @key(fields: "id") { id: ID! name: String! years: Int! }`,
      authors: `type Notice @key(fields: "id") { id: ID! author: Author! minor: Boolean! @requires(fields: "author { years }") }
        type Author @key(fields: "id") { id: ID! years: Int! @external }`,
    },
    world: {
      Query: { notices: [to('Notice', 1), to('Notice', 2)] },
      Notice: {
        1: { author: to('Author', 1), minor, major },
        2: { author: to('Author', 2), minor, major },
      },
      Author: { 1: { name: 'A', years: 1 }, 2: { name: 'B', years: 9 } },
    },
    cases: {
      'end at what both can give': {
        ask: '{ notices { minor } }',
        data: { notices: [{ minor: true }, { minor: false }] },
        fetches: [
          'authors: Notice{author{id}} <- Notice(id:"1") Notice(id:"2")',
          'authors: Notice{minor} <- Notice(id:"1" author:{years:1}) Notice(id:"2" author:{years:9})',
          'feed: Author{years} <- Author(id:"1") Author(id:"2")',
          'feed: {notices{id}}',
        ],
      },
      'are followed twice through the same subgraph': {
        ask: '{ notices { major } }',
        data: { notices: [{ major: false }, { major: true }] },
        fetches: [
          'authors: Notice{author{id}} <- Notice(id:"1") Notice(id:"2")',
          'authors: Notice{minor} <- Notice(id:"1" author:{years:1}) Notice(id:"2" author:{years:9})',
          'feed: Author{years} <- Author(id:"1") Author(id:"2")',
          'feed: Notice{major} <- Notice(id:"1" minor:true) Notice(id:"2" minor:false)',
          'feed: {notices{id}}',
        ],
      },
      'are followed beside other fields of the same objects': {
        ask: '{ notices { id author { name } major minor } }',
        data: {
          notices: [
            { id: '1', author: { name: 'A' }, major: false, minor: true },
            { id: '2', author: { name: 'B' }, major: true, minor: false },
          ],
        },
        fetches: [
          'authors: Notice{author{id}} <- Notice(id:"1") Notice(id:"2")',
          'authors: Notice{minor} <- Notice(id:"1" author:{years:1}) Notice(id:"2" author:{years:9})',
          'feed: Author{name years} <- Author(id:"1") Author(id:"2")',
          'feed: Notice{major} <- Notice(id:"1" minor:true) Notice(id:"2" minor:false)',
          'feed: {notices{id}}',
        ],
      },
    },
  },
  'inputs below an interface': {
    subgraphs: {
      a: `type Query { first: Person } interface Address { id: ID! }
        type Home implements Address @key(fields: "id") { id: ID! city: String @shareable }
        type Work implements Address @key(fields: "id") { id: ID! city: String @shareable }
        type Person @key(fields: "id") { id: ID! name: String! @shareable address: Address @external
          city: String @requires(fields: "address { id }") country: String @requires(fields: "address { ... on Work { id } }") }`,
      b: `type Query { second: Person } interface Address { id: ID! }
        type Home implements Address @key(fields: "id") { id: ID! city: String @shareable }
        type Work implements Address @key(fields: "id") { id: ID! city: String @shareable }
        type Second implements Address @key(fields: "id") { id: ID! city: String @shareable }
        type Person @key(fields: "id") { id: ID! name: String! @shareable address: Address @shareable }`,
    },
    world: {
      Query: { first: to('Person', 1), second: to('Person', 2) },
      Person: {
        1: { name: 'P', address: to('Home', 'h'), city: cityOf, country: countryOf },
        2: { name: 'Q', address: to('Work', 'w'), city: cityOf, country: countryOf },
      },
      Home: { h: { city: 'H' } },
      Work: { w: { city: 'W' } },
      Second: {},
    },
    cases: {
      'are fetched whatever the type': {
        ask: '{ first { city } }',
        data: { first: { city: 'city of h' } },
        fetches: [
          'a: Person{city} <- Person(id:"1" address:{__typename:"Home" id:"h"})',
          'a: {first{id}}',
          'b: Person{address{__typename id}} <- Person(id:"1")',
        ],
      },
      'are fetched with the object where it begins there': {
        ask: '{ second { city } }',
        data: { second: { city: 'city of w' } },
        fetches: [
          'a: Person{city} <- Person(id:"2" address:{__typename:"Work" id:"w"})',
          'b: {second{id address{__typename id}}}',
        ],
      },
      'are empty for another type than they name': {
        ask: '{ first { country } }',
        data: { first: { country: null } },
        fetches: [
          'a: Person{country} <- Person(id:"1" address:{__typename:"Home"})',
          'a: {first{id}}',
          'b: Person{address{__typename Work{id}}} <- Person(id:"1")',
        ],
      },
      'are there for the type that they name': {
        ask: '{ second { country } }',
        data: { second: { country: 'country of w' } },
        fetches: [
          'a: Person{country} <- Person(id:"2" address:{__typename:"Work" id:"w"})',
          'b: {second{id address{__typename ...on Work{id}}}}',
        ],
      },
      'do not stand in the way of the field itself': {
        ask: '{ first { address { __typename id } } second { address { __typename id } } }',
        data: {
          first: { address: { __typename: 'Home', id: 'h' } },
          second: { address: { __typename: 'Work', id: 'w' } },
        },
        fetches: [
          'a: {first{id}}',
          'b: Person{address{__typename id}} <- Person(id:"1")',
          'b: {second{address{__typename id}}}',
        ],
      },
      'go together, one set of them each': {
        ask: '{ first { city country name } }',
        data: { first: { city: 'city of h', country: null, name: 'P' } },
        fetches: [
          'a: Person{city} <- Person(id:"1" address:{__typename:"Home" id:"h"}) + Person{country} <- Person(id:"1" address:{__typename:"Home"})',
          'a: {first{id name}}',
          'b: Person{address{__typename id Work{id}}} <- Person(id:"1")',
        ],
      },
    },
  },
  'inputs with fragments inside fragments, on interfaces': {
    subgraphs: {
      a: `type Query { case: Case } type Case @key(fields: "id") { id: ID! facts: Facts }
        interface Facts { base: String! } interface Proof implements Facts { base: String! mark: String! }
        type Letter implements Facts & Proof @shareable { base: String! mark: String! seal: String! }
        type Photo implements Facts & Proof @shareable { base: String! mark: String! lens: String! }`,
      b: `type Query { one: Case two: Case }
        type Case @key(fields: "id") { id: ID! facts: Facts @external
          report: String! @requires(fields: "facts { base ... on Proof { mark ... on Letter { seal } ... on Photo { lens } } }")
          note: String! @requires(fields: "facts { ... on Facts { base } }") }
        interface Facts { base: String! } interface Proof implements Facts { base: String! mark: String! }
        type Letter implements Facts & Proof @shareable @inaccessible { base: String! mark: String! seal: String! }
        type Photo implements Facts & Proof @shareable { base: String! mark: String! lens: String! }`,
    },
    world: {
      Query: { case: to('Case', 2), one: to('Case', 1), two: to('Case', 2) },
      Case: {
        1: { facts: { __typename: 'Letter', base: 'lb', mark: 'lm', seal: 'ls' }, report, note },
        2: { facts: { __typename: 'Photo', base: 'pb', mark: 'pm', lens: 'pl' }, report, note },
      },
    },
    cases: {
      'are fetched with the object': {
        ask: '{ case { report } }',
        data: { case: { report: 'pb pm pl' } },
        fetches: [
          'a: {case{id facts{__typename base ...on Letter{mark seal}...on Photo{mark lens}}}}',
          'b: Case{report} <- Case(id:"2" facts:{__typename:"Photo" base:"pb" mark:"pm" lens:"pl"})',
        ],
      },
      'are fetched beside the field that holds them': {
        ask: '{ case { facts { __typename } report } }',
        data: { case: { facts: { __typename: 'Photo' }, report: 'pb pm pl' } },
        fetches: [
          'a: {case{facts{__typename base ...on Letter{mark seal}...on Photo{mark lens}}id}}',
          'b: Case{report} <- Case(id:"2" facts:{__typename:"Photo" base:"pb" mark:"pm" lens:"pl"})',
        ],
      },
      'are fetched from the other subgraph first': {
        ask: '{ two { facts { __typename } report } }',
        data: { two: { facts: { __typename: 'Photo' }, report: 'pb pm pl' } },
        fetches: [
          'a: Case{facts{__typename base Letter{mark seal}Photo{mark lens}}} <- Case(id:"2")',
          'b: Case{report} <- Case(id:"2" facts:{__typename:"Photo" base:"pb" mark:"pm" lens:"pl"})',
          'b: {two{id}}',
        ],
      },
      'are fetched of a type that consumers do not see': {
        ask: '{ one { report } }',
        data: { one: { report: 'lb lm ls' } },
        fetches: [
          'a: Case{facts{__typename base Letter{mark seal}Photo{mark lens}}} <- Case(id:"1")',
          'b: Case{report} <- Case(id:"1" facts:{__typename:"Letter" base:"lb" mark:"lm" seal:"ls"})',
          'b: {one{id}}',
        ],
      },
      'hide the object of such a type, and not the field computed from it': {
        ask: '{ one { id facts { __typename } report } two { id facts { __typename } } }',
        data: {
          one: { id: '1', facts: null, report: 'lb lm ls' },
          two: { id: '2', facts: { __typename: 'Photo' } },
        },
        fetches: [
          'a: Case{facts{__typename base Letter{mark seal}Photo{mark lens}}} <- Case(id:"1") + Case{facts{__typename}} <- Case(id:"2")',
          'b: Case{report} <- Case(id:"1" facts:{__typename:"Letter" base:"lb" mark:"lm" seal:"ls"})',
          'b: {one{id} two{id}}',
        ],
      },
      'may name the interface itself': {
        ask: '{ two { note } }',
        data: { two: { note: 'pb' } },
        fetches: [
          'a: Case{facts{__typename base}} <- Case(id:"2")',
          'b: Case{note} <- Case(id:"2" facts:{__typename:"Photo" base:"pb"})',
          'b: {two{id}}',
        ],
      },
    },
  },
  'inputs with arguments': {
    subgraphs: {
      shop: `type Query { goods: [Good] } type Good @key(fields: "code") { code: String! name: String price(currency: String!): Int weight: Int
          group: Group } type Group { average(currency: String!): Int }`,
      post: `type Good @key(fields: "code") { code: String! weight: Int @external price(currency: String!): Int @external
          postage: Int @requires(fields: "price(currency: \\"CNY\\") weight") postageEuro: Int @requires(fields: "price(currency: \\"EUR\\") weight")
          group: Group @external dear: Boolean @requires(fields: "group { average(currency: \\"CNY\\") }") }
        type Group @external { average(currency: String!): Int }`,
    },
    world: {
      Query: { goods: [to('Good', 'g1'), to('Good', 'g2')] },
      Good: {
        g1: good('g1', 11, 1),
        g2: good('g2', 22, 2),
      },
    },
    cases: {
      'are asked for with them': {
        ask: '{ goods { code name postage } }',
        data: {
          goods: [
            { code: 'g1', name: 'n-g1', postage: 110 },
            { code: 'g2', name: 'n-g2', postage: 440 },
          ],
        },
        fetches: [
          'post: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
          'shop: {goods{code name _r0_price:price(currency:"CNY")weight}}',
        ],
      },
      'are kept apart where arguments differ': {
        ask: '{ goods { postage postageEuro dear } }',
        data: {
          goods: [
            { postage: 110, postageEuro: 220, dear: false },
            { postage: 440, postageEuro: 880, dear: true },
          ],
        },
        fetches: [
          'post: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2) + Good{postageEuro} <- Good(code:"g1" price:22 weight:1) Good(code:"g2" price:44 weight:2) + Good{dear} <- Good(code:"g1" group:{average:11}) Good(code:"g2" group:{average:22})',
          'shop: {goods{code _r0_price:price(currency:"CNY")weight _r1_price:price(currency:"EUR")group{_r2_average:average(currency:"CNY")}}}',
        ],
      },
      'are kept apart from the same field asked for with other arguments': {
        ask: '{ goods { price(currency: "EUR") postage } }',
        data: {
          goods: [
            { price: 22, postage: 110 },
            { price: 44, postage: 440 },
          ],
        },
        fetches: [
          'post: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
          'shop: {goods{a_price:price(currency:"EUR")code _r0_price:price(currency:"CNY")weight}}',
        ],
      },
      'are kept apart from a variable': {
        ask: 'query ($c: String = "EUR") { goods { price(currency: $c) postage } }',
        data: {
          goods: [
            { price: 22, postage: 110 },
            { price: 44, postage: 440 },
          ],
        },
        fetches: [
          'post: Good{postage} <- Good(code:"g1" price:11 weight:1) Good(code:"g2" price:22 weight:2)',
          'shop: {goods{a_price:price(currency:$v_c)code _r0_price:price(currency:"CNY")weight}}',
        ],
      },
    },
  },
  'inputs that are lists with arguments': {
    subgraphs: {
      feed: `type Query { files: [File] } type File @key(fields: "id") { id: ID! remarks(limit: Int!): [Remark] @external }
        type Remark @key(fields: "id") { id: ID! writerId: ID body: String! copies: [File] @external
          repeated: Boolean @requires(fields: "copies { remarks(limit: 50) { id } }") }`,
      remarks: `type File @key(fields: "id") { id: ID! writer: Writer @requires(fields: "remarks(limit: 3) { writerId }") remarks(limit: Int!): [Remark] }
        type Remark @key(fields: "id") { id: ID! date: String writerId: ID @external copies: [File] } type Writer { id: ID! name: String }`,
    },
    world: {
      Query: { files: [to('File', 1), to('File', 2)] },
      File: {
        1: { remarks: remarksOf('c1', 'c2', 'c3'), writer },
        2: { remarks: remarksOf('c4', 'c5', 'c6'), writer },
      },
      Remark: {
        c1: { writerId: 'w1', copies: [], repeated },
        c2: { writerId: 'w1', copies: [], repeated },
        c3: { writerId: 'w2', copies: [to('File', 2)], repeated },
        c4: { writerId: 'w2', copies: [], repeated },
        c5: { writerId: 'w2', copies: [], repeated },
        c6: { writerId: 'w1', copies: [], repeated },
      },
    },
    cases: {
      'are fetched through three subgraphs': {
        ask: '{ files { writer { id } } }',
        data: { files: [{ writer: { id: 'w2' } }, { writer: { id: 'w1' } }] },
        fetches: [
          'feed: Remark{writerId} <- Remark(id:"c1") Remark(id:"c2") Remark(id:"c3") Remark(id:"c4") Remark(id:"c5") Remark(id:"c6")',
          'feed: {files{id}}',
          'remarks: File{_r0_remarks:remarks(limit:3){id}} <- File(id:"1") File(id:"2")',
          'remarks: File{writer{id}} <- File(id:"1" remarks:[{writerId:"w1"} {writerId:"w1"} {writerId:"w2"}]) File(id:"2" remarks:[{writerId:"w2"} {writerId:"w2"} {writerId:"w1"}])',
        ],
      },
      'are kept apart from the list that is asked for': {
        ask: '{ files { writer { id } remarks(limit: 1) { id } } }',
        data: {
          files: [
            { writer: { id: 'w2' }, remarks: [{ id: 'c1' }] },
            { writer: { id: 'w1' }, remarks: [{ id: 'c4' }] },
          ],
        },
        fetches: [
          'feed: Remark{writerId} <- Remark(id:"c1") Remark(id:"c2") Remark(id:"c3") Remark(id:"c4") Remark(id:"c5") Remark(id:"c6")',
          'feed: {files{id}}',
          'remarks: File{_r0_remarks:remarks(limit:3){id}a_remarks:remarks(limit:1){id}} <- File(id:"1") File(id:"2")',
          'remarks: File{writer{id}} <- File(id:"1" remarks:[{writerId:"w1"} {writerId:"w1"} {writerId:"w2"}]) File(id:"2" remarks:[{writerId:"w2"} {writerId:"w2"} {writerId:"w1"}])',
        ],
      },
      'are fetched for what stands inside of the list': {
        ask: '{ files { remarks(limit: 3) { repeated } } }',
        data: {
          files: [
            { remarks: [{ repeated: false }, { repeated: false }, { repeated: true }] },
            { remarks: [{ repeated: false }, { repeated: false }, { repeated: false }] },
          ],
        },
        fetches: [
          'feed: Remark{repeated} <- Remark(id:"c1" copies:[]) Remark(id:"c2" copies:[]) Remark(id:"c3" copies:[{remarks:[{id:"c4"} {id:"c5"} {id:"c6"}]}]) Remark(id:"c4" copies:[]) Remark(id:"c5" copies:[]) Remark(id:"c6" copies:[])',
          'feed: {files{id}}',
          'remarks: File{a_remarks:remarks(limit:3){id copies{_r1_remarks:remarks(limit:50){id}}}} <- File(id:"1") File(id:"2")',
        ],
      },
      'are kept apart from the list with a variable in several fragments': {
        ask: `query ($limit: Int = 1) { files { writer { id } ...A ...B } }
              fragment A on File { remarks(limit: $limit) { id } } fragment B on File { remarks(limit: $limit) { id } }`,
        data: {
          files: [
            { writer: { id: 'w2' }, remarks: [{ id: 'c1' }] },
            { writer: { id: 'w1' }, remarks: [{ id: 'c4' }] },
          ],
        },
        fetches: [
          'feed: Remark{writerId} <- Remark(id:"c1") Remark(id:"c2") Remark(id:"c3") Remark(id:"c4") Remark(id:"c5") Remark(id:"c6")',
          'feed: {files{id}}',
          'remarks: File{_r0_remarks:remarks(limit:3){id}a_remarks:remarks(limit:$v_limit){id}} <- File(id:"1") File(id:"2")',
          'remarks: File{writer{id}} <- File(id:"1" remarks:[{writerId:"w1"} {writerId:"w1"} {writerId:"w2"}]) File(id:"2" remarks:[{writerId:"w2"} {writerId:"w2"} {writerId:"w1"}])',
        ],
      },
    },
  },
  'inputs that are lists of another type, with an input of their own': {
    subgraphs: {
      people: `type Person @key(fields: "id") { id: ID! name: String! family: String! } type Query { person: Person }`,
      totals: `type Order @key(fields: "id", resolvable: false) { id: ID! } type Person @key(fields: "id") { id: ID! orders: [Order!] @external total: Int @requires(fields: "orders { id }") count: Int @requires(fields: "orders { id }") }`,
      orders: `type Order @key(fields: "id") { id: ID! } type Person @key(fields: "id") { id: ID! family: String! @external orders: [Order!] @requires(fields: "family") }`,
    },
    world: {
      Query: { person: to('Person', 1) },
      Person: {
        1: {
          name: 'N',
          family: 'F',
          orders: ({ family }: { family?: string }) => [{ id: `${family}1` }, { id: `${family}2` }],
          total: ({ orders }: { orders?: { id: string }[] }) => orders!.length * 10,
          count: ({ orders }: { orders?: { id: string }[] }) => orders!.length,
        },
      },
    },
    cases: {
      'are fetched once for two fields that need the same': {
        ask: '{ person { total count } }',
        data: { person: { total: 20, count: 2 } },
        fetches: [
          'orders: Person{orders{id}} <- Person(id:"1" family:"F")',
          'people: {person{id family}}',
          'totals: Person{total count} <- Person(id:"1" orders:[{id:"F1"} {id:"F2"}])',
        ],
      },
      'are fetched beside the list itself': {
        ask: '{ person { name orders { id } total } }',
        data: { person: { name: 'N', orders: [{ id: 'F1' }, { id: 'F2' }], total: 20 } },
        fetches: [
          'orders: Person{orders{id}} <- Person(id:"1" family:"F")',
          'people: {person{name id family}}',
          'totals: Person{total} <- Person(id:"1" orders:[{id:"F1"} {id:"F2"}])',
        ],
      },
    },
  },
  'an input that is computed where it is declared, from an entity below': {
    subgraphs: {
      feed: `type Query { posts: [Post] } type Post @key(fields: "id") { id: ID! writerId: ID @external writer: Writer @requires(fields: "writerId") } type Note @key(fields: "id") { id: ID! writerId: ID } type Writer { id: ID! name: String }`,
      notes: `type Post @key(fields: "id") { id: ID! writerId: ID @requires(fields: "note { writerId }") note: Note } type Note @key(fields: "id") { id: ID! writerId: ID @external }`,
    },
    world: {
      Query: { posts: [to('Post', 1)] },
      Post: {
        1: {
          note: to('Note', 'n'),
          writerId: ({ note }: { note?: { writerId: string } }) => note!.writerId,
          writer: ({ writerId }: { writerId?: string }) => ({ id: writerId, name: 'W' }),
        },
      },
      Note: { n: { writerId: 'w2' } },
    },
    cases: {
      'is fetched over both subgraphs twice': {
        ask: '{ posts { writer { id } } }',
        data: { posts: [{ writer: { id: 'w2' } }] },
        fetches: [
          'feed: Note{writerId} <- Note(id:"n")',
          'feed: Post{writer{id}} <- Post(id:"1" writerId:"w2")',
          'feed: {posts{id}}',
          'notes: Post{note{id}} <- Post(id:"1")',
          'notes: Post{writerId} <- Post(id:"1" note:{writerId:"w2"})',
        ],
      },
    },
  },
  'an input that cannot be had': {
    subgraphs: {
      a: `type Query { firms: [Firm!]! } type Firm @key(fields: "id") { id: ID! name: String }`,
      b: `type Firm @key(fields: "id") { id: ID! income: Int! }`,
      c: `type Firm @key(fields: "id") { id: ID! income: Int! @external tax: Int @requires(fields: "income") seat: String }`,
    },
    world: {
      Query: { firms: [to('Firm', 1), to('Firm', 2)] },
      Firm: {
        1: { name: 'A', income: fails, tax: half, seat: 'S1' },
        2: { name: 'B', income: 8, tax: half, seat: 'S2' },
      },
    },
    cases: {
      'takes along the field that needs it, and no other': {
        ask: '{ firms { name tax seat } }',
        data: {
          firms: [
            { name: 'A', tax: null, seat: 'S1' },
            { name: 'B', tax: 4, seat: 'S2' },
          ],
        },
        errors: ['SUBGRAPH_ERROR@firms.0.tax'],
        fetches: [
          'a: {firms{name id}}',
          'b: Firm{income} <- Firm(id:"1") Firm(id:"2")',
          'c: Firm{seat} <- Firm(id:"1") Firm(id:"2")',
          'c: Firm{tax} <- Firm(id:"2" income:8)',
        ],
      },
    },
  },
  'an input inside another object': {
    subgraphs: {
      land: `type Query { plot: Plot } type Plot @key(fields: "id") { id: ID! owner: Person }
        type Person @key(fields: "id") { id: ID! age: Int name: String! }`,
      tax: `type Plot @key(fields: "id") { id: ID! owner: Person @external tax: Int @requires(fields: "owner { age }") }
        type Person @key(fields: "id") { id: ID! age: Int @external }`,
    },
    world: {
      Query: { plot: to('Plot', 1) },
      Plot: {
        1: {
          owner: to('Person', 1),
          tax: ({ owner }: { owner?: { age: number } }) => owner!.age * 2,
        },
      },
      Person: { 1: { age: 40, name: fails } },
    },
    cases: {
      'is not lost with an object of which something else fails': {
        ask: '{ plot { tax owner { name } } }',
        data: { plot: { tax: 80, owner: null } },
        errors: ['SUBGRAPH_ERROR@plot.owner.name'],
        fetches: ['land: {plot{id _own_owner:owner{age}owner{name}}}', 'tax: Plot{tax} <- Plot(id:"1" owner:{age:40})'],
      },
      'shares the fetch of an object of which nothing can take it along': {
        ask: '{ plot { tax owner { age id } } }',
        data: { plot: { tax: 80, owner: { age: 40, id: '1' } } },
        fetches: ['land: {plot{id owner{age id}}}', 'tax: Plot{tax} <- Plot(id:"1" owner:{age:40})'],
      },
    },
  },
  'an input inside a fragment about what its object is anyway': {
    subgraphs: {
      land: `interface Named { name: String } type Person implements Named @key(fields: "id") { id: ID! name: String }
        type Query { plot: Plot } type Plot @key(fields: "id") { id: ID! owners: [Person!] }`,
      tax: `interface Named { name: String } type Person implements Named @key(fields: "id") { id: ID! name: String @external }
        type Plot @key(fields: "id") { id: ID! owners: [Person!] @external
          bill: String @requires(fields: "owners { ... on Named { name } }") letter: String @requires(fields: "owners { ... on Person { name } }") }`,
    },
    world: {
      Query: { plot: to('Plot', 1) },
      Plot: { 1: { owners: [to('Person', 1), to('Person', 2)], bill: addressed, letter: addressed } },
      Person: { 1: { name: 'Wang' }, 2: { name: 'Li' } },
    },
    cases: {
      'is sent without the name of the type': {
        ask: '{ plot { bill letter } }',
        data: { plot: { bill: 'to Wang, Li', letter: 'to Wang, Li' } },
        fetches: [
          'land: {plot{id owners{name}}}',
          'tax: Plot{bill letter} <- Plot(id:"1" owners:[{name:"Wang"} {name:"Li"}])',
        ],
      },
    },
  },
};

function addressed({ owners }: { owners?: { name: string }[] }) {
  return `to ${owners?.map(({ name }) => name).join(', ')}`;
}
function minor({ author }: { author?: { years: number } }) {
  return author!.years < 5;
}
function major({ minor: is }: { minor?: boolean }) {
  return is === undefined ? null : !is;
}
function cityOf({ address }: { address?: { id?: string } }) {
  return address?.id === undefined ? null : `city of ${address.id}`;
}
function countryOf({ address }: { address?: { id?: string } }) {
  return address?.id === undefined ? null : `country of ${address.id}`;
}
function report({ facts }: { facts?: Record<string, string> }) {
  return `${facts?.base} ${facts?.mark} ${facts?.seal ?? facts?.lens}`;
}
function note({ facts }: { facts?: { base: string } }) {
  return `${facts?.base}`;
}
function half({ income }: { income?: number }) {
  return income! / 2;
}
function good(code: string, price: number, weight: number) {
  const inCurrency = (_: unknown, { currency }: { currency?: unknown }) => (currency === 'EUR' ? 2 : 1) * price;
  return {
    code,
    name: `n-${code}`,
    price: inCurrency,
    weight,
    group: { average: inCurrency },
    postage: (inputs: { price?: number; weight?: number }) => inputs.price! * inputs.weight! * 10,
    postageEuro: (inputs: { price?: number; weight?: number }) => inputs.price! * inputs.weight! * 10,
    dear: ({ group }: { group?: { average: number } }) => group!.average > 11,
  };
}
function remarksOf(...ids: string[]) {
  return (_: unknown, { limit }: { limit?: unknown }) => ids.slice(0, Number(limit)).map((id) => to('Remark', id));
}
function writer({ remarks }: { remarks?: { writerId: string }[] }) {
  if (remarks?.length !== 3) throw new Error('three remarks are required');
  return { id: remarks[2]!.writerId, name: 'w' };
}
function repeated({ copies }: { copies?: { remarks: { id: string }[] }[] }) {
  return (
    list(copies).length > 0 && list(copies).every((file) => list((file as { remarks: unknown }).remarks).length === 3)
  );
}
