import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { Failure } from './failure.js';

export type Json = Record<string, unknown>;

/** The keys that one fetch brings for an object. Merging uses these, never the keys that a subgraph sent. */
export interface FetchShape {
  readonly keys: readonly string[];
  /** FetchShape below each key; undefined for a leaf. */
  readonly below: readonly (FetchShape | undefined)[];
  /** Types of the objects that each key is fetched for; undefined for all. */
  readonly on: readonly (readonly string[] | undefined)[];
  /** True when some key has a shape below. */
  readonly nested: boolean;
}

/** Reads the shape of a fetch from its selection sets; all type conditions are combined. */
export function readFetchShape(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FetchShape {
  const fields = new Map<string, { readonly sets: SelectionSetNode[]; readonly on: Set<string | undefined> }>();
  const collect = (set: SelectionSetNode, type: string | undefined): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const group = fields.get(key) ?? fields.set(key, { sets: [], on: new Set() }).get(key)!;
        group.on.add(type);
        if (selection.selectionSet) group.sets.push(selection.selectionSet);
        continue;
      }
      const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      collect(part.selectionSet, part.typeCondition?.name.value ?? type);
    }
  };
  for (const set of sets) collect(set, undefined);
  const all = [...fields.values()];
  const below = all.map((field) => (field.sets.length > 0 ? readFetchShape(field.sets, fragments) : undefined));
  return {
    keys: [...fields.keys()],
    below,
    on: all.map(({ on }) => (on.has(undefined) ? undefined : ([...on] as string[]))),
    nested: below.some((shape) => shape !== undefined),
  };
}

/** An object or list that data can be merged into. */
export const isBranch = (value: unknown): value is Json | unknown[] =>
  typeof value === 'object' && value !== null && !(value instanceof Failure) && !(value instanceof ExactNumber);

/** An object of data. */
export const isObject = (value: unknown): value is Json => isBranch(value) && !Array.isArray(value);
