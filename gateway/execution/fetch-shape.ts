import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { Failure } from './failure.js';
import { moveNotes } from './notes.js';

export type Json = Record<string, unknown>;

/** The keys that one fetch brings for an object. Merging uses these, never the keys that a subgraph sent. */
export interface FetchShape {
  readonly keys: readonly string[];
  /** FetchShape below each key; undefined for a leaf. */
  readonly below: readonly (FetchShape | undefined)[];
  /** True when some key has a shape below. */
  readonly nested: boolean;
}

/** Reads the shape of a fetch from its selection sets; all type conditions are combined. */
export function readFetchShape(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FetchShape {
  const fields = new Map<string, SelectionSetNode[]>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) collect(fragments.get(selection.name.value)!.selectionSet);
      else {
        const key = selection.alias?.value ?? selection.name.value;
        const group = fields.get(key) ?? fields.set(key, []).get(key)!;
        if (selection.selectionSet) group.push(selection.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  const keys: string[] = [];
  const below: (FetchShape | undefined)[] = [];
  for (const [key, inner] of fields) {
    keys.push(key);
    below.push(inner.length > 0 ? readFetchShape(inner, fragments) : undefined);
  }
  return { keys, below, nested: below.some((shape) => shape !== undefined) };
}

/** Merges the data of a fetch into the existing data. Existing values stay unless they are null, missing or failed.
 *  @param shared  the source goes to further targets as well, so objects below it are copied
 *  @param isObjectType  true for the name of a concrete type, which an interface's name never replaces */
export function mergeFetched(
  target: Json,
  source: Json,
  shape: FetchShape,
  shared: boolean,
  isObjectType: (name: unknown) => boolean,
): void {
  const { keys, below } = shape;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const value = source[key];
    if (value === undefined) continue;
    const existing = target[key];
    const inner = below[i];
    if (existing === undefined || existing === null || existing instanceof Failure) {
      if (!(existing instanceof Failure && value instanceof Failure))
        target[key] = inner && shared ? copyShape(value, inner) : value;
    } else if (value === null || value instanceof Failure) continue;
    else if (inner) mergeBelow(existing, value, inner, shared, isObjectType);
    else if (key === '__typename' && isObjectType(existing)) continue;
    else target[key] = value;
  }
  moveNotes(source, target, (key) => (keys.includes(key as string) ? key : undefined));
}

function mergeBelow(
  target: unknown,
  source: unknown,
  shape: FetchShape,
  shared: boolean,
  isObjectType: (name: unknown) => boolean,
): void {
  if (Array.isArray(target)) {
    if (!Array.isArray(source)) return;
    for (let i = 0; i < Math.min(target.length, source.length); i++) {
      if (isBranch(target[i])) {
        if (isBranch(source[i])) mergeBelow(target[i], source[i], shape, shared, isObjectType);
      } else if (target[i] === null || target[i] instanceof Failure)
        target[i] = shared ? copyShape(source[i], shape) : (source[i] as unknown);
    }
    moveNotes(source, target);
  } else if (isBranch(target) && isBranch(source) && !Array.isArray(source)) {
    mergeFetched(target as Json, source, shape, shared, isObjectType);
  }
}

/** Copies the objects of a shape; leaves are shared. */
function copyShape(value: unknown, shape: FetchShape): unknown {
  if (!isBranch(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => copyShape(item, shape));
    moveNotes(value, items);
    return items;
  }
  const out: Json = {};
  moveNotes(value, out);
  for (let i = 0; i < shape.keys.length; i++) {
    const key = shape.keys[i]!;
    const inner = value[key];
    if (inner === undefined) continue;
    const below = shape.below[i];
    out[key] = below ? copyShape(inner, below) : inner;
  }
  return out;
}

/** An object or list that data can be merged into. */
export const isBranch = (value: unknown): value is Json | unknown[] =>
  typeof value === 'object' && value !== null && !(value instanceof Failure) && !(value instanceof ExactNumber);

/** An object of data. */
export const isObject = (value: unknown): value is Json => isBranch(value) && !Array.isArray(value);
