import type { NonEmptyArray } from 'type-graphql';
import type { ComposedDirective } from '../share/define-directive.js';
import type { ShieldRule } from '../share/shield.js';

/** A class of the provider's that stands for an object type. */
export type TypeClass = abstract new (...args: never[]) => object;

/** A provider's own part of a subgraph: its classes, and who may use its root fields. The kit does the rest. */
export interface SubgraphDefinition {
  /** Name in `supergraph.yaml`, e.g. `legal-entity`. */
  readonly name: string;
  readonly resolvers: NonEmptyArray<new () => object>;
  /** Every object type of the subgraph: its entities, value types, and what it only refers to. */
  readonly types: readonly TypeClass[];
  /** Directives of its own that stay in the composed graph, by `defineDirective`. */
  readonly directives?: readonly ComposedDirective[];
  /** The rule of each root field; a field that is not listed is refused. */
  readonly permissions: RootPermissions;
}
export interface RootPermissions {
  readonly Query: Readonly<Record<string, ShieldRule>>;
  readonly Mutation?: Readonly<Record<string, ShieldRule>>;
}
