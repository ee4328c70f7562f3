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
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { GraphQLFormattedError } from 'graphql';
import { callerSignal, runForCaller } from '../database/index.js';
import { HubError, LANGUAGE_HEADER, languageOf, type Language } from '../kernel/index.js';
import { TRACEPARENT_HEADER, traceparentOf } from '../kernel/traceparent.js';
import { CONTEXT_HEADER } from '../trust/signed-context.js';
import type { SharedKeys } from '../trust/subgraph-keys.js';
import type { ContextMemory } from './accepted-contexts.js';
import { attachReferences, findInterfaceProblems } from './attach-references.js';
import { requireHubContext, admitEverything } from './admission.js';
import { readBody } from './body.js';
import { attachBatchFields } from './batch-fields.js';
import type { BuiltSchema } from './build-schema.js';
import type { SubgraphContext } from './context.js';
import { CursorCodec } from './cursor-codec.js';
import { findDatabaseProblems } from './database-problems.js';
import type { RootPermissions } from './definition.js';
import { toClientError } from './client-error.js';
import { type FollowCaller, wasOvertaken } from './follow-caller.js';
import { guardFields } from './field-guard.js';
import { describeQueries, type QueryLine } from './query-log.js';
import { refuseProblems, type SubgraphProblem } from './problems.js';
import { guardRoots } from './root-guard.js';
import type { ServedType } from './served-types.js';
import type { StatedResolver } from './stated-resolvers.js';
import { leaveOutProtectedRows, registerProtectedRows } from './protected-rows.js';
import { ProtectedSubjectLists } from './protected-subjects.js';
import { registerRowCuts } from './row-cut.js';
import { KnownQueries } from './known-queries.js';
import { sendReply, toErrorReply, type Reply } from './reply.js';
import { attachQuality } from './quality/attach-quality.js';
import { RowReader } from './row-reader.js';
import { SharedContexts } from './shared-contexts.js';
import { attachStatistics } from './statistics/attach-statistics.js';
import { planStatistics } from './statistics/statistics-plan.js';
import { STATISTICS_BUDGET, StatisticsStore, type StatisticsBudget } from './statistics/statistics.store.js';
import { planTypes, type RowDatabase, type TypePlans } from './type-plan.js';
import { attachVerifyFields } from './verify-fields.js';

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
  /** Key shared with the hub, or the keys while one takes the place of another: `readSubgraphKey` reads them. The word
   *  admits everybody, for trying an engine. */
  readonly key: KeyObject | SharedKeys | 'unguarded';
  /** Remembers in the subgraph's database which signed contexts were accepted, for a subgraph of several processes. Without it
   *  each process remembers for itself. */
  readonly sharedContexts?: boolean | undefined;
  /** How statistics are kept, where it is not in the subgraph's own database and within the usual budget. */
  readonly statistics?: StatisticsOptions | undefined;
  /** Remembers which signed contexts were accepted, where it is neither this process alone nor the subgraph's database. */
  readonly contexts?: ContextMemory | undefined;
  readonly logger?: SubgraphLogger | undefined;
  /** Called with every admitted query before it is executed. */
  readonly onQuery?: ((line: QueryLine) => void) | undefined;
  readonly maxBodyBytes?: number | undefined;
  /** Given to the subgraph's resolvers as `own` in their context. */
  readonly own?: unknown;
  /** Finds the department and roles of a caller where they have changed since the hub signed the context; undefined where they
   *  have not. Asked before a query is executed, and again where a resolver met CALLER_MOVED. */
  readonly followCaller?: FollowCaller | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

