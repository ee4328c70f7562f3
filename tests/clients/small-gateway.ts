import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import pino from 'pino';
import { stringify } from 'yaml';
import { startGateway } from '../../gateway/index.js';
import { readConfig } from '../../shared/config/config.js';
import { listen } from '../federation/support/graph.js';

const SDL = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query {
    firm(id: ID!): Firm
    firms(first: Int!, after: String): FirmConnection!
    node(id: ID!): Node
  }
  type Mutation {
    rename(id: ID!, name: String!): Firm
  }
  interface Node {
    id: ID!
  }
  type Firm implements Node @key(fields: "id") {
    id: ID!
    name: String
    staff: Int!
  }
  type FirmConnection {
    edges: [FirmEdge!]!
    pageInfo: PageInfo!
  }
  type FirmEdge {
    cursor: String!
    node: Firm!
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
`;

const firm = (id: number, name = `Firm ${id}`) => ({ __typename: 'Firm', id: String(id), name, staff: id * 10 });
const TOTAL = 5;
const resolvers = {
  Query: {
    firm: (_: unknown, { id }: { id: string }) => firm(Number(id)),
    node: (_: unknown, { id }: { id: string }) => firm(Number(id)),
    firms: (_: unknown, { first, after }: { first: number; after?: string }) => {
      const from = after === undefined || after === null ? 0 : Number(after);
      const ids = Array.from({ length: TOTAL }, (__, i) => i + 1).slice(from, from + first);
      return {
        edges: ids.map((id) => ({ cursor: String(id), node: firm(id) })),
        pageInfo: {
          hasNextPage: from + first < TOTAL,
          hasPreviousPage: from > 0,
          startCursor: ids[0]?.toString(),
          endCursor: ids.at(-1)?.toString(),
        },
      };
    },
  },
  Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => firm(Number(id), name) },
};

/** A running gateway over one subgraph whose lists are connections, for clients as they are installed. */
export async function startSmallGateway(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers: resolvers as never }]);
  const subgraph = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      void graphql({ schema, source: query, variableValues: variables }).then((result) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(result));
      });
    });
  });
  const url = await listen(subgraph);
  const folder = await mkdtemp(join(tmpdir(), 'clients-'));
  const list = join(folder, 'supergraph.yaml');
  await writeFile(list, stringify({ subgraphs: { firms: { routing_url: url, schema: { sdl: SDL } } } }));
  const gateway = await startGateway({
    config: readConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), NODE_ENV: 'test' }),
    source: { config: list },
    logger: pino({ level: 'silent' }),
    governance: 'permissive',
    watch: false,
  });
  return {
    url: `${gateway.url}/graphql`,
    stop: async () => {
      await gateway.close();
      subgraph.closeAllConnections();
      subgraph.close();
      await rm(folder, { recursive: true });
    },
  };
}
