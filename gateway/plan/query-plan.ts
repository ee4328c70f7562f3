import type { Release } from '../../shared/share/releases/release.js';
import type { Path } from './fetch-group.js';

/** A plan: fetches, and which of them wait for which. */
export interface QueryPlan {
  readonly kind: 'QueryPlan';
  /** Undefined when there is nothing to fetch. */
  readonly node?: PlanNode;
}

export type PlanNode = FetchNode | BatchFetchNode | FlattenNode | RefuseNode | StepsNode;

/** Nodes in an order in which each stands behind those it waits for. */
export interface StepsNode {
  readonly kind: 'Steps';
  readonly steps: readonly { readonly node: PlanNode; readonly after: readonly number[] }[];
}

/** Something asked of the objects at a path that is not fetched, because a release must not be made for it. */
export interface RefuseNode {
  readonly kind: 'Refuse';
  readonly path: Path;
  /** Response keys that lead to it from each object; `__typename` where the type cannot be found out. */
  readonly keys: readonly string[];
  readonly release: Release;
}

/** A field that nobody asked for: a part of a key, or an input. */
export interface InternalPart {
  /** Steps that lead to it from the root of the fetch: response keys, and `...Type` where only objects of a type are meant. */
  readonly path: readonly string[];
  /** Jumps that need it, by number. */
  readonly needs: readonly number[];
  /** Part of the key of one of them. */
  readonly isKey: boolean;
}

interface FetchText {
  readonly serviceName: string;
  readonly operationKind: 'query' | 'mutation';
  readonly operation: string;
  /** The operation's variables that it mentions. */
  readonly variableUsages: readonly string[];
  /** Absent where everything is asked for. */
  readonly internal?: readonly InternalPart[];
}

/** A fetch at the root of the answer, or, inside a Flatten, for the objects at its path: entities where it has `requires`,
 *  else the root type of queries. */
export interface FetchNode extends FetchText {
  readonly kind: 'Fetch';
  readonly requires?: readonly RequiresSelection[];
  /** Type name under which the objects are sent, where it is not their own. */
  readonly sentAs?: string | undefined;
  readonly decidesType?: boolean | undefined;
}

/** Several entity calls to one subgraph in one request. */
export interface BatchFetchNode extends FetchText {
  readonly kind: 'BatchFetch';
  readonly entityBatch: { readonly aliases: readonly EntityCallNode[] };
}

/** One `_entities` call of a batch. */
export interface EntityCallNode {
  readonly alias: string;
  readonly representationsVariableName: string;
  readonly paths: readonly Path[];
  readonly requires: readonly RequiresSelection[];
  /** Type name under which the objects are sent, where it is not their own. */
  readonly sentAs?: string | undefined;
  /** The call finds out the runtime type of its objects; without an answer the type is unknown, which is an error. */
  readonly decidesType?: boolean | undefined;
}

/** A fetch for the objects at a path. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: Path;
  readonly node: FetchNode;
}

/** A part of a representation: a field that is sent, or parts for objects of one type. */
export type RequiresSelection =
  | {
      readonly kind: 'Field';
      /** Key in the data. */
      readonly name: string;
      /** Name under which it is sent, where that is another. */
      readonly alias?: string;
      /** Part of the key: an object without it is not asked for. An input is always sent, or its absence is an error. */
      readonly key?: true;
      readonly selections?: readonly RequiresSelection[];
    }
  | {
      readonly kind: 'InlineFragment';
      readonly typeCondition: string;
      readonly selections: readonly RequiresSelection[];
    };
