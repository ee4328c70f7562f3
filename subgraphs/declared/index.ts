import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { openOrmOn, openPool } from '../../shared/database/index.js';
import { openBoundedPool } from '../../shared/database/open-bounded-pool.js';
import { HubError } from '../../shared/kernel/index.js';
import { hostInUrl } from '../../shared/config/host-in-url.js';
import { readDeclarations } from '../../shared/read-model/read-declarations.js';
import { listen, openContexts, type StatisticsOptions, type SubgraphLogger } from '../../shared/subgraph/index.js';
import { readKeyVersions } from '../../shared/read-model/read-key-versions.js';
import { HubKeys, type KeyVersions } from '../../shared/trust/subgraph-keys.js';
import { connectedRows } from './connected-rows.js';
import { declaredMetrics } from './declared-metrics.js';
import { FollowedSources, type ConnectedOptions } from './followed-sources.js';
import { followGovernance } from './follow-governance.js';
import { observeLoads } from './load-metrics.js';
import { hostedRows } from './hosted/hosted-rows.store.js';
import { openDeclared } from './open-declared.js';
import type { RowsOf } from './rows.js';
import { serviceRows } from './services/service-rows.js';
import { ServedDeclarations, type DeclaredLogger, type HeldDeclaration } from './served-declarations.js';

export { fillHosted, findEmptyHosted } from './hosted/fill-hosted.store.js';

export interface DeclaredOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly host?: string | undefined;
  /** The hub's secret, from which the key of each subgraph derives. */
  readonly secret: string;
  /** Database of hosted tables. */
  readonly databaseUrl: string;
  readonly governanceUrl: string;
  /** Departments' databases and services, as governance registers them; none is read where absent. */
  readonly connected?: ConnectedOptions;
  /** Kinds of sources beside hosted tables. */
  readonly sources?: readonly RowsOf[];
  readonly sharedContexts?: boolean | undefined;
  readonly statisticsBudget?: StatisticsOptions['budget'];
  readonly logger: SubgraphLogger & DeclaredLogger;
  /** How long a version that is no longer in force is served, ms. */
  readonly leaseMs?: number;
  /** Called with every SQL statement on hosted tables, without its parameters. */
  readonly onSql?: (sql: string) => void;
}
export interface RunningDeclared {
  /** Origin; a subgraph is at `/<name>/<hash of its declaration>/graphql`. */
  readonly url: string;
  /** Versions that cannot be served, and why. */
  held(): readonly HeldDeclaration[];
  /** Takes up now what is in force. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
/** Longest wait for what governance says is published, milliseconds; it is read again. */
const PATIENCE_MS = 30_000;
/** For what was answered last to reach its caller. */
const GRACE_MS = 1_000;
const PATH = /^\/([a-z][a-z0-9-]*\/[0-9a-f]{32})\/graphql$/;

/** Serves every declaration that is in force, on one server, each as a subgraph of its own: name, audience and key.
 *  @throws HubError PORT_IN_USE */
export async function startDeclared(options: DeclaredOptions): Promise<RunningDeclared> {
  const { secret, logger, host, leaseMs = LEASE_MS } = options;
  const pool = openPool({ url: options.databaseUrl });
  const governance = openBoundedPool(options.governanceUrl, {
    ...{ name: 'sharehub-declared', patienceMs: PATIENCE_MS, max: 2 },
  });
  const connected = options.connected && new FollowedSources(governance, secret, options.connected, logger);
  const sources = [
    hostedRows(pool, options.onSql),
    ...(connected ? [connectedRows(connected.sources), serviceRows(connected.services)] : []),
    ...(options.sources ?? []),
  ];
  const contexts = await openContexts(options.sharedContexts ? pool : undefined);
  // A source is only read, so what statistics keep is here for every kind of it.
  const statistics = { database: openOrmOn(pool, []), budget: options.statisticsBudget };
  const read = async (text: string, values?: readonly unknown[]) =>
    (await governance.query<Record<string, unknown>>(text, values as unknown[])).rows;
  const keys = new HubKeys(secret);
  let versions: KeyVersions | undefined;
  const served = new ServedDeclarations({
    leaseMs,
    logger,
    read: async (known) => {
      // A name may have been that of a subgraph elsewhere, whose key was rotated.
      versions = await readKeyVersions(read);
      return readDeclarations(read, known);
    },
    open: (version, declaration, from) =>
      openDeclared({ declaration, published: version.sdl, ...from }, sources, {
        key: () => keys.held(version.subgraph, versions, Date.now()),
        contexts,
        statistics,
        logger,
      }),
  });
  const metrics = declaredMetrics(() => served.held());
  observeLoads(metrics, read);
  let stopping = false;
  const answers = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const answering = answer(request, response)
      .catch((error: unknown) => refuse(response, error))
      .finally(() => answers.delete(answering));
    answers.add(answering);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const faulty = () =>
      (connected?.states ?? []).flatMap(({ id, faults }) =>
        faults.length > 0 ? [{ id, faults: faults.map(({ code }) => code) }] : [],
      );
    if (path === '/healthz') return reply(response, 200, { status: 'ok' });
    // The reason names items, which is for the log and the department.
    const held = () => served.held().map(({ subgraph, id }) => ({ subgraph, id }));
    if (path === '/readyz') return reply(response, 200, { status: 'ready', held: held(), sources: faulty() });
    if (path === '/metrics') {
      response.writeHead(200, { 'content-type': metrics.contentType });
      return void response.end(await metrics.metrics());
    }
    const [, name] = PATH.exec(path) ?? [];
    if (name === undefined) throw new HubError('NOT_FOUND', 'No declaration is served here.');
    await served.handle(`declared:/${name}`, request, response, () => stopping);
  };
  const refuse = (response: ServerResponse, error: unknown): void => {
    if (!(error instanceof HubError)) logger.error({ err: error }, 'a request failed');
    const { code, message, status } =
      error instanceof HubError ? error : new HubError('INTERNAL', 'The provider failed on this request.');
    reply(response, status, { errors: [{ message, extensions: { code } }] });
  };
  const port = await listen(server, { name: 'declared', port: options.port, host }).catch(async (error: unknown) => {
    await Promise.allSettled([pool.end(), governance.end()]);
    throw error;
  });
  const follow = async (): Promise<void> => {
    // A declaration whose source is not known yet is served all the same, and its rows when it is.
    await connected
      ?.follow()
      .catch((err: unknown) => logger.error({ err }, 'sources cannot be read; they stay as they are'));
    await served.follow();
  };
  const following = followGovernance(options.governanceUrl, follow, logger);
  await following.first;
  return {
    url: `http://${hostInUrl(host ?? '127.0.0.1')}:${port}`,
    held: () => served.held(),
    follow,
    stop: async () => {
      stopping = true;
      await following.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all(answers);
      server.closeIdleConnections();
      // A client may have opened a connection and sent nothing on it.
      await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
      await served.stop();
      await connected?.stop();
      await Promise.allSettled([pool.end(), governance.end()]);
    },
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
