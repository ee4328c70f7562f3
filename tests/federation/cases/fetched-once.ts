import type { CorpusGraph } from '../support/corpus.js';
import { fails, to } from '../support/world-subgraph.js';

/** Leaves that are asked for and are also inputs or keys, where several subgraphs give them. */
export const FETCHED_ONCE: Readonly<Record<string, CorpusGraph>> = {
  'an input that two subgraphs give': {
    subgraphs: {
      desk: `type Query { cases: [[Case]] } type Case @key(fields: "id", resolvable: false) { id: ID! }`,
      court: `type Case @key(fields: "id") { id: ID! fee: Int @shareable judge: String room: String }`,
      archive: `type Case @key(fields: "id") { id: ID! fee: Int @shareable shelf: String }`,
      tax: `type Case @key(fields: "id") { id: ID! fee: Int @external due: String @requires(fields: "fee") }`,
    },
    world: {
      Query: { cases: [[to('Case', 1)]] },
      Case: { 1: { fee: 7, judge: 'J', shelf: 'S', room: 'R', due: ({ fee }: { fee?: number }) => `due ${fee}` } },
    },
    cases: {
      'is taken from one of them where it is asked for as well': {
        ask: '{ cases { due judge shelf room fee } }',
        data: { cases: [[{ due: 'due 7', judge: 'J', shelf: 'S', room: 'R', fee: 7 }]] },
        fetches: [
          'archive: Case{fee shelf} <- Case(id:"1")',
          'court: Case{judge room} <- Case(id:"1")',
          'desk: {cases{id}}',
          'tax: Case{due} <- Case(id:"1" fee:7)',
        ],
      },
    },
  },
  'an input below an object that two subgraphs give': {
    subgraphs: {
      entry: `type Query { firm: Firm } type Firm @key(fields: "id", resolvable: false) { id: ID! owner: Person @shareable }
        type Person @key(fields: "id") { id: ID! name: String @shareable age: Int @external home: Firm @requires(fields: "age") }`,
      register: `type Firm @key(fields: "id") { id: ID! owner: Person @shareable seat: String }
        type Person @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
      credit: `type Firm @key(fields: "id") { id: ID! owner: Person @external score: String @requires(fields: "owner { name }") }
        type Person @key(fields: "id") { id: ID! name: String @external rank: String @requires(fields: "name") }`,
    },
    world: {
      Query: { firm: to('Firm', 1) },
      Firm: {
        1: {
          owner: to('Person', 1),
          seat: 'H',
          score: ({ owner }: { owner?: { name?: string } }) => `score of ${owner?.name}`,
        },
      },
      Person: {
        1: { name: 'Li', age: 40, home: to('Firm', 1), rank: ({ name }: { name?: string }) => `rank of ${name}` },
      },
    },
    cases: {
      'is not asked of the second one again': {
        ask: '{ firm { seat owner { home { id } rank } score } }',
        data: { firm: { seat: 'H', owner: { home: { id: '1' }, rank: 'rank of Li' }, score: 'score of Li' } },
        fetches: [
          'credit: Firm{score} <- Firm(id:"1" owner:{name:"Li"})',
          'credit: Person{rank} <- Person(id:"1" name:"Li")',
          'entry: Person{home{id}} <- Person(id:"1" age:40)',
          'entry: {firm{id owner{name}}}',
          'register: Firm{seat owner{id age}} <- Firm(id:"1")',
        ],
      },
    },
  },
  'a key that two subgraphs give': {
    subgraphs: {
      desk: `type Query { file: File } type File @key(fields: "id", resolvable: false) { id: ID! }`,
      court: `type File @key(fields: "id") { id: ID! party: Person @shareable }
        type Person @key(fields: "id", resolvable: false) { id: ID! fines: Int }`,
      land: `type File @key(fields: "id") { id: ID! party: Person @shareable }
        type Person @key(fields: "id", resolvable: false) { id: ID! plots: Int }`,
      tax: `type Person @key(fields: "id") { id: ID! fines: Int @external plots: Int @external
        debt: Int @requires(fields: "fines") wealth: Int @requires(fields: "plots") }`,
    },
    world: {
      Query: { file: to('File', 1) },
      File: { 1: { party: to('Person', 2) } },
      Person: {
        2: {
          fines: fails,
          plots: 3,
          debt: ({ fines }: { fines?: number }) => fines,
          wealth: ({ plots }: { plots?: number }) => plots! * 10,
        },
      },
    },
    cases: {
      'is taken from both, so that each is followed when the other fails': {
        ask: '{ file { party { debt wealth } } }',
        data: { file: { party: { debt: null, wealth: 30 } } },
        errors: ['SUBGRAPH_ERROR@file.party.debt'],
        fetches: [
          'court: File{party{id fines}} <- File(id:"1")',
          'desk: {file{id}}',
          'land: File{party{id plots}} <- File(id:"1")',
          'tax: Person{wealth} <- Person(id:"2" plots:3)',
        ],
      },
    },
  },
};
