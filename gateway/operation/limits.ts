import type { Config } from '../../shared/config/config.js';

/** Limits beyond which an operation is refused. Every limit is checked before validation,
 *  so that no input can make validation itself slow. */
export interface OperationLimits {
  /** Lexical tokens in the document. */
  readonly tokens: number;
  /** Nested fields, and separately nested lists and objects inside an argument. */
  readonly depth: number;
  /** The same below `__schema` and `__type`, so that a lower `depth` does not shut out tools that read the schema. */
  readonly introspectionDepth: number;
  /** Response keys that differ from their field's name, with fragments expanded. */
  readonly aliases: number;
  /** Fields at the root, with fragments expanded. */
  readonly rootFields: number;
  /** Directives in the document. */
  readonly directives: number;
  /** Fragment definitions. */
  readonly fragments: number;
  /** Selections with every fragment spread expanded. */
  readonly selections: number;
  /** Pairs of fields that meet under one response key; validation compares each pair. */
  readonly overlaps: number;
  /** Elements of one list in a document or in variables, at any depth. */
  readonly listItems: number;
  /** Estimated objects and fields in the answer; see `compileCost`. */
  readonly cost: number;
  /** Items assumed in a list whose size no argument gives. */
  readonly assumedListSize: number;
  /** Validation errors reported at most. */
  readonly errors: number;
  /** True if a validation error may name similar fields. Off in production. */
  readonly suggestions: boolean;
}

export const DEFAULT_LIMITS: OperationLimits = {
  tokens: 10_000,
  depth: 20,
  introspectionDepth: 20,
  aliases: 200,
  rootFields: 50,
  directives: 200,
  fragments: 100,
  selections: 5_000,
  overlaps: 10_000,
  listItems: 2_000,
  cost: 200_000,
  assumedListSize: 10,
  errors: 10,
  suggestions: true,
};

/** Operation limits by the settings; the others have their defaults. */
export const readOperationLimits = (config: Config): Partial<OperationLimits> => ({
  depth: config.MAX_DEPTH,
  aliases: config.MAX_ALIASES,
  rootFields: config.MAX_ROOT_FIELDS,
  tokens: config.MAX_TOKENS,
  listItems: config.MAX_LIST_ITEMS,
  cost: config.MAX_COST,
  suggestions: config.NODE_ENV !== 'production',
});
