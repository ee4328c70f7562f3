import { createServer, type Server } from 'node:http';
import { buildSchema, Kind, parse, print, stripIgnoredCharacters } from 'graphql';
import { createEngine, type Engine } from '../../../gateway/execution/engine.js';
import { loadGraph } from '../../../gateway/plan/load-graph.js';
import { composeGraph } from '../../../gateway/supergraph/compose-graph.js';
import { HubError } from '../../../shared/kernel/index.js';
import { denialsOf, listen } from './graph.js';
import { WorldSubgraph, type World } from './world-subgraph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject", "@override", "@inaccessible", "@tag"])\n';

/** Subgraphs, the world they answer from, and questions. */
export interface CorpusGraph {
  /** SDL by subgraph. The federation link is added, unless the SDL has a link of its own or begins with `# federation 1`. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly world: World;
  /** Labels of `@override` that are switched on. */
  readonly labels?: readonly string[];
  /** By the behaviour that a case shows. */
  readonly cases: Readonly<Record<string, CorpusCase>>;
}

export interface CorpusCase {
  readonly ask: string;
  readonly data: unknown;
  /** `CODE@path.with.0.indices`; `CODE` alone for an operation that is refused whole; none when absent. */
  readonly errors?: readonly string[];
  readonly variables?: Record<string, unknown>;
  /** The number that decides `@override(label: "percent(n)")`; 50 when absent. */
  readonly drawn?: number;
  /** Every fetch, as `describeFetch` writes it, in any order. */
  readonly fetches: readonly string[];
}

/** The outcome of a case. */
export interface CorpusOutcome {
  /** As it was written, so that the order of keys shows. */
  readonly data: string;
  readonly errors: readonly string[];
  readonly fetches: readonly string[];
}

/** One server for the subgraphs of many graphs, each graph with an engine of its own. */
export class CorpusServer {
  private readonly subgraphs = new Map<string, WorldSubgraph>();
  private readonly engines: Engine[] = [];
  private asked: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly origin: string,
  ) {}

  static async open(): Promise<CorpusServer> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(opened.answer(request.url!, query, variables)));
      });
    });
    const opened = new CorpusServer(server, new URL(await listen(server)).origin);
    return opened;
  }

  /** Composes a graph as the hub does. @returns a function that asks it */
  add(graph: CorpusGraph): (asked: Pick<CorpusCase, 'ask' | 'variables' | 'drawn'>) => Promise<CorpusOutcome> {
    const sdls = withLinks(graph.subgraphs);
    const possible = possibleTypesOf(Object.values(sdls));
    const urls = new Map<string, { url: string }>();
    for (const [name, sdl] of Object.entries(sdls)) {
      const path = `/${this.engines.length}/${name}`;
      urls.set(name, { url: this.origin + path });
      this.subgraphs.set(path, new WorldSubgraph(sdl, graph.world, possible));
    }
    const { supergraphSdl } = composeGraph(
      Object.entries(sdls).map(([name, sdl]) => ({ name, sdl, url: urls.get(name)!.url })),
    );
    const planned = loadGraph(supergraphSdl);
    let number = 50;
    const engine = createEngine({
      planned,
      schema: buildSchema(planned.consumerSchema),
      subgraphs: urls,
      overrides: { active: graph.labels ?? [], draw: () => number },
    });
    this.engines.push(engine);
    return async ({ ask, variables, drawn = 50 }) => {
      number = drawn;
      this.asked = [];
      try {
        const operation = engine.prepare(ask);
        const answer = await engine.execute(operation, {
          denials: denialsOf(operation, []),
          refusal: () => ({ message: '', extensions: { code: 'GRANT_REQUIRED' } }),
          variables,
          context: () => undefined,
        });
        const errors = answer.errors.map(({ extensions, path }) => `${extensions.code}@${(path ?? []).join('.')}`);
        return { data: answer.data, errors: errors.sort(), fetches: this.asked.sort() };
      } catch (refusal) {
        if (!(refusal instanceof HubError)) throw refusal;
        return { data: 'null', errors: [refusal.code], fetches: this.asked };
      }
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.close()));
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string, query: string, variables: Record<string, unknown>): unknown {
    this.asked.push(describeFetch(path.split('/').at(-1)!, query, variables));
    return this.subgraphs.get(path)!.answer(query, variables);
  }
}

/** SDL by subgraph, as the hub composes it. */
export const withLinks = (subgraphs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(subgraphs).map(([name, sdl]) => [
      name,
      sdl.includes('@link') || sdl.startsWith('# federation 1') ? sdl : LINK + sdl,
    ]),
  );

/** A fetch in one line: `name: {user{id}}`, or `name: User{age} <- User(id:"1")` for entities. */
export function describeFetch(subgraph: string, query: string, variables: Record<string, unknown>): string {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a fetch is one operation');
  const parts = operation.selectionSet.selections.map((each) => {
    if (each.kind !== Kind.FIELD || each.name.value !== '_entities') return stripIgnoredCharacters(print(each));
    const value = each.arguments![0]!.value;
    const sent = variables[value.kind === Kind.VARIABLE ? value.name.value : ''] as Record<string, unknown>[];
    const fragments = stripIgnoredCharacters(print(each.selectionSet!))
      .slice(1, -1)
      .replace(/\.\.\.on /g, '');
    const entities = sent.map(
      ({ __typename, ...rest }) => `${String(__typename)}(${describeValue(rest).slice(1, -1)})`,
    );
    return `${fragments} <- ${entities.join(' ')}`;
  });
  const kind = String(operation.operation) === 'query' ? '' : `${operation.operation} `;
  const isRoot = operation.selectionSet.selections.every(
    (each) => each.kind !== Kind.FIELD || each.name.value !== '_entities',
  );
  return `${subgraph}: ${kind}${isRoot ? `{${parts.join(' ')}}` : parts.join(' + ')}`;
}

const describeValue = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(describeValue).join(' ')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([key, inner]) => `${key}:${describeValue(inner)}`)
          .join(' ')}}`
      : JSON.stringify(value);

function possibleTypesOf(sdls: readonly string[]): Map<string, string[]> {
  const possible = new Map<string, string[]>();
  for (const sdl of sdls) {
    for (const each of parse(sdl).definitions) {
      if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
      for (const { name } of each.interfaces ?? [])
        possible.set(name.value, [...(possible.get(name.value) ?? []), each.name.value]);
    }
  }
  return possible;
}
