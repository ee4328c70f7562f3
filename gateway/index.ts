import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { evidenceFolder } from '../shared/evidence/evidence-folder.js';
import { SubjectKeys, subjectKeysFile } from '../shared/evidence/subject-keys.js';
import type { Caller } from '../shared/kernel/index.js';
import { registrationHeaders } from '../shared/trust/registration.js';
import { Answering, type HubFeed } from './answering.js';
import { allowedOrigins, metricsReaders, operationLimits, refusePermissiveInProduction, wireLimits } from './config.js';
import { observeEvidence } from './evidence/evidence-metrics.js';
import { createEngine } from './execution/engine.js';
import { ContextSigner } from './hub-context.js';
import { graphRecordOf } from './graph-record.js';
import { createHubServer } from './http/hub-server.js';
import type { RequestLine } from './http/request-line.js';
import type { Route } from './http/routes.js';
import { HubMetrics } from './http/metrics.js';
import { NO_GOVERNANCE } from './no-governance.js';
import { openRecords } from './open-records.js';
import { Decider } from './permission/decide.js';
import { QuotaLedger } from './permission/quota.js';
import { startPlanner } from './plan/start-planner.js';
import type { HubEngine } from './serving.js';
import { openIndex, shareRulesReader, subjectsOf } from './share-rules.js';
import { sdlOverHttp } from './supergraph/fetch-sdl.js';
import { GraphHolder, type SwapOutcome } from './supergraph/graph-holder.js';
import { graphLoader, type GraphSource } from './supergraph/open-graph.js';
import { watchGraphSource } from './supergraph/watch-graph-source.js';
import type { Tracing } from './tracing/trace.js';

export interface GatewayOptions {
  readonly config: Config;
  readonly source: GraphSource;
  readonly logger: Logger;
  /** What the share rules are decided with; `permissive` serves anybody over any federation 2 subgraphs. */
  readonly governance: Governance | 'permissive';
  readonly routes?: readonly Route[];
  /** `false` leaves the graph as it is until `reload`. */
  readonly watch?: boolean;
  /** Follows requests for the operator; closed by who opened it. */
  readonly tracing?: Tracing | undefined;
}
export interface Governance {
  readonly feed: HubFeed;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** The hub's secret, from which the subgraphs' keys derive. */
  readonly secret: string;
  /** `off` stores no access records; only for measuring what they cost. */
  readonly records?: 'off';
  /** The governance database, where evidence may be kept. */
  readonly database?: string;
  readonly ready?: () => string | undefined;
}
export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Reads the graph's source again; whatever goes wrong, the old graph goes on serving. */
  reload(): Promise<SwapOutcome>;
  /** Answers what is under way, then stops everything it started. */
  close(): Promise<void>;
}

/** Starts the federated gateway: planner, graph, evidence, server. What was started is stopped again when a later part
 *  cannot start. @throws HubError naming what is wrong */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, source, logger, governance } = options;
  const permissive = governance === 'permissive';
  if (permissive) refusePermissiveInProduction(config);
  const secret = permissive ? randomBytes(32).toString('hex') : governance.secret;
  const feed = permissive ? NO_GOVERNANCE : governance.feed;
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of started.reverse()) await end();
  };
  try {
    const metrics = new HubMetrics({ isRegistered: (code) => feed.fresh()?.departments.has(code) ?? false });
    const quota = new QuotaLedger(config.TIME_ZONE);
    const log =
      permissive || governance.records === 'off'
        ? undefined
        : await openRecords(config, quota, () => metrics.inFlight, governance.database);
    if (log) started.push(() => log.close());
    const subjects =
      log &&
      (await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
        onFault: (err) => logger.error({ err }, 'the keys of subjects were not taken up'),
      }));
    if (subjects) started.push(() => subjects.close());

    const planner = startPlanner({ onFault: (fault) => logger.error({ fault }, 'planner') });
    started.push(() => planner.close());
    const holder = new GraphHolder<HubEngine>();
    const fetchSdl = sdlOverHttp({ authorise: permissive ? undefined : registrationHeaders(secret) });
    let watched: (files: readonly string[]) => void = () => undefined;
    const load = graphLoader(
      source,
      {
        fetchSdl,
        readShares: 'config' in source || !permissive ? shareRulesReader(permissive, logger) : undefined,
        openPlanner: (supergraph) => planner.loadGraph(supergraph),
        createEngine: async (graph, planned): Promise<HubEngine> => {
          // Every record names its graph, so whose items it has is evidence before its first operation.
          await log?.append(graphRecordOf(graph, new Date()));
          const execution = createEngine({
            planned,
            schema: graph.schema,
            subgraphs: graph.subgraphs,
            subjects: subjectsOf(graph.shares),
            limits: operationLimits(config),
            fetch: { fetchTimeout: config.SUBGRAPH_TIMEOUT_MS, answerBytes: config.SUBGRAPH_MAX_BYTES },
            deadline: config.REQUEST_DEADLINE_MS,
            expose: config.NODE_ENV !== 'production',
          });
          const decider = new Decider(graph.shares ?? openIndex(graph.schema), quota, permissive);
          return {
            execution,
            decider,
            prepare: (text, name) => execution.prepare(text, name),
            close: () => execution.close(),
          };
        },
      },
      holder,
      (files) => watched(files),
    );
    started.push(() => holder.close());
    const reload = async () => {
      const outcome = await holder.swap(load);
      if (outcome.kind === 'refused')
        logger.error({ err: outcome.error }, 'the new graph was refused; the old one goes on serving');
      if (outcome.kind === 'swapped') logger.info({ version: outcome.graph.version }, 'graph in force');
      return outcome;
    };
    const first = await holder.swap(load);
    if (first.kind === 'refused') throw first.error;
    if (options.watch !== false) {
      const watch = watchGraphSource(['config' in source ? source.config : source.supergraph], reload);
      watched = (files) => watch.watch(files);
      started.push(() => watch.close());
    }

    const answering = new Answering({
      feed,
      metrics,
      signer: permissive ? undefined : new ContextSigner(secret),
      append: log && ((record) => log.append(record)),
      subjects,
      onDenied: config.ON_DENIED,
    });
    const server = createHubServer<HubEngine>({
      holder,
      identify: permissive ? async () => undefined : governance.identify,
      execute: answering.execute,
      endpoints: { '/explain': answering.explain },
      record: answering.record,
      recordRefusal: log && answering.recordRefusal,
      routes: options.routes,
      limits: wireLimits(config),
      anonymous: permissive,
      production: config.NODE_ENV === 'production',
      corsOrigins: allowedOrigins(config),
      readiness: {
        grants: () => (feed.fresh() ? undefined : 'the grants in force cannot be confirmed'),
        ...(log && { evidence: () => log.ready() }),
        ...(!permissive && governance.ready && { identity: governance.ready }),
      },
      onFault: (err, requestId) => logger.error({ err, requestId }, 'fault'),
      metrics,
      metricsReaders: metricsReaders(config),
      log: logger.isLevelEnabled('info') ? (line: RequestLine) => logger.info(line, 'request') : undefined,
      tracing: options.tracing,
    });
    const folder = config.EVIDENCE_STORE === 'folder' ? evidenceFolder(config.DATA_DIR) : undefined;
    if (log) observeEvidence(log, metrics.registry, folder);
    const { url, port } = await server.listen(config.PORT, config.HOST);
    started.push(() => server.close());
    return { url, port, reload, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
