import type { Release } from '../../shared/share/releases/release.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import { createFederatedSchema, FederatedTypes, type FederatedEntry, toEntry } from '../plan/federated-schema-texts.js';
import { createPlanned } from '../plan/load-graph.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import { createFacts } from '../plan/supergraph-facts.js';
import type { GraphParts } from './graph-parts.js';
import type { Graph } from './graph.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { Pacer } from './pacer.js';
import { buildDescribedSchema, type BuiltSchema } from './schema/build-described-schema.js';
import { applyDelta, type Entries } from './table.js';

/** A graph that is ready but for its engine. */
export interface ReceivedGraph {
  readonly graph: Graph;
  readonly planned: PlannedGraph;
}
/** What the next graph takes over where nothing has changed. */
interface KeptParts {
  readonly consumer: BuiltSchema;
  readonly whole: BuiltSchema;
  readonly types: Entries<FederatedEntry>;
  readonly items: Entries<ShareItem> | undefined;
  readonly releases: Entries<readonly Release[]> | undefined;
}
const keptParts = new WeakMap<Graph, KeptParts>();

/** Makes a graph of its parts, in steps between which requests are served.
 *  @param base    the graph that they were asked to differ from
 *  @param loaded  the subgraphs that it was composed of */
export async function receiveGraph(
  parts: GraphParts,
  base: Graph | undefined,
  loaded?: readonly LoadedSubgraph[],
): Promise<ReceivedGraph> {
  const before = parts.base === undefined ? undefined : base && keptParts.get(base);
  const pacer = new Pacer();
  const consumer = await buildDescribedSchema(parts.consumer, before?.consumer, pacer);
  await pacer.pause();
  const whole = await buildDescribedSchema(parts.whole, before?.whole, pacer);
  await pacer.pause();
  const types = await applyDelta(parts.types, before?.types, toEntry, pacer);
  const parse = (text: string) => JSON.parse(text) as ShareItem;
  const given = parts.items && (await applyDelta(parts.items, before?.items, parse, pacer));
  const items = given && (await placeItems(given, pacer));
  await pacer.pause();
  const parseAll = (text: string) => JSON.parse(text) as readonly Release[];
  const releases = parts.releases && (await applyDelta(parts.releases, before?.releases, parseAll, pacer));
  const shares: ShareIndex | undefined = parts.shares &&
    items && {
      ...parts.shares,
      items: items.values,
      byCoordinate: items.byCoordinate,
      ...(releases && { releases: toMap(releases) }),
    };
  await pacer.pause();
  const { version, supergraphSdl, subgraphs, comparisons } = parts;
  const graph = {
    version,
    supergraphSdl,
    schema: consumer.schema,
    ...(shares && { shares }),
    subgraphs,
    loaded,
    comparisons,
  };
  keptParts.set(graph, { consumer, whole, types, items, releases });
  const federated = new FederatedTypes(toMap(types));
  await pacer.pause();
  const planned = createPlanned(createFederatedSchema(parts.frame, federated), createFacts(parts.facts, whole.schema));
  return { graph, planned };
}

/** Gives items their positions, in steps. */
async function placeItems({ names, values }: Entries<ShareItem>, pacer: Pacer) {
  const placed: ShareItem[] = [];
  const byCoordinate = new Map<string, ShareItem>();
  for (const [index, item] of values.entries()) {
    const own = item.index === index ? item : { ...item, index };
    placed.push(own);
    byCoordinate.set(own.coordinate, own);
    if (pacer.isDue) await pacer.pause();
  }
  return { names, values: placed, byCoordinate };
}

const toMap = <T>({ names, values }: Entries<T>): Map<string, T> =>
  new Map(names.map((name, at) => [name, values[at]!]));
