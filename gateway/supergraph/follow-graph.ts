import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { declaredProcess } from '../../shared/config/declared-process.js';
import { publishedAddress } from '../../shared/read-model/declared-address.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import { sdlOverHttp } from './fetch-sdl.js';
import { GraphHolder, type Closable } from './graph-holder.js';
import { GraphUpdates, type GraphUpdatesOptions } from './graph-updates.js';
import { createLastKnownSdl } from './last-known-sdl.js';
import { graphLoader, type GraphPorts, type GraphSource, type LoadedGraph } from './open-graph.js';
import { PublishedVersions } from './published-versions.js';
import { reloadOnPolicyChange } from './reload-on-policy-change.js';
import { shareRulesReader } from './share-rules.js';
import { watchGraphSource } from './watch-graph-source.js';

export interface FollowedGraph<P extends LoadedGraph, E extends Closable> extends Pick<
  GraphPorts<P, E>,
  'loadGraph' | 'createEngine'
> {
  readonly config: Config;
  readonly source: GraphSource;
  /** Governance and the hub's secret; absent in permissive mode. */
  readonly trust?: { readonly feed: GovernanceFeed; readonly secret: string } | undefined;
  /** False leaves the graph as it is until `reload`. */
  readonly watch: boolean;
  readonly logger: Logger;
  readonly metrics: GraphUpdatesOptions<E>['metrics'];
}

/** Brings the graph of a source into force, and follows its files and governance from then on.
 *  @param started  ends it
 *  @throws HubError when there is no first graph */
export async function followGraph<P extends LoadedGraph, E extends Closable>(
  { config, source, trust, watch, logger, metrics, loadGraph, createEngine }: FollowedGraph<P, E>,
  started: AsyncDisposableStack,
): Promise<{ readonly holder: GraphHolder<E>; readonly updates: GraphUpdates<E> }> {
  const holder = new GraphHolder<E>();
  let watchFiles: (files: readonly string[]) => void = () => undefined;
  const known = createLastKnownSdl(
    join(config.DATA_DIR, 'graph'),
    sdlOverHttp({ authorise: trust && registrationHeaders(trust.secret) }),
    (err) => logger.error({ err }, 'the schemas of subgraphs could not be kept for a time when they are down'),
  );
  const origins = readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS);
  const declared = declaredProcess(config, 'config' in source ? source.addresses : undefined);
  const published =
    trust &&
    new PublishedVersions(
      async () => (await trust.feed.current()).subgraphs ?? [],
      ({ url }) => publishedAddress(url, origins, declared),
    );
  const load = graphLoader(
    source,
    {
      fetchSdl: known.fetchSdl,
      readShares: 'config' in source || trust ? shareRulesReader(!trust, logger) : undefined,
      readPolicy: trust && (() => trust.feed.current()),
      published,
      loadGraph,
      createEngine,
    },
    holder,
    (files) => watchFiles(files),
  );
  started.defer(() => holder.close());
  const updates = new GraphUpdates({ holder, load, known, held: () => published?.held() ?? [], logger, metrics });
  const reload = () => updates.reload();
  await updates.start();
  started.defer(() => updates.stop());
  if (trust) started.defer(reloadOnPolicyChange(trust.feed, reload));
  if (watch) {
    const watching = watchGraphSource(['config' in source ? source.config : source.supergraph], reload);
    watchFiles = (files) => watching.watch(files);
    started.defer(() => watching.close());
  }
  return { holder, updates };
}
