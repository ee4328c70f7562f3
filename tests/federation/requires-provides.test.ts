import { describeGraph } from './support/cases.js';

const of = (typename: string, row: Record<string, unknown>) => ({ __typename: typename, ...row });
const ref = { __resolveReference: (key: object) => key };

describeGraph(
  'required inputs in chains',
  {
    products: {
      sdl: `type Query { product: Product products: [Product!]! } type Product @key(fields: "id") { id: ID! price: Float category: Category } type Category @key(fields: "id") { id: ID! tag: String }`,
      resolvers: {
        Query: {
          product: () => ({ id: 'p1', price: 10, category: { id: 'c1', tag: 't1' } }),
          products: () => [
            { id: 'p1', price: 10, category: { id: 'c1', tag: 't1' } },
            { id: 'p2', price: null, category: null },
          ],
        },
      },
    },
    inventory: {
      sdl: `type Product @key(fields: "id") { id: ID! price: Float @external weight: Int estimate: String @requires(fields: "price") isExpensive: Boolean! @requires(fields: "price") }`,
      resolvers: {
        Product: {
          __resolveReference: (key: object) => ({ ...key, weight: 2 }),
          estimate: ({ price, weight }: { price: number; weight: number }) => `${price}/${weight}`,
          isExpensive: ({ price }: { price: number | null }) => (price ?? 0) > 5,
        },
      },
    },
    delivery: {
      sdl: `type Product @key(fields: "id") { id: ID! isExpensive: Boolean! @external estimate: String @external canBeFree: Boolean @requires(fields: "isExpensive") label: String @requires(fields: "estimate isExpensive") category: Category @external
              shelf: String @requires(fields: "category { tag }") }
            type Category @key(fields: "id") { id: ID! tag: String @external }`,
      resolvers: {
        Product: {
          ...ref,
          canBeFree: ({ isExpensive }: { isExpensive: boolean }) => isExpensive,
          label: ({ estimate, isExpensive }: { estimate: string; isExpensive: boolean }) =>
            `${estimate}:${isExpensive}`,
          shelf: ({ category }: { category: { tag: string } | null }) => `shelf ${category?.tag ?? 'none'}`,
        },
      },
    },
  },
  {
    'fetches an input from another subgraph and never writes it': {
      query: '{ product { estimate } }',
      data: { product: { estimate: '10/2' } },
      fetches: { products: 1, inventory: 1 },
    },
    'goes along a chain of three': {
      query: '{ product { canBeFree label } }',
      data: { product: { canBeFree: true, label: '10/2:true' } },
    },
    'sends a null input as null': {
      query: '{ products { id isExpensive canBeFree shelf estimate } }',
      data: {
        products: [
          { id: 'p1', isExpensive: true, canBeFree: true, shelf: 'shelf t1', estimate: '10/2' },
          { id: 'p2', isExpensive: false, canBeFree: false, shelf: 'shelf none', estimate: 'null/2' },
        ],
      },
    },
    'writes inputs that the client asks for as well': {
      query: '{ product { price label category { tag id } shelf isExpensive } }',
      data: {
        product: {
          price: 10,
          label: '10/2:true',
          category: { tag: 't1', id: 'c1' },
          shelf: 'shelf t1',
          isExpensive: true,
        },
      },
    },
    'is not led astray by aliases that look like inputs': {
      query: '{ product { price: id isExpensive: estimate category: shelf weight: price canBeFree } }',
      data: { product: { price: 'p1', isExpensive: '10/2', category: 'shelf t1', weight: 10, canBeFree: true } },
    },
  },
);

describeGraph(
  'required inputs with arguments',
  {
    prices: {
      sdl: `type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! price(currency: String = "CNY"): Int size(unit: Unit): Float } enum Unit { MM CM }`,
      resolvers: {
        Query: { items: () => [{ id: '1' }, { id: '2' }] },
        Item: {
          price: (_: unknown, { currency }: { currency: string }) =>
            currency === 'CNY' ? 700 : currency === 'USD' ? 100 : 90,
          size: (_: unknown, { unit }: { unit?: string }) => (unit === 'MM' ? 10 : 1),
        },
      },
    },
    tax: {
      sdl: `enum Unit { MM CM } type Item @key(fields: "id") { id: ID! price(currency: String): Int @external size(unit: Unit): Float @external
              duty: Int @requires(fields: "price(currency: \\"USD\\")") duty2: Int @requires(fields: "price(currency: \\"EUR\\")") crate(margin: Int): String @requires(fields: "size(unit: MM)") }`,
      resolvers: {
        Item: {
          ...ref,
          duty: ({ price }: { price: number }) => price / 10,
          duty2: ({ price }: { price: number }) => price / 10,
          crate: ({ size }: { size: number }, { margin }: { margin?: number }) => `${size}+${margin ?? 0}`,
        },
      },
    },
  },
  {
    'passes the arguments the provider wrote': {
      query: '{ items { duty crate } }',
      data: {
        items: [
          { duty: 10, crate: '10+0' },
          { duty: 10, crate: '10+0' },
        ],
      },
    },
    'is not led astray by the client’s own arguments': {
      query: '{ items { price duty size(unit: CM) crate(margin: 3) } }',
      data: {
        items: [
          { price: 700, duty: 10, size: 1, crate: '10+3' },
          { price: 700, duty: 10, size: 1, crate: '10+3' },
        ],
      },
    },
    'takes variables for the client’s and leaves the provider’s': {
      query:
        'query($representations: String, $__batch_reps_0: Int) { items { price(currency: $representations) duty crate(margin: $__batch_reps_0) usd: price(currency: "USD") } }',
      variables: { representations: 'EUR', __batch_reps_0: 5 },
      data: {
        items: [
          { price: 90, duty: 10, crate: '10+5', usd: 100 },
          { price: 90, duty: 10, crate: '10+5', usd: 100 },
        ],
      },
    },
    'keeps two fields apart that require one field with different arguments': {
      query: '{ items { duty duty2 } }',
      data: {
        items: [
          { duty: 10, duty2: 9 },
          { duty: 10, duty2: 9 },
        ],
      },
    },
  },
);

