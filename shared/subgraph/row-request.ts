import type { GraphQLResolveInfo } from 'graphql';
import type { Direction } from './keyset.js';
import type { Fields } from './row-source.js';
import type { TypePlan } from './type-plan.js';

export interface RowOptions {
  /** Most rows for each value; none for properties that name one row. */
  readonly limit?: number;
  /** See `ReadOptions`. */
  readonly unscoped?: boolean;
  /** Finds a row by its key as the row has it alone, not by what the database takes for the same: guesses are counted by key. */
  readonly exact?: boolean;
}

export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  /** Cursor of the record that the page starts after. */
  readonly after?: string | null | undefined;
  /** A property with an index; rows without a value are left out. */
  readonly order?: { readonly property: string; readonly direction: Direction } | undefined;
}

/** A list that is given in pages. */
export interface List {
  readonly plan: TypePlan;
  /** No other list has it: a cursor is good for one list. */
  readonly name: string;
}
/** Name of the list that a field gives. */
export const listName = ({ parentType, fieldName }: GraphQLResolveInfo): string => `${parentType.name}.${fieldName}`;

export interface RowRequest {
  readonly values: readonly unknown[];
  readonly fields: Fields;
}
/** A record of a class. */
export const like = (prototype: object, values: object): object =>
  Object.assign(Object.create(prototype) as object, values);
