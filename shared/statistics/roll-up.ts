import { CellTotal, type GroupRow } from './cell-total.js';
import { cellId, placeOf, type CellValues, type ColumnPlace, type StatisticsTable } from './table.js';

/** A cell, and the cells that contain it: one for each dimension, a level up or without it. */
export interface CountedCell {
  readonly id: string;
  readonly values: CellValues;
  readonly total: CellTotal;
  readonly parents: readonly CellTotal[];
}
export interface CountedTable {
  readonly cells: readonly CountedCell[];
  /** Persons of each line whose value is none of the dimension's, where there are any. */
  readonly unlisted: ReadonlyMap<string, number>;
}

/** Names the line of a cell along one dimension: the cells that make up the same cell a level up, or without it. */
export const lineId = (dimension: number, places: readonly string[]): string => JSON.stringify([dimension, ...places]);

/** Rolls the groups of a database up to cells and to those that contain them. */
export function rollUp({ columns, measures }: StatisticsTable, rows: Iterable<GroupRow>): CountedTable {
  const cells = new Map<string, { readonly values: CellValues; readonly total: CellTotal }>();
  const lines = new Map<string, CellTotal>();
  const unlisted = new Map<string, number>();
  const counted = new Set<string>();
  /** Adds a row to a total, its persons only once. */
  const add = (total: CellTotal, at: string, row: GroupRow): void => {
    if (row.pattern === undefined) return total.add(row);
    const name = JSON.stringify([at, row.pattern]);
    total.add(row, counted.has(name));
    counted.add(name);
  };
  for (const row of rows) {
    const places = columns.map((column, at) => placeOf(column, row.values[at]!));
    const values = places.map(({ value }) => value);
    if (isWhole(values)) {
      const id = cellId(columns, values);
      let cell = cells.get(id);
      if (!cell) cells.set(id, (cell = { values, total: new CellTotal(measures.length) }));
      add(cell.total, id, row);
    }
    columns.forEach((_, dimension) => {
      const line = lineOf(places, dimension);
      if (line === undefined) return;
      let total = lines.get(line);
      if (!total) lines.set(line, (total = new CellTotal(measures.length)));
      add(total, line, row);
      if (values[dimension] === undefined) unlisted.set(line, (unlisted.get(line) ?? 0) + row.persons);
    });
  }
  const parentsOf = (values: CellValues) => {
    const places = columns.map((column, at) => placeOf(column, values[at]!));
    return columns.map((_, dimension) => lines.get(lineOf(places, dimension)!)!);
  };
  return {
    unlisted,
    cells: [...cells].map(([id, cell]) => ({ id, ...cell, parents: parentsOf(cell.values) })),
  };
}

/** The line that a row is part of along a dimension; undefined where it is in none. */
export function lineOf(places: readonly ColumnPlace[], dimension: number): string | undefined {
  const named = places.map(({ value, parent }, at) => (at === dimension ? parent : value));
  return isWhole(named) ? lineId(dimension, named) : undefined;
}

const isWhole = (values: readonly (string | undefined)[]): values is readonly string[] => !values.includes(undefined);
