import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, stripIgnoredCharacters } from 'graphql';
import { createSubgraph, type RunningSubgraph } from '../../../shared/subgraph/index.js';
import {
  compose,
  connectGraph,
  serveSubgraph,
  type TestGraph,
  type TestSubgraph,
} from '../../federation/support/graph.js';
import { products, referenceCalls } from './products.js';

/** The two subgraphs beside it, by the suite's published contract. */
const NEIGHBOURS: Record<string, TestSubgraph> = {
  users: {
    sdl: `type Query { ping: Int } type User @key(fields: "email") { email: ID! name: String totalProductsCreated: Int @shareable yearsOfEmployment: Int! }`,
    resolvers: {
      User: {
        __resolveReference: ({ email }: { email: string }) => ({
          email,
          name: 'not this one',
          totalProductsCreated: 40,
          yearsOfEmployment: 10,
        }),
      },
    },
  },
  inventory: {
    sdl: `type Query { inventory(id: ID!): Inventory }
          interface Inventory @key(fields: "id") { id: ID! products: [Product!]! }
          type OpenSourceInventory implements Inventory @key(fields: "id") { id: ID! products: [Product!]! }
          type Product @key(fields: "id") { id: ID! dimensions: ProductDimension @external
            delivery(zip: String): DeliveryEstimates @requires(fields: "dimensions { size weight }") }
          type ProductDimension @shareable { size: String weight: Float }
          type DeliveryEstimates { estimatedDelivery: String }`,
    resolvers: {
      Query: {
        inventory: (_: unknown, { id }: { id: string }) => ({
          __typename: 'OpenSourceInventory',
          id,
          products: [{ id: 'apollo-federation' }],
        }),
      },
      Product: {
        __resolveReference: (reference: object) => reference,
        delivery: ({ dimensions }: { dimensions: { size: string; weight: number } }) => ({
          estimatedDelivery: `${dimensions.size} ${dimensions.weight}`,
        }),
      },
    },
  },
};

let subgraph: RunningSubgraph;
let graph: TestGraph;
beforeAll(async () => {
  subgraph = await createSubgraph({ ...products, key: 'unguarded', port: 0 });
  const urls = new Map([['products', { url: subgraph.url }]]);
  const servers = [];
  for (const [name, neighbour] of Object.entries(NEIGHBOURS)) {
    const { server, url } = await serveSubgraph(name, neighbour, []);
    servers.push(server);
    urls.set(name, { url });
  }
  const supergraph = compose({ ...NEIGHBOURS, products: { sdl: subgraph.sdl, fed1: true } });
  graph = await connectGraph(supergraph, urls, [], servers);
});
beforeEach(() => void (referenceCalls.length = 0));
afterAll(async () => {
  await graph.close();
  await subgraph.stop();
});

