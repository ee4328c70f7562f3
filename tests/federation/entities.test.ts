import { describeGraph } from './support/cases.js';

const byId =
  <T extends { id: string }>(rows: readonly T[]) =>
  ({ id }: { id: string }) =>
    rows.find((row) => row.id === id) ?? null;

const users = [
  { id: 'u1', email: 'u1@example.org', name: 'Wang', nick: 'w' },
  { id: 'u2', email: 'u2@example.org', name: 'Li', nick: 'l' },
];

describeGraph(
  'entities by one key',
  {
    mail: {
      sdl: `type Query { user: User users: [User!]! none: User } type User @key(fields: "id") { id: ID! email: String }`,
      resolvers: { Query: { user: () => users[0], users: () => users, none: () => null } },
    },
    names: {
      sdl: `type User @key(fields: "id") { id: ID! name: String! }`,
      resolvers: { User: { __resolveReference: byId(users) } },
    },
    nicks: {
      sdl: `type User @key(fields: "id") { id: ID! nick: String }`,
      resolvers: { User: { __resolveReference: byId(users) } },
    },
  },
  {
    'joins fields of three subgraphs': {
      query: '{ user { nick name email id } }',
      data: { user: { nick: 'w', name: 'Wang', email: 'u1@example.org', id: 'u1' } },
      fetches: { mail: 1, names: 1, nicks: 1 },
    },
    'asks once for a list': {
      query: '{ users { name } }',
      data: { users: [{ name: 'Wang' }, { name: 'Li' }] },
      fetches: { mail: 1, names: 1 },
    },
    'asks nobody for an entity that is null': {
      query: '{ none { name nick } }',
      data: { none: null },
      fetches: { mail: 1 },
    },
    'does not fetch a key for its own sake': {
      query: '{ user { email } }',
      data: { user: { email: 'u1@example.org' } },
      fetches: { mail: 1 },
    },
    'keeps one record at two places apart': {
      query: '{ a: user { name } b: user { name nick } users { id nick } }',
      data: {
        a: { name: 'Wang' },
        b: { name: 'Wang', nick: 'w' },
        users: [
          { id: 'u1', nick: 'w' },
          { id: 'u2', nick: 'l' },
        ],
      },
    },
    'gives one field twice under two keys': {
      query: '{ user { name again: name } other: user { name } }',
      data: { user: { name: 'Wang', again: 'Wang' }, other: { name: 'Wang' } },
    },
    'merges selections that repeat': {
      query: '{ user { id } user { name } ... { user { ...F ...F } } } fragment F on User { nick name }',
      data: { user: { id: 'u1', name: 'Wang', nick: 'w' } },
    },
  },
);

const parcels = [
  { county: '330102', number: 7, area: 120.5, owner: { ref: { code: 'X1' } }, use: 'farm' },
  { county: '330102', number: 8, area: 80, owner: { ref: { code: 'X2' } }, use: 'house' },
];
describeGraph(
  'compound and nested keys',
  {
    land: {
      sdl: `type Query { parcels: [Parcel!]! }
            type Parcel @key(fields: "county number") { county: String! number: Int! area: Float owner: Owner! }
            type Owner @key(fields: "ref { code }") { ref: Ref! } type Ref { code: ID! @shareable }`,
      resolvers: { Query: { parcels: () => parcels } },
    },
    use: {
      sdl: `type Parcel @key(fields: "county number") { county: String! number: Int! use: String }
            type Owner @key(fields: "ref { code }") { ref: Ref! title: String } type Ref { code: ID! @shareable }`,
      resolvers: {
        Parcel: {
          __resolveReference: (key: { county: string; number: number }) =>
            parcels.find(({ county, number }) => county === key.county && number === key.number),
        },
        Owner: { __resolveReference: ({ ref }: { ref: { code: string } }) => ({ ref, title: `owner ${ref.code}` }) },
      },
    },
  },
  {
    'reads by a key of two fields': {
      query: '{ parcels { use area } }',
      data: {
        parcels: [
          { use: 'farm', area: 120.5 },
          { use: 'house', area: 80 },
        ],
      },
    },
    'reads by a key inside an object, and never writes it out': {
      query: '{ parcels { owner { title } } }',
      data: { parcels: [{ owner: { title: 'owner X1' } }, { owner: { title: 'owner X2' } }] },
    },
    'writes the key where it is asked for': {
      query: '{ parcels { number owner { ref { code } title } } }',
      data: {
        parcels: [
          { number: 7, owner: { ref: { code: 'X1' }, title: 'owner X1' } },
          { number: 8, owner: { ref: { code: 'X2' }, title: 'owner X2' } },
        ],
      },
    },
  },
);