export interface StatisticsOptions {
  /** Keeps budgets and what was published; closed by who opened it. */
  readonly database?: MikroORM;
  readonly budget?: Partial<StatisticsBudget> | undefined;
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
  registerProtectedRows(plans.byName.values());
  refuseProblems(name, findInterfaceProblems(schema, plans.byName));
  attachReferences(schema, plans.byName);
  const verify = attachVerifyFields(schema, plans.byName);
  refuseProblems(name, verify.problems);
  const judged = attachQuality(schema, plans.byName, options.now ?? (() => Date.now()));
  const generated = [...attachBatchFields(schema, plans.byName), ...verify.attached, ...judged];
  guardFields(schema);
  guardRoots(schema, options.permissions, [...generated, ...serveStatistics(options, plans)]);
  const { key } = options;
  const keys: SharedKeys | 'unguarded' = key === 'unguarded' || typeof key === 'function' ? key : () => [{ key }];
  const now = options.now ?? (() => Date.now());
  const admit =
    keys === 'unguarded' ? admitEverything(name) : requireHubContext(name, keys, now, await openMemory(options));
  const codec = new CursorCodec(keys, now);
  const lists = new ProtectedSubjectLists();
  const ownPlans = [...plans.byName.values()].filter(({ table }) => table && table.database === orm);
  const logsQueries = logger !== undefined && (logger.isLevelEnabled?.('debug') ?? true);
  const describe = describeQueries(name, schema);
  const failedFor = new WeakMap<object, FailedRequest>();
  const known = new KnownQueries(schema);
  /** Work that was given up because its caller has gone is no fault. */
  const report = (details: object, message: string, caller = callerSignal()) =>
    caller?.aborted || logger?.error({ subgraph: name, ...details }, message);
  const toClient = (formatted: GraphQLFormattedError, error: unknown, { language = 'en', ...labels }: FailedRequest) =>
    toClientError(formatted, error, language, (err) => report({ ...labels, err }, 'a resolver failed'));
  const apollo = new ApolloServer<SubgraphContext>({
    schema,
    introspection: false,
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    formatError: (formatted, error) => toClient(formatted, error, failedFor.get(error as object) ?? {}),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ source, document }) => known.add(source, document),
          didEncounterErrors: async ({ errors, contextValue: { fetch, traceparent, language } }) => {
            for (const error of errors) failedFor.set(error, { ...labelsOf(fetch.requestId, traceparent), language });
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
    const sent = (body['extensions'] as { readonly protections?: unknown } | null | undefined)?.protections;
    const protectedSubjects = lists.find(fetch.protections, sent);
    const traceparent = traceparentOf(request.headers[TRACEPARENT_HEADER]);
    Object.assign(about, labelsOf(fetch.requestId, traceparent));
    if (options.onQuery || logsQueries) {
      const line = describe(body.query, fetch, traceparent);
      options.onQuery?.(line);
      if (logsQueries) logger.debug(line, 'query');
    }
    const language = languageOf(request.headers[LANGUAGE_HEADER]);
    const { protections } = fetch;
    const execute = async (): Promise<Reply> => {
      let em: EntityManager | undefined;
      const openManager = () => {
        em ??= orm?.em.fork({ disableContextResolution: true });
        if (em) leaveOutProtectedRows(em, ownPlans, protectedSubjects);
        return em!;
      };
      const now = orm && (await options.followCaller?.(orm.em.fork({ disableContextResolution: true }), fetch));
      const caller = now ? { ...fetch, ...now } : fetch;
      const cursors = codec.boundTo(caller);
      const contextOf = (): SubgraphContext => ({
        fetch: caller,
        rows: new RowReader(plans, caller, cursors, protectedSubjects),
        protectedSubjects,
        cursors,
        // Reads seldom need one.
        get em() {
          return em ?? openManager();
        },
        language,
        traceparent,
        own: options.own,
      });
      const answered = await known.execute(body, contextOf);
      if (answered) {
        const errors = answered.errors?.map((error) => toClient(error.toJSON(), error, { ...about, language }));
        // Byte for byte as the server has it.
        return { status: 200, body: `${JSON.stringify({ errors, data: answered.data })}\n`, protections };
      }
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: JSON_REQUEST, search: '', body },
        context: async () => contextOf(),
      });
      if (response.body.kind !== 'complete') throw new HubError('OPERATION_UNSUPPORTED', 'Streams are not served.');
      return { status: response.status ?? 200, body: response.body.string, protections };
    };
    const reply = await execute();
    // Nothing was done yet, so it is done as the caller stands now.
    return options.followCaller && wasOvertaken(reply.body) ? execute() : reply;
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
        toErrorReply(error, languageOf(request.headers[LANGUAGE_HEADER]), (err) =>
          report({ ...about, err }, 'a request failed', gone.signal),
        ),
      );
      sendReply(response, reply, isLast());
    },
    stop: () => apollo.stop(),
  };
}

/** @returns names of the fields of statistics
 *  @throws HubError SUBGRAPH_INVALID for a type whose rows cannot be counted */
function serveStatistics(
  { name, built, orm, statistics, now }: SubgraphParts & ServingOptions,
  plans: TypePlans,
): readonly string[] {
  if (built.statistics.length === 0) return [];
  const problems: SubgraphProblem[] = [];
  const planned = built.statistics.flatMap(
    (stated) => planStatistics(stated, built.schema, plans.byName.get(stated.type), problems) ?? [],
  );
  const database = statistics?.database ?? orm;
  if (!database)
    problems.push({
      code: 'STATISTICS_WITHOUT_DATABASE',
      at: name,
      message: `The subgraph ${name} has no database of its own, in which budgets and published numbers of statistics are kept.`,
    });
  refuseProblems(name, problems);
  return attachStatistics(built.schema, planned, {
    store: new StatisticsStore(database!),
    budget: { ...STATISTICS_BUDGET, ...statistics?.budget },
    now: now ?? (() => Date.now()),
  });
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
interface FailedRequest extends RequestLabels {
  language?: Language;
}
const labelsOf = (requestId: string, traceparent: string | undefined): RequestLabels =>
  traceparent === undefined ? { requestId } : { requestId, traceparent };

const JSON_REQUEST = new HeaderMap([
  ['content-type', 'application/json'],
  ['accept', 'application/json'],
]);
const silent = () => undefined;
/** Apollo's own notices repeat what `formatError` reports. */
const quiet = { debug: silent, info: silent, warn: silent, error: silent };