describeGraph(
  'required inputs that require each other’s siblings',
  {
    a: {
      sdl: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! byNovice: Boolean! @external byExpert: Boolean! @requires(fields: "byNovice") }
            type Author @key(fields: "id") { id: ID! name: String years: Int! }`,
      resolvers: {
        Query: { feed: () => [{ id: 'p1' }, { id: 'p2' }] },
        Post: { ...ref, byExpert: ({ byNovice }: { byNovice: boolean }) => !byNovice },
        Author: {
          __resolveReference: ({ id }: { id: string }) => ({ id, name: `N${id}`, years: id === 'a1' ? 1 : 20 }),
        },
      },
    },
    b: {
      sdl: `type Post @key(fields: "id") { id: ID! author: Author! byNovice: Boolean! @requires(fields: "author { years }") } type Author @key(fields: "id") { id: ID! years: Int! @external }`,
      resolvers: {
        Post: {
          __resolveReference: ({ id, author }: { id: string; author?: object }) => ({
            id,
            author: author ?? { id: id === 'p1' ? 'a1' : 'a2' },
          }),
          byNovice: ({ author }: { author: { years: number } }) => author.years < 5,
        },
      },
    },
  },
  {
    'goes to and fro': {
      query: '{ feed { byExpert byNovice author { name } } }',
      data: {
        feed: [
          { byExpert: false, byNovice: true, author: { name: 'Na1' } },
          { byExpert: true, byNovice: false, author: { name: 'Na2' } },
        ],
      },
    },
    'goes to and fro for one field': {
      query: '{ feed { byExpert } }',
      data: { feed: [{ byExpert: false }, { byExpert: true }] },
    },
  },
);

describeGraph(
  'required inputs on interfaces and in fragments',
  {
    a: {
      sdl: `type Query { entities: [Entity!]! } type Entity @key(fields: "id") { id: ID! data: Data address: Address } interface Data { foo: String! } type Baz implements Data { foo: String! bar: String! } type Qux implements Data { foo: String! mar: Int! }
            interface Address { id: ID! } type Home implements Address @key(fields: "id") { id: ID! city: String } type Work implements Address @key(fields: "id") { id: ID! city: String }`,
      resolvers: {
        Query: {
          entities: () => [
            {
              id: 'e1',
              data: of('Baz', { foo: 'f1', bar: 'b1' }),
              address: of('Home', { id: 'h1', city: 'Hangzhou' }),
            },
            { id: 'e2', data: of('Qux', { foo: 'f2', mar: 2 }), address: of('Work', { id: 'w1', city: 'Ningbo' }) },
            { id: 'e3', data: null, address: null },
          ],
        },
      },
    },
    b: {
      sdl: `type Entity @key(fields: "id") { id: ID! data: Data @external address: Address @external requirer: String @requires(fields: "data { foo ... on Baz { bar } ... on Qux { mar } }") city: String @requires(fields: "address { id }") }
            interface Data { foo: String! @external } type Baz implements Data { foo: String! @external bar: String! @external } type Qux implements Data { foo: String! @external mar: Int! @external }
            interface Address { id: ID! } type Home implements Address @key(fields: "id") { id: ID! } type Work implements Address @key(fields: "id") { id: ID! }`,
      resolvers: {
        Entity: {
          ...ref,
          requirer: ({ data }: { data: { foo: string; bar?: string; mar?: number } | null }) =>
            data ? `${data.foo}_${data.bar ?? data.mar}` : 'nothing',
          city: ({ address }: { address: { id: string } | null }) => `city of ${address?.id ?? 'nobody'}`,
        },
        Data: { __resolveType: ({ bar }: { bar?: string }) => (bar ? 'Baz' : 'Qux') },
        Address: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      },
    },
  },
  {
    'sends what each type has': {
      query: '{ entities { id requirer } }',
      data: {
        entities: [
          { id: 'e1', requirer: 'f1_b1' },
          { id: 'e2', requirer: 'f2_2' },
          { id: 'e3', requirer: 'nothing' },
        ],
      },
    },
    'requires through an interface': {
      query: '{ entities { city } }',
      data: { entities: [{ city: 'city of h1' }, { city: 'city of w1' }, { city: 'city of nobody' }] },
    },
    'writes only what was asked for of it': {
      query: '{ entities { data { ... on Baz { bar } } requirer address { ... on Home { city } id } city } }',
      data: {
        entities: [
          { data: { bar: 'b1' }, requirer: 'f1_b1', address: { city: 'Hangzhou', id: 'h1' }, city: 'city of h1' },
          { data: {}, requirer: 'f2_2', address: { id: 'w1' }, city: 'city of w1' },
          { data: null, requirer: 'nothing', address: null, city: 'city of nobody' },
        ],
      },
    },
  },
);

describeGraph(
  'what a path provides',
  {
    media: {
      sdl: `type Query { media: Media @shareable @provides(fields: "animals { id name }") pets: [Pet] @provides(fields: "... on Cat { name }") all: [Pet] nest: Box @provides(fields: "inner { item { title } }") }
            interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String } union Pet = Cat | Dog
            type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable }
            type Dog implements Animal @key(fields: "id") { id: ID! name: String @external } type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }
            type Box @shareable { inner: Inner } type Inner @shareable { item: Item } type Item @key(fields: "id") { id: ID! title: String @external }`,
      resolvers: {
        Query: {
          media: () =>
            of('Book', {
              id: 'm1',
              animals: [of('Dog', { id: 'd1', name: 'Fido' }), of('Cat', { id: 'c1', name: 'Tom' })],
            }),
          pets: () => [of('Cat', { id: 'c1', name: 'Tom' }), of('Dog', { id: 'd1' })],
          all: () => [of('Cat', { id: 'c1' }), of('Dog', { id: 'd1' })],
          nest: () => ({ inner: { item: { id: 'i1', title: 'provided' } } }),
        },
      },
    },
    animals: {
      sdl: `interface Animal { id: ID! name: String } type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int } type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
            type Item @key(fields: "id") { id: ID! title: String @shareable weight: Int }`,
      resolvers: {
        Dog: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Fido', age: 8 }) },
        Cat: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Tom', age: 6 }) },
        Item: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'owned', weight: 4 }) },
      },
    },
  },
  {
    'takes provided interface fields at once': {
      query: '{ media { animals { id name } } }',
      data: {
        media: {
          animals: [
            { id: 'd1', name: 'Fido' },
            { id: 'c1', name: 'Tom' },
          ],
        },
      },
      fetches: { media: 1 },
    },
    'fetches the rest': {
      query: '{ media { id animals { id name ... on Cat { age } ... on Dog { age } } } }',
      data: {
        media: {
          id: 'm1',
          animals: [
            { id: 'd1', name: 'Fido', age: 8 },
            { id: 'c1', name: 'Tom', age: 6 },
          ],
        },
      },
    },
    'takes what is provided for one member of a union, fetches it for the other': {
      query: '{ pets { ... on Cat { name } ... on Dog { name } } }',
      data: { pets: [{ name: 'Tom' }, { name: 'Fido' }] },
    },
    'fetches where another path does not provide': {
      query: '{ all { ... on Cat { name age } } }',
      data: { all: [{ name: 'Tom', age: 6 }, {}] },
    },
    'takes what is provided deep inside': {
      query: '{ nest { inner { item { title } } } }',
      data: { nest: { inner: { item: { title: 'provided' } } } },
      fetches: { media: 1 },
    },
  },
);

describeGraph(
  'an override of a field that others require',
  {
    a: {
      sdl: `type Query { userA: User } type User @key(fields: "id") { id: ID! name: String! @shareable aName: String! } `,
      resolvers: {
        Query: { userA: () => ({ id: 'u1', name: 'old', aName: 'a' }) },
        User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'old', aName: 'a' }) },
      },
    },
    b: {
      sdl: `type Query { userB: User } type User @key(fields: "id") { id: ID! name: String! @override(from: "a") }`,
      resolvers: {
        Query: { userB: () => ({ id: 'u1', name: 'new' }) },
        User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'new' }) },
      },
    },
    c: {
      sdl: `type Query { userC: User } type User @key(fields: "id") { id: ID! name: String! @external cName: String! @requires(fields: "name") }`,
      resolvers: {
        Query: { userC: () => ({ id: 'u1' }) },
        User: { ...ref, cName: ({ name }: { name: string }) => `c ${name}` },
      },
    },
  },
  {
    'requires it from the new owner': {
      query: '{ userA { cName name aName } userB { cName } userC { name cName } }',
      data: {
        userA: { cName: 'c new', name: 'new', aName: 'a' },
        userB: { cName: 'c new' },
        userC: { name: 'new', cName: 'c new' },
      },
    },
  },
);