describeGraph(
  'several keys and a bridge between them',
  {
    upc: {
      sdl: `type Query { products: [Product] } type Product @key(fields: "upc") { upc: ID! }`,
      resolvers: { Query: { products: () => [{ upc: 'b1' }, { upc: 'b2' }, { upc: 'b3' }, null] } },
    },
    bridge: {
      sdl: `type Product @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }`,
      resolvers: {
        Product: {
          __resolveReference: ({ upc }: { upc: string }) =>
            upc === 'b3' ? null : { upc, id: upc === 'b1' ? '1' : '2' },
        },
      },
    },
    price: {
      sdl: `type Product @key(fields: "id") { id: ID! price: Int author: Author } type Author { name: String }`,
      resolvers: {
        Product: {
          __resolveReference: ({ id }: { id: string }) => ({ id, price: Number(id) * 10, author: { name: `A${id}` } }),
        },
      },
    },
  },
  {
    'goes over the bridge, and stops where it leads nowhere': {
      query: '{ products { upc price author { name } } }',
      data: {
        products: [
          { upc: 'b1', price: 10, author: { name: 'A1' } },
          { upc: 'b2', price: 20, author: { name: 'A2' } },
          { upc: 'b3', price: null, author: null },
          null,
        ],
      },
    },
    'misses a required field where the bridge leads nowhere': {
      query: '{ products { upc id } }',
      data: { products: [{ upc: 'b1', id: '1' }, { upc: 'b2', id: '2' }, null, null] },
      errors: ['SUBGRAPH_BAD_ANSWER@products.2.id'],
    },
  },
);

