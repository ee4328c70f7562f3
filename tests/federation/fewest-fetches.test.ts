import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { DEFAULT_LIMITS } from '../../gateway/operation/limits.js';
import { prepareOperation } from '../../gateway/operation/prepare-operation.js';
import { prune } from '../../gateway/operation/prune.js';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { OverrideLabels } from '../../gateway/plan/override-labels.js';
import { readFederatedSchema } from '../../gateway/plan/read-federated-schema.js';
import { toPlannerSelections } from '../../gateway/plan/selection.js';
import { readConditions } from '../../gateway/request/operation.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { ABSTRACT_TYPES } from './cases/abstract-types.js';
import { FEDERATION_1 } from './cases/federation-1.js';
import { INPUTS } from './cases/inputs.js';
import { INTERFACE_OBJECTS } from './cases/interface-objects.js';
import { JOINED } from './cases/joined.js';
import { KEYS } from './cases/keys.js';
import { OPERATIONS } from './cases/operations.js';
import { PROVIDES } from './cases/provides.js';
import { SHARED_AND_OVERRIDDEN } from './cases/shared-and-overridden.js';
import { withLinks, type CorpusCase, type CorpusGraph } from './support/corpus.js';
import { countRequests } from './support/count-requests.js';
import { countFewestRequests } from './support/fewest-requests.js';
import { denialsOf } from './support/graph.js';

const ALL = {
  KEYS,
  INPUTS,
  PROVIDES,
  ABSTRACT_TYPES,
  INTERFACE_OBJECTS,
  SHARED_AND_OVERRIDDEN,
  OPERATIONS,
  FEDERATION_1,
  JOINED,
};

const NONE = { requests: 0, heldBack: 0, fewest: 0 };

// Every plan of the corpus against the best order of requests that a search of all orders finds. A request is made as soon as
// it can be, so a subgraph may be asked again when more is known.
for (const [file, graphs] of Object.entries(ALL)) {
  describe(file, () => {
    for (const [title, graph] of Object.entries(graphs)) {
      it(`${title}: no plan makes a request too many`, () => {
        const count = compare(graph);
        for (const [sentence, each] of Object.entries(graph.cases)) {
          const { requests, heldBack, fewest } = count(each);
          expect({ sentence, requests: requests - heldBack }).toEqual({ sentence, requests: fewest });
        }
      });
    }
  });
}

function compare(graph: CorpusGraph) {
  const subgraphs = Object.entries(withLinks(graph.subgraphs)).map(([name, sdl]) => ({
    name,
    sdl,
    url: 'http://a.test/',
  }));
  const { supergraphSdl } = composeGraph(subgraphs);
  const planner = loadGraph(supergraphSdl);
  const consumers = buildSchema(planner.consumerSchema);
  const schema = readFederatedSchema(parse(supergraphSdl));
  const labels = new OverrideLabels(planner.labels, graph.labels ?? []);
  return ({ ask, variables, errors = [], drawn = 50 }: CorpusCase) => {
    // Refused whole, which is another test's matter.
    if (errors.some((each) => !each.includes('@'))) return NONE;
    const operation = prepareOperation(consumers, ask, undefined, DEFAULT_LIMITS);
    const values = operation.coerce(variables);
    const bits = readConditions(operation, (name) => values.get(name));
    const text = prune(operation, denialsOf(operation, []), bits, new Map());
    const [definition] = text === undefined ? [] : parse(text).definitions;
    // The order of a mutation's fields is given.
    if (definition?.kind !== Kind.OPERATION_DEFINITION || operation.kind === 'mutation') return NONE;
    const active = labels.choose(() => drawn);
    const made = countRequests(planner.plan(text!, active).node);
    const selections = toPlannerSelections(definition.selectionSet);
    return { ...made, fewest: countFewestRequests(schema, selections, made.requests, active) };
  };
}
