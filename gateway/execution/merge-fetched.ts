import { Failure } from './failure.js';
import { isBranch, type FetchShape, type Json } from './fetch-shape.js';
import { addLoss, copyLoss, passLoss } from './losses.js';
import { moveNotes } from './notes.js';

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
      if (existing instanceof Failure && value instanceof Failure) continue;
      const placed = inner && shared ? copyShape(value, inner) : value;
      target[key] = placed;
      if (existing instanceof Failure && isBranch(placed)) addLoss(placed, existing.onValueOf(key));
      passLoss(target, key, placed);
    } else if (value instanceof Failure) {
      if (isBranch(existing)) addLoss(existing, value.onValueOf(key));
    } else if (value === null) continue;
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
      const [existing, value] = [target[i] as unknown, source[i] as unknown];
      if (isBranch(existing)) {
        if (isBranch(value)) mergeBelow(existing, value, shape, shared, isObjectType);
        else if (value instanceof Failure) addLoss(existing, value);
      } else if (existing === null || existing instanceof Failure) {
        const placed = shared ? copyShape(value, shape) : value;
        target[i] = placed;
        if (existing instanceof Failure && isBranch(placed)) addLoss(placed, existing);
      }
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
  copyLoss(value, out);
  for (let i = 0; i < shape.keys.length; i++) {
    const key = shape.keys[i]!;
    const inner = value[key];
    if (inner === undefined) continue;
    const below = shape.below[i];
    out[key] = below ? copyShape(inner, below) : inner;
  }
  return out;
}

/** Marks every field of a shape that an object has not got.
 *  @param failure  the reason why a fetch did not bring them */
export function markMissing(object: Json, { keys, below }: FetchShape, failure: Failure): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const value = object[key];
    if (key === '__typename') continue;
    if (value === undefined) object[key] = failure;
    else if (below[i] && isBranch(value)) addLoss(value, failure.onValueOf(key));
  }
}
