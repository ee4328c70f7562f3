import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { evidenceFolder } from '../shared/evidence/log/index.js';
import { SubjectKeys, subjectKeysFile } from '../shared/evidence/keys/index.js';
import { HubError } from '../shared/kernel/index.js';
import { digestValues } from './evidence/digest-disputes.js';
import { observeEvidence } from './evidence/evidence-metrics.js';
import { openEvidenceLog } from './evidence/open-evidence-log.js';
import { toAccessRecord, toRejectionRecord } from './evidence/to-access-record.js';
import { toGraphRecord } from './evidence/to-graph-record.js';
import { ContextSigner } from './execution/context-signer.js';
import type { GraphEngine } from './execution/graph-engine.js';
import { openEngine } from './execution/open-engine.js';
import { RequestExecutor } from './execution/request-executor.js';
import { queryPageRoutes } from './http/graphiql/query-page-routes.js';
import { tellFreshness } from './execution/tell-freshness.js';
import { readAllowedOrigins, readHttpLimits, readMetricsReaders } from './http/http-settings.js';
import { createHubServer } from './http/hub-server.js';
import { HubMetrics } from './http/metrics.js';
import { observeProcess } from './http/process-metrics.js';
import { portalRoutes } from './http/portal/portal-routes.js';
import type { RequestLine } from './http/request-line.js';
import type { Route } from './http/routes.js';
import { identifyBySession } from './http/session/identify-by-session.js';
import { openSessions } from './http/session/open-sessions.js';
import { sessionRoutes } from './http/session/session-routes.js';
import { openUnsubscribeRoutes } from './http/unsubscribe/unsubscribe-routes.js';
import { openUploadRoutes } from './http/uploads/open-upload-routes.js';
import { WorkerWatch } from './http/worker-watch.js';
import { openGovernance, type Governance } from './open-governance.js';
import { openSchemaRoutes } from './open-schema-routes.js';
import { NO_GOVERNANCE, refusePermissiveInProduction } from './permission/no-governance.js';
import { NO_GUESSES } from './permission/guess-ledger.js';
import { NO_LEDGER } from './permission/quota-ledger.js';
import type { RequestContext } from './request/request-context.js';
import type { RequestOutcome } from './request/request-outcome.js';
import { followGraph } from './supergraph/follow-graph.js';
import type { SwapResult } from './supergraph/graph-holder.js';
import type { GraphSource } from './supergraph/open-graph.js';
import { waitForGraph } from './supergraph/reload-on-policy-change.js';
import { openVariants } from './variants/open-variants.js';
import { variantRoutes } from './variants/variant-routes.js';
import { openTraces } from './tracing/open-traces.js';
import type { Tracing } from './tracing/trace.js';

export interface GatewayOptions {
  readonly config: Config;
  readonly source: GraphSource;
  readonly logger: Logger;
  /** Governance that the share rules are decided with; `permissive` serves anybody over any federation 2 subgraphs. */
  readonly governance: Governance | 'permissive';
  readonly routes?: readonly Route[];
  /** `false` leaves the graph as it is until `reload`. */
  readonly watch?: boolean;
  /** Traces requests for the operator; closed by its opener. */
  readonly tracing?: Tracing | undefined;
}
export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Reads the graph's source again; on any failure the old graph stays in force. */
  reload(): Promise<SwapResult>;
  /** Answers the requests in flight, then stops everything it started. */
  close(): Promise<void>;
}

/** Opens the gateway that the settings describe: governance, identity, tracing and query page, then the gateway itself.
 *  @param source      list of subgraphs, or a composed supergraph (permissive mode only)
 *  @param permissive  admits anybody and decides nothing; never in production
 *  @throws HubError naming what is wrong */
