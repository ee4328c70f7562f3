import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { declaredProcess } from '../../shared/config/declared-process.js';
import { publishedAddress } from '../../shared/read-model/declared-address.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import { Composer } from './composer/composer.js';
import { sdlOverHttp } from './fetch-sdl.js';
import { GraphHolder, type Closable } from './graph-holder.js';
import { GraphAhead } from './graph-ahead.js';
import { GraphUpdates, type GraphUpdatesOptions } from './graph-updates.js';
import { createLastKnownSdl } from './last-known-sdl.js';
import type { Graph } from './graph.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { graphLoader, prepareVariant, type GraphPorts, type GraphSource } from './open-graph.js';
import type { ReceivedGraph } from './receive-graph.js';
import { PublishedVersions } from './published-versions.js';
import { reloadOnPolicyChange } from './reload-on-policy-change.js';
import { shareRulesCheck } from './share-rules.js';
import { watchGraphSource } from './watch-graph-source.js';

export interface FollowedGraph<E extends Closable> extends Pick<GraphPorts<E>, 'createEngine'> {
  readonly config: Config;
  readonly source: GraphSource;
  /** Governance and the hub's secret; absent in permissive mode. */
  readonly trust?: { readonly feed: GovernanceFeed; readonly secret: string } | undefined;
  /** False leaves the graph as it is until `reload`. */
  readonly watch: boolean;
  readonly logger: Logger;
  readonly metrics: GraphUpdatesOptions<E>['metrics'];
}

export interface FollowingGraph<E extends Closable> {
  readonly holder: GraphHolder<E>;
  readonly updates: GraphUpdates<E>;
  /** Prepares a graph that has one subgraph in another version, or one more.
   *  @throws HubError COMPOSITION_FAILED, SHARE_RULES_INVALID */
  readonly prepareVariant: (graph: Graph, own: LoadedSubgraph) => Promise<ReceivedGraph>;
}

/** Brings the graph of a source into force, and follows its files and governance from then on.
 *  @param started  ends it
 *  @throws HubError when there is no first graph */
export async function followGraph<E extends Closable>(
  { config, source, trust, watch, logger, metrics, createEngine }: FollowedGraph<E>,
  started: AsyncDisposableStack,
): Promise<FollowingGraph<E>> {
  const holder = new GraphHolder<E>();
  const composer = new Composer({ timeoutMs: config.COMPOSE_TIMEOUT_MS, memoryMb: config.COMPOSE_MEMORY_MB });
  composer.warmUp();
  let watchFiles: (files: readonly string[]) => void = () => undefined;
  const known = createLastKnownSdl(
    join(config.DATA_DIR, 'graph'),
    sdlOverHttp({
      authorise: trust && registrationHeaders(trust.secret, async () => (await trust.feed.current()).keys),
    }),
    (err) => logger.error({ err }, 'the schemas of subgraphs could not be kept for a time when they are down'),
  );
  const origins = readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS);
  const declared = declaredProcess(config, 'config' in source ? source.addresses : undefined);
  const addressOf = ({ url }: { readonly url: string }) => publishedAddress(url, origins, declared);
  const published = trust && new PublishedVersions(async () => (await trust.feed.current()).subgraphs ?? [], addressOf);
  const ports: GraphPorts<E> = {
    fetchSdl: known.fetchSdl,
    makeGraph: (task) => composer.run('graph', task),
    checkShares: shareRulesCheck(!trust, logger),
    ...(trust && { readPolicy: () => trust.feed.current() }),
    published,
    createEngine,
  };
  const load = graphLoader(source, ports, holder, (files) => watchFiles(files));
  started.defer(() => holder.close());
  started.defer(() => composer.close());
  const updates = new GraphUpdates({ holder, load, known, held: () => published?.held() ?? [], logger, metrics });
  const reload = () => updates.reload();
  await updates.start();
  started.defer(() => updates.stop());
  if (trust) {
    const ahead = new GraphAhead({
      current: () => holder.current?.graph,
      readPolicy: () => trust.feed.current(),
      addressOf,
      prepare: (graph) => composer.run('prepare', graph),
    });
    started.defer(reloadOnPolicyChange(trust.feed, reload, () => ahead.prepare()));
    void ahead.prepare();
  }
  if (watch) {
    const watching = watchGraphSource(['config' in source ? source.config : source.supergraph], reload);
    watchFiles = (files) => watching.watch(files);
    started.defer(() => watching.close());
  }
  return {
    holder,
    updates,
    prepareVariant: async (graph, own) => prepareVariant(graph, own, ports, await ports.readPolicy?.()),
  };
}
