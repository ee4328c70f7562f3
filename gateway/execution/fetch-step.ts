import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';
import { TRACEPARENT_HEADER } from '../../shared/kernel/traceparent.js';
import { describeRelease, toConsentScope } from '../../shared/share/releases/describe-release.rule.js';
import type { Release } from '../../shared/share/releases/release.js';
import { PROTECTIONS_HEADER } from '../../shared/trust/signed-context.js';
import type { InternalPart } from '../plan/query-plan.js';
import { toClientVariable } from '../operation/internal-names.js';
import { writeVariables } from '../operation/variables.js';
import { compileMovesUp, type MovesUp } from './moves-up.js';
import { Failure } from './failure.js';
import type { ExecutionState } from './execution-state.js';
import type { InsideDecision, InsideFetches } from './inside-fetches.js';
import type { SubgraphTypes } from '../plan/supergraph-facts.js';
import { separateConflictingKeys } from './separate-conflicting-keys.js';
import { AnswerBytes, toBadAnswer, toInterrupted, toTimeout, toUnavailable } from './subgraph-answer.js';
import type { FetchClient } from './subgraph-client.js';
import type { AppliedList } from './withhold-records.js';
import { isObject, readFetchShape, type FetchShape, type Json } from './fetch-shape.js';
import { say } from '../request/messages/index.js';

/** The constant part of a fetch, computed once. */
export interface CompiledFetch {
  readonly subgraph: string;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fields that are fetched, under the keys that are sent. */
  readonly shape: FetchShape;
  readonly movesUp: MovesUp;
  /** Brings the answer's data into the plan's keys, once errors have found their places; see `separateConflictingKeys`. */
  readonly undo: ((data: Json) => void) | undefined;
  /** Sends it. `extra` is JSON members that go before the client's variables; `releases` what they release to the
   *  subgraph: where one of these must not be made, nothing is sent.
   *  @returns the answer as an object that has `data`, or why there is none */
  send(state: ExecutionState, extra: string, releases?: readonly Release[]): Promise<FetchedAnswer | Failure>;
  /** The same, where the bytes of a good answer may be taken as they are.
   *  @param take  @returns false where they have to be parsed */
  sendFor(
    take: (bytes: Buffer) => boolean,
    ...sent: Parameters<CompiledFetch['send']>
  ): Promise<FetchedAnswer | Failure | typeof TAKEN>;
}
/** The bytes of an answer were taken as they are. */
export const TAKEN = Symbol('taken');
export interface FetchedAnswer {
  readonly answer: Json;
  /** The list of withheld subjects under which it was asked for; absent where nobody is withheld. */
  readonly applied?: AppliedList | undefined;
}

export interface FetchText {
  readonly serviceName: string;
  readonly operation: string;
  readonly operationName?: string;
  readonly variableUsages?: readonly string[];
  readonly operationKind?: string;
  readonly internal?: readonly InternalPart[];
  /** It follows another request for the same, so it is not sent again itself. */
  readonly isSecond?: boolean;
}

/** The graph as the compiler of a fetch sees it. */
export interface FetchContext extends SubgraphTypes {
  readonly clients: ReadonlyMap<string, FetchClient>;
}

/** Compiles the part of a fetch that is the same each time it is sent.
 *  @param sent  items in the representations that go with it */
