import type { Pacer } from './pacer.js';

/** A part of a graph as texts with names, in an order that means something. */
export interface Table {
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

/** A table by what differs from another one that the receiver has: a change of one subgraph leaves nearly all of a graph as it was. */
export interface TableDelta {
  /** For each entry its position in the table before, or `-1 - n` for the n-th of those that are new. */
  readonly positions: Int32Array;
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

export function writeTable(entries: Iterable<readonly [name: string, text: string]>): Table {
  const names: string[] = [];
  const texts: string[] = [];
  for (const [name, text] of entries) {
    names.push(name);
    texts.push(text);
  }
  return { names, texts };
}

/** @param isStale  true for an entry that is new although its text is as before */
export function compareTables(
  table: Table,
  before: Table | undefined,
  isStale: (name: string) => boolean = () => false,
): TableDelta {
  const known = new Map(before?.names.map((name, at) => [name, at]));
  const names: string[] = [];
  const texts: string[] = [];
  const positions = new Int32Array(table.names.length);
  table.names.forEach((name, at) => {
    const text = table.texts[at]!;
    const position = known.get(name);
    if (position !== undefined && before!.texts[position] === text && !isStale(name)) positions[at] = position;
    else {
      positions[at] = -1 - names.length;
      names.push(name);
      texts.push(text);
    }
  });
  return { positions, names, texts };
}

/** What was made of a table, entry by entry. */
export interface Entries<T> {
  readonly names: readonly string[];
  readonly values: readonly T[];
}

/** Makes what a table says, in steps, and takes over what is as before.
 *  @param make  makes the value of a new entry
 *  @throws Error when the delta is one to another table */
export async function applyDelta<T>(
  { positions, names, texts }: TableDelta,
  before: Entries<T> | undefined,
  make: (text: string, name: string) => T,
  pacer: Pacer,
): Promise<Entries<T>> {
  const all: string[] = [];
  const values: T[] = [];
  for (const position of positions) {
    if (position < 0) {
      const name = names[-1 - position]!;
      all.push(name);
      values.push(make(texts[-1 - position]!, name));
    } else {
      const name = before?.names[position];
      if (!before || name === undefined) throw new Error('The graph before is another one.');
      all.push(name);
      values.push(before.values[position]!);
    }
    if (pacer.isDue) await pacer.pause();
  }
  return { names: all, values };
}
