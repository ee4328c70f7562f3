import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { checkCarriedOut } from '../../shared/share/unsupported-directives.js';
import { composeGraph } from './compose-graph.js';
import { moveSubgraphs, readSupergraphConfig } from './config.js';
import { buildConsumerSchema } from './build-consumer-schema.js';
import { graphVersion, subgraphsOf, type Graph } from './graph.js';
import type { Closable, GraphHolder, ActiveGraph } from './graph-holder.js';
import { refuseUnreachable } from './refuse-unreachable.js';
import { loadSubgraphs, type FetchSdl, type LoadedSubgraph } from './load-subgraphs.js';
import type { PublishedVersions } from './published-versions.js';

/** The source of a graph: a list of subgraphs to compose, or a supergraph that somebody else composed. */
export type GraphSource =
  | {
      readonly config: string;
      /** Addresses of subgraphs that do not run where the list says. */
      readonly addresses?: ReadonlyMap<string, string>;
    }
  | { readonly supergraph: string };

/** The parts of other rooms that open a graph; given by the composition root. */
export interface GraphPorts<P extends LoadedGraph, E extends Closable> {
  readonly fetchSdl: FetchSdl;
  /** Reads the share statements of all subgraphs into one index over the consumers' schema. Absent for a ready supergraph.
   *  A graph that releases only what the graph `inForce` does is not refused for a missing permit or consent.
   *  @throws HubError SHARE_RULES_INVALID when the statements must not be published */
  readonly readShares?: (
    subgraphs: readonly LoadedSubgraph[],
    graph: { readonly supergraphSdl: string; readonly schema: GraphQLSchema },
    policy?: ReleasePolicy,
    inForce?: ShareIndex,
  ) => ShareIndex;
  /** For whom each subgraph may publish, and what owners consented to. Absent in permissive mode, when nobody asks. */
  readonly readPolicy?: () => Promise<ReleasePolicy>;
  /** The subgraphs that departments publish, beside the list's. */
  readonly published?: PublishedVersions | undefined;
  /** Reads the supergraph for the planner.
   *  @throws HubError COMPOSITION_FAILED when nothing can be planned on it */
  readonly loadGraph: (supergraphSdl: string) => P;
  readonly createEngine: (graph: Graph, planned: P) => Promise<E> | E;
}
export interface LoadedGraph {
  /** SDL of the consumers' schema. */
  readonly consumerSchema: string;
}

/** The text of a source, by which a change is noticed, and the files it was read from. */
export interface GraphText {
  readonly supergraphSdl: string;
  readonly subgraphs?: readonly LoadedSubgraph[];
  /** The permits and consents that the graph was checked with. */
  readonly policy?: ReleasePolicy;
  readonly files: readonly string[];
}

/** A source as it is read, before anything is composed. */
type SourceText =
  | { readonly supergraphSdl: string; readonly subgraphs?: undefined; readonly files: readonly string[] }
  | { readonly subgraphs: readonly LoadedSubgraph[]; readonly files: readonly string[] };

