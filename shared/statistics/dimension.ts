import { DIVISION_LEVELS, divisionsBelow } from './division-register.js';

/** An item by which statistics are grouped. */
export interface Dimension {
  readonly item: string;
  /** From the coarsest to the finest; one for an item without a hierarchy. */
  readonly levels: readonly Level[];
}
export interface Level {
  /** Empty for the only level of a dimension. */
  readonly name: string;
  /** Characters of a value by which the values of this level are told; all where absent. */
  readonly length?: number;
  /** Values that there are, whether anybody has them or not.
   *  @param parent  value one level up; undefined at the coarsest level */
  readonly valuesBelow: (parent: string | undefined) => readonly string[];
  readonly isValue: (text: string) => boolean;
}

/** A dimension with a list of values. */
export function listDimension(item: string, values: readonly string[]): Dimension {
  const known = new Set(values);
  return { item, levels: [{ name: '', valuesBelow: () => values, isValue: (text) => known.has(text) }] };
}

/** An administrative division: a code's beginning is the division above it. */
export const divisionDimension = (item: string): Dimension => ({
  item,
  levels: DIVISION_LEVELS.map(({ name, length }) => ({
    name,
    length,
    valuesBelow: divisionsBelow,
    isValue: (text) => text.length === length && /^\d+$/.test(text),
  })),
});

/** The value one level up; undefined at the coarsest level. */
export function parentOf({ levels }: Dimension, level: number, value: string): string | undefined {
  return level === 0 ? undefined : value.slice(0, levels[level - 1]!.length);
}

/** Values of a level, within a value of a coarser one where it is given.
 *  @param within  value, and its level */
export function valuesAt(
  { levels }: Dimension,
  level: number,
  within?: { readonly value: string; readonly level: number },
): readonly string[] {
  if (within?.level === level) return [within.value];
  const first = within ? within.level + 1 : 0;
  let values: readonly string[] = levels[first]!.valuesBelow(within?.value);
  for (let at = first + 1; at <= level; at++) values = values.flatMap((value) => levels[at]!.valuesBelow(value));
  return values;
}

/** Level of a value; undefined where it is a value of none. */
export function levelOf({ levels }: Dimension, value: string): number | undefined {
  const found = levels.findIndex(({ isValue }) => isValue(value));
  return found < 0 ? undefined : found;
}
