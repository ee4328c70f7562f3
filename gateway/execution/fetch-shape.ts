import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { Failure } from './failure.js';

export type Json = Record<string, unknown>;

/** The keys that one fetch brings for an object. Merging goes by these, never by the keys of what a subgraph sent. */
export interface Shape {
  readonly keys: readonly string[];
  /** Shape below each key; undefined for a leaf. */
  readonly below: readonly (Shape | undefined)[];
  /** Whether any key has a shape below. */
  readonly nested: boolean;
}

/** Reads the shape off a fetch's selection set, type conditions taken together. */
export function shapeOf(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  rename: (path: readonly string[], key: string) => readonly string[] = (_, key) => [key],
  path: readonly string[] = [],
): Shape {
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
  const below: (Shape | undefined)[] = [];
  for (const [key, inner] of fields) {
    const shape = inner.length > 0 ? shapeOf(inner, fragments, rename, [...path, key]) : undefined;
    for (const name of rename(path, key)) {
      const index = keys.indexOf(name);
      if (index < 0) {
        keys.push(name);
        below.push(shape);
      } else below[index] = join(below[index], shape);
    }
  }
  return { keys, below, nested: below.some((shape) => shape !== undefined) };
}

function join(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (!a || !b) return a ?? b;
  const keys = [...new Set([...a.keys, ...b.keys])];
  const below = keys.map((key) => join(a.below[a.keys.indexOf(key)], b.below[b.keys.indexOf(key)]));
  return { keys, below, nested: a.nested || b.nested };
}

/** Merges what a fetch brought into what is there. Values that are there stay, unless they are null, missing or failed.
 *  @param shared  the source goes to further targets as well, so objects below it are copied
 *  @param isObjectType  whether a name is a concrete type: an interface's name never replaces one */
export function merge(
  target: Json,
  source: Json,
  shape: Shape,
  shared: boolean,
  isObjectType: (name: unknown) => boolean,
): void {
  const { keys, below } = shape;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const value = source[key];
    if (value === undefined) continue;
    const there = target[key];
    const inner = below[i];
    if (there === undefined || there === null || there instanceof Failure) {
      if (!(there instanceof Failure && value instanceof Failure))
        target[key] = inner && shared ? copy(value, inner) : value;
    } else if (value === null || value instanceof Failure) continue;
    else if (inner) mergeBelow(there, value, inner, shared, isObjectType);
    else if (key === '__typename' && isObjectType(there)) continue;
    else target[key] = value;
  }
}

function mergeBelow(
  target: unknown,
  source: unknown,
  shape: Shape,
  shared: boolean,
  isObjectType: (name: unknown) => boolean,
): void {
  if (Array.isArray(target)) {
    if (!Array.isArray(source)) return;
    for (let i = 0; i < Math.min(target.length, source.length); i++) {
      if (isBranch(target[i])) {
        if (isBranch(source[i])) mergeBelow(target[i], source[i], shape, shared, isObjectType);
      } else if (target[i] === null || target[i] instanceof Failure)
        target[i] = shared ? copy(source[i], shape) : (source[i] as unknown);
    }
  } else if (isBranch(target) && isBranch(source) && !Array.isArray(source)) {
    merge(target as Json, source, shape, shared, isObjectType);
  }
}

/** Copies the objects of a shape; leaves are shared. */
function copy(value: unknown, shape: Shape): unknown {
  if (!isBranch(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, shape));
  const out: Json = {};
  for (let i = 0; i < shape.keys.length; i++) {
    const key = shape.keys[i]!;
    const inner = value[key];
    if (inner === undefined) continue;
    const below = shape.below[i];
    out[key] = below ? copy(inner, below) : inner;
  }
  return out;
}

/** An object or list that data can be merged into. */
export const isBranch = (value: unknown): value is Json | unknown[] =>
  typeof value === 'object' && value !== null && !(value instanceof Failure);