export function compileFetch(node: FetchText, graph: FetchContext, sent?: readonly Coordinate[]): CompiledFetch {
  const client = graph.clients.get(node.serviceName);
  const document = parse(node.operation, { noLocation: true });
  const definition = document.definitions.find((candidate) => candidate.kind === Kind.OPERATION_DEFINITION);
  if (!definition) throw new Error('the plan has a fetch without an operation');
  const fragments = document.definitions.filter((candidate) => candidate.kind === Kind.FRAGMENT_DEFINITION);
  const subgraph = node.serviceName;
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const separated = separateConflictingKeys(definition, byName, graph, subgraph);
  const text = separated?.text ?? node.operation;
  const names = (node.variableUsages ?? []).map(toClientVariable);
  const operationName = node.operationName ? `,"operationName":${JSON.stringify(node.operationName)}` : '';
  const head = `{"query":${JSON.stringify(text)}${operationName}`;
  const repeatable = node.operationKind !== 'mutation' && !node.isSecond;

  const sendFor = async (
    take: ((bytes: Buffer) => boolean) | undefined,
    state: ExecutionState,
    extra: string,
    releases?: readonly Release[],
  ): Promise<FetchedAnswer | Failure | typeof TAKEN> => {
    if (!client) return toUnavailable(subgraph);
    if (!(await state.mayFetch())) return toInterrupted(subgraph);
    const stopped = releases && state.findStopped(releases);
    if (stopped) return toNotConsented(stopped);
    const list = state.protections?.of(subgraph);
    if (list?.unreadable !== undefined) return toUnreadable(subgraph, list.unreadable);
    const started = performance.now();
    const left = (): number =>
      Math.min(client.limits.fetchTimeout - (performance.now() - started), state.deadline - performance.now());
    if (left() <= 0) return toTimeout(subgraph);
    const own = names.length > 0 ? writeVariables(names, state.variables) : '';
    const variables = extra && own ? `${extra},${own}` : extra || own;
    const { peer } = client;
    const span = state.trace?.fetch(subgraph, peer);
    let status: number | undefined;
    let isApplied = false;
    const body = variables ? `${head},"variables":{${variables}}` : head;
    const sendText = async (text: string): Promise<unknown> => {
      const result = await client.fetch({
        asBytes: take !== undefined,
        body: text,
        context: state.context(subgraph, text),
        headers: span ? [...(state.headers ?? []), TRACEPARENT_HEADER, span.traceparent] : state.headers,
        timeout: left(),
        repeatable,
        active: state.active,
        inside: state.inside && insideOf(state, state.inside),
        onResponse:
          (span || list) &&
          ((answered, headers) => {
            status = answered;
            isApplied = list !== undefined && headers[PROTECTIONS_HEADER] === list.digest;
          }),
      });
      if (!(result instanceof AnswerBytes)) return result;
      return take?.(result.bytes) ? TAKEN : result.parse(subgraph);
    };
    let result = await sendText(`${body}}`);
    // It has done nothing yet, so even a mutation is sent again.
    if (list && wantsProtections(result))
      result = await sendText(`${body},"extensions":{"protections":${JSON.stringify(list.text)}}}`);
    const answer = result instanceof Failure || result === TAKEN ? result : checkAnswer(result, subgraph);
    const milliseconds = performance.now() - started;
    const failure =
      answer === TAKEN
        ? undefined
        : answer instanceof Failure
          ? answer.code
          : answer.errors
            ? 'SUBGRAPH_ERROR'
            : undefined;
    span?.end(failure, status);
    state.traces.push({ subgraph, peer, milliseconds, ...(failure && { failure }), ...(sent && { sent }) });
    return answer === TAKEN || answer instanceof Failure
      ? answer
      : { answer, ...(list && { applied: { list, isApplied } }) };
  };
  const send: CompiledFetch['send'] = async (...sent) => {
    const answered = await sendFor(undefined, ...sent);
    return answered === TAKEN ? toBadAnswer(subgraph) : answered;
  };
  const set = separated?.set ?? definition.selectionSet;
  const shape = readFetchShape([set], byName);
  const movesUp = compileMovesUp(graph.rootType(definition.operation), set, graph.fieldTypes(subgraph));
  return { subgraph, definition, fragments: byName, shape, movesUp, undo: separated?.undo, send, sendFor };
}

const insideOf = (state: ExecutionState, decision: InsideDecision): InsideFetches => ({
  ...decision,
  protections: state.protections,
  mayFetch: state.mayFetch,
  left: () => state.deadline - performance.now(),
  span: (subgraph, peer) => state.trace?.fetch(subgraph, peer),
  note: (fetch) => state.traces.push(fetch),
});

export const toNotConsented = (release: Release): Failure =>
  new Failure(
    'RELEASE_NOT_CONSENTED',
    say('release.refused', {
      release: describeRelease(release),
      why: say('release.unconsented', { owner: release.owner }),
    }),
    {
      consent: toConsentScope(release),
    },
  );

/** True where a subgraph does not know the list that the context names. */
export const wantsProtections = (result: unknown): boolean =>
  isObject(result) &&
  Array.isArray(result.errors) &&
  result.errors.some(
    (error) => (error as { extensions?: { code?: unknown } } | null)?.extensions?.code === 'PROTECTIONS_REQUIRED',
  );

export const toUnreadable = (subgraph: string, owner: string): Failure =>
  new Failure('SUBGRAPH_UNAVAILABLE', say('subgraph.protectionsUnreadable', { owner, subgraph }), { subgraph });

/** Checks the form of an answer: an object with data, or with errors that say why there is none. */
export function checkAnswer(answer: unknown, subgraph: string): Json | Failure {
  const { data, errors } = answer as Json;
  const failed = Array.isArray(errors) && errors.length > 0;
  if (data === null || data === undefined)
    return failed ? (answer as Json) : toBadAnswer(subgraph, 'it has neither data nor errors');
  return isObject(data) ? (answer as Json) : toBadAnswer(subgraph, 'data is not an object');
}
