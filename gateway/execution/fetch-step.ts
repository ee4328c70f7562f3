import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';
import { TRACEPARENT_HEADER } from '../../shared/kernel/traceparent.js';
import { describeRelease, toConsentScope } from '../../shared/share/releases/describe-release.rule.js';
import type { Release } from '../../shared/share/releases/release.js';
import { toClientVariable } from '../operation/internal-names.js';
import { writeVariables } from '../operation/variables.js';
import { Failure } from './failure.js';
import type { ExecutionState } from './execution-state.js';
import { separateConflictingKeys, type SubgraphTypes } from './separate-conflicting-keys.js';
import { toBadAnswer, toInterrupted, toTimeout, toUnavailable, type SubgraphClient } from './subgraph-client.js';
import { isObject, readFetchShape, type FetchShape, type Json } from './fetch-shape.js';

/** The constant part of a fetch, computed once. */
export interface CompiledFetch {
  readonly subgraph: string;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fields that are fetched, under the keys that are sent. */
  readonly shape: FetchShape;
  /** Brings the answer's data into the plan's keys, once errors have found their places; see `separateConflictingKeys`. */
  readonly undo: ((data: Json) => void) | undefined;
  /** Sends it. `extra` is JSON members that go before the client's variables; `releases` what they release to the
   *  subgraph: where one of these must not be made, nothing is sent.
   *  @returns the answer as an object that has `data`, or why there is none */
  send(state: ExecutionState, extra: string, releases?: readonly Release[]): Promise<Json | Failure>;
}

export interface FetchText {
  readonly serviceName: string;
  readonly operation: string;
  readonly operationName?: string;
  readonly variableUsages?: readonly string[];
  readonly operationKind?: string;
}

/** The graph as the compiler of a fetch sees it. */
export interface FetchContext extends SubgraphTypes {
  readonly clients: ReadonlyMap<string, SubgraphClient>;
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
  const repeatable = node.operationKind !== 'mutation';

  const send: CompiledFetch['send'] = async (state, extra, releases) => {
    if (!client) return toUnavailable(subgraph);
    if (!(await state.mayFetch())) return toInterrupted(subgraph);
    const stopped = releases && state.findStopped(releases);
    if (stopped) return toNotConsented(stopped);
    const started = performance.now();
    const timeout = Math.min(client.limits.fetchTimeout, state.deadline - started);
    if (timeout <= 0) return toTimeout(subgraph);
    const own = names.length > 0 ? writeVariables(names, state.variables) : '';
    const variables = extra && own ? `${extra},${own}` : extra || own;
    const { peer } = client;
    const span = state.trace?.fetch(subgraph, peer);
    let status: number | undefined;
    const body = variables ? `${head},"variables":{${variables}}}` : `${head}}`;
    const result = await client.fetch({
      body,
      context: () => state.context(subgraph, body),
      headers: span ? [...(state.headers ?? []), TRACEPARENT_HEADER, span.traceparent] : state.headers,
      timeout,
      repeatable,
      active: state.active,
      onStatus: span && ((answered) => (status = answered)),
    });
    const answer = result instanceof Failure ? result : checkAnswer(result, subgraph);
    const milliseconds = performance.now() - started;
    const failure = answer instanceof Failure ? answer.code : answer.errors ? 'SUBGRAPH_ERROR' : undefined;
    span?.end(failure, status);
    state.traces.push({ subgraph, peer, milliseconds, ...(failure && { failure }), ...(sent && { sent }) });
    return answer;
  };
  const shape = readFetchShape([separated?.set ?? definition.selectionSet], byName);
  return { subgraph, definition, fragments: byName, shape, undo: separated?.undo, send };
}

export const toNotConsented = (release: Release): Failure =>
  new Failure('RELEASE_NOT_CONSENTED', `${describeRelease(release)}, without a live consent of ${release.owner}.`, {
    consent: toConsentScope(release),
  });

/** Checks the form of an answer: an object with data, or with errors that say why there is none. */
function checkAnswer(answer: unknown, subgraph: string): Json | Failure {
  const { data, errors } = answer as Json;
  const failed = Array.isArray(errors) && errors.length > 0;
  if (data === null || data === undefined)
    return failed ? (answer as Json) : toBadAnswer(subgraph, 'it has neither data nor errors');
  return isObject(data) ? (answer as Json) : toBadAnswer(subgraph, 'data is not an object');
}
