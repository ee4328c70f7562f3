import { getNamedType, isEnumType, type GraphQLOutputType } from 'graphql';
import type { Mask } from '../../shared/kernel/index.js';
import { maskValue } from '../../shared/share/mask-value.js';
import { isWithinDivisions } from '../../shared/share/row-scope.js';
import type { RowCheck } from '../operation/limit-fields.js';
import { Failure } from './failure.js';
import { isBranch, type Json } from './fetch-shape.js';
import { MASKED } from './item-outcomes.js';
import type { ProjectionPass } from './projection-pass.js';
import { NULL, type WriteValue } from './write-value.js';

export const NO_CHECKS: readonly RowCheck[] = [];

/** Writes the de-identified forms of a text; of anything else nothing is shown. */
export function writeMasked(
  write: WriteValue,
  masks: readonly Mask[],
  type: GraphQLOutputType,
  sites: readonly number[],
): WriteValue {
  const conceal = compileMasks(masks, type);
  return (value, pass) => {
    if (value === null || value === undefined || value instanceof Failure) return write(value, pass);
    const shown = conceal(value);
    if (shown !== null) return write(shown, pass);
    // Hidden whole, which is not the same as absent.
    pass.note(sites, MASKED);
    return NULL;
  };
}

/** The de-identified form of a value; null where nothing of it is shown. */
export function compileMasks(masks: readonly Mask[], type: GraphQLOutputType): (value: unknown) => unknown {
  if (isEnumType(getNamedType(type))) return () => null;
  return (value) => masks.reduce<unknown>((text, mask) => maskValue(text, mask), value);
}

/** Tests the row of an object against the limits. Where a limit, or the row's division, is missing, no row passes. */
export const isInRows = (object: Json, checks: readonly RowCheck[], limits: ProjectionPass['limits']): boolean =>
  checks.every(({ limit, key, paths }) => {
    const divisions: Readonly<Record<string, readonly string[]>> = limits[limit] ?? {};
    const prefixes = divisions[key];
    return (
      prefixes !== undefined &&
      paths.length > 0 &&
      paths.every((path) => isWithinDivisions(readPath(object, path), prefixes))
    );
  });

/** True when a value must not be written because its row lies outside the rows of its item. A fetch that failed, and a
 *  record that the provider does not have, are reported as what they are.
 *  @param name  of the value in the object */
export function isOutOfScope(
  object: Json,
  name: string,
  checks: readonly RowCheck[],
  limits: ProjectionPass['limits'],
): boolean {
  const value = object[name];
  if (value instanceof Failure && value.code !== 'OUT_OF_SCOPE') return false;
  const isGiven = value !== undefined && !(value instanceof Failure);
  if (!isGiven && checks.every(({ paths }) => paths.every((path) => readPath(object, path) === undefined)))
    return false;
  return !isInRows(object, checks, limits);
}

/** The value at a path; undefined where it is missing, or failed. */
function readPath(object: Json, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of path) {
    if (!isBranch(value)) return undefined;
    value = (value as Json)[name];
  }
  return value instanceof Failure ? undefined : value;
}
