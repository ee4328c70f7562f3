import type { KeyObject } from 'node:crypto';
import { countNoise } from '../../../shared/statistics/count-noise.js';
import { keyedUniform } from '../../../shared/statistics/keyed-uniform.js';
import { cellId, type StatisticsTable } from '../../../shared/statistics/table.js';
import { parentOf, valuesAt } from '../../../shared/statistics/dimension.js';
import { hash64 } from './random.js';

/** A record of a person. */
export interface TestRecord {
  readonly person: string;
  readonly values: Readonly<Record<string, string | null>>;
  readonly amounts: Readonly<Record<string, number | null>>;
}

export const recordKey = (person: string): bigint => hash64(person);

/** The small, slow and obviously right way to publish counts: every cell there is, and every set of persons, by itself.
 *  @returns noised counts, and undefined for cells that are left out, by cell; and the exact number of persons */
export function publishSlowly(
  records: readonly TestRecord[],
  table: StatisticsTable,
  secret: KeyObject,
): Map<string, { readonly persons: number; readonly count: number | undefined }> {
  const { columns } = table;
  const allValues = columns.map(({ dimension, level, within }) =>
    valuesAt(
      dimension,
      level,
      within === undefined
        ? undefined
        : { value: within, level: dimension.levels.findIndex((at) => at.isValue(within)) },
    ),
  );
  const cells = allValues.reduce<string[][]>(
    (made, values) => made.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  /** Persons with a record that has these values or lies within them; undefined is any. */
  const personsOf = (wanted: readonly (string | undefined)[]): Set<string> =>
    new Set(
      records
        .filter(({ values }) =>
          columns.every(({ dimension: { item, levels } }, at) => {
            const own = values[item] ?? '';
            const value = wanted[at];
            if (value === undefined) return true;
            return levels.length > 1 ? own.startsWith(value) : own === value;
          }),
        )
        .map(({ person }) => person),
    );
  const coarser = (cell: readonly string[], at: number) =>
    cell.map((value, other) => (other === at ? parentOf(columns[at]!.dimension, columns[at]!.level, value) : value));
  const safe = new Map<string, number | undefined>();
  const persons = new Map<string, number>();
  for (const cell of cells) {
    const own = personsOf(cell);
    const isSafe =
      own.size >= 10 &&
      columns.every((_, at) => [...personsOf(coarser(cell, at))].filter((one) => !own.has(one)).length >= 10);
    const key = [...own].reduce((all, one) => all ^ recordKey(one), 0n);
    const noise = countNoise(keyedUniform(secret, `${table.resource} persons`, key, own.size));
    persons.set(cellId(columns, cell), own.size);
    safe.set(cellId(columns, cell), isSafe ? own.size + noise : undefined);
  }
  // Lines: cells that differ in one dimension only, and make up the same coarser cell.
  const lines = columns.flatMap((_, at) => [
    ...Map.groupBy(cells, (cell) => JSON.stringify([at, ...coarser(cell, at).map((value) => value ?? '')])),
  ]);
  lines.sort(([one], [other]) => (one < other ? -1 : 1));
  const shown = new Map(safe);
  for (let changed = true; changed;) {
    changed = false;
    for (const [, line] of lines) {
      const ids = line.map((cell) => cellId(columns, cell));
      const missing = ids.filter((id) => shown.get(id) === undefined);
      const rest = ids.filter((id) => shown.get(id) !== undefined);
      if (missing.length !== 1 || rest.length === 0) continue;
      rest.sort((one, other) => safe.get(one)! - safe.get(other)! || (one < other ? -1 : 1));
      shown.set(rest[0]!, undefined);
      changed = true;
    }
  }
  return new Map([...persons].map(([id, size]) => [id, { persons: size, count: shown.get(id) }]));
}