async function ask(query: string, variables: object = {}) {
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- compared as a whole
  return (await response.json()) as { data: any; errors?: unknown };
}
const entities = (type: string, fields: string, ...representations: object[]) =>
  ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`, {
    r: representations.map((one) => ({ __typename: type, ...one })),
  });

describe('the SDL of a subgraph made with the kit', () => {
  it.each([
    ['links one version of federation that every composer of federation 2 reads', /federation\/v2\.3", import: \[/],
    [
      'imports the directives that it uses',
      /"@override", "@interfaceObject", "@tag", "@inaccessible", "@composeDirective"\]/,
    ],
    [
      'links the specification of a directive of its own',
      /@link\(url: "https:\/\/myspecs\.dev\/myCustomDirective\/v1\.0", import: \["@custom"\]\)/,
    ],
    ['keeps a directive of its own in the composed graph', /extend schema[^{]*@composeDirective\(name: "@custom"\)/],
    ['defines it', /directive @custom on OBJECT/],
    ['has an interface object with its key', /type Inventory @interfaceObject @key\(fields: "id"\)/],
    [
      'has several keys, one of a nested record',
      /type Product @custom @key\(fields: "id"\) @key\(fields: "sku package"\) @key\(fields: "sku variation { id }"\)/,
    ],
    ['overrides', /name: String @override\(from: "users"\)/],
    ['provides', /createdBy: User @provides\(fields: "totalProductsCreated"\)/],
    ['requires', /averageProductsCreatedPerYear: Int @requires\(fields: "totalProductsCreated yearsOfEmployment"\)/],
    ['tags', /notes: String @tag\(name: "internal"\)/],
    ['hides', /unit: String @inaccessible/],
    ['shares', /type ProductDimension @shareable/],
  ])('%s', async (_says, text) => {
    const { data } = await ask('{ _service { sdl } }');
    expect(data._service.sdl).toMatch(text);
  });

  it('is one that parses again, with every field of the contract', () => {
    expect(() => parse(stripIgnoredCharacters(subgraph.sdl))).not.toThrow();
  });
});

describe('references to records that are in no table', () => {
  it('are found by each of several keys, in order, one call for each key', async () => {
    const { data, errors } = await entities(
      'Product',
      'id sku',
      { id: 'apollo-federation' },
      { sku: 'federation', package: '@apollo/federation' },
      { sku: 'studio', variation: { id: 'platform' } },
      { id: 'nobody' },
      { sku: 'studio', variation: { id: 'OSS' } },
      { id: 'apollo-studio' },
    );
    expect(errors).toBeUndefined();
    expect(data._entities.map((one: { id: string } | null) => one?.id)).toEqual([
      'apollo-federation',
      'apollo-federation',
      'apollo-studio',
      undefined,
      undefined,
      'apollo-studio',
    ]);
    expect(referenceCalls.toSorted()).toEqual([1, 2, 3]);
  });

  it.each([{ sku: 'studio' }, { sku: 'studio', variation: null }, { sku: 'studio', variation: 'platform' }, {}])(
    'are not found by a part of a key: %j',
    async (reference) => {
      expect(await entities('Product', 'id', reference)).toEqual({ data: { _entities: [null] } });
      expect(referenceCalls).toEqual([]);
    },
  );

  it('are found by a key of a nested record alone', async () => {
    const { data } = await entities('ProductResearch', 'study { caseNumber description }', {
      study: { caseNumber: '1235' },
    });
    expect(data._entities).toEqual([{ study: { caseNumber: '1235', description: 'Studio Study' } }]);
  });

  it('are found by a method for one key, however its fields are ordered', async () => {
    const { data } = await entities('DeprecatedProduct', 'reason', {
      sku: 'apollo-federation-v1',
      package: '@apollo/federation-v1',
    });
    expect(data._entities).toEqual([{ reason: 'Migrate to Federation V2' }]);
  });

  it('keep the inputs of a computed field to themselves', async () => {
    const email = 'support@apollographql.com';
    const { data } = await entities(
      'User',
      'averageProductsCreatedPerYear',
      { email, totalProductsCreated: 100, yearsOfEmployment: 10 },
      { email, totalProductsCreated: 60, yearsOfEmployment: 2 },
    );
    expect(data._entities.map(Object.values)).toEqual([[10], [30]]);
  });
});

describe('a graph with it', () => {
  const product = (fields: string) => graph.ask(`{ product(id: "apollo-federation") { ${fields} } }`);

  it('takes an overridden field from it', async () => {
    const { data, errors } = await product('createdBy { name }');
    expect([data, errors]).toEqual([{ product: { createdBy: { name: 'Jane Smith' } } }, []]);
  });

  it('takes what a field provides from it, without asking the other subgraph', async () => {
    const { data } = await product('createdBy { totalProductsCreated }');
    expect(data.product.createdBy.totalProductsCreated).toBe(1337);
  });

  it('computes from a field that it provides and one of another subgraph', async () => {
    const { data, errors } = await product('createdBy { averageProductsCreatedPerYear }');
    expect(errors).toEqual([]);
    expect(data.product.createdBy.averageProductsCreatedPerYear).toBe(134);
  });

  it('adds fields to every implementation of an interface', async () => {
    const { data } = await graph.ask('{ inventory(id: "apollo-oss") { deprecatedProducts { sku reason } } }');
    expect(data.inventory.deprecatedProducts).toEqual([
      { sku: 'apollo-federation-v1', reason: 'Migrate to Federation V2' },
    ]);
  });

  it('gives a shared type, and hides what is inaccessible', async () => {
    const { data } = await product('dimensions { size weight } delivery { estimatedDelivery }');
    expect(data.product).toEqual({
      dimensions: { size: 'small', weight: 1 },
      delivery: { estimatedDelivery: 'small 1' },
    });
    await expect(product('dimensions { unit }')).rejects.toThrow('unit');
    expect(
      (await ask('{ product(id: "apollo-federation") { dimensions { unit } } }')).data.product.dimensions.unit,
    ).toBe('kg');
  });

  it('keeps the directive that the provider composes', () => {
    expect(graph.supergraph).toMatch(/type Product[^{]*@custom/);
  });
});
