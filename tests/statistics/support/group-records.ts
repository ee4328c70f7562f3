import type { GroupMeasure, GroupRow } from '../../../shared/statistics/cell-total.js';
import { sketchOf } from '../../../shared/statistics/sketch.js';
import type { StatisticsTable } from '../../../shared/statistics/table.js';
import { hash64 } from './random.js';
import { recordKey, type TestRecord } from './twin.js';

const valueKey = (person: string, value: string): bigint => hash64(`${person} ${value}`);

/** Groups records as a database does, each person having one record. */
export function groupRecords(records: readonly TestRecord[], { columns, measures }: StatisticsTable): GroupRow[] {
  const groups = Map.groupBy(records, ({ values }) => JSON.stringify(columns.map((column) => textOf(column, values))));
  return [...groups].map(([id, members]) => {
    const keys = members.map(({ person }) => recordKey(person));
    return {
      values: JSON.parse(id) as (string | null)[],
      persons: members.length,
      ...combined(keys),
      measures: measures.map(({ item, bound }): GroupMeasure => {
        const given = members.filter(({ amounts }) => amounts[item] != null);
        const cut = given.map(({ amounts }) => Math.max(-bound, Math.min(bound, amounts[item]!)));
        return {
          persons: given.length,
          ...combined(given.map(({ person, amounts }) => valueKey(person, String(amounts[item])))),
          sum: cut.reduce((sum, value) => sum + value, 0),
          largest: cut.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
        };
      }),
    };
  });
}

const combined = (keys: readonly bigint[]) => ({
  key: keys.reduce((all, key) => all ^ key, 0n),
  sketch: keys.reduce((all, key) => all ^ sketchOf(key), 0n),
});

const textOf = (
  { dimension: { item, levels }, level, within }: StatisticsTable['columns'][number],
  values: TestRecord['values'],
): string | null => {
  const value = values[item] ?? null;
  const { length } = levels[level]!;
  if (value === null || !value.startsWith(within ?? '')) return null;
  return length === undefined ? value : value.slice(0, length);
};
