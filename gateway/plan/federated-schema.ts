import type { TypeNode } from 'graphql';
import type { Selections } from './selection.js';

/** A supergraph by its join metadata: which subgraph has which types and fields, and how.
 *  Subgraphs are called by their value of `join__Graph`; `subgraphs` has their names.
 *  @source Federation join specification v0.3 */
export interface FederatedSchema {
  /** Name by `join__Graph` value. */
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly types: Pick<ReadonlyMap<string, FederatedType>, 'get' | 'has'>;
  /** Labels of `@override(label:)`. */
  readonly labels: ReadonlySet<string>;
  /** Object types that meet a condition on the type, in any subgraph. */
  possibleTypes(type: string): ReadonlySet<string>;
  /** Object types that a value of the type has in one subgraph. */
  possibleTypesIn(graph: string, type: string): readonly string[];
  /** True when every value of `type` meets a condition on `condition`. */
  meets(type: string, condition: string): boolean;
}

export interface FederatedType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'union' | 'leaf';
  /** By subgraph. */
  readonly in: ReadonlyMap<string, LocalType>;
  readonly fields: ReadonlyMap<string, FederatedField>;
  readonly interfaces: readonly string[];
}

/** A type as one subgraph has it. */
export interface LocalType {
  /** Keys by which the subgraph resolves an entity. */
  readonly keys: readonly Key[];
  /** `@interfaceObject`: an interface elsewhere, an object type here. */
  readonly interfaceObject: boolean;
}

export interface Key {
  readonly text: string;
  readonly selections: Selections;
}

export interface FederatedField {
  readonly name: string;
  /** By subgraph. */
  readonly in: ReadonlyMap<string, LocalField>;
}

/** A field as one subgraph has it. */
export interface LocalField {
  /** Its type, which may be narrower or wider than in the supergraph. */
  readonly type: TypeNode;
  readonly named: string;
  /** Only known to the subgraph where a path provides it. */
  readonly external: boolean;
  /** Set on a field that is moving by `@override(label:)`: the label, and whether the subgraph gives the field while the label
   *  is active (the new one) or while it is not (the old one). */
  readonly moving: { readonly label: string; readonly whenActive: boolean } | undefined;
  readonly requires: Requires | undefined;
  readonly provides: Selections | undefined;
}

/** The inputs of a field with `@requires`. */
export interface Requires {
  readonly text: string;
  readonly selections: Selections;
}
