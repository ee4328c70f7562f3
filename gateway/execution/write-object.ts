import type { RowCheck } from '../operation/limit-fields.js';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { toMissingValue, toWrongType } from './bad-answers.js';
import { Failure } from './failure.js';
import { isObject, type Json } from './fetch-shape.js';
import type { ProjectionPass } from './projection-pass.js';
import type { AskedAt } from './locate-below.js';
import { noteAt } from './notes.js';
import { isInRows, isOutOfScope } from './row-limits.js';
import { EMPTY_LIST, LEFT_OUT, NULL, type WriteValue } from './write-value.js';

/** Marks an object that became null because of a field inside it, for the second pass. */
const NULLED = new Failure('SUBGRAPH_BAD_ANSWER', '');
/** Marks an object that was left out because of a row inside it, for the second pass. */
const DROPPED = new Failure('OUT_OF_SCOPE', '');

const NOTHING_LOST: readonly [Failure, (string | number)[]][] = [];

export interface FieldWriter {
  /** `{"key":` of the first field, `,"key":` of the others. */
  readonly head: string;
  readonly key: string;
  readonly inner: string;
  readonly nonNull: boolean;
  readonly write: WriteValue;
  /** Sites under this key; none for `__typename` and introspection. */
  readonly sites: readonly number[];
  /** What a value is on the record: `WHOLE` or `MASKED`. */
  readonly gives: number;
  /** Present where the value is given within rows only. */
  readonly scope: { readonly site: number; readonly checks: readonly RowCheck[] } | undefined;
  /** Selections of the operation here; the paths of errors are read from them. */
  readonly asked: AskedAt;
}

/** Writes the objects of one runtime type. */
export interface ObjectWriter {
  readonly row: number;
  /** Conditions under which the whole row is given. */
  readonly rows: readonly RowCheck[];
  readonly fields: readonly FieldWriter[];
  readonly subject: { readonly field: string; readonly prefix: string } | undefined;
}

export function writeDenied(sites: readonly number[], length: number): WriteValue {
  return (_, pass) => {
    pass.deny(sites, length);
    return NULL;
  };
}

export function writeObject(
  value: unknown,
  pass: ProjectionPass,
  depth: number,
  writerOf: (object: Json) => ObjectWriter | undefined,
  asked: AskedAt,
): string | undefined {
  if (value === null || value === undefined) return NULL;
  if (value === DROPPED) return LEFT_OUT;
  if (!isObject(value)) return reportUnusable(value, pass, depth, asked);
  const writer = writerOf(value);
  if (writer === undefined) {
    const { __typename: typename } = value;
    return reportUnusable(typename instanceof Failure ? typename : value, pass, depth, asked);
  }
  const { fields, row, rows, subject } = writer;
  if (rows.length > 0 && !isInRows(value, rows, pass.limits)) return LEFT_OUT;
  const from = pass.errors.length;
  let out = '';
  let lostBeside: [failure: Failure, path: (string | number)[]][] | undefined;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    pass.path[depth] = field.key;
    let text =
      field.scope !== undefined && leaveOut(value, field, pass, depth + 1)
        ? NULL
        : field.write(value[field.inner], pass);
    if (text === LEFT_OUT) {
      drop(value, field.inner, pass);
      if (field.nonNull) return LEFT_OUT;
      text = NULL;
    } else if (text === undefined || (field.nonNull && text === NULL)) {
      const lost = value[field.inner];
      pass.noteMissing(field.sites, lost);
      // A place beside this one says nothing of its null, where the object stays.
      if (lost instanceof Failure && lost.onWhole && lost.below.length > 0 && !field.nonNull)
        (lostBeside ??= []).push([lost, pass.path.slice(0, depth + 1)]);
      text = resolveNull(text, field.nonNull, value, field.inner, pass, depth + 1);
      if (text === undefined) {
        if (lost instanceof Failure) pass.retract(lost, from, depth + 1, field.asked);
        return undefined;
      }
    }
    if (text !== NULL && text !== EMPTY_LIST) pass.note(field.sites, field.gives);
    if (pass.noted) reportNote(value, field.inner, pass, depth + 1, field.asked);
    out += field.head + text;
  }
  for (const [failure, path] of lostBeside ?? NOTHING_LOST) pass.explain(failure, path);
  pass.rows[row] = (pass.rows[row] ?? 0) + 1;
  if (subject !== undefined) {
    const id = value[subject.field];
    if (typeof id === 'string' || typeof id === 'number') pass.subjects.add(subject.prefix + String(id));
    else if (id instanceof ExactNumber) pass.subjects.add(subject.prefix + id.text);
  }
  return fields.length === 0 ? '{}' : `${out}}`;
}

/** Leaves out a value whose row lies outside the rows of its item.
 *  @returns false where the value may be written */
function leaveOut(object: Json, { inner, scope }: FieldWriter, pass: ProjectionPass, length: number): boolean {
  if (!isOutOfScope(object, inner, scope!.checks, pass.limits)) return false;
  pass.leaveOut(scope!.site, length);
  return true;
}

/** Takes a row out of the data, and asks for a second pass, since objects inside it may have been counted. */
export function drop(parent: Json | unknown[], key: string | number, pass: ProjectionPass): void {
  if ((parent as Json)[key] === DROPPED) return;
  (parent as Json)[key] = DROPPED;
  pass.bubbled = true;
}

/** Decides whether a null stays where it is or moves up to the parent.
 *   @returns undefined when it moves up */
export function resolveNull(
  text: string | undefined,
  nonNull: boolean,
  parent: Json | unknown[],
  key: string | number,
  pass: ProjectionPass,
  length: number,
): string | undefined {
  if (text === undefined) {
    if (nonNull) return undefined;
    // Objects inside may have been counted before the whole became null.
    const value = (parent as Json)[key];
    if (typeof value === 'object' && value !== null && !(value instanceof Failure)) {
      pass.bubbled = true;
      (parent as Json)[key] = NULLED;
    }
    return NULL;
  }
  if (text === NULL && nonNull) {
    pass.add(toMissingValue(pass.path.slice(0, length)));
    return undefined;
  }
  return text;
}

/** Reports the error that a subgraph gave beside a value. */
export function reportNote(
  parent: object,
  key: string | number,
  pass: ProjectionPass,
  length: number,
  asked: AskedAt,
): void {
  const note = noteAt(parent, key);
  if (note) pass.report(note, length, asked);
}

export function reportUnusable(value: unknown, pass: ProjectionPass, length: number, asked: AskedAt): undefined {
  if (value === NULLED) return;
  if (value instanceof Failure) pass.report(value, length, asked);
  else pass.add(toWrongType(pass.path.slice(0, length)));
}
