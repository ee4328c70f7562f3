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
  /** The objects on the way, the innermost last: their fields, what was followed, and where their path ends. */
  const passed: { fields: readonly FieldSelection[]; input: string; length: number }[] = [];
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
    passed.push({ fields, input, length: path.length });
    const same = input === inner ? fields.filter((field) => field.inner === inner) : [];
    if (same.length === 0) return toNeedingField(path, passed, asked) ?? path;
    path.push(same[0]!.key);
    sets = same.flatMap(({ selections }) => (selections ? [selections] : []));
  }
  return path;
}

/** The path of the field that needs an input, which may stand in any object on the way: an input `owner { age }` passes through
 *  an `owner` that was asked for. */
function toNeedingField(
  path: readonly (string | number)[],
  passed: readonly { fields: readonly FieldSelection[]; input: string; length: number }[],
  { requiredBy, coordinateOf }: AskedAt,
): (string | number)[] | undefined {
  for (let at = passed.length - 1; at >= 0; at--) {
    const { fields, length } = passed[at]!;
    const inputs = passed.slice(at).map(({ input }) => input);
    const named = fields.find(({ site }) => {
      const required = requiredBy(coordinateOf(site));
      return inputs.every((input) => required.has(input));
    });
    if (named) return [...path.slice(0, length), named.key];
  }
  return undefined;
}

function* activeFields(sets: readonly (readonly Selection[])[], bits: number): Generator<FieldSelection> {
  for (const set of sets)
    for (const selection of set) {
      if (!isActive(selection, bits)) continue;
      if (selection.kind === 'field') yield selection;
      else yield* activeFields([selection.selections], bits);
    }
}
