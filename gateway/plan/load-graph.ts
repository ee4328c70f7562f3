import type { DocumentNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { parseOnce } from '../../shared/share/parse-once.js';
import { printConsumerSchema } from './consumer-schema.js';
import type { FederatedSchema } from './federated-schema.js';
import type { PlannedGraph } from './planned-graph.js';
import { planOperation } from './plan-operation.js';
import { readFederatedSchema } from './read-federated-schema.js';
import { writeKey } from './write-plan.js';
import { readSupergraphFacts, type SupergraphFacts } from './supergraph-facts.js';

/** A graph that was read of the supergraph's own text. */
export interface LoadedGraph extends PlannedGraph {
  /** SDL of what consumers see: `@inaccessible` parts left out, no federation machinery. */
  readonly consumerSchema: string;
}

/** Reads a supergraph, so that operations on it can be planned.
 *  @throws HubError COMPOSITION_FAILED when it is none, or its join metadata contradict each other */
export function loadGraph(supergraph: string): LoadedGraph {
  const document = parseSupergraph(supergraph);
  try {
    return {
      ...createPlanned(readFederatedSchema(document), readSupergraphFacts(document)),
      consumerSchema: printConsumerSchema(document),
    };
  } catch (cause) {
    throw refused((cause as Error).message, cause);
  }
}

export const createPlanned = (schema: FederatedSchema, facts: SupergraphFacts): PlannedGraph => ({
  facts,
  labels: schema.labels,
  keysOf: (subgraph, type) => schema.types.get(type)?.in.get(graphOf(schema, subgraph))?.keys.map(writeKey) ?? [],
  givesByKey: (subgraph, type, name) => {
    const field = schema.types.get(type)?.fields.get(name)?.in.get(graphOf(schema, subgraph));
    return field !== undefined && !field.external && field.requires === undefined;
  },
  plan: (query, activeLabels, findStopped) => planOperation(schema, query, findStopped, activeLabels),
});

const graphOf = ({ subgraphs }: FederatedSchema, subgraph: string): string =>
  [...subgraphs].find(([, name]) => name === subgraph)?.[0] ?? subgraph;

function parseSupergraph(supergraph: string): DocumentNode {
  try {
    return parseOnce(supergraph);
  } catch (cause) {
    throw refused('it is not GraphQL', cause);
  }
}

const refused = (reason: string, cause?: unknown) =>
  new HubError('COMPOSITION_FAILED', `The supergraph cannot be served: ${reason}.`, { reason }, { cause });
