import type { CorpusGraph } from '../support/corpus.js';
import { to } from '../support/world-subgraph.js';

/** `@provides`: fields of another subgraph that a path brings along. */
export const PROVIDES: Readonly<Record<string, CorpusGraph>> = {
  'a path that provides one member of a union': {
    subgraphs: {
      a: `type Query { media: [Media] @shareable } union Media = Book | Film type Book @key(fields: "id") { id: ID! } type Film @key(fields: "id") { id: ID! }`,
      b: `type Query { media: [Media] @shareable @provides(fields: "... on Book { title }") } union Media = Book | Film
        type Book @key(fields: "id") { id: ID! title: String @external } type Film @key(fields: "id") { id: ID! }`,
      c: `type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @key(fields: "id") { id: ID! title: String @shareable }`,
    },
    world: {
      Query: { media: [to('Book', 1), to('Film', 2)] },
      Book: { 1: { title: 'B' } },
      Film: { 2: { title: 'F' } },
    },
    cases: {
      'is the only one asked for that member': {
        ask: '{ media { ... on Book { id title } ... on Film { id } } }',
        data: { media: [{ id: '1', title: 'B' }, { id: '2' }] },
        fetches: ['b: {media{__typename ...on Book{id title}...on Film{id}}}'],
      },
      'is joined for the other member only': {
        ask: '{ media { ... on Book { id title } ... on Film { id title } } }',
        data: {
          media: [
            { id: '1', title: 'B' },
            { id: '2', title: 'F' },
          ],
        },
        fetches: ['b: {media{__typename ...on Book{id title}...on Film{id}}}', 'c: Film{title} <- Film(id:"2")'],
      },
    },
  },
  'a path that provides a field of an interface': {
    subgraphs: {
      a: `type Query { media: [Media] @provides(fields: "title") more: [Media] } interface Media { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String @external } type Film implements Media @key(fields: "id") { id: ID! title: String @external }`,
      b: `type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @key(fields: "id") { id: ID! title: String @shareable }`,
    },
    world: {
      Query: { media: [to('Book', 1), to('Film', 2)], more: [to('Book', 1)] },
      Book: { 1: { title: 'B' } },
      Film: { 2: { title: 'F' } },
    },
    cases: {
      'is the only one asked, whatever the type': {
        ask: '{ media { title } }',
        data: { media: [{ title: 'B' }, { title: 'F' }] },
        fetches: ['a: {media{title}}'],
      },
      'is joined on another path': {
        ask: '{ more { title } }',
        data: { more: [{ title: 'B' }] },
        fetches: ['a: {more{__typename ...on Book{id}...on Film{id}}}', 'b: Book{title}Film{title} <- Book(id:"1")'],
      },
    },
  },
  'a path that provides below an interface': {
    subgraphs: {
      a: `type Query { media: Media @shareable book: Book @provides(fields: "animals { ... on Dog { name } }") } interface Media { id: ID! } interface Animal { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable }
        type Dog implements Animal @key(fields: "id") { id: ID! @external name: String @external } type Cat implements Animal @key(fields: "id") { id: ID! @external }`,
      b: `type Query { media: Media @shareable @provides(fields: "animals { id name }") } interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
        type Book implements Media { id: ID! @shareable animals: [Animal] @external } type Dog implements Animal { id: ID! @external name: String @external } type Cat implements Animal { id: ID! @external name: String @external }`,
      c: `interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String } type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable }
        type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int } type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
    },
    world: {
      Query: { media: to('Book', 1), book: to('Book', 1) },
      Book: { 1: { animals: [to('Dog', 'd'), to('Cat', 'c')] } },
      Dog: { d: { name: 'Rex', age: 5 } },
      Cat: { c: { name: 'Mia', age: 6 } },
    },
    cases: {
      'answers all of it in one request': {
        ask: '{ media { id animals { id name } } }',
        data: {
          media: {
            id: '1',
            animals: [
              { id: 'd', name: 'Rex' },
              { id: 'c', name: 'Mia' },
            ],
          },
        },
        fetches: ['b: {media{id animals{id name}}}'],
      },
      'is left where a type has more': {
        ask: '{ media { id animals { id name ... on Cat { age } } } }',
        data: {
          media: {
            id: '1',
            animals: [
              { id: 'd', name: 'Rex' },
              { id: 'c', name: 'Mia', age: 6 },
            ],
          },
        },
        fetches: [
          'a: {media{__typename id ...on Book{id}}}',
          'c: Book{animals{__typename id name Cat{age}}} <- Book(id:"1")',
        ],
      },
      'answers one type, and the others come from elsewhere': {
        ask: '{ book { animals { ... on Dog { name } ... on Cat { name } } } }',
        data: { book: { animals: [{ name: 'Rex' }, { name: 'Mia' }] } },
        fetches: ['a: {book{id}}', 'c: Book{animals{__typename Dog{name}Cat{name}}} <- Book(id:"1")'],
      },
    },
  },
  'a path that provides several levels': {
    subgraphs: {
      all: `type Query { goods: [Good] @shareable } type Good @key(fields: "id") { id: ID! }`,
      groups: `type Query { goods: [Good] @shareable @provides(fields: "groups { id name below { id name } }") } type Good @key(fields: "id") { id: ID! groups: [Group] @external }
        type Group @key(fields: "id") { id: ID! name: String @external below: [Group] @external }`,
      below: `type Query { goods: [Good] @shareable } type Good @key(fields: "id") { id: ID! groups: [Group] @shareable } type Group @key(fields: "id") { id: ID! name: String @shareable below: [Group] @shareable }`,
    },
    world: {
      Query: { goods: [to('Good', 1)] },
      Good: { 1: { groups: [to('Group', 'g1'), to('Group', 'g2')] } },
      Group: { g1: { name: 'G1', below: [to('Group', 'g2')] }, g2: { name: 'G2', below: [] } },
    },
    cases: {
      'answers the first level': {
        ask: '{ goods { id groups { id name } } }',
        data: {
          goods: [
            {
              id: '1',
              groups: [
                { id: 'g1', name: 'G1' },
                { id: 'g2', name: 'G2' },
              ],
            },
          ],
        },
        fetches: ['below: {goods{id groups{id name}}}'],
      },
      'answers the second level': {
        ask: '{ goods { groups { name below { id name } } } }',
        data: {
          goods: [
            {
              groups: [
                { name: 'G1', below: [{ id: 'g2', name: 'G2' }] },
                { name: 'G2', below: [] },
              ],
            },
          ],
        },
        fetches: ['below: {goods{groups{name below{id name}}}}'],
      },
      'is not used beyond the last': {
        ask: '{ goods { groups { below { below { name } } } } }',
        data: { goods: [{ groups: [{ below: [{ below: [] }] }, { below: [] }] }] },
        fetches: ['below: {goods{groups{below{below{name}}}}}'],
      },
    },
  },
  'two paths to one type, of which one provides': {
    subgraphs: {
      a: `type Query { near: Book @provides(fields: "title author { name }") far: Book } type Book @key(fields: "id") { id: ID! title: String @external author: Author @external } type Author { name: String @external }`,
      b: `type Book @key(fields: "id") { id: ID! title: String @shareable author: Author @shareable } type Author { name: String @shareable age: Int }`,
    },
    world: {
      Query: { near: to('Book', 1), far: to('Book', 1) },
      Book: { 1: { title: 'B', author: { name: 'A', age: 50 } } },
    },
    cases: {
      'are told apart': {
        ask: '{ near { title } far { title } }',
        data: { near: { title: 'B' }, far: { title: 'B' } },
        fetches: ['a: {near{title} far{id}}', 'b: Book{title} <- Book(id:"1")'],
      },
      'provide what was named of an object': {
        ask: '{ near { author { name } } }',
        data: { near: { author: { name: 'A' } } },
        fetches: ['a: {near{author{name}}}'],
      },
      'provide nothing that was not named': {
        ask: '{ near { title author { name age } } }',
        data: { near: { title: 'B', author: { name: 'A', age: 50 } } },
        fetches: ['a: {near{title id}}', 'b: Book{author{name age}} <- Book(id:"1")'],
      },
      'provide nothing where only the other is asked': {
        ask: '{ far { author { name } } }',
        data: { far: { author: { name: 'A' } } },
        fetches: ['a: {far{id}}', 'b: Book{author{name}} <- Book(id:"1")'],
      },
    },
  },
  '__typename in what a path provides': {
    subgraphs: {
      a: `type Query { p: P @provides(fields: "__typename name") } type P @key(fields: "id") { id: ID! name: String @external }`,
      b: `type P @key(fields: "id") { id: ID! name: String @shareable size: Int }`,
    },
    world: { Query: { p: to('P', 1) }, P: { 1: { name: 'N', size: 3 } } },
    cases: {
      'changes nothing': {
        ask: '{ p { __typename name } }',
        data: { p: { __typename: 'P', name: 'N' } },
        fetches: ['a: {p{__typename name}}'],
      },
      'changes nothing where more is asked for': {
        ask: '{ p { name size } }',
        data: { p: { name: 'N', size: 3 } },
        fetches: ['a: {p{name id}}', 'b: P{size} <- P(id:"1")'],
      },
    },
  },
  'a path that provides more than is asked for': {
    subgraphs: {
      owner: `type Query { unused: Boolean } type Entry @key(fields: "id") { id: ID! name: String! @shareable text: String! @shareable extra: String! }`,
      lists: `type Query { entry: Entry @provides(fields: "name text") entries: [Entry!]! @provides(fields: "name text") } type Entry @key(fields: "id") { id: ID! name: String! @external text: String! @external }`,
    },
    world: {
      Query: { entry: to('Entry', 1), entries: [to('Entry', 1), to('Entry', 2)] },
      Entry: { 1: { name: 'one', text: 't', extra: 'x' }, 2: { name: 'two', text: 't', extra: 'y' } },
    },
    cases: {
      'gives the key alone': { ask: '{ entry { id } }', data: { entry: { id: '1' } }, fetches: ['lists: {entry{id}}'] },
      'gives what is asked for alone': {
        ask: '{ entry { id name } }',
        data: { entry: { id: '1', name: 'one' } },
        fetches: ['lists: {entry{id name}}'],
      },
      'gives it under an alias': {
        ask: '{ entry { id title: name } }',
        data: { entry: { id: '1', title: 'one' } },
        fetches: ['lists: {entry{id a_title:name}}'],
      },
      'gives it in fragments': {
        ask: '{ entry { id ... on Entry { name } ...N } } fragment N on Entry { name }',
        data: { entry: { id: '1', name: 'one' } },
        fetches: ['lists: {entry{id name}}'],
      },
      'is left for one more field only': {
        ask: '{ entry { id name extra } }',
        data: { entry: { id: '1', name: 'one', extra: 'x' } },
        fetches: ['lists: {entry{id name}}', 'owner: Entry{extra} <- Entry(id:"1")'],
      },
      'gives it in a list': {
        ask: '{ entries { id name } }',
        data: {
          entries: [
            { id: '1', name: 'one' },
            { id: '2', name: 'two' },
          ],
        },
        fetches: ['lists: {entries{id name}}'],
      },
      'is left for one more field of a list': {
        ask: '{ entries { name extra } }',
        data: {
          entries: [
            { name: 'one', extra: 'x' },
            { name: 'two', extra: 'y' },
          ],
        },
        fetches: ['lists: {entries{name id}}', 'owner: Entry{extra} <- Entry(id:"1") Entry(id:"2")'],
      },
      'gives nothing that a condition leaves out': {
        ask: '{ entry { id ... on Entry @skip(if: true) { text } ... @include(if: false) { text } } }',
        data: { entry: { id: '1' } },
        fetches: ['lists: {entry{id}}'],
      },
      'gives siblings without a type condition': {
        ask: '{ entry { id ... { name } ... { extra } } }',
        data: { entry: { id: '1', name: 'one', extra: 'x' } },
        fetches: ['lists: {entry{id name}}', 'owner: Entry{extra} <- Entry(id:"1")'],
      },
    },
  },
};
