import type { Failure } from './failure.js';

/** Errors that a subgraph reports at places that have a value all the same. They stand on the object or list that holds the
 *  value, so that they move with it through merges, and are told where it comes to stand. */
const NOTES = Symbol('errors beside values');
interface Noted {
  [NOTES]?: Map<string | number, Failure>;
}

export function addNote(parent: object, key: string | number, failure: Failure): void {
  const notes = ((parent as Noted)[NOTES] ??= new Map<string | number, Failure>());
  const known = notes.get(key);
  notes.set(key, known ? failure.at(failure.below, known) : failure);
}

export const noteAt = (parent: object, key: string | number): Failure | undefined => (parent as Noted)[NOTES]?.get(key);

/** Takes the notes of one object or list over to another that its values go to.
 *  @param rename  the new key of a value, and undefined for one that does not go along */
export function moveNotes(
  from: object,
  to: object,
  rename: (key: string | number) => string | number | undefined = (key) => key,
): void {
  const notes = (from as Noted)[NOTES];
  if (notes === undefined || from === to) return;
  for (const [key, failure] of notes) {
    const name = rename(key);
    if (name !== undefined) addNote(to, name, failure);
  }
}

/** Gives the note of one key to another. */
export function renameNote(object: object, from: string, to: string): void {
  const notes = (object as Noted)[NOTES];
  const note = notes?.get(from);
  if (!note) return;
  notes!.delete(from);
  addNote(object, to, note);
}

/** All notes of an object or list. */
export const notesOf = (parent: object): Iterable<Failure> => (parent as Noted)[NOTES]?.values() ?? [];
