import type { Coordinate } from '../../shared/kernel/index.js';
import type { Failure } from './failure.js';
import { CONFLICT_PREFIX } from './separate-conflicting-keys.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';

/** Selections of the operation at a field; the paths of errors are read from them. */
export interface AskedAt {
  /** The selections of the field. */
  readonly below: readonly (readonly Selection[])[];
  /** The field that it stands in; undefined for the root. */
  readonly above: AskedAt | undefined;
  /** Entries of the path that lead to the field. */
  readonly depth: number;
  readonly bits: number;
  readonly coordinateOf: (site: number) => Coordinate | undefined;
  /** Names of the fields that a subgraph requires for this one. */
  readonly requiredBy: (at: Coordinate | undefined) => ReadonlySet<string>;
  /** True where a field may stand on an object of one of these types. */
  readonly mayBeOf: (at: Coordinate | undefined, types: readonly string[]) => boolean;
}

/** Finds where something failed, in the operation's own keys. What nobody asked for is an input: then the field that needs it is
 *  named, and where none is found the path ends.
 *  @param failure  with keys of fetched data
 *  @param path     to where it stands
 *  @param asked    what was asked for there */
export function locateFailure(
  { up, below }: Failure,
  path: readonly (string | number)[],
  asked: AskedAt,
): (string | number)[] {
  const above = path.slice(0, path.length - up);
  const located = locateBelow(below, askedAbove(asked, above.length), asked);
  // Where nobody asked for that place, the one that was lost with it is told.
  return up > 0 && below.length > 0 && located.length === 0 ? [...path] : [...above, ...located];
}

/** The selections at the field at or above which a path of that length ends. */
function askedAbove(asked: AskedAt, length: number): AskedAt['below'] {
  let at = asked;
  while (at.above && at.depth > length) at = at.above;
  return at.below;
}

/** An object on the way to a place. */
interface Passed {
  readonly fields: readonly FieldSelection[];
  /** The field that was followed. */
  readonly input: string;
  /** Types that this field was fetched for; undefined for all. */
  readonly on: readonly string[] | undefined;
  /** End of the object's path. */
  readonly length: number;
}

function locateBelow(below: Failure['below'], selected: AskedAt['below'], asked: AskedAt): (string | number)[] {
  const path: (string | number)[] = [];
  const passed: Passed[] = [];
  let sets = selected;
  for (const step of below) {
    if (typeof step === 'number') {
      path.push(step);
      continue;
    }
    const { key, on } = typeof step === 'string' ? { key: step, on: undefined } : step;
    const inner = key.replace(CONFLICT_PREFIX, '');
    // Inputs that are fetched under keys of their own.
    const input = inner.replace(/^_own_/, '').replace(/^_r\d+_/, '');
    const fields = [...activeFields(sets, asked.bits)];
    passed.push({ fields, input, on, length: path.length });
    const isSame = ({ inner: name, site }: FieldSelection) =>
      name === inner && (!on || asked.mayBeOf(asked.coordinateOf(site), on));
    const same = input === inner ? fields.filter(isSame) : [];
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
  passed: readonly Passed[],
  { requiredBy, coordinateOf, mayBeOf }: AskedAt,
): (string | number)[] | undefined {
  for (let at = passed.length - 1; at >= 0; at--) {
    const { fields, length, on } = passed[at]!;
    const inputs = passed.slice(at).map(({ input }) => input);
    const named = fields.find(({ site }) => {
      const coordinate = coordinateOf(site);
      const required = requiredBy(coordinate);
      return inputs.every((input) => required.has(input)) && (!on || mayBeOf(coordinate, on));
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
