import type { ProjectionPass } from './projection-pass.js';

/** Writes a value as JSON text. `'null'` is a null without an explanation yet, undefined one that has been reported, and
 *  the empty text a row that lies outside the rows of this caller: it is left out. */
export type WriteValue = (value: unknown, pass: ProjectionPass) => string | undefined;

/** A null. */
export const NULL = 'null';
/** A list without entries. */
export const EMPTY_LIST = '[]';
/** A row that is left out. */
export const LEFT_OUT = '';

/** Writes the name of an object's type. */
export function writeTypename(type: string): WriteValue {
  const text = JSON.stringify(type);
  return () => text;
}
