import { createServer, type Server } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, graphql, parse, type GraphQLSchema } from 'graphql';
import type { Answer, AnswerError } from '../../../gateway/request/answer.js';
import { createEngine, type Engine, type EngineOptions } from '../../../gateway/execution/engine.js';
import type { Operation } from '../../../gateway/request/operation.js';
import { loadGraph, type LoadedGraph } from '../../../gateway/plan/load-graph.js';

/** Imports of the federation directives that tests use. */
export const FEDERATION_LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject", "@override", "@inaccessible", "@tag"])\n';

/** A subgraph of a test: SDL without the federation link (added unless it brings its own or is federation 1) and resolvers. */
export interface TestSubgraph {
  readonly sdl: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- resolvers of tests are written loosely
  readonly resolvers?: Record<string, any>;
  readonly fed1?: boolean;
}

/** What a subgraph was asked. */
export interface DecisionContext {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export interface Asking {
  readonly variables?: Record<string, unknown>;
  /** Coordinates to deny wherever they stand. */
  readonly deny?: readonly string[];
  readonly operationName?: string;
  readonly signal?: AbortSignal;
  readonly context?: (subgraph: string, body: string) => string;
  readonly changeKey?: () => boolean;
}

export interface TestGraph {
  readonly engine: Engine;
  readonly planned: LoadedGraph;
  readonly schema: GraphQLSchema;
  readonly supergraph: string;
  /** Fetches since the last question. */
  readonly asked: DecisionContext[];
  ask(query: string, asking?: Asking): Promise<Told>;
  close(): Promise<void>;
}
export interface Told {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- compared as a whole
  readonly data: any;
  readonly errors: readonly AnswerError[];
  readonly answer: Answer;
}

export function compose(subgraphs: Record<string, TestSubgraph & { url?: string }>): string {
  const composed = composeServices(
    Object.entries(subgraphs).map(([name, { sdl, fed1, url }]) => ({
      name,
      typeDefs: parse(fed1 ? sdl : FEDERATION_LINK + sdl),
      url: url ?? `http://${name}.test/`,
    })),
  );
  if (!composed.supergraphSdl)
    throw new Error(`composition failed: ${composed.errors?.map(({ message }) => message).join('; ')}`);
  return composed.supergraphSdl;
}

/** Serves every subgraph on a port of its own, composes them, and puts an engine before them.
 *  @param urls  filled with their addresses */
export async function serveGraph(
  subgraphs: Record<string, TestSubgraph>,
  options: Partial<EngineOptions> = {},
  urls = new Map<string, { url: string }>(),
): Promise<TestGraph> {
  const asked: DecisionContext[] = [];
  const servers: Server[] = [];
  for (const [name, subgraph] of Object.entries(subgraphs)) {
    const { server, url } = await serveSubgraph(name, subgraph, asked);
    servers.push(server);
    urls.set(name, { url });
  }
  return connectGraph(compose(subgraphs), urls, asked, servers, options);
}

export async function connectGraph(
  supergraph: string,
  urls: ReadonlyMap<string, { url: string }>,
  asked: DecisionContext[],
  servers: readonly Server[],
  options: Partial<EngineOptions> = {},
): Promise<TestGraph> {
  const planned = loadGraph(supergraph);
  const schema = buildSchema(planned.consumerSchema);
  const engine = createEngine({ planned, schema, subgraphs: urls, ...options });
  return {
    engine,
    planned,
    schema,
    supergraph,
    asked,
    async ask(query, asking = {}) {
      asked.length = 0;
      const operation = engine.prepare(query, asking.operationName);
      const answer = await engine.execute(operation, {
        denials: denialsOf(operation, asking.deny ?? []),
        refusal: (site) => ({
          message: `No grant for ${site.coordinate}.`,
          extensions: { code: 'GRANT_REQUIRED', coordinate: site.coordinate },
        }),
        variables: asking.variables,
        context: (subgraph, body) => {
          const { context } = asking;
          return context && { sign: () => context(subgraph, body), changeKey: asking.changeKey ?? (() => false) };
        },
        signal: asking.signal,
      });
      return { data: JSON.parse(answer.data), errors: answer.errors, answer };
    },
    async close() {
      await engine.close();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export function denialsOf(operation: Operation, coordinates: readonly string[]): Uint32Array {
  const denials = new Uint32Array(Math.ceil(operation.sites.length / 32));
  for (const { index, coordinate } of operation.sites) {
    if (coordinates.includes(coordinate)) denials[index >> 5]! |= 1 << (index & 31);
  }
  return denials;
}

export async function serveSubgraph(
  name: string,
  { sdl, resolvers, fed1 }: TestSubgraph,
  asked: DecisionContext[],
): Promise<{ server: Server; url: string }> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(fed1 ? sdl : FEDERATION_LINK + sdl), resolvers: (resolvers ?? {}) as never },
  ]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
      asked.push({ subgraph: name, query, variables, headers: request.headers });
      void graphql({ schema, source: query, variableValues: variables, contextValue: {} }).then((result) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(result));
      });
    });
  });
  return { server, url: await listen(server) };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return `http://127.0.0.1:${address.port}/graphql`;
}
