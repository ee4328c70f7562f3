import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { readListedOrigins } from '../shared/config/listed-origins.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { evidenceFolder } from '../shared/evidence/log/index.js';
import { SubjectKeys, subjectKeysFile } from '../shared/evidence/keys/index.js';
import { HubError, type Caller } from '../shared/kernel/index.js';
import {
  GOVERNANCE_CHANNEL,
  readReviewedSnapshot,
  readSnapshot,
  VERSION_SQL,
} from '../shared/read-model/read-snapshot.js';
import { listNotSharedModes, readProfile } from '../shared/law/index.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { registrationHeaders } from '../shared/trust/registration.js';
import { observeEvidence } from './evidence/evidence-metrics.js';
import type { EvidenceLog } from './evidence/evidence-log.js';
import { openEvidenceLog } from './evidence/open-evidence-log.js';
import { toAccessRecord, toRejectionRecord } from './evidence/to-access-record.js';
import { toGraphRecord } from './evidence/to-graph-record.js';
import { ContextSigner } from './execution/context-signer.js';
import { createEngine } from './execution/engine.js';
import type { GraphEngine } from './execution/graph-engine.js';
import { RequestExecutor, type ConfirmedFeed } from './execution/request-executor.js';
import { openQueryPage } from './http/graphiql/open-query-page.js';
import { readAllowedOrigins, readHttpLimits, readMetricsReaders } from './http/http-settings.js';
import { createHubServer } from './http/hub-server.js';
import { HubMetrics } from './http/metrics.js';
import { observeProcess } from './http/process-metrics.js';
import type { RequestLine } from './http/request-line.js';
import type { Route } from './http/routes.js';
import { WorkerWatch } from './http/worker-watch.js';
import { openIdentifier } from './identity/open-identifier.js';
import { readIdentifiers } from './operation/read-identifiers.js';
import { readOperationLimits } from './operation/limits.js';
import { DatabaseQuota } from './permission/database-quota.js';
import { Decider } from './permission/decider.js';
import { NO_GOVERNANCE, refusePermissiveInProduction } from './permission/no-governance.js';
import { openGovernanceFeed } from './permission/open-governance-feed.js';
import { NO_LEDGER, type QuotaLedger } from './permission/quota-ledger.js';
import { loadGraph } from './plan/load-graph.js';
import type { PlannedGraph } from './plan/planned-graph.js';
import type { RequestContext } from './request/request-context.js';
import type { RequestOutcome } from './request/request-outcome.js';
import { sdlOverHttp } from './supergraph/fetch-sdl.js';
import { createLastKnownSdl } from './supergraph/last-known-sdl.js';
import { GraphHolder, type SwapResult } from './supergraph/graph-holder.js';
import { GraphUpdates } from './supergraph/graph-updates.js';
import type { Graph } from './supergraph/graph.js';
import { graphLoader, type GraphSource } from './supergraph/open-graph.js';
import { PublishedVersions } from './supergraph/published-versions.js';
import { reloadOnPolicyChange } from './supergraph/reload-on-policy-change.js';
import { buildOpenIndex, readSubjects, shareRulesReader } from './supergraph/share-rules.js';
import { watchGraphSource } from './supergraph/watch-graph-source.js';
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
export interface Governance {
  readonly feed: ConfirmedFeed;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** The hub's secret, from which the subgraphs' keys derive. */
  readonly secret: string;
  /** `off` stores no access records; only for measuring what they cost. */
  readonly records?: 'off';
  /** Counts uses; without it, what has a daily quota is refused. */
  readonly quota?: QuotaLedger;
  /** The governance database, where evidence may be kept. */
  readonly database?: string;
  readonly ready?: () => string | undefined;
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
    const governance = permissive ? 'permissive' : await openGovernance(config, logger, opened);
    const routes = governance === 'permissive' ? [] : openQueryPage(config, governance.feed, logger);
    const gateway = await startGateway({ config, source, logger, routes, governance, tracing });
    opened.defer(() => gateway.close());
    return { ...gateway, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openGovernance(config: Config, logger: Logger, opened: AsyncDisposableStack): Promise<Governance> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  let database = config.GOVERNANCE_DATABASE_URL;
  if (database === undefined) {
    const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
    opened.defer(() => server.stop());
    database = server.url('governance');
  }
  const feed = await openGovernanceFeed({
    url: database,
    leaseMs: config.GRANT_LEASE_MS,
    channel: GOVERNANCE_CHANNEL,
    versionSql: VERSION_SQL,
    read: config.CATALOGUE_REVIEW === 'required' ? readReviewedSnapshot : readSnapshot,
    logger,
  });
  opened.defer(() => feed.close());
  const quota = new DatabaseQuota({ url: database, timeZone: config.TIME_ZONE, logger });
  opened.defer(() => quota.close());
  const identifier = openIdentifier(config, feed, logger);
  opened.defer(() => identifier.close());
  return {
    secret,
    feed,
    database,
    quota,
    identify: (headers) => identifier.identify(headers.authorization),
    ready: () => (identifier.ready() ? undefined : "the OpenID provider's keys are not known yet"),
  };
}

/** Starts the federated gateway over opened governance: evidence, graph, server. When a part cannot start, the
 *  parts before it are stopped again.
 *  @throws HubError naming what is wrong */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, source, logger, governance } = options;
  const permissive = governance === 'permissive';
  if (permissive) refusePermissiveInProduction(config);
  const secret = permissive ? randomBytes(32).toString('hex') : governance.secret;
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

    const holder = new GraphHolder<GraphEngine>();
    let watchFiles: (files: readonly string[]) => void = () => undefined;
    const known = createLastKnownSdl(
      join(config.DATA_DIR, 'graph'),
      sdlOverHttp({ authorise: permissive ? undefined : registrationHeaders(secret) }),
      (err) => logger.error({ err }, 'the schemas of subgraphs could not be kept for a time when they are down'),
    );
    const published = permissive
      ? undefined
      : new PublishedVersions(
          async () => (await feed.current()).subgraphs ?? [],
          readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS),
        );
    const load = graphLoader(
      source,
      {
        fetchSdl: known.fetchSdl,
        readShares: 'config' in source || !permissive ? shareRulesReader(permissive, logger) : undefined,
        readPolicy: permissive ? undefined : () => feed.current(),
        published,
        loadGraph,
        createEngine: (graph, planned) => openEngine(graph, planned, options, quota, log),
      },
      holder,
      (files) => watchFiles(files),
    );
    started.defer(() => holder.close());
    const updates = new GraphUpdates({ holder, load, known, held: () => published?.held() ?? [], logger, metrics });
    const reload = () => updates.reload();
    await updates.start();
    started.defer(() => updates.stop());
    started.defer(reloadOnPolicyChange(feed, reload));
    if (options.watch !== false) {
      const watch = watchGraphSource(['config' in source ? source.config : source.supergraph], reload);
      watchFiles = (files) => watch.watch(files);
      started.defer(() => watch.close());
    }

    const worker = permissive || governance.database === undefined ? undefined : new WorkerWatch(governance.database);
    worker?.observe(metrics.registry);
    const executor = new RequestExecutor({
      feed,
      signer: permissive ? undefined : new ContextSigner(secret),
      quota,
      onDenied: config.ON_DENIED,
      onUnconfirmed: (err, requestId) =>
        logger.error({ err, requestId }, 'a mutation is made, and governance could not be confirmed behind it'),
    });
    const record = async (context: RequestContext, outcome: RequestOutcome): Promise<void> => {
      const event = toAccessRecord(context, outcome, subjects?.newest);
      await log?.append(event);
      metrics.items(context.caller?.department, event);
    };
    const server = createHubServer<GraphEngine>({
      holder,
      identify: permissive ? async () => undefined : governance.identify,
      execute: executor.execute,
      endpoints: { '/explain': executor.explain },
      record,
      recordRejection: log && ((rejection) => log.append(toRejectionRecord(rejection))),
      routes: options.routes,
      limits: readHttpLimits(config),
      anonymous: permissive,
      production: config.NODE_ENV === 'production',
      compress: config.COMPRESS_ANSWERS,
      corsOrigins: readAllowedOrigins(config),
      readiness: {
        grants: () => (feed.fresh() ? undefined : 'the grants in force cannot be confirmed'),
        ...(log && { evidence: () => log.ready() }),
        ...(!permissive && governance.ready && { identity: governance.ready }),
      },
      warnings: {
        subgraphs: () => updates.describeStale(),
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
    if (log) observeEvidence(log, metrics.registry, folder);
    const { url, port } = await server.listen(config.PORT, config.HOST);
    started.defer(() => server.close());
    return { url, port, reload, close: () => started.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

const openSubjectKeys = (config: Config, logger: Logger): Promise<SubjectKeys> =>
  SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
    onFault: (err) => logger.error({ err }, 'the keys of subjects were not taken up'),
  });

/** Makes the engine of a graph, once the graph itself is evidence: every record names its graph. */
async function openEngine(
  graph: Graph,
  planned: PlannedGraph,
  { config, governance, logger }: GatewayOptions,
  quota: QuotaLedger,
  log: EvidenceLog | undefined,
): Promise<GraphEngine> {
  await log?.append(toGraphRecord(graph, new Date()));
  const subjects = readSubjects(graph.shares);
  const execution = createEngine({
    planned,
    schema: graph.schema,
    subgraphs: graph.subgraphs,
    subjects,
    identifiers: readIdentifiers(graph.shares, graph.schema, subjects),
    releases: graph.shares?.releases,
    limits: readOperationLimits(config),
    overrides: { active: config.OVERRIDE_LABELS.split(',').map((label) => label.trim()) },
    fetch: { fetchTimeout: config.SUBGRAPH_TIMEOUT_MS, answerBytes: config.SUBGRAPH_MAX_BYTES },
    deadline: config.REQUEST_DEADLINE_MS,
    expose: config.EXPOSE_PROVIDER_ERRORS,
  });
  const decider = new Decider(graph.shares ?? buildOpenIndex(graph.schema), quota, {
    permissive: governance === 'permissive',
    timeZone: config.TIME_ZONE,
    notSharedModes: listNotSharedModes(readProfile(config.SHAREHUB_PROFILE)),
    onFault: (err, coordinate) => logger.error({ err, coordinate }, 'a share rule threw; the item is refused'),
  });
  return {
    execution,
    decider,
    prepare: (text, name) => execution.prepare(text, name),
    close: () => execution.close(),
  };
}
