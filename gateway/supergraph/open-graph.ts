import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { VARIANT_PREFIX } from '../../shared/evidence/index.js';
import { HubError } from '../../shared/kernel/index.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareIndex, ShareProblem } from '../../shared/share/share-index.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import { moveSubgraphs, readSupergraphConfig } from './config.js';
import type { Graph } from './graph.js';
import { withSubgraph } from './graph-ahead.js';
import type { Closable, GraphHolder, ActiveGraph } from './graph-holder.js';
import { loadSubgraphs, type FetchSdl, type LoadedSubgraph } from './load-subgraphs.js';
import type { GraphTask } from './composer/tasks.js';
import type { GraphParts } from './graph-parts.js';
import { toRefusal, type GraphInput } from './make-graph.js';
import type { PublishedVersions } from './published-versions.js';
import { receiveGraph, type ReceivedGraph } from './receive-graph.js';

/** The source of a graph: a list of subgraphs to compose, or a supergraph that somebody else composed. */
export type GraphSource =
  | {
      readonly config: string;
      /** Addresses of subgraphs that do not run where the list says. */
      readonly addresses?: ReadonlyMap<string, string>;
    }
  | { readonly supergraph: string };

/** The parts of other rooms that open a graph; given by the composition root. */
export interface GraphPorts<E extends Closable> {
  readonly fetchSdl: FetchSdl;
  /** Makes a graph, in a process of its own where requests are served meanwhile.
   *  @throws HubError COMPOSITION_FAILED */
  readonly makeGraph: (task: GraphTask) => Promise<GraphParts>;
  /** Refuses a graph for what is wrong with its share rules. A graph that releases only what the graph `inForce` does is not refused
   *  for a missing permit or consent.
   *  @throws HubError SHARE_RULES_INVALID */
  readonly checkShares: (problems: readonly ShareProblem[], inForce: ShareIndex | undefined) => void;
  /** For whom each subgraph may publish, and what owners consented to. Absent in permissive mode, when nobody asks. */
  readonly readPolicy?: () => Promise<ReleasePolicy>;
  /** The subgraphs that departments publish, beside the list's. */
  readonly published?: PublishedVersions | undefined;
  readonly createEngine: (graph: Graph, planned: PlannedGraph) => Promise<E> | E;
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
    return { supergraphSdl, files: [source.supergraph] };
  }
  const config = moveSubgraphs(await readSupergraphConfig(source.config), source.addresses ?? new Map());
  return { subgraphs: await loadSubgraphs(config, { fetchSdl }), files: config.files };
}

/** Has a graph made, as it differs from another one.
 *  @throws HubError COMPOSITION_FAILED or SHARE_RULES_INVALID */
async function makeParts<E extends Closable>(
  input: GraphInput,
  ports: GraphPorts<E>,
  base: Graph | undefined,
): Promise<GraphParts> {
  const parts = await ports.makeGraph({ ...withoutOthers(input), base: base?.version });
  ports.checkShares(parts.problems, base?.shares);
  return parts;
}

/** Leaves out what else governance says: it is much, and none of it crosses to another process. */
function withoutOthers(input: GraphInput): GraphInput {
  if (!('subgraphs' in input) || !input.policy) return input;
  const { publishers, consents, successions } = input.policy;
  return { ...input, policy: { publishers, consents, ...(successions && { successions }) } };
}

/** Prepares a graph that is another one but for one subgraph, under the same rules: a variant of it.
 *  @throws HubError COMPOSITION_FAILED or SHARE_RULES_INVALID; nothing of it is served then */
export async function prepareVariant<E extends Closable>(
  base: Graph,
  own: LoadedSubgraph,
  ports: GraphPorts<E>,
  policy: ReleasePolicy | undefined,
): Promise<ReceivedGraph> {
  const subgraphs = withSubgraph(base.loaded ?? [], own);
  const parts = await makeParts({ subgraphs, policy }, ports, base);
  const { graph, planned } = await receiveGraph(parts, base, subgraphs).catch(refuse);
  return { planned, graph: { ...graph, version: VARIANT_PREFIX + graph.version } };
}

/** A loader for `GraphHolder.swap` that reads the source again, and opens it only when its text is not in force.
 *  @param onRead  called with the files of the source, so that they can be watched */
export function graphLoader<E extends Closable>(
  source: GraphSource,
  ports: GraphPorts<E>,
  holder: GraphHolder<E>,
  onRead: (files: readonly string[]) => void = () => {},
): () => Promise<ActiveGraph<E> | undefined> {
  const hashes = new WeakMap<Graph, string>();
  return async () => {
    const text = await readSource(source, ports.fetchSdl);
    onRead(text.files);
    const policy = await ports.readPolicy?.();
    if (policy && !text.subgraphs)
      throw new HubError(
        'CONFIG_INVALID',
        'A ready supergraph carries no share rules, so it can be served with --permissive only; give --config to serve it with them.',
      );
    const versions = (await ports.published?.read()) ?? [];
    const hash = sourceHash(text, versions, policy);
    const base = holder.current?.graph;
    if (base && hashes.get(base) === hash) return undefined;
    const make = async (further: readonly LoadedSubgraph[] = []) => {
      const input: GraphInput = text.subgraphs
        ? { subgraphs: [...text.subgraphs, ...further], policy }
        : { supergraphSdl: text.supergraphSdl };
      return { input, parts: await makeParts(input, ports, base) };
    };
    const listed = new Set((text.subgraphs ?? []).map(({ name }) => name));
    const { parts, input } = await (ports.published ? ports.published.choose(versions, listed, make) : make());
    const loaded = 'subgraphs' in input ? input.subgraphs : undefined;
    const { graph, planned } = await receiveGraph(parts, base, loaded).catch(refuse);
    const engine = await Promise.resolve(ports.createEngine(graph, planned)).catch(refuse);
    hashes.set(graph, hash);
    return { graph, engine };
  };
}

function refuse(cause: unknown): never {
  throw toRefusal(cause);
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
  if (policy) hash.update(JSON.stringify([[...policy.publishers], policy.consents, policy.successions ?? []]));
  return hash.digest('hex');
}
