import { print } from 'graphql';
import { parseOnce } from '../../../shared/share/parse-once.js';
import { readNewerFederationVersions } from './federation-version.js';
import { expandInterfaceFragments } from './interface-fragments.js';
import { markInterfaceObjectInputs } from './interface-object-inputs.js';
import { putInterfaceObjectsFirst } from './interface-objects-first.js';
import { dropProvidedTypenames } from './provided-typename.js';
import { markOverriddenInputs } from './overridden-inputs.js';
import { spreadProvidedInterfaceFields } from './provided-interface-fields.js';
import type { CompositionProblem, SubgraphDocument, SubgraphRepair, SupergraphRepair } from './repair.js';
import { widenFields } from './widened-fields.js';

/** Each stands for a gap of the composer, and can be deleted when its test says that the gap is closed. */
const BEFORE: readonly SubgraphRepair[] = [
  readNewerFederationVersions,
  dropProvidedTypenames,
  expandInterfaceFragments,
  spreadProvidedInterfaceFields,
  putInterfaceObjectsFirst,
];
const AFTER: readonly SupergraphRepair[] = [markInterfaceObjectInputs, markOverriddenInputs, widenFields];

/** Rewrites a subgraph's SDL to what the composer understands. */
export function repairSubgraph<T extends SubgraphDocument>(subgraph: T, problems: CompositionProblem[]): T {
  return BEFORE.reduce((repaired, repair) => ({ ...repaired, typeDefs: repair(repaired, problems) }), subgraph);
}

/** Completes the supergraph that the composer made of the subgraphs. */
export function repairSupergraph(supergraphSdl: string, subgraphs: readonly SubgraphDocument[]): string {
  const composed = parseOnce(supergraphSdl);
  const repaired = AFTER.reduce((supergraph, repair) => repair(supergraph, subgraphs), composed);
  return repaired === composed ? supergraphSdl : print(repaired);
}
