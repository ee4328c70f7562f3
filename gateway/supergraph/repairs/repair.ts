import type { DocumentNode } from 'graphql';

/** One reason why the subgraphs do not make a graph. */
export interface CompositionProblem {
  /** Code of the federation specification's catalogue, e.g. `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly message: string;
  /** Subgraph it was found in, where it is one subgraph's. */
  readonly subgraph?: string;
  /** `Type`, `Type.field` or `Type.field(argument:)`, where it is about one. */
  readonly coordinate?: string;
}

/** A subgraph's SDL, parsed. */
export interface SubgraphDocument {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** Rewrites one subgraph's SDL to what the composer understands, without changing its meaning.
 *  @param problems  takes what cannot be rewritten */
export type SubgraphRepair = (subgraph: SubgraphDocument, problems: CompositionProblem[]) => DocumentNode;

/** Completes a composed supergraph from the subgraphs' SDL. @returns the document given when nothing is to be done */
export type SupergraphRepair = (supergraph: DocumentNode, subgraphs: readonly SubgraphDocument[]) => DocumentNode;
