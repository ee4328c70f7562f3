import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { toMissingValue, toWrongType } from './bad-answers.js';
import { Failure } from './failure.js';
import { isObject, type Json } from './fetch-shape.js';
import type { DisputeBook, DisputedFields } from './dispute-book.js';
import type { ProjectionPass } from './projection-pass.js';
import type { AskedAt } from './locate-below.js';
import type { FieldWriter, ObjectWriter } from './object-writer.js';
import { readField } from './losses.js';
import { noteAt } from './notes.js';
import { isInRows, isOutOfScope } from './row-limits.js';
import { EMPTY_LIST, LEFT_OUT, NULL, type WriteValue } from './write-value.js';

/** Marks an object that became null because of a field inside it, for the second pass. */
const NULLED = new Failure('SUBGRAPH_BAD_ANSWER', '');
/** Marks an object that was left out because of a row inside it, for the second pass. */
const DROPPED = new Failure('OUT_OF_SCOPE', '');

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
  if (writer.rows.length > 0 && !isInRows(value, writer.rows, pass.limits)) return LEFT_OUT;
  if (pass.disputes !== undefined) return writeWatched(value, pass, depth, writer, pass.disputes);
  return writeFields(value, pass, depth, writer);
}

/** Writes an object while items are under correction, and notes which of its fields are. An object without an identifier of
 *  its own is about whom it belongs to, and about whom it stands in. */
function writeWatched(
  value: Json,
  pass: ProjectionPass,
  depth: number,
  writer: ObjectWriter,
  disputes: DisputeBook,
): string | undefined {
  const { around } = pass;
  const own = writer.subject && subjectOf(value, writer.subject);
  pass.around = own === undefined ? [...around, ...relatedSubjects(value, writer)] : [own];
  const disputed = disputes.touches(writer.type) ? disputes.find(writer.type, pass.around) : undefined;
  const text = writeFields(value, pass, depth, writer, disputed);
  pass.around = around;
  return text;
}

/** The subject that an object's identifier names, `KIND:value`. */
function subjectOf(object: Json, { field, prefix }: NonNullable<ObjectWriter['subject']>): string | undefined {
  const id = object[field];
  if (typeof id === 'string' || typeof id === 'number') return prefix + String(id);
  return id instanceof ExactNumber ? prefix + id.text : undefined;
}

const relatedSubjects = (object: Json, { fields }: ObjectWriter): readonly string[] =>
  fields.flatMap(({ inner, leadsTo }) => {
    const related = leadsTo && object[inner];
    return (isObject(related) && subjectOf(related, leadsTo!)) || [];
  });

/** Writes a field whose argument names one subject: what has no identifier below is about that one. */
function writeNamed(value: unknown, { write, naming }: FieldWriter, pass: ProjectionPass): string | undefined {
  const { around } = pass;
  const named = pass.namedAt(naming!);
  if (named.length === 1) pass.around = named;
  const text = write(value, pass);
  pass.around = around;
  return text;
}

function writeFields(
  value: Json,
  pass: ProjectionPass,
  depth: number,
  { fields, row, subject }: ObjectWriter,
  disputed?: DisputedFields,
): string | undefined {
  const from = pass.errors.length;
  const remembered = pass.remembered;
  let out = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    pass.path[depth] = field.key;
    const given = readField(value, field.inner);
    let text =
      field.scope !== undefined && leaveOut(value, field, pass, depth + 1)
        ? NULL
        : field.naming !== undefined && pass.disputes !== undefined
          ? writeNamed(given, field, pass)
          : field.write(given, pass);
    if (text === LEFT_OUT) {
      drop(value, field.inner, pass);
      if (field.nonNull) {
        pass.isLost(remembered);
        return LEFT_OUT;
      }
      text = NULL;
    } else if (text === undefined || (field.nonNull && text === NULL)) {
      const nonNull = field.nonNull && !isRefused(given);
      pass.noteMissing(field.sites, given);
      // A place beside this one says nothing of its null, where what it took along stays.
      if (given instanceof Failure && given.up > 0 && given.below.length > 0 && !nonNull)
        pass.loseBeside(given, depth + 1);
      text = resolveNull(text, nonNull, value, field.inner, pass, depth + 1);
      if (text === undefined) {
        pass.isLost(remembered);
        if (given instanceof Failure) pass.retract(given, from, depth + 1, field.asked);
        return undefined;
      }
    }
    if (text !== NULL && text !== EMPTY_LIST) pass.note(field.sites, field.gives);
    // A null that the provider gave may be the correction; one that stands for what is refused or lost is not.
    if (disputed !== undefined && (text !== NULL || (value[field.inner] === null && field.scope === undefined)))
      pass.dispute(disputed.get(field.name), text, depth + 1, field.gives);
    if (pass.noted) reportNote(value, field.inner, pass, depth + 1, field.asked);
    out += field.head + text;
  }
  pass.stays(remembered, depth);
  pass.rows[row] = (pass.rows[row] ?? 0) + 1;
  const named = subject && subjectOf(value, subject);
  if (named !== undefined) pass.subjects.add(named);
  return fields.length === 0 ? '{}' : `${out}}`;
}

/** A refusal takes no object along, also where the schema was made before it could be foreseen.
 *  @source share-rules section 1, rule 8 */
const isRefused = (value: unknown): boolean => value instanceof Failure && value.code === 'RELEASE_NOT_CONSENTED';

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
