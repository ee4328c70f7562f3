import { type DocumentNode } from 'graphql';
import { parseOnce } from '../../shared/share/parse-once.js';
import { HubError } from '../../shared/kernel/index.js';
import { printConsumerSchema } from './consumer-schema.js';
import type { PlannedGraph } from './planned-graph.js';
import { planOperation } from './plan-operation.js';
import { readFederatedSchema } from './read-federated-schema.js';

/** Reads a supergraph, so that operations on it can be planned.
 *  @throws HubError COMPOSITION_FAILED when it is none, or its join metadata contradict each other */
export function loadGraph(supergraph: string): PlannedGraph {
  const document = parseSupergraph(supergraph);
  try {
    const schema = readFederatedSchema(document);
    return {
      supergraph,
      consumerSchema: printConsumerSchema(document),
      labels: schema.labels,
      plan: (query, activeLabels, findStopped) => planOperation(schema, query, findStopped, activeLabels),
    };
  } catch (cause) {
    throw refused((cause as Error).message, cause);
  }
}

function parseSupergraph(supergraph: string): DocumentNode {
  try {
    return parseOnce(supergraph);
  } catch (cause) {
    throw refused('it is not GraphQL', cause);
  }
}

const refused = (reason: string, cause?: unknown) =>
  new HubError('COMPOSITION_FAILED', `The supergraph cannot be served: ${reason}.`, { reason }, { cause });
