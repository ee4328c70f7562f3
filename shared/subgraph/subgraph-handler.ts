import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { MikroORM } from '@mikro-orm/postgresql';
import { runForCaller } from '../database/index.js';
import { HubError } from '../kernel/index.js';
import { TRACEPARENT_HEADER, traceparentOf } from '../kernel/traceparent.js';
import { CONTEXT_HEADER } from '../trust/signed-context.js';
import type { ContextMemory } from './accepted-contexts.js';
import { attachReferences, findInterfaceProblems } from './attach-references.js';
import { requireHubContext, admitEverything } from './admission.js';
import { readBody } from './body.js';
import type { BuiltSchema } from './build-schema.js';
import type { SubgraphContext } from './context.js';
import { CursorCodec } from './cursor-codec.js';
import { findDatabaseProblems } from './database-problems.js';
import type { RootPermissions } from './definition.js';
import { toClientError } from './client-error.js';
import { guardFields } from './field-guard.js';
import { buildQueryLine, type QueryLine } from './query-log.js';
import { refuseProblems } from './problems.js';
import { guardRoots } from './root-guard.js';
import type { ServedType } from './served-types.js';
import type { StatedResolver } from './stated-resolvers.js';
import { registerRowCuts } from './row-cut.js';
import { RowReader } from './row-reader.js';
import { SharedContexts } from './shared-contexts.js';
import { planTypes, type RowDatabase, type TypePlans } from './type-plan.js';

/** Log of a subgraph; a pino logger fits. */
export interface SubgraphLogger {
  debug(details: object, message: string): void;
  error(details: object, message: string): void;
  isLevelEnabled?(level: 'debug'): boolean;
}

/** How a subgraph is served, whatever it is made of. */
export interface ServingOptions {
  /** Database that resolvers write to, opened by `openOrm`; none for one that keeps no rows. Closed by who opened it. */
  readonly orm?: MikroORM | undefined;
  /** Further databases that have the rows of types, which the subgraph only reads. They need not be reachable at the start:
   *  who opened them has checked them, and closes them. */
  readonly sources?: readonly RowDatabase[] | undefined;
  /** Key shared with the hub, `subgraphKey(secret, name)`; or the word that admits everybody, for trying an engine. */
  readonly key: KeyObject | 'unguarded';
  /** Remembers in the subgraph's database which signed contexts were accepted, for a subgraph of several processes. Without it
   *  each process remembers for itself. */
  readonly sharedContexts?: boolean | undefined;
  /** Remembers which signed contexts were accepted, where it is neither this process alone nor the subgraph's database. */
  readonly contexts?: ContextMemory | undefined;
  readonly logger?: SubgraphLogger | undefined;
  /** Called with every admitted query before it is executed. */
  readonly onQuery?: ((line: QueryLine) => void) | undefined;
  readonly maxBodyBytes?: number | undefined;
  /** Given to the subgraph's resolvers as `own` in their context. */
  readonly own?: unknown;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** A schema with what its types are read from. */
export interface SubgraphParts {
  readonly name: string;
  readonly built: BuiltSchema;
  readonly served: readonly ServedType[];
  /** The provider's own methods that find records. */
  readonly stated?: readonly StatedResolver[];
  /** The rule of each root field; a field that is not listed is refused. */
  readonly permissions: RootPermissions;
}

/** A subgraph that answers requests of a server which is not its own. */
export interface SubgraphHandler {
  readonly name: string;
  readonly sdl: string;
  readonly plans: TypePlans;
  /** Answers the hub and nobody else.
   *  @param isLast  asked with the answer: the connection is not kept for another request */
  handle(request: IncomingMessage, response: ServerResponse, isLast?: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a subgraph answer requests.
 *  @throws HubError SUBGRAPH_INVALID */
export async function openSubgraph(options: SubgraphParts & ServingOptions): Promise<SubgraphHandler> {
  const { name, orm, logger } = options;
  const { sdl, schema } = options.built;
  const plans = planTypes(schema, options.served, [...(orm ? [orm] : []), ...(options.sources ?? [])], options.stated);
  refuseProblems(name, plans.problems);
  if (orm) refuseProblems(name, await findDatabaseProblems(orm, plans.byName.values()));
  registerRowCuts(plans.byName.values());
  refuseProblems(name, findInterfaceProblems(schema, plans.byName));
  attachReferences(schema, plans.byName);
  guardFields(schema);
  guardRoots(schema, options.permissions);
  const admit =
    options.key === 'unguarded'
      ? admitEverything(name)
      : requireHubContext(name, options.key, options.now ?? (() => Date.now()), await openMemory(options));
  const codec = new CursorCodec(options.key);
  const logsQueries = logger !== undefined && (logger.isLevelEnabled?.('debug') ?? true);
  const failedFor = new WeakMap<object, RequestLabels>();
  const apollo = new ApolloServer<SubgraphContext>({
    schema,
    introspection: false,
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    formatError: (formatted, error) =>
      toClientError(formatted, error, (err) =>
        logger?.error({ subgraph: name, ...failedFor.get(error as object), err }, 'a resolver failed'),
      ),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      {
        requestDidStart: async () => ({
          didEncounterErrors: async ({ errors, contextValue: { fetch, traceparent } }) => {
            for (const error of errors) failedFor.set(error, labelsOf(fetch.requestId, traceparent));
          },
        }),
      },
    ],
    ...(logger && { logger: quiet }),
  });
  await apollo.start();

  const answer = async (request: IncomingMessage, about: RequestLabels): Promise<Reply> => {
    if (request.method !== 'POST') throw new HubError('METHOD_NOT_ALLOWED', 'Use POST.');
    const received = await readBody(request, options.maxBodyBytes ?? 8_000_000);
    const { body } = received;
    const token = request.headers[CONTEXT_HEADER];
    const fetch = await admit(typeof token === 'string' ? token : undefined, received);
    const traceparent = traceparentOf(request.headers[TRACEPARENT_HEADER]);
    Object.assign(about, labelsOf(fetch.requestId, traceparent));
    if (options.onQuery || logsQueries) {
      const line = buildQueryLine({ subgraph: name, traceparent }, fetch, body.query, schema);
      options.onQuery?.(line);
      if (logsQueries) logger.debug(line, 'query');
    }
    const em = orm?.em.fork({ disableContextResolution: true });
    const cursors = codec.boundTo(fetch);
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers: JSON_REQUEST, search: '', body },
      context: async () => ({
        fetch,
        rows: new RowReader(plans, fetch, cursors),
        cursors,
        em: em!,
        traceparent,
        own: options.own,
      }),
    });
    if (response.body.kind !== 'complete') throw new HubError('OPERATION_UNSUPPORTED', 'Streams are not served.');
    return { status: response.status ?? 200, body: response.body.string };
  };

  return {
    name,
    sdl,
    plans,
    handle: async (request, response, isLast = () => false) => {
      const about: RequestLabels = {};
      const gone = new AbortController();
      response.once('close', () => response.writableFinished || gone.abort());
      const reply = await runForCaller(gone.signal, () => answer(request, about)).catch((error: unknown) =>
        toErrorReply(error, (err) => logger?.error({ subgraph: name, ...about, err }, 'a request failed')),
      );
      send(response, reply, isLast());
    },
    stop: () => apollo.stop(),
  };
}

