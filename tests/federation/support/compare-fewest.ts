import { buildSchema, Kind, parse } from 'graphql';
import { DEFAULT_LIMITS } from '../../../gateway/operation/limits.js';
import { prepareOperation } from '../../../gateway/operation/prepare-operation.js';
import { prune } from '../../../gateway/operation/prune.js';
import { loadGraph } from '../../../gateway/plan/load-graph.js';
import { readFederatedSchema } from '../../../gateway/plan/read-federated-schema.js';
import { toPlannerSelections } from '../../../gateway/plan/selection.js';
import { readConditions } from '../../../gateway/request/operation.js';
import { countRequests } from './count-requests.js';
import { countFewestRequests } from './fewest-requests.js';
import { denialsOf } from './graph.js';

export interface Compared {
  /** Requests of the plan, without those that holding one back would save. */
  readonly planned: number;
  /** Undefined where no order of that many requests brings everything. */
  readonly fewest: number | undefined;
}

/** Plans queries on a supergraph and counts the fewest requests for each.
 *  @param most  longer plans are not compared
 *  @returns undefined for what is no query to be compared */
export function compareWithFewest(supergraph: string, most = Infinity) {
  const planner = loadGraph(supergraph);
  const consumers = buildSchema(planner.consumerSchema);
  const schema = readFederatedSchema(parse(supergraph));
  const compare = (
    ask: string,
    variables?: Readonly<Record<string, unknown>>,
    active?: ReadonlySet<string>,
  ): Compared | undefined => {
    const operation = prepareOperation(consumers, ask, undefined, DEFAULT_LIMITS);
    const values = operation.coerce(variables);
    const bits = readConditions(operation, (name) => values.get(name));
    const text = prune(operation, denialsOf(operation, []), bits, new Map());
    const [definition] = text === undefined ? [] : parse(text).definitions;
    // The order of a mutation's fields is given.
    if (definition?.kind !== Kind.OPERATION_DEFINITION || operation.kind === 'mutation') return undefined;
    const { requests, heldBack } = countRequests(planner.plan(text!, active).node);
    if (requests > most) return undefined;
    const selections = toPlannerSelections(definition.selectionSet);
    return { planned: requests - heldBack, fewest: countFewestRequests(schema, selections, requests, active) };
  };
  return { consumers, labels: planner.labels, compare };
}
