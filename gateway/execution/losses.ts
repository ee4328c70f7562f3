import type { Failure } from './failure.js';
import { isBranch, type Json } from './fetch-shape.js';

/** A failure that took fields along of an object which another fetch brings. It stands on the object, for whatever no fetch has
 *  brought in the end. */
const LOSS = Symbol('failure of what is missing');
interface WithLoss {
  [LOSS]?: Failure;
}

/** Notes that a fetch which was to bring a part of a value has failed.
 *  @param value    object or list, as other fetches brought it
 *  @param failure  as it stands on the value */
export function addLoss(value: Json | unknown[], failure: Failure): void {
  if (!Array.isArray(value)) (value as WithLoss)[LOSS] ??= failure;
  for (const [key, child] of Object.entries(value))
    if (isBranch(child)) addLoss(child, failure.inside(Array.isArray(value) ? Number(key) : key));
}

/** The value of a field, or the failure by which it is missing, where one is known. */
export function readField(object: Json, key: string): unknown {
  const value = object[key];
  return value === undefined ? (object as WithLoss)[LOSS]?.inside(key) : value;
}

/** Takes the loss of an object over to a value that was brought for one of its fields. */
export function passLoss(object: Json, key: string, value: unknown): void {
  const failure = (object as WithLoss)[LOSS];
  if (failure && isBranch(value)) addLoss(value, failure.inside(key));
}

/** Takes the loss of an object over to a copy of it. */
export function copyLoss(from: Json, to: Json): void {
  const failure = (from as WithLoss)[LOSS];
  if (failure) (to as WithLoss)[LOSS] = failure;
}