/** @throws HubError SUBGRAPH_INVALID for a subgraph that has no database to remember in */
async function openMemory({
  name,
  orm,
  sharedContexts,
  contexts,
}: SubgraphParts & ServingOptions): Promise<ContextMemory | undefined> {
  if (contexts || !sharedContexts) return contexts;
  if (orm) return SharedContexts.open(orm);
  throw new HubError('SUBGRAPH_INVALID', `The subgraph ${name} has no database, so its processes share no contexts.`);
}

/** Labels of a request in the log, as far as they are known. */
interface RequestLabels {
  requestId?: string;
  traceparent?: string;
}
const labelsOf = (requestId: string, traceparent: string | undefined): RequestLabels =>
  traceparent === undefined ? { requestId } : { requestId, traceparent };

interface Reply {
  readonly status: number;
  readonly body: string;
}

const JSON_REQUEST = new HeaderMap([
  ['content-type', 'application/json'],
  ['accept', 'application/json'],
]);
const silent = () => undefined;
/** Apollo's own notices repeat what `formatError` reports. */
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

function toErrorReply(error: unknown, report: (fault: unknown) => void): Reply {
  if (!(error instanceof HubError)) report(error);
  const { code, message, status } =
    error instanceof HubError ? error : new HubError('INTERNAL', 'The provider failed on this request.');
  return { status, body: JSON.stringify({ errors: [{ message, extensions: { code } }] }) };
}

/** @param last  the connection is not kept for another request */
function send(response: ServerResponse, { status, body }: Reply, last: boolean): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(status === 405 && { allow: 'POST' }),
    ...((last || status === 413) && { connection: 'close' }),
  });
  response.end(body);
}