export async function openGateway(
  config: Config,
  source: GraphSource,
  permissive: boolean,
  logger: Logger,
): Promise<Gateway> {
  if ('supergraph' in source && !permissive)
    throw new HubError(
      'CONFIG_INVALID',
      'A ready supergraph carries no share rules, so it is served with --permissive only; give --config to serve it with them.',
    );
  const opened = new AsyncDisposableStack();
  try {
    const tracing = await openTraces(config, logger);
    opened.defer(() => tracing?.close());
    const base = { config, source, logger, tracing };
    const gateway = await startGateway(
      permissive
        ? { ...base, governance: 'permissive' }
        : { ...base, ...openPages(config, await openGovernance(config, logger, opened), logger, opened) },
    );
    opened.defer(() => gateway.close());
    return { ...gateway, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Opens the hub's own pages and uploads over governance, whose callers are then persons at a page too. */
function openPages(
  config: Config,
  governance: Governance,
  logger: Logger,
  opened: AsyncDisposableStack,
): { governance: Governance; routes: Route[] } {
  const { feed, database, secret } = governance;
  if (database === undefined) return { governance, routes: [] };
  const pages = openSessions(config, database, secret, logger, opened);
  const identify = identifyBySession(governance.identify, pages.sessions);
  const onFault = (err: unknown) => logger.warn({ err }, 'sign-in');
  return {
    governance: { ...governance, identify },
    routes: [
      ...sessionRoutes({ ...pages, feed, onFault }),
      ...portalRoutes(pages),
      ...queryPageRoutes(pages),
      ...openUnsubscribeRoutes(config, { database, secret }, logger, opened),
      ...openUploadRoutes(config, database, identify, logger, opened),
    ],
  };
}

/** Starts the federated gateway over opened governance: evidence, graph, server. When a part cannot start, the
 *  parts before it are stopped again.
 *  @throws HubError naming what is wrong */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, source, logger, governance } = options;
  const permissive = governance === 'permissive';
  if (permissive) refusePermissiveInProduction(config);
  const feed = permissive ? NO_GOVERNANCE : governance.feed;
  const started = new AsyncDisposableStack();
  try {
    const metrics = new HubMetrics({ isRegistered: (code) => feed.fresh()?.departments.has(code) ?? false });
    const quota = (permissive ? undefined : governance.quota) ?? NO_LEDGER;
    const log =
      permissive || governance.records === 'off'
        ? undefined
        : await openEvidenceLog(config, () => metrics.inFlight, governance.database);
    started.defer(() => log?.close());
    const subjects = log && (await openSubjectKeys(config, logger));
    started.defer(() => subjects?.close());

    const { holder, updates, prepareVariant } = await followGraph(
      {
        config,
        source,
        trust: permissive ? undefined : { feed, secret: governance.secret },
        watch: options.watch !== false,
        logger,
        metrics,
        createEngine: async (graph, planned): Promise<GraphEngine> => {
          // Every record names its graph, so the graph itself is evidence first.
          await log?.append(toGraphRecord(graph, new Date()));
          return openEngine(graph, planned, { config, permissive, quota, logger });
        },
      },
      started,
    );

    const variants = permissive
      ? undefined
      : openVariants(
          config,
          holder,
          feed,
          async (base, own, variant, opener) => {
            const { graph, planned } = await prepareVariant(base, own);
            await log?.append(toGraphRecord(graph, new Date(), { subgraph: own.name, ...opener }));
            return { graph, engine: openEngine(graph, planned, { config, permissive, quota, logger, variant }) };
          },
          logger,
        );
    const worker = permissive || governance.database === undefined ? undefined : new WorkerWatch(governance.database);
    worker?.observe(metrics.registry);
    const executor = new RequestExecutor({
      feed,
      signer: permissive ? undefined : new ContextSigner(governance.secret, refusedContexts(logger)),
      quota,
      guesses: (permissive ? undefined : governance.guesses) ?? NO_GUESSES,
      hasherOf: subjects && ((key) => subjects.hasherOf(key)),
      onDenied: config.ON_DENIED,
      followChange: permissive ? undefined : (...asked) => waitForGraph(feed, () => updates.reload(), ...asked),
      onUnconfirmed: (err, requestId) =>
        logger.error({ err, requestId }, 'a mutation is made, and governance could not be confirmed behind it'),
    });
    const digest = permissive ? undefined : digestValues(governance.secret);
    const record = async (context: RequestContext, outcome: RequestOutcome): Promise<void> => {
      const event = toAccessRecord(context, outcome, subjects?.newest, digest);
      await log?.append(event);
      metrics.items(context.caller?.department, event);
    };
    const server = createHubServer<GraphEngine>({
      holder,
      identify: permissive ? async () => undefined : governance.identify,
      execute:
        permissive || !governance.freshness ? executor.execute : tellFreshness(executor.execute, governance.freshness),
      endpoints: { '/explain': executor.explain },
      record,
      recordRejection: log && ((rejection) => log.append(toRejectionRecord(rejection))),
      acquireVariant: variants && ((name, caller) => variants.acquire(name, caller)),
      routes: [
        ...(options.routes ?? []),
        ...(variants && !permissive
          ? variantRoutes({ variants, identify: governance.identify, answerBytes: config.SUBGRAPH_MAX_BYTES })
          : []),
        ...(permissive ? [] : openSchemaRoutes(holder, governance.identify, feed, config.DEFAULT_LANGUAGE)),
      ],
      limits: readHttpLimits(config),
      anonymous: permissive,
      production: config.NODE_ENV === 'production',
      language: config.DEFAULT_LANGUAGE,
      compress: config.COMPRESS_ANSWERS,
      corsOrigins: readAllowedOrigins(config),
      readiness: {
        grants: () => (feed.fresh() ? undefined : 'the grants in force cannot be confirmed'),
        ...(log && { evidence: () => log.ready() }),
        ...(!permissive && governance.ready && { identity: governance.ready }),
      },
      warnings: {
        subgraphs: () => updates.describeStale(),
        hung: () => holder.current?.engine.execution.hung().join(', ') || undefined,
        graph: () => updates.describeRefusal(),
        ...(worker && { worker: () => worker.describe('worker'), deadlines: () => worker.describe('deadlines') }),
      },
      onFault: (err, requestId) => logger.error({ err, requestId }, 'fault'),
      metrics,
      metricsReaders: readMetricsReaders(config),
      log: logger.isLevelEnabled('info') ? (line: RequestLine) => logger.info(line, 'request') : undefined,
      tracing: options.tracing,
    });
    const folder = config.EVIDENCE_STORE === 'folder' ? evidenceFolder(config.DATA_DIR) : undefined;
    observeProcess(metrics.registry);
    metrics.observeHung(() => holder.current?.engine.execution.hung() ?? []);
    if (log) observeEvidence(log, metrics.registry, folder);
    const { url, port } = await server.listen(config.PORT, config.HOST);
    started.defer(() => server.close());
    started.defer(() => variants?.close());
    return { url, port, reload: () => updates.reload(), close: () => started.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** Reports a subgraph that accepts no context of the hub, at most once a minute. */
function refusedContexts(logger: Logger): (subgraph: string) => void {
  const reported = new Map<string, number>();
  return (subgraph) => {
    const now = Date.now();
    if (now - (reported.get(subgraph) ?? -Infinity) < 60_000) return;
    reported.set(subgraph, now);
    logger.error({ subgraph }, 'a subgraph refuses the context of every key that holds; see `sharehub key`');
  };
}

const openSubjectKeys = (config: Config, logger: Logger): Promise<SubjectKeys> =>
  SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
    onFault: (err) => logger.error({ err }, 'the keys of subjects were not taken up'),
  });
