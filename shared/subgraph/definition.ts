import type { NonEmptyArray } from 'type-graphql';
import type { ShieldRule } from '../share/shield.js';

/** A class of the provider's that stands for an object type. */
export type TypeClass = abstract new (...args: never[]) => object;

/** What a provider writes: classes and who may use the roots. The kit does the rest. */
export interface SubgraphDefinition {
  /** Name in `supergraph.yaml`, e.g. `legal-entity`. */
  readonly name: string;
  readonly resolvers: NonEmptyArray<new () => object>;
  /** Every object type of the subgraph: its entities, value types, and what it only refers to. */
  readonly types: readonly TypeClass[];
  /** Who may use each root field; what is not listed is refused. */
  readonly permissions: RootPermissions;
}
export interface RootPermissions {
  readonly Query: Readonly<Record<string, ShieldRule>>;
  readonly Mutation?: Readonly<Record<string, ShieldRule>>;
}
