import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { Failure } from './failure.js';
import type { FailedParts } from './failed-parts.js';
import { isBranch, isObject, type FetchShape, type Json } from './fetch-shape.js';
import { addNote, noteAt } from './notes.js';
import type { PartTree } from './reduce-request.js';

/** The parts that a second request left out, and why. */
export interface LeftOut {
  /** By response keys. */
  readonly parts: PartTree;
  readonly causes: FailedParts['causes'];
}

/** Gives an answer what it lost from a second one, which was asked for without some parts. Each of these fails where the
 *  second answer gave its object. Two answers of which a value differs are of different records, so then the second stands
 *  alone.
 *  @param shape  of the whole request at this place
 *  @returns      the completed value */
export function completeAnswer(first: unknown, second: unknown, shape: FetchShape, left: LeftOut): unknown {
  const [any] = left.causes.values();
  const { parts } = left;
  return agree(first, second, shape)
    ? complete(first, second, shape, parts, any!)
    : (markLeftOut(second, parts, any!), second);
}

function complete(
  first: unknown,
  second: unknown,
  shape: FetchShape | undefined,
  parts: PartTree | undefined,
  cause: Failure,
): unknown {
  if (first === undefined || first instanceof Failure) {
    if (second === undefined) return first;
    markLeftOut(second, parts, first ?? cause);
    return second;
  }
  if (!shape || !isBranch(first) || !isBranch(second)) return first;
  const fill = (key: string | number, inner: FetchShape | undefined, below: PartTree | undefined): void => {
    const [known, given] = [(first as Json)[key], (second as Json)[key]];
    const filled = complete(known, given, inner, below, cause);
    if (filled === known) return;
    (first as Json)[key] = filled;
    const note = noteAt(second, key);
    if (note) addNote(first, key, note);
  };
  if (Array.isArray(first)) for (let i = 0; i < first.length; i++) fill(i, shape, parts);
  else for (const [i, key] of shape.keys.entries()) fill(key, shape.below[i], parts?.below.get(key));
  return first;
}

/** Lets the parts that were not asked for fail in every object of a value. */
function markLeftOut(value: unknown, parts: PartTree | undefined, cause: Failure): void {
  if (!parts || !isBranch(value)) return;
  if (Array.isArray(value)) return value.forEach((each) => markLeftOut(each, parts, cause));
  for (const [key, { isPart, below }] of parts.below) {
    if (value[key] === undefined && isPart) value[key] = cause.at([], undefined);
    else if (below.size > 0) markLeftOut(value[key], parts.below.get(key), cause);
  }
}

/** True unless both have a value at some place, and not the same. */
function agree(first: unknown, second: unknown, shape: FetchShape | undefined): boolean {
  if (isMissing(first) || isMissing(second)) return true;
  if (Array.isArray(first) && Array.isArray(second))
    return first.length === second.length && first.every((each, i) => agree(each, second[i], shape));
  if (shape && isObject(first) && isObject(second))
    return shape.keys.every((key, i) => agree(first[key], second[key], shape.below[i]));
  return toText(first) === toText(second);
}

const isMissing = (value: unknown) => value === undefined || value === null || value instanceof Failure;
const toText = (value: unknown) => (value instanceof ExactNumber ? value.text : JSON.stringify(value));
