import { createServer, type Server } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { EngineOptions } from '../../../gateway/execution/engine.js';
import type { QueryPlan } from '../../../gateway/plan/query-plan.js';
import { composeGraph } from '../../../gateway/supergraph/compose-graph.js';
import { HubError } from '../../../shared/kernel/index.js';
import { connectGraph, FEDERATION_LINK, listen, type TestGraph } from '../support/graph.js';
import { resolveSubgraph, resolveWhole } from './resolvers.js';
import { printSubgraph, printWhole } from './sdl.js';
import { settle, type World } from './world.js';

/** Share of the requests for which fields with the label `percent(40)` have moved. */
const PERCENT = 40;

/** A world behind the gateway, and told by one schema without federation. */
export interface ServedWorld {
  readonly world: World;
  readonly sdl: Readonly<Record<string, string>>;
  readonly graph: TestGraph;
  readonly urls: ReadonlyMap<string, { readonly url: string }>;
  /** Without federation: as it is, and with every field nullable. */
  readonly whole: GraphQLSchema;
  readonly lenient: GraphQLSchema;
  /** Mutations carried out, in order: by subgraphs, by the one schema, and by the one with every field nullable. */
  readonly done: Readonly<Record<'federated' | 'whole' | 'lenient', string[]>>;
  /** Requests that were not valid against the SDL of their subgraph. */
  readonly invalid: string[];
  /** Plans that were made. */
  readonly plans: QueryPlan[];
  readonly overrides: NonNullable<EngineOptions['overrides']>;
  /** Number by which the next request chooses whether fields have moved, from 0 up to, and not including, 100. */
  draw(number: number): void;
  close(): Promise<void>;
}

/** One server for the subgraphs of all worlds. */
export class WorldServer {
  private readonly subgraphs = new Map<string, (query: string, variables: Record<string, unknown>) => unknown>();
  private worlds = 0;

  private constructor(
    private readonly server: Server,
    private readonly url: string,
  ) {}

  static async start(): Promise<WorldServer> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
        void Promise.resolve(started.subgraphs.get(request.url!)!(query, variables)).then((result) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(result));
        });
      });
    });
    const started = new WorldServer(server, new URL(await listen(server)).origin);
    return started;
  }

  /** @returns undefined for a world that does not compose */
  async serve(world: World): Promise<ServedWorld | undefined> {
    const sdl = Object.fromEntries(world.subgraphs.map((name) => [name, printSubgraph(world, name)]));
    const supergraph = tryCompose(sdl);
    if (supergraph === undefined) return undefined;
    const prefix = `/${this.worlds++}`;
    let drawn = 0;
    const settled = [settle(world, false), settle(world, true)] as const;
    const current = () => settled[Number(world.label === 'moving' ? world.isSwitchedOn : drawn < PERCENT)]!;
    const done: ServedWorld['done'] = { federated: [], whole: [], lenient: [] };
    const invalid: string[] = [];
    const asked: TestGraph['asked'] = [];
    const urls = new Map<string, { url: string }>();
    for (const [name, text] of Object.entries(sdl)) {
      const typeDefs = parse(FEDERATION_LINK + text);
      const bare = buildSubgraphSchema([{ typeDefs }]);
      const resolvers = resolveSubgraph(current, name, bare, done.federated);
      const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
      const documents = new Map<string, DocumentNode>();
      urls.set(name, { url: `${this.url}${prefix}/${name}` });
      this.subgraphs.set(`${prefix}/${name}`, (query, variableValues) => {
        asked.push({ subgraph: name, query, variables: variableValues, headers: {} });
        const document = documents.get(query) ?? parse(query);
        if (!documents.has(query)) {
          documents.set(query, document);
          for (const { message } of validate(schema, document)) invalid.push(`${name}: ${message}\n${query}`);
        }
        return execute({ schema, document, variableValues });
      });
    }
    const active = world.label === 'moving' && world.isSwitchedOn ? [world.label] : [];
    const overrides = { active, draw: () => drawn };
    const graph = await connectGraph(supergraph, urls, asked, [], { overrides });
    const plans: QueryPlan[] = [];
    const plan = graph.planned.plan.bind(graph.planned);
    Object.assign(graph.planned, {
      plan: (...asked: Parameters<typeof plan>) => {
        const made = plan(...asked);
        plans.push(made);
        return made;
      },
    });
    const [whole, lenient] = [false, true].map((is) => buildSchema(printWhole(world, is)));
    resolveWhole(world, whole!, done.whole);
    resolveWhole(world, lenient!, done.lenient);
    return {
      ...{ world, sdl, graph, urls, overrides, done, invalid, plans, whole: whole!, lenient: lenient! },
      draw: (number) => void (drawn = number),
      close: async () => {
        await graph.close();
        for (const name of Object.keys(sdl)) this.subgraphs.delete(`${prefix}/${name}`);
      },
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function tryCompose(sdl: Readonly<Record<string, string>>): string | undefined {
  try {
    const subgraphs = Object.entries(sdl).map(([name, text]) => ({
      name,
      url: `http://${name}.test/`,
      sdl: FEDERATION_LINK + text,
    }));
    return composeGraph(subgraphs).supergraphSdl;
  } catch (error) {
    if (error instanceof HubError && error.code === 'COMPOSITION_FAILED') return undefined;
    throw error;
  }
}
