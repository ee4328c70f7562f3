import type { Coordinate } from '../../shared/kernel/index.js';
import type { Failure } from './failure.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';

/** Selections of the operation at a field; the paths of errors are read from them. */
export interface AskedAt {
  /** The selections of the field. */
  readonly below: readonly (readonly Selection[])[];
  /** The selections that the field stands in. */
  readonly around: readonly (readonly Selection[])[];
  readonly bits: number;
  readonly coordinateOf: (site: number) => Coordinate | undefined;
  /** Names of the fields that a subgraph requires for this one. */
  readonly requiredBy: (at: Coordinate | undefined) => ReadonlySet<string>;
}

/** Translates where something failed below a null into the operation's own keys. What nobody asked for is an input: then the
 *  field that needs it is named, and where none is found the path ends.
 *  @param failure  with keys of fetched data, and indices, from the field on, or from the object that it stands in */
export function locateBelow({ below, onWhole }: Failure, asked: AskedAt): (string | number)[] {
  const path: (string | number)[] = [];
  let sets = onWhole ? asked.around : asked.below;
  for (const key of below) {
    if (typeof key === 'number') {
      path.push(key);
      continue;
    }
    const inner = key.replace(/^_x\d+_/, '');
    // Inputs that are fetched under keys of their own.
    const input = inner.replace(/^_own_/, '').replace(/^_r\d+_/, '');
    const fields = [...activeFields(sets, asked.bits)];
    const same = input === inner ? fields.filter((field) => field.inner === inner) : [];
    const named = same[0] ?? fields.find(({ site }) => asked.requiredBy(asked.coordinateOf(site)).has(input));
    if (!named) break;
    path.push(named.key);
    if (same.length === 0) break;
    sets = same.flatMap(({ selections }) => (selections ? [selections] : []));
  }
  return path;
}

function* activeFields(sets: readonly (readonly Selection[])[], bits: number): Generator<FieldSelection> {
  for (const set of sets)
    for (const selection of set) {
      if (!isActive(selection, bits)) continue;
      if (selection.kind === 'field') yield selection;
      else yield* activeFields([selection.selections], bits);
    }
}
