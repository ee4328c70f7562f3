import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

/** `@interfaceObject`: fields that a subgraph adds to every type of an interface. */
export const INTERFACE_OBJECTS: Readonly<Record<string, CorpusGraph>> = {
  'an interface with a field that another subgraph adds': {
    subgraphs: {
      registry: `type Query { parties: [Party!]! }
        interface Party @key(fields: "id") { id: ID! name: String }
        type Firm implements Party @key(fields: "id") { id: ID! name: String staff: Int }
        interface Account @key(fields: "id") { id: ID! }
        type Treasury implements Account @key(fields: "id") { id: ID! open: Boolean! @shareable }
        type Branch implements Account @key(fields: "id") { id: ID! }`,
      tax: `type Query { debtors: [Party] accounts: [Account] @shareable }
        type Account @key(fields: "id") @interfaceObject { id: ID! label: String! }
        type Party @key(fields: "id") @interfaceObject { id: ID! taxNumber: String }`,
      bank: `type Account @key(fields: "id") @interfaceObject { id: ID! open: Boolean! @shareable }`,
    },
    world: {
      Query: {
        parties: [to('Firm', 1), to('Firm', 2)],
        debtors: [to('Firm', 1), to('Firm', 2)],
        accounts: [to('Treasury', 7), to('Branch', 8)],
      },
      Firm: { 1: { name: 'A', staff: 11, taxNumber: 'T1' }, 2: { name: 'B', staff: 22, taxNumber: 'T2' } },
      Treasury: { 7: { open: true, label: 'main' } },
      Branch: { 8: { open: false, label: 'side' } },
    },
    cases: {
      'asks the defining subgraph for what the interface object lacks': {
        ask: '{ debtors { id name taxNumber } }',
        data: {
          debtors: [
            { id: '1', name: 'A', taxNumber: 'T1' },
            { id: '2', name: 'B', taxNumber: 'T2' },
          ],
        },
        fetches: ['registry: Party{name} <- Party(id:"1") Party(id:"2")', 'tax: {debtors{id taxNumber}}'],
      },
      'asks the interface object for what the interface lacks': {
        ask: '{ parties { id name taxNumber } }',
        data: {
          parties: [
            { id: '1', name: 'A', taxNumber: 'T1' },
            { id: '2', name: 'B', taxNumber: 'T2' },
          ],
        },
        fetches: [
          'registry: {parties{__typename id name ...on Firm{id}}}',
          'tax: Party{taxNumber} <- Party(id:"1") Party(id:"2")',
        ],
      },
      'finds the type out where a fragment needs it': {
        ask: '{ debtors { ... on Firm { staff } } }',
        data: { debtors: [{ staff: 11 }, { staff: 22 }] },
        fetches: ['registry: Party{__typename Firm{staff}} <- Party(id:"1") Party(id:"2")', 'tax: {debtors{id}}'],
      },
      'knows the type where the interface is defined': {
        ask: '{ parties { ... on Firm { staff } } }',
        data: { parties: [{ staff: 11 }, { staff: 22 }] },
        fetches: ['registry: {parties{__typename ...on Firm{staff}}}'],
      },
      'asks one subgraph for a leaf that a fragment repeats and another one has too': {
        ask: '{ accounts { open ... on Treasury { open } } }',
        data: { accounts: [{ open: true }, { open: false }] },
        fetches: [
          'bank: Account{open} <- Account(id:"7") Account(id:"8")',
          'registry: Account{__typename} <- Account(id:"7") Account(id:"8")',
          'tax: {accounts{id}}',
        ],
      },
      'asks once for a leaf that a fragment repeats': {
        ask: '{ debtors { taxNumber ... on Firm { taxNumber } } }',
        data: { debtors: [{ taxNumber: 'T1' }, { taxNumber: 'T2' }] },
        fetches: ['registry: Party{__typename} <- Party(id:"1") Party(id:"2")', 'tax: {debtors{taxNumber id}}'],
      },
      'merges a fragment with fields beside it, from the interface object': {
        ask: '{ debtors { ... on Firm { staff id name taxNumber } id name } }',
        data: {
          debtors: [
            { staff: 11, id: '1', name: 'A', taxNumber: 'T1' },
            { staff: 22, id: '2', name: 'B', taxNumber: 'T2' },
          ],
        },
        fetches: [
          'registry: Party{__typename name Firm{staff}} <- Party(id:"1") Party(id:"2")',
          'tax: {debtors{id taxNumber}}',
        ],
      },
      'merges a fragment with fields beside it, from the interface': {
        ask: '{ parties { ... on Firm { staff id name taxNumber } id name } }',
        data: {
          parties: [
            { staff: 11, id: '1', name: 'A', taxNumber: 'T1' },
            { staff: 22, id: '2', name: 'B', taxNumber: 'T2' },
          ],
        },
        fetches: [
          'registry: {parties{__typename id name ...on Firm{staff id name}}}',
          'tax: Party{taxNumber} <- Party(id:"1") Party(id:"2")',
        ],
      },
      'answers its own field without another subgraph': {
        ask: '{ accounts { label } }',
        data: { accounts: [{ label: 'main' }, { label: 'side' }] },
        fetches: ['tax: {accounts{label}}'],
      },
      'answers its own field below a fragment for objects of that type only': {
        ask: '{ accounts { ... on Treasury { label } } }',
        data: { accounts: [{ label: 'main' }, {}] },
        fetches: [
          'registry: Account{__typename} <- Account(id:"7") Account(id:"8")',
          'tax: Account{label} <- Account(id:"7")',
          'tax: {accounts{id}}',
        ],
      },
      'finds __typename out': {
        ask: '{ accounts { label __typename } }',
        data: {
          accounts: [
            { label: 'main', __typename: 'Treasury' },
            { label: 'side', __typename: 'Branch' },
          ],
        },
        fetches: ['registry: Account{__typename} <- Account(id:"7") Account(id:"8")', 'tax: {accounts{label id}}'],
      },
      'finds __typename out below a fragment': {
        ask: '{ accounts { ... on Treasury { __typename } } }',
        data: { accounts: [{ __typename: 'Treasury' }, {}] },
        fetches: ['registry: Account{__typename} <- Account(id:"7") Account(id:"8")', 'tax: {accounts{id}}'],
      },
      'goes from one interface object to another without the types': {
        ask: '{ accounts { id open } }',
        data: {
          accounts: [
            { id: '7', open: true },
            { id: '8', open: false },
          ],
        },
        fetches: ['bank: Account{open} <- Account(id:"7") Account(id:"8")', 'tax: {accounts{id}}'],
      },
      'takes a shared field of one type where the type was found out': {
        ask: '{ accounts { id ... on Treasury { open } } }',
        data: { accounts: [{ id: '7', open: true }, { id: '8' }] },
        fetches: [
          'registry: Account{__typename Treasury{open}} <- Account(id:"7") Account(id:"8")',
          'tax: {accounts{id}}',
        ],
      },
    },
  },
  'an interface object with an input': {
    subgraphs: {
      registry: `type Query { parties: [Party!]! } interface Party @key(fields: "id") { id: ID! name: String }
        type Firm implements Party @key(fields: "id") { id: ID! name: String staff: Int }`,
      seals: `type Query { signers: [Party] }
        type Party @key(fields: "id") @interfaceObject { id: ID! name: String @external seal: String @requires(fields: "name") }`,
    },
    world: {
      Query: { parties: [to('Firm', 1)], signers: [to('Firm', 1)] },
      Firm: { 1: { name: 'A', staff: 11, seal: ({ name }: { name?: string }) => `seal of ${name}` } },
    },
    cases: {
      'is fetched before the field, from the interface object': {
        ask: '{ signers { id name seal } }',
        data: { signers: [{ id: '1', name: 'A', seal: 'seal of A' }] },
        fetches: [
          'registry: Party{name} <- Party(id:"1")',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
          'seals: {signers{id}}',
        ],
      },
      'is fetched with the object, from the interface': {
        ask: '{ parties { id name seal } }',
        data: { parties: [{ id: '1', name: 'A', seal: 'seal of A' }] },
        fetches: [
          'registry: {parties{__typename id name ...on Firm{id name}}}',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
        ],
      },
      'is fetched though nobody asked for it': {
        ask: '{ signers { seal } parties { seal } }',
        data: { signers: [{ seal: 'seal of A' }], parties: [{ seal: 'seal of A' }] },
        fetches: [
          'registry: Party{name} <- Party(id:"1")',
          'registry: {parties{__typename ...on Firm{id name}}}',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
          'seals: {signers{id}}',
        ],
      },
      'is fetched below a fragment': {
        ask: '{ signers { ... on Firm { staff seal } id } }',
        data: { signers: [{ staff: 11, seal: 'seal of A', id: '1' }] },
        fetches: [
          'registry: Party{__typename name Firm{staff}} <- Party(id:"1")',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
          'seals: {signers{id}}',
        ],
      },
      'is not fetched for a fragment that does not need it': {
        ask: '{ signers { ... on Firm { staff } } }',
        data: { signers: [{ staff: 11 }] },
        fetches: ['registry: Party{__typename Firm{staff}} <- Party(id:"1")', 'seals: {signers{id}}'],
      },
      'is not fetched for such a fragment from the interface': {
        ask: '{ parties { ... on Firm { staff } } }',
        data: { parties: [{ staff: 11 }] },
        fetches: ['registry: {parties{__typename ...on Firm{staff}}}'],
      },
      'is fetched below a fragment with the same fields beside it': {
        ask: '{ signers { ... on Firm { staff id name seal } id name } }',
        data: { signers: [{ staff: 11, id: '1', name: 'A', seal: 'seal of A' }] },
        fetches: [
          'registry: Party{__typename name Firm{staff}} <- Party(id:"1")',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
          'seals: {signers{id}}',
        ],
      },
      'is fetched below a fragment with the same fields beside it, from the interface': {
        ask: '{ parties { ... on Firm { staff id name seal } id name } }',
        data: { parties: [{ staff: 11, id: '1', name: 'A', seal: 'seal of A' }] },
        fetches: [
          'registry: {parties{__typename id name ...on Firm{staff id name}}}',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
        ],
      },
      'is fetched below a fragment from the interface': {
        ask: '{ parties { ... on Firm { staff seal } id } }',
        data: { parties: [{ staff: 11, seal: 'seal of A', id: '1' }] },
        fetches: [
          'registry: {parties{__typename id ...on Firm{staff id name}}}',
          'seals: Party{seal} <- Party(id:"1" name:"A")',
        ],
      },
    },
  },
  'a type whose interface another subgraph has as an object': {
    subgraphs: {
      media: `type Query { media: Media } interface Media @key(fields: "id") { id: ID! title: String }
        type Video implements Media @key(fields: "id") { id: ID! title: String length: Int }
        type Paper implements Media @key(fields: "id") { id: ID! title: String words: Int }`,
      people: `type Query { editor: Editor } type Editor @key(fields: "id") { id: ID! name: String }
        extend type Video @key(fields: "id") { id: ID! director: String }`,
      lists: `type Query { list: Playlist } type Playlist @key(fields: "id") { id: ID! name: String media: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! }`,
    },
    world: {
      Query: { media: to('Video', 1), editor: to('Editor', 1), list: to('Playlist', 1) },
      Video: { 1: { title: 'V', length: 100, director: 'D' } },
      Paper: {},
      Editor: { 1: { name: 'E' } },
      Playlist: { 1: { name: 'L', media: to('Video', 1) } },
    },
    cases: {
      'is extended by a third, beside the interface object': {
        ask: `{ media { id title ... on Video { length director } ... on Paper { words } } editor { id name }
                list { id name media { id ... on Video { length } } } }`,
        data: {
          media: { id: '1', title: 'V', length: 100, director: 'D' },
          editor: { id: '1', name: 'E' },
          list: { id: '1', name: 'L', media: { id: '1', length: 100 } },
        },
        fetches: [
          'lists: {list{id name media{id}}}',
          'media: Media{__typename Video{length}} <- Media(id:"1")',
          'media: {media{__typename id title ...on Video{length id}...on Paper{words}}}',
          'people: Video{director} <- Video(id:"1")',
          'people: {editor{id name}}',
        ],
      },
      'is reached over the interface object for the field of the third': {
        ask: '{ list { media { ... on Video { director } } } }',
        data: { list: { media: { director: 'D' } } },
        fetches: [
          'lists: {list{media{id}}}',
          'media: Media{__typename} <- Media(id:"1")',
          'people: Video{director} <- Video(id:"1")',
        ],
      },
    },
  },
  'an interface object that cannot be resolved': {
    subgraphs: {
      a: `type Query { item: Node goods: Goods! } interface Node @key(fields: "id") { id: ID! }
        type Goods @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      b: `type Query { entry: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! note: String }
        interface Goods @key(fields: "id") { id: ID! } type Grain implements Goods @key(fields: "id") { id: ID! name: String! }`,
    },
    world: {
      Query: { item: { __typename: 'Node', id: '1' }, entry: { id: '1', note: 'n' }, goods: to('Grain', 5) },
      Grain: { 5: { name: 'wheat' } },
    },
    cases: {
      'answers what it has itself': {
        ask: '{ entry { id note } }',
        data: { entry: { id: '1', note: 'n' } },
        fetches: ['b: {entry{id note}}'],
      },
      'is an error where its own subgraph has no type of it': {
        ask: '{ item { id } }',
        data: { item: null },
        errors: ['SUBGRAPH_ERROR@item'],
        fetches: ['a: {item{id}}'],
      },
      'is asked for its key alone where it is one': {
        ask: '{ entry { id } }',
        data: { entry: { id: '1' } },
        fetches: ['b: {entry{id}}'],
      },
      'is refused where nobody can find its type': {
        ask: '{ item { note } }',
        data: null,
        errors: ['FIELD_UNREACHABLE'],
        fetches: [],
      },
      'has no fields of its types without a fragment': {
        ask: '{ goods { id name } }',
        data: null,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        fetches: [],
      },
      'is left for its type alone': {
        ask: '{ goods { ... on Grain { id } } }',
        data: { goods: { id: '5' } },
        fetches: ['a: {goods{id}}', 'b: Goods{__typename} <- Goods(id:"5")'],
      },
      'is left where a fragment needs its type': {
        ask: '{ goods { id ... on Grain { name } } }',
        data: { goods: { id: '5', name: 'wheat' } },
        fetches: ['a: {goods{id}}', 'b: Goods{__typename Grain{name}} <- Goods(id:"5")'],
      },
      'is asked for its key alone without its type': {
        ask: '{ goods { id } }',
        data: { goods: { id: '5' } },
        fetches: ['a: {goods{id}}'],
      },
    },
  },
  'an interface object with an input, asked for again in a fragment': {
    subgraphs: {
      a: `interface Party @key(fields: "id") { id: ID! name: String } type Person implements Party @key(fields: "id") { id: ID! name: String age: Int }
        type Group implements Party @key(fields: "id") { id: ID! name: String }`,
      b: `type Query { party: Party } type Party @key(fields: "id") @interfaceObject { id: ID! }`,
      c: `type Party @key(fields: "id") @interfaceObject { id: ID! name: String @external letter: String @requires(fields: "name") }`,
    },
    world: {
      Query: { party: to('Person', 1) },
      Person: { 1: { name: 'Wang', age: 40, letter: ({ name }: { name?: string }) => `to ${name}` } },
      Group: {},
    },
    cases: {
      'is computed once, and its input is sent once': {
        ask: '{ party { letter ... on Person { letter age } } }',
        data: { party: { letter: 'to Wang', age: 40 } },
        fetches: [
          'b: {party{id}}',
          'a: Party{__typename name Person{age}} <- Party(id:"1")',
          'c: Party{letter} <- Party(id:"1" name:"Wang")',
        ],
      },
    },
  },
  'an interface object of which a path provides a field': {
    subgraphs: {
      home: `interface Unit @key(fields: "id") { id: ID! title: String }
        type School implements Unit @key(fields: "id") { id: ID! title: String pupils: Int }
        type Clinic implements Unit @key(fields: "id") { id: ID! title: String }`,
      map: `type Query { spot: Spot } type Spot { unit: Unit @provides(fields: "title") }
        type Unit @key(fields: "id") @interfaceObject { id: ID! title: String @external place: String }`,
    },
    world: {
      Query: { spot: { unit: to('School', 1) } },
      School: { 1: { title: 'T', place: 'P', pupils: 9 } },
      Clinic: {},
    },
    cases: {
      'gives it on that path without another subgraph': {
        ask: '{ spot { unit { title place } } }',
        data: { spot: { unit: { title: 'T', place: 'P' } } },
        fetches: ['map: {spot{unit{title place}}}'],
      },
      'gives it beside a fragment that needs the type': {
        ask: '{ spot { unit { title ... on School { pupils title } } } }',
        data: { spot: { unit: { title: 'T', pupils: 9 } } },
        fetches: ['home: Unit{__typename School{pupils}} <- Unit(id:"1")', 'map: {spot{unit{title id}}}'],
      },
    },
  },
  'an interface object with an input of an entity that a fourth subgraph has': {
    subgraphs: {
      box: `type Query { box: Box } type Box { inside: Thing } interface Thing @key(fields: "id") { id: ID! }
        type Cup implements Thing @key(fields: "id") { id: ID! } type Pot implements Thing @key(fields: "id") { id: ID! }`,
      owners: `interface Thing @key(fields: "id") { id: ID! owner: Owner }
        type Cup implements Thing @key(fields: "id") { id: ID! owner: Owner }
        type Pot implements Thing @key(fields: "id") { id: ID! owner: Owner } type Owner @key(fields: "id") { id: ID! things: [Thing] }`,
      tax: `type Thing @key(fields: "id") @interfaceObject { id: ID! worth: Int owner: Owner @external
          tax: Int @requires(fields: "owner { rate }") } type Owner @key(fields: "id") { id: ID! rate: Int @external }`,
      rates: `type Owner @key(fields: "id") { id: ID! rate: Int }`,
    },
    world: {
      Query: { box: { inside: to('Pot', 1) } },
      Cup: { 2: { owner: to('Owner', 1), worth: 20 } },
      Pot: {
        1: {
          owner: to('Owner', 1),
          worth: 10,
          tax: ({ owner }: { owner?: { rate?: number } }) => (owner?.rate ?? -100) * 2,
        },
      },
      Owner: { 1: { things: [to('Cup', 2), to('Pot', 1)], rate: 3 } },
    },
    cases: {
      'is computed from it': {
        ask: '{ box { inside { tax } } }',
        data: { box: { inside: { tax: 6 } } },
        fetches: [
          'box: {box{inside{__typename ...on Cup{id}...on Pot{id}}}}',
          'owners: Cup{owner{id}}Pot{owner{id}} <- Pot(id:"1")',
          'rates: Owner{rate} <- Owner(id:"1")',
          'tax: Thing{tax} <- Thing(id:"1" owner:{rate:3})',
        ],
      },
      'is reached again below that entity': {
        ask: '{ box { inside { worth owner { things { worth ... on Cup { owner { rate } } } } } } }',
        data: {
          box: { inside: { worth: 10, owner: { things: [{ worth: 20, owner: { rate: 3 } }, { worth: 10 }] } } },
        },
        fetches: [
          'box: {box{inside{__typename ...on Cup{id}...on Pot{id}}}}',
          'owners: Cup{owner{things{__typename Cup{owner{id}id}Pot{id}}}}Pot{owner{things{__typename Cup{owner{id}id}Pot{id}}}} <- Pot(id:"1")',
          'rates: Owner{rate} <- Owner(id:"1")',
          'tax: Thing{worth} <- Thing(id:"1")',
          'tax: Thing{worth} <- Thing(id:"2") Thing(id:"1")',
        ],
      },
    },
  },
};