async function readSource(source: GraphSource, fetchSdl: FetchSdl): Promise<SourceText> {
  if ('supergraph' in source) {
    const supergraphSdl = await readFile(source.supergraph, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`;
      throw new HubError('CONFIG_INVALID', `${source.supergraph} ${why}.`, {}, { cause });
    });
    refuseUnsupported(supergraphSdl);
    return { supergraphSdl, files: [source.supergraph] };
  }
  const config = moveSubgraphs(await readSupergraphConfig(source.config), source.addresses ?? new Map());
  return { subgraphs: await loadSubgraphs(config, { fetchSdl }), files: config.files };
}

/** Composes a source, where it is a list, with further subgraphs.
 *  @throws HubError COMPOSITION_FAILED */
function composeSource(text: SourceText, further: readonly LoadedSubgraph[] = []): GraphText {
  if (!text.subgraphs) return text;
  const subgraphs = [...text.subgraphs, ...further];
  const { supergraphSdl } = composeGraph(subgraphs);
  return { supergraphSdl, subgraphs, files: text.files };
}

/** Reads a source and composes it.
 *  @throws HubError CONFIG_INVALID or COMPOSITION_FAILED */
export const readGraphText = async (source: GraphSource, fetchSdl: FetchSdl): Promise<GraphText> =>
  composeSource(await readSource(source, fetchSdl));

/** Refuses a supergraph that another composer made with security features that this engine would ignore. Text that is no
 *  GraphQL is refused where it is read.
 *  @source share-rules section 1, rule 11 */
function refuseUnsupported(supergraphSdl: string): void {
  let document: DocumentNode;
  try {
    document = parse(supergraphSdl, { noLocation: true });
  } catch {
    return;
  }
  const errors = checkCarriedOut('supergraph', document);
  if (errors.length > 0)
    throw new HubError(
      'COMPOSITION_FAILED',
      `The supergraph was refused. ${errors.map(({ message }) => message).join(' ')}`,
      { errors },
    );
}

/** A graph that is ready but for its engine. */
interface PreparedGraph<P> {
  readonly graph: Graph;
  readonly planned: P;
}

/** Prepares what a source says now: loaded for planning, with its share index.
 *  @param text     a composed source
 *  @param inForce  share index of the graph in force
 *  @throws HubError COMPOSITION_FAILED, SHARE_RULES_INVALID or CONFIG_INVALID; nothing of it is served then */
export function prepareGraph<P extends LoadedGraph, E extends Closable>(
  text: GraphText,
  ports: GraphPorts<P, E>,
  inForce?: ShareIndex,
): PreparedGraph<P> {
  const { supergraphSdl, subgraphs: loaded, policy } = text;
  const subgraphs = subgraphsOf(supergraphSdl, loaded);
  if (ports.readShares && !loaded) {
    throw new HubError(
      'CONFIG_INVALID',
      'A ready supergraph carries no share rules, so it can be served with --permissive only; give --config to serve it with them.',
    );
  }
  const planned = ports.loadGraph(supergraphSdl);
  return asRefusal(() => {
    // One that was composed here has been checked.
    if (!loaded) refuseUnreachable(supergraphSdl);
    const plain = buildConsumerSchema(planned.consumerSchema);
    const shares = loaded && ports.readShares?.(loaded, { supergraphSdl, schema: plain }, policy, inForce);
    const schema = shares ? buildConsumerSchema(planned.consumerSchema, shares) : plain;
    const version = graphVersion(supergraphSdl, shares);
    return { graph: { version, supergraphSdl, schema, shares, subgraphs }, planned };
  });
}

function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toRefusal(cause);
  }
}

const toRefusal = (cause: unknown): HubError =>
  cause instanceof HubError
    ? cause
    : new HubError('COMPOSITION_FAILED', `The graph was refused: ${(cause as Error).message}`, {}, { cause });

/** A loader for `GraphHolder.swap` that reads the source again, and opens it only when its text is not in force.
 *  @param onRead  called with the files of the source, so that they can be watched */
export function graphLoader<P extends LoadedGraph, E extends Closable>(
  source: GraphSource,
  ports: GraphPorts<P, E>,
  holder: GraphHolder<E>,
  onRead: (files: readonly string[]) => void = () => {},
): () => Promise<ActiveGraph<E> | undefined> {
  const hashes = new WeakMap<Graph, string>();
  return async () => {
    const text = await readSource(source, ports.fetchSdl);
    onRead(text.files);
    const policy = await ports.readPolicy?.();
    const versions = (await ports.published?.read()) ?? [];
    const hash = sourceHash(text, versions, policy);
    const current = holder.current;
    if (current && hashes.get(current.graph) === hash) return undefined;
    const prepare = (further?: readonly LoadedSubgraph[]) =>
      prepareGraph({ ...composeSource(text, further), ...(policy && { policy }) }, ports, current?.graph.shares);
    const listed = new Set((text.subgraphs ?? []).map(({ name }) => name));
    const { graph, planned } = ports.published ? ports.published.choose(versions, listed, prepare) : prepare();
    const engine = await Promise.resolve(ports.createEngine(graph, planned)).catch((cause: unknown) => {
      throw toRefusal(cause);
    });
    hashes.set(graph, hash);
    return { graph, engine };
  };
}

function sourceHash(
  text: SourceText,
  versions: readonly { readonly id: string; readonly previous?: { readonly id: string } }[],
  policy: ReleasePolicy | undefined,
): string {
  const hash = createHash('sha256');
  if (!text.subgraphs) hash.update(text.supergraphSdl);
  for (const { name, url, sdl } of text.subgraphs ?? []) hash.update(`\0${name}\0${url}\0${sdl}`);
  for (const { id, previous } of versions) hash.update(`\0${id}\0${previous?.id ?? ''}`);
  if (policy) hash.update(JSON.stringify([[...policy.publishers], policy.consents]));
  return hash.digest('hex');
}
