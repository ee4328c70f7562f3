import type { FieldNode, GraphQLOutputType } from 'graphql';

/** The operation as the hub works with it: fragments expanded where they are spread, names resolved, conditions as bits. */
export type Selection = FieldSelection | FragmentSelection;

/** When a selection takes part: every bit of `on` set and none of `off`, among the operation's condition variables. */
export interface Condition {
  readonly on: number;
  readonly off: number;
  /** Skipped by a literal, whatever the variables. */
  readonly never: boolean;
}

/** Takes part whatever the variables. */
export const UNCONDITIONAL: Condition = { on: 0, off: 0, never: false };

export interface FieldSelection extends Condition {
  readonly kind: 'field';
  /** Index of its site; -1 for `__typename` and introspection. */
  readonly site: number;
  readonly name: string;
  /** The client's response key. */
  readonly key: string;
  /** The key in fetched data. */
  readonly inner: string;
  readonly type: GraphQLOutputType;
  /** Arguments as the planner gets them, parentheses included; empty when there are none. */
  readonly args: string;
  /** Client variables inside the arguments. */
  readonly variables: readonly string[];
  /** Absent on a leaf. */
  readonly selections: readonly Selection[] | undefined;
  readonly node: FieldNode;
}

export interface FragmentSelection extends Condition {
  readonly kind: 'fragment';
  /** Type condition; the parent's own name when there is none. */
  readonly type: string;
  readonly selections: readonly Selection[];
}

export const isActive = (selection: Condition, bits: number): boolean =>
  !selection.never && (bits & selection.on) === selection.on && (bits & selection.off) === 0;

export const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';
