import type { CorpusGraph } from '../support/corpus.js';
import { fails, to } from '../support/world-subgraph.js';

let counter = 0;

/** Roots, mutations, conditions, variables and errors. */
export const OPERATIONS: Readonly<Record<string, CorpusGraph>> = {
  'the root type below a payload': {
    subgraphs: {
      writer: `type Query { version: Int } type Mutation { save(n: Int): Saved saveAll: [Saved] } type Saved { ok: Boolean query: Query }`,
      reader: `type Query { stats: Stats firm(id: ID!): Firm } type Stats { count: Int } type Firm @key(fields: "id") { id: ID! name: String }`,
      tax: `type Firm @key(fields: "id") { id: ID! due: Int }`,
    },
    world: {
      Query: { version: 7, stats: { count: 5 }, firm: to('Firm', 1) },
      Mutation: {
        save: (_: unknown, { n }: { n?: unknown }) => ({ ok: true, query: n === 0 ? null : {} }),
        saveAll: [{ ok: true, query: {} }, null, { ok: false, query: {} }],
      },
      Firm: { 1: { name: 'F', due: 3 } },
    },
    cases: {
      'is asked of the subgraph that has the field': {
        ask: 'mutation { save { ok query { stats { count } } } }',
        data: { save: { ok: true, query: { stats: { count: 5 } } } },
        fetches: ['reader: {stats{count}}', 'writer: mutation {a_save:save{ok query{__typename}}}'],
      },
      'is asked of both': {
        ask: 'mutation { save { query { version stats { count } } } }',
        data: { save: { query: { version: 7, stats: { count: 5 } } } },
        fetches: ['reader: {stats{count}}', 'writer: mutation {a_save:save{query{version}}}'],
      },
      'is asked once for all places in a list': {
        ask: 'mutation { saveAll { ok query { stats { count } } } }',
        data: {
          saveAll: [{ ok: true, query: { stats: { count: 5 } } }, null, { ok: false, query: { stats: { count: 5 } } }],
        },
        fetches: ['reader: {stats{count}}', 'writer: mutation {saveAll{ok query{__typename}}}'],
      },
      'is not asked where there is none': {
        ask: 'mutation { save(n: 0) { query { stats { count } } } }',
        data: { save: { query: null } },
        fetches: ['writer: mutation {a_save:save(n:0){query{__typename}}}'],
      },
      'leads on to entities': {
        ask: 'mutation ($id: ID!) { save { query { firm(id: $id) { name due } } } }',
        variables: { id: '1' },
        data: { save: { query: { firm: { name: 'F', due: 3 } } } },
        fetches: [
          'reader: {a_firm:firm(id:$v_id){name id}}',
          'tax: Firm{due} <- Firm(id:"1")',
          'writer: mutation {a_save:save{query{__typename}}}',
        ],
      },
      'is found again inside of itself': {
        ask: 'mutation { save { query { __typename version } } }',
        data: { save: { query: { __typename: 'Query', version: 7 } } },
        fetches: ['writer: mutation {a_save:save{query{__typename version}}}'],
      },
    },
  },
  'mutations of several subgraphs': {
    subgraphs: {
      a: `type Query { goods: [Good!]! good: Good! } type Mutation { add(name: String!): Good! multiply(by: Int!): Int! group(name: String!): Group @shareable } type Good @key(fields: "id") { id: ID! name: String! price: Float! }
        type Group @key(fields: "id") { id: ID! name: String! @shareable }`,
      b: `type Good @key(fields: "id") { id: ID! price: Float! @external dear: Boolean! @requires(fields: "price") left: Boolean! } type Mutation { take: Int! }`,
      c: `type Query { sum: Int } type Mutation { plus(n: Int!): Int! group(name: String!): Group @shareable } type Group @key(fields: "id") { id: ID! name: String! @shareable }`,
    },
    world: {
      Query: { goods: [to('Good', 1)], good: to('Good', 1), sum: 0 },
      Mutation: {
        add: to('Good', 1),
        plus: (_: unknown, { n }: { n?: unknown }) => (counter += Number(n)),
        multiply: (_: unknown, { by }: { by?: unknown }) => (counter *= Number(by)),
        take: () => {
          const taken = counter;
          counter = 0;
          return taken;
        },
        group: to('Group', 'g'),
      },
      Good: { 1: { name: 'N', price: 600, dear: ({ price }: { price?: number }) => price! > 100, left: true } },
      Group: { g: { name: 'G' } },
    },
    cases: {
      'bring fields of others along': {
        ask: 'mutation { add(name: "N") { name price dear left } }',
        data: { add: { name: 'N', price: 600, dear: true, left: true } },
        fetches: [
          'a: mutation {a_add:add(name:"N"){name price id}}',
          'b: Good{dear} <- Good(id:"1" price:600) + Good{left} <- Good(id:"1")',
        ],
      },
      'run in their order': {
        ask: 'mutation { five: plus(n: 5) ten: multiply(by: 2) twelve: plus(n: 2) all: take }',
        data: { five: 5, ten: 10, twelve: 12, all: 12 },
        fetches: [
          'a: mutation {a_ten:multiply(by:2)}',
          'b: mutation {a_all:take}',
          'c: mutation {a_five:plus(n:5)}',
          'c: mutation {a_twelve:plus(n:2)}',
        ],
      },
      'of one subgraph go there together': {
        ask: 'mutation { one: plus(n: 1) three: plus(n: 2) all: take }',
        data: { one: 1, three: 3, all: 3 },
        fetches: ['b: mutation {a_all:take}', 'c: mutation {a_one:plus(n:1) a_three:plus(n:2)}'],
      },
      'that two subgraphs share are made once': {
        ask: 'mutation { group(name: "G") { id name } }',
        data: { group: { id: 'g', name: 'G' } },
        fetches: ['a: mutation {a_group:group(name:"G"){id name}}'],
      },
      'leave queries as they are': {
        ask: '{ good { id name price dear left } }',
        data: { good: { id: '1', name: 'N', price: 600, dear: true, left: true } },
        fetches: ['a: {good{id name price}}', 'b: Good{dear} <- Good(id:"1" price:600) + Good{left} <- Good(id:"1")'],
      },
    },
  },
  conditions: {
    subgraphs: {
      a: `type Query { good: Good } type Good @key(fields: "id") { id: ID! price: Float! }`,
      b: `type Good @key(fields: "id") { id: ID! dear: Boolean! }`,
      c: `type Good @key(fields: "id") { id: ID! dear: Boolean! @external kept: Boolean! @requires(fields: "dear") asked: Int }`,
    },
    world: {
      Query: { good: to('Good', 1) },
      Good: { 1: { price: 9, dear: false, kept: ({ dear }: { dear?: boolean }) => dear === false, asked: 4 } },
    },
    cases: {
      'that leave a field out leave its subgraphs alone': {
        ask: 'query ($no: Boolean! = false) { good { price kept @include(if: $no) } }',
        data: { good: { price: 9 } },
        fetches: ['a: {good{price}}'],
      },
      'that take a field bring its inputs': {
        ask: 'query ($yes: Boolean! = true) { good { price kept @include(if: $yes) } }',
        data: { good: { price: 9, kept: true } },
        fetches: ['a: {good{price id}}', 'b: Good{dear} <- Good(id:"1")', 'c: Good{kept} <- Good(id:"1" dear:false)'],
      },
      'that skip a field leave its subgraphs alone': {
        ask: 'query ($yes: Boolean! = true) { good { price kept @skip(if: $yes) } }',
        data: { good: { price: 9 } },
        fetches: ['a: {good{price}}'],
      },
      'that do not skip a field bring its inputs': {
        ask: 'query ($no: Boolean! = false) { good { price kept @skip(if: $no) } }',
        data: { good: { price: 9, kept: true } },
        fetches: ['a: {good{price id}}', 'b: Good{dear} <- Good(id:"1")', 'c: Good{kept} <- Good(id:"1" dear:false)'],
      },
      'on fragments count for all inside': {
        ask: 'query ($no: Boolean! = false, $yes: Boolean! = true) { good { ... @skip(if: $no) { asked ... on Good @include(if: $yes) { dear } } ... @skip(if: $yes) { kept } } }',
        data: { good: { asked: 4, dear: false } },
        fetches: ['a: {good{id}}', 'b: Good{dear} <- Good(id:"1")', 'c: Good{asked} <- Good(id:"1")'],
      },
      'on a root field leave an empty answer': { ask: '{ good @skip(if: true) { id } }', data: {}, fetches: [] },
    },
  },
  'entities in lists and lists of lists': {
    subgraphs: {
      a: `type Query { rows: [[Cell!]]! pairs: [Pair] } type Pair { left: Cell right: Cell } type Cell @key(fields: "id") { id: ID! }`,
      b: `type Cell @key(fields: "id") { id: ID! text: String! near: [Cell] }`,
    },
    world: {
      Query: {
        rows: [[to('Cell', 1), to('Cell', 2)], null, [], [to('Cell', 1)]],
        pairs: [{ left: to('Cell', 1), right: to('Cell', 2) }, null, { left: null, right: to('Cell', 1) }],
      },
      Cell: { 1: { text: 'one', near: [to('Cell', 2), null] }, 2: { text: 'two', near: [] } },
    },
    cases: {
      'are asked for once each': {
        ask: '{ rows { text } }',
        data: { rows: [[{ text: 'one' }, { text: 'two' }], null, [], [{ text: 'one' }]] },
        fetches: ['a: {rows{id}}', 'b: Cell{text} <- Cell(id:"1") Cell(id:"2")'],
      },
      'at two places go in one request': {
        ask: '{ pairs { left { text } right { text } } }',
        data: {
          pairs: [{ left: { text: 'one' }, right: { text: 'two' } }, null, { left: null, right: { text: 'one' } }],
        },
        fetches: [
          'a: {pairs{left{id}right{id}}}',
          'b: Cell{text} <- Cell(id:"1") + Cell{text} <- Cell(id:"2") Cell(id:"1")',
        ],
      },
      'lead to others of their type': {
        ask: '{ pairs { left { near { id text } } } }',
        data: { pairs: [{ left: { near: [{ id: '2', text: 'two' }, null] } }, null, { left: null }] },
        fetches: ['a: {pairs{left{id}}}', 'b: Cell{near{id text}} <- Cell(id:"1")'],
      },
      'take aliases that look like keys': {
        ask: '{ pairs { left { id: text text: id } } }',
        data: { pairs: [{ left: { id: 'one', text: '1' } }, null, { left: null }] },
        fetches: ['a: {pairs{left{id a_text:id}}}', 'b: Cell{a_id:text} <- Cell(id:"1")'],
      },
    },
  },
  'arguments and variables': {
    subgraphs: {
      a: `type Query { firm(id: ID!): Firm } type Firm @key(fields: "id") { id: ID! name(upper: Boolean = false): String }`,
      b: `type Firm @key(fields: "id") { id: ID! reports(from: Int!, by: By): [Int] } input By { years: [Int!] deep: By }`,
    },
    world: {
      Query: { firm: to('Firm', 1) },
      Firm: {
        1: {
          name: (_: unknown, { upper }: { upper?: unknown }) => (upper === true ? 'FIRM' : 'firm'),
          reports: (_: unknown, { from, by }: { from?: unknown; by?: unknown }) => [
            Number(from),
            ...((by as { years?: number[] } | undefined)?.years ?? []),
          ],
        },
      },
    },
    cases: {
      'go to the subgraph that takes them': {
        ask: 'query ($id: ID!, $from: Int!, $by: By) { firm(id: $id) { name(upper: true) reports(from: $from, by: $by) } }',
        variables: { id: '1', from: 3, by: { years: [4, 5] } },
        data: { firm: { name: 'FIRM', reports: [3, 4, 5] } },
        fetches: [
          'a: {a_firm:firm(id:$v_id){a_name:name(upper:true)id}}',
          'b: Firm{a_reports:reports(from:$v_from by:$v_by)} <- Firm(id:"1")',
        ],
      },
      'of one field under two aliases stay apart': {
        ask: '{ firm(id: "1") { small: name large: name(upper: true) a: reports(from: 1) b: reports(from: 2) } }',
        data: { firm: { small: 'firm', large: 'FIRM', a: [1], b: [2] } },
        fetches: [
          'a: {a_firm:firm(id:"1"){a_small:name a_large:name(upper:true)id}}',
          'b: Firm{a_a:reports(from:1)a_b:reports(from:2)} <- Firm(id:"1")',
        ],
      },
      'have their defaults': {
        ask: 'query ($from: Int! = 8) { firm(id: "1") { reports(from: $from) } }',
        data: { firm: { reports: [8] } },
        fetches: ['a: {a_firm:firm(id:"1"){id}}', 'b: Firm{a_reports:reports(from:$v_from)} <- Firm(id:"1")'],
      },
      'may be inside of other values': {
        ask: 'query ($y: Int!) { firm(id: "1") { reports(from: 1, by: { years: [$y, 9] }) } }',
        variables: { y: 7 },
        data: { firm: { reports: [1, 7, 9] } },
        fetches: [
          'a: {a_firm:firm(id:"1"){id}}',
          'b: Firm{a_reports:reports(from:1 by:{years:[$v_y 9]})} <- Firm(id:"1")',
        ],
      },
    },
  },
  'errors of subgraphs': {
    subgraphs: {
      a: `type Query { firm: Firm firms: [Firm] } type Firm @key(fields: "id") { id: ID! name: String }`,
      b: `type Firm @key(fields: "id") { id: ID! seat: String broken: String must: String! }`,
      c: `type Firm @key(fields: "id") { id: ID! tax: Int }`,
    },
    world: {
      Query: { firm: to('Firm', 1), firms: [to('Firm', 1), to('Firm', 2), { id: 'unknown', name: 'U' }] },
      Firm: {
        1: { name: 'A', seat: 'S', broken: fails, must: fails, tax: 1 },
        2: { name: 'B', seat: 'T', broken: 'b', must: 'm', tax: fails },
      },
    },
    cases: {
      'stand at their fields, and take nothing else along': {
        ask: '{ firm { name seat broken tax } }',
        data: { firm: { name: 'A', seat: 'S', broken: null, tax: 1 } },
        errors: ['SUBGRAPH_ERROR@firm.broken'],
        fetches: ['a: {firm{name id}}', 'b: Firm{seat broken} <- Firm(id:"1")', 'c: Firm{tax} <- Firm(id:"1")'],
      },
      'stand at their objects of a list': {
        ask: '{ firms { name tax broken } }',
        data: {
          firms: [
            { name: 'A', tax: 1, broken: null },
            { name: 'B', tax: null, broken: 'b' },
            { name: 'U', tax: null, broken: null },
          ],
        },
        errors: ['SUBGRAPH_ERROR@firms.0.broken', 'SUBGRAPH_ERROR@firms.1.tax'],
        fetches: [
          'a: {firms{name id}}',
          'b: Firm{broken} <- Firm(id:"1") Firm(id:"2") Firm(id:"unknown")',
          'c: Firm{tax} <- Firm(id:"1") Firm(id:"2") Firm(id:"unknown")',
        ],
      },
      'of a field that must be there take the object': {
        ask: '{ firm { name must } }',
        data: { firm: null },
        errors: ['SUBGRAPH_ERROR@firm.must'],
        fetches: ['a: {firm{name id}}', 'b: Firm{must} <- Firm(id:"1")'],
      },
    },
  },
  'a directive for operations that subgraphs compose': {
    subgraphs: {
      a: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.1", import: ["@key", "@composeDirective"]) @link(url: "https://example.test/access/v1.0", import: ["@access"]) @composeDirective(name: "@access") directive @access(scope: Scope!) on FIELD enum Scope { PUBLIC PRIVATE } type Query { a: String }`,
      b: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.1", import: ["@key", "@composeDirective"]) @link(url: "https://example.test/access/v1.0", import: ["@access"]) @composeDirective(name: "@access") directive @access(scope: Scope! = PUBLIC) on FIELD enum Scope { PUBLIC PRIVATE } type Query { b: String }`,
    },
    world: { Query: { a: 'A', b: 'B' } },
    cases: {
      'has the default that one of them gives, and stays in the hub': {
        ask: '{ a @access b @access(scope: PRIVATE) }',
        data: { a: 'A', b: 'B' },
        fetches: ['a: {a}', 'b: {b}'],
      },
    },
  },
  'inline and named fragments': {
    subgraphs: {
      a: `type Query { me: Person } interface Named { name: String } type Person implements Named @key(fields: "id") { id: ID! name: String friend: Person }`,
      b: `type Person @key(fields: "id") { id: ID! age: Int }`,
    },
    world: {
      Query: { me: to('Person', 1) },
      Person: { 1: { name: 'A', friend: to('Person', 2), age: 30 }, 2: { name: 'B', friend: null, age: 40 } },
    },
    cases: {
      'are merged': {
        ask: '{ me { ...A ... { age } ... on Named { name } } } fragment A on Person { friend { name ...B } name } fragment B on Person { age }',
        data: { me: { friend: { name: 'B', age: 40 }, name: 'A', age: 30 } },
        fetches: [
          'a: {me{friend{name id}name id}}',
          'b: Person{age} <- Person(id:"2") + Person{age} <- Person(id:"1")',
        ],
      },
      'merge what stands below one name': {
        ask: '{ me { friend { name } ... on Person { friend { age } } } }',
        data: { me: { friend: { name: 'B', age: 40 } } },
        fetches: ['a: {me{friend{name id}}}', 'b: Person{age} <- Person(id:"2")'],
      },
      'go several objects deep': {
        ask: '{ me { age friend { age friend { age } } } }',
        data: { me: { age: 30, friend: { age: 40, friend: null } } },
        fetches: [
          'a: {me{id friend{id friend{id}}}}',
          'b: Person{age} <- Person(id:"1") + Person{age} <- Person(id:"2")',
        ],
      },
    },
  },
  'mutations that give an entity, alone, in a union and in a payload': {
    subgraphs: {
      desk: `type Query { x: Int } type Mutation { file: Result one: Case two: Payload } union Result = Case | Refusal
        type Refusal { why: String } type Case @key(fields: "id") { id: ID! fee: Int } type Payload { case: Case ok: Boolean }`,
      tax: `type Mutation { pay: Case }
        type Case @key(fields: "id") { id: ID! fee: Int @external due: Int @requires(fields: "fee") }`,
    },
    world: {
      Query: { x: 1 },
      Mutation: { file: to('Case', 1), one: to('Case', 1), two: { case: to('Case', 1), ok: true }, pay: to('Case', 1) },
      Case: { 1: { fee: 3, due: ({ fee }: { fee?: number }) => (fee ?? -50) * 10 } },
      Refusal: {},
    },
    cases: {
      'are computed on from the union': {
        ask: 'mutation { file { __typename ... on Case { due } ... on Refusal { why } } }',
        data: { file: { __typename: 'Case', due: 30 } },
        fetches: [
          'desk: mutation {file{__typename ...on Case{id fee}...on Refusal{why}}}',
          'tax: Case{due} <- Case(id:"1" fee:3)',
        ],
      },
      'are computed on each by itself': {
        ask: 'mutation { a: one { due } pay { fee due } b: two { ok case { due } } }',
        data: { a: { due: 30 }, pay: { fee: 3, due: 30 }, b: { ok: true, case: { due: 30 } } },
        fetches: [
          'desk: Case{fee} <- Case(id:"1")',
          'desk: mutation {a_a:one{id fee}}',
          'desk: mutation {a_b:two{ok case{id fee}}}',
          'tax: Case{due} <- Case(id:"1" fee:3)',
          'tax: Case{due} <- Case(id:"1" fee:3)',
          'tax: Case{due} <- Case(id:"1" fee:3)',
          'tax: mutation {pay{id}}',
        ],
      },
    },
  },
};