const tree = {
  grid: [[{ id: '1' }, { id: '2' }], [], [{ id: '1' }, null]],
  deep: { rows: [{ cells: [{ item: { id: '2' } }, { item: null }] }, { cells: null }] },
};
describeGraph(
  'entities inside nested lists',
  {
    shape: {
      sdl: `type Query { grid: [[Item]!]! deep: Deep } type Deep { rows: [Row!] } type Row { cells: [Cell] } type Cell { item: Item } type Item @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { grid: () => tree.grid, deep: () => tree.deep } },
    },
    label: {
      sdl: `type Item @key(fields: "id") { id: ID! label: String! tags: [[String!]] part: Part } type Part { size: Int }`,
      resolvers: {
        Item: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            label: `L${id}`,
            tags: [[id], null],
            part: { size: Number(id) },
          }),
        },
      },
    },
  },
  {
    'finds each of them, and asks once for the same': {
      query: '{ grid { label part { size } } }',
      data: {
        grid: [
          [
            { label: 'L1', part: { size: 1 } },
            { label: 'L2', part: { size: 2 } },
          ],
          [],
          [{ label: 'L1', part: { size: 1 } }, null],
        ],
      },
      fetches: { shape: 1, label: 1 },
    },
    'keeps lists of lists as they are': {
      query: '{ grid { id tags } }',
      data: {
        grid: [
          [
            { id: '1', tags: [['1'], null] },
            { id: '2', tags: [['2'], null] },
          ],
          [],
          [{ id: '1', tags: [['1'], null] }, null],
        ],
      },
    },
    'walks objects between lists': {
      query: '{ deep { rows { cells { item { label } } } } }',
      data: { deep: { rows: [{ cells: [{ item: { label: 'L2' } }, { item: null }] }, { cells: null }] } },
    },
  },
);

describeGraph(
  'keys that are null or cannot be resolved',
  {
    a: {
      sdl: `type Query { books: [Book] person: Person } type Book @key(fields: "isbn") { isbn: ID title: String } type Person @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: {
          books: () => [
            { isbn: null, title: 'no key' },
            { isbn: '1', title: 'one' },
          ],
          person: () => ({ id: 'p1' }),
        },
      },
    },
    b: {
      sdl: `type Book @key(fields: "isbn") { isbn: ID pages: Int } type Person @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Book: {
          __resolveReference: ({ isbn }: { isbn: string | null }) => {
            if (isbn === null) throw new Error('asked for nothing');
            return { isbn, pages: 100 };
          },
        },
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'P' }) },
      },
    },
  },
  {
    'asks nobody with a null key': {
      query: '{ books { title pages } }',
      data: {
        books: [
          { title: 'no key', pages: null },
          { title: 'one', pages: 100 },
        ],
      },
    },
    'leaves a stub to the subgraph that resolves it': { query: '{ person { name } }', data: { person: { name: 'P' } } },
  },
);

describeGraph(
  'keys of several parts',
  {
    a: {
      sdl: `type Query { firms: [Firm] sites: [Site] } type Place @shareable { zone: String spot: Int note: String }
        type Firm @key(fields: "area number") { area: String number: Int }
        type Site @key(fields: "place { zone spot }") { place: Place @shareable }`,
      resolvers: {
        Query: {
          firms: () => [
            { area: 'n', number: 1 },
            { area: 'n', number: null },
            { area: null, number: 1 },
            { area: null, number: null },
          ],
          sites: () => [
            { place: { zone: 'z', spot: 1 } },
            { place: { zone: null, spot: 1 } },
            { place: { zone: null, spot: null } },
            { place: null },
          ],
        },
      },
    },
    b: {
      sdl: `type Place @shareable { zone: String spot: Int note: String @external } type Firm @key(fields: "area number") { area: String number: Int staff: Int }
        type Site @key(fields: "place { zone spot }") { place: Place @shareable size: Int text: String @requires(fields: "place { note }") }`,
      resolvers: {
        Firm: { __resolveReference: (key: object) => key, staff: () => 5 },
        Site: {
          __resolveReference: (key: object) => key,
          size: () => 7,
          text: ({ place }: { place: { note: string | null } }) => `${place.note}!`,
        },
      },
    },
  },
  {
    'are an error where a part is null, in every record, and name no record where all are': {
      query: '{ firms { staff } }',
      data: { firms: [{ staff: 5 }, { staff: null }, { staff: null }, { staff: null }] },
      errors: ['SUBGRAPH_BAD_ANSWER@firms.1.staff', 'SUBGRAPH_BAD_ANSWER@firms.2.staff'],
    },
    'are so inside an object too': {
      query: '{ sites { size } }',
      data: { sites: [{ size: 7 }, { size: null }, { size: null }, { size: null }] },
      errors: ['SUBGRAPH_BAD_ANSWER@sites.1.size'],
    },
    'are complete where an input inside the same object is null': {
      query: '{ sites { text } }',
      data: { sites: [{ text: 'null!' }, { text: null }, { text: null }, { text: null }] },
      errors: ['SUBGRAPH_BAD_ANSWER@sites.1.text'],
    },
  },
);

describeGraph(
  'federation 1 subgraphs',
  {
    accounts: {
      fed1: true,
      sdl: `type Query { me: User } type User @key(fields: "id") { id: ID! name: String username: String }`,
      resolvers: {
        Query: { me: () => ({ id: '1', name: 'Ada', username: '@ada' }) },
        User: { __resolveReference: () => ({ id: '1', name: 'Ada', username: '@ada' }) },
      },
    },
    reviews: {
      fed1: true,
      sdl: `extend type Query { latest: [Review] } type Review { body: String author: User @provides(fields: "username") }
            extend type User @key(fields: "id") { id: ID! @external username: String @external reviews: [Review] }`,
      resolvers: {
        Query: { latest: () => [{ body: 'fine', author: { id: '1', username: '@ada' } }] },
        User: { reviews: () => [{ body: 'fine' }] },
      },
    },
  },
  {
    'extends a type of another subgraph': {
      query: '{ me { name reviews { body author { name } } } }',
      data: { me: { name: 'Ada', reviews: [{ body: 'fine', author: null }] } },
    },
    'takes what is provided from the provider': {
      query: '{ latest { author { username } } }',
      data: { latest: [{ author: { username: '@ada' } }] },
      fetches: { reviews: 1 },
    },
    'goes to the owner for what is not': {
      query: '{ latest { body author { id name } } }',
      data: { latest: [{ body: 'fine', author: { id: '1', name: 'Ada' } }] },
    },
  },
);

describeGraph(
  'shared fields, shared roots and overrides',
  {
    old: {
      sdl: `type Query { now: String! @shareable post: Post shop: Shop @shareable feed: [Post] } type Shop @shareable { opens: Int closes: Int }
            type Post @key(fields: "id") { id: ID! created: String score: Int }`,
      resolvers: {
        Query: {
          now: () => 'noon',
          post: () => ({ id: '1', created: 'old', score: 1 }),
          feed: () => [{ id: '1', created: 'old', score: 1 }],
          shop: () => ({ opens: 8, closes: 20 }),
        },
        Post: { __resolveReference: ({ id }: { id: string }) => ({ id, created: 'old', score: 1 }) },
      },
    },
    new: {
      sdl: `type Query { now: String! @shareable shop: Shop @shareable best: Post } type Shop @shareable { opens: Int owner: String }
            type Post @key(fields: "id") { id: ID! created: String @override(from: "old") note: String }`,
      resolvers: {
        Query: { now: () => 'noon', shop: () => ({ opens: 8, owner: 'O' }), best: () => ({ id: '2' }) },
        Post: { __resolveReference: ({ id }: { id: string }) => ({ id }), created: () => 'new', note: () => 'n' },
      },
    },
  },
  {
    'takes an overridden field from its new owner': {
      query: '{ post { created score } }',
      data: { post: { created: 'new', score: 1 } },
    },
    'stays in one subgraph where that is enough': {
      query: '{ best { created note } now }',
      data: { best: { created: 'new', note: 'n' }, now: 'noon' },
      fetches: { new: 1 },
    },
    'joins a shared root of which each subgraph knows a part': {
      query: '{ shop { closes owner opens } }',
      data: { shop: { closes: 20, owner: 'O', opens: 8 } },
    },
    'joins aliased parts of a shared root': {
      query: '{ a: shop { closes } b: shop { owner } }',
      data: { a: { closes: 20 }, b: { owner: 'O' } },
    },
  },
);

describeGraph(
  'calls through a parent entity',
  {
    a: {
      sdl: `type Query { products: [Product] } type Product @key(fields: "id pid") { id: ID! pid: ID }`,
      resolvers: {
        Query: {
          products: () => [
            { id: 'p1', pid: 'c1' },
            { id: 'p2', pid: 'c2' },
          ],
        },
      },
    },
    b: {
      sdl: `type Product @key(fields: "id pid") { id: ID! pid: ID category: Category @shareable } type Category @shareable { details: Details products: Int } type Details @shareable { products: Int }`,
      resolvers: {
        Product: {
          __resolveReference: (key: { pid: string }) => ({
            ...key,
            category: { details: { products: 3 }, products: 3 },
          }),
        },
      },
    },
    c: {
      sdl: `type Product @key(fields: "id pid") { id: ID! pid: ID category: Category @shareable } type Category { details: Details @shareable id: ID } type Details @shareable { products: Int }`,
      resolvers: {
        Product: {
          __resolveReference: (key: { pid: string }) => ({
            ...key,
            category: { details: { products: 3 }, id: `cat-${key.pid}` },
          }),
        },
      },
    },
  },
  {
    'joins a value type that has no key, from two subgraphs': {
      query: '{ products { category { products id details { products } } } }',
      data: {
        products: [
          { category: { products: 3, id: 'cat-c1', details: { products: 3 } } },
          { category: { products: 3, id: 'cat-c2', details: { products: 3 } } },
        ],
      },
    },
    'asks only the one that knows': {
      query: '{ products { category { id } } }',
      data: { products: [{ category: { id: 'cat-c1' } }, { category: { id: 'cat-c2' } }] },
      fetches: { a: 1, c: 1 },
    },
  },
);

interface ProductList {
  readonly products: readonly { readonly id: string; readonly pid: string }[];
}
describeGraph(
  'a key that is a list of entities with keys of their own',
  {
    list: {
      sdl: `type ProductList @key(fields: "products { id pid }") { products: [Product!]! first: Product @shareable }
            type Product @key(fields: "id pid") { id: String! pid: String }`,
      resolvers: {
        ProductList: { __resolveReference: ({ products }: ProductList) => ({ products, first: products[0] }) },
      },
    },
    root: {
      sdl: `type Query { top: ProductList! } type ProductList @key(fields: "products { id }") { products: [Product!]! } type Product @key(fields: "id") { id: String! }`,
      resolvers: { Query: { top: () => ({ products: [{ id: '1' }, { id: '2' }] }) } },
    },
    bridge: {
      sdl: `type Product @key(fields: "id") @key(fields: "id pid") { id: String! pid: String }
            type ProductList @key(fields: "products { id }") @key(fields: "products { id pid }") { products: [Product!]! }`,
      resolvers: {
        Product: { __resolveReference: ({ id }: { id: string }) => ({ id, pid: `p${id}` }) },
        ProductList: {
          __resolveReference: ({ products }: { products: { id: string }[] }) => ({
            products: products.map(({ id }) => ({ id, pid: `p${id}` })),
          }),
        },
      },
    },
    price: {
      sdl: `type Product @key(fields: "id pid") { id: String! pid: String price: Float }`,
      resolvers: {
        Product: {
          __resolveReference: (key: { id: string; pid: string }) => ({
            ...key,
            price: key.pid === `p${key.id}` ? Number(key.id) : -1,
          }),
        },
      },
    },
  },
  {
    'resolves the parts, then the whole': {
      query: '{ top { products { id pid price } first { id price } } }',
      data: {
        top: {
          products: [
            { id: '1', pid: 'p1', price: 1 },
            { id: '2', pid: 'p2', price: 2 },
          ],
          first: { id: '1', price: 1 },
        },
      },
    },
  },
);

describeGraph(
  'fields whose type is narrower in one subgraph',
  {
    a: {
      sdl: `type Query { users: [User!]! accounts: [Account!]! } union Account = User | Admin type User @key(fields: "id") { id: ID name: String @shareable } type Admin { id: ID name: String similar: [Account!]! }`,
      resolvers: {
        Query: {
          users: () => [{ id: 'u1', name: 'one' }],
          accounts: () => [
            { __typename: 'User', id: 'u1', name: 'one' },
            { __typename: 'Admin', id: 'a1', name: 'adm', similar: [{ __typename: 'User', id: 'u1', name: 'one' }] },
          ],
        },
      },
    },
    b: {
      sdl: `type User @key(fields: "id") { id: ID! name: String! @shareable age: Int! }`,
      resolvers: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'one', age: 30 }) } },
    },
  },
  {
    'plans over both': {
      query:
        '{ users { id name age } accounts { ... on User { id name age } ... on Admin { id name similar { ... on User { id age } ... on Admin { id } } } } }',
      data: {
        users: [{ id: 'u1', name: 'one', age: 30 }],
        accounts: [
          { id: 'u1', name: 'one', age: 30 },
          { id: 'a1', name: 'adm', similar: [{ id: 'u1', age: 30 }] },
        ],
      },
    },
  },
);
