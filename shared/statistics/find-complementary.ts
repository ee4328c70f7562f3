import { lineOf } from './roll-up.js';
import { LEAST_PERSONS } from './parameters.js';
import { placeOf, type CellValues, type StatisticsTable } from './table.js';

export interface JudgedCell {
  readonly id: string;
  readonly values: CellValues;
  /** As it would be published; undefined for one that is not. */
  readonly size: number | undefined;
}

interface Line {
  readonly id: string;
  readonly cells: JudgedCell[];
  /** Cells of the line that nobody is in, and values that are none of the dimension's. */
  absent: number;
}

/** Cells that must be left out because exactly one cell of a line is: it could be had by subtraction. The smallest other cell
 *  of the line is left out too, and so on until no line lacks a single cell. A cell of nobody counts as left out.
 *  @param table     whose lines they are
 *  @param cells     that somebody is in
 *  @param unlisted  persons of each line whose value is none of the dimension's */
export function findComplementary(
  table: Pick<StatisticsTable, 'columns'>,
  cells: readonly JudgedCell[],
  unlisted: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const lines = linesOf(table.columns, cells, unlisted).sort(({ id: one }, { id: other }) => (one < other ? -1 : 1));
  const left = new Set<string>();
  const isLeft = ({ id, size }: JudgedCell) => size === undefined || left.has(id);
  for (let found = true; found;) {
    found = false;
    for (const { cells: members, absent } of lines) {
      if (absent + members.filter(isLeft).length !== 1) continue;
      const published = members.filter((cell) => !isLeft(cell));
      if (published.length === 0) continue;
      left.add(published.reduce(smaller).id);
      found = true;
    }
  }
  return left;
}

function smaller(one: JudgedCell, other: JudgedCell): JudgedCell {
  if (one.size! !== other.size!) return one.size! < other.size! ? one : other;
  return one.id < other.id ? one : other;
}

function linesOf(
  columns: StatisticsTable['columns'],
  cells: readonly JudgedCell[],
  unlisted: ReadonlyMap<string, number>,
): Line[] {
  const lines = new Map<string, Line>();
  columns.forEach(({ dimension, level }, at) => {
    const values = new Map<string, Set<string>>();
    for (const cell of cells) {
      const places = columns.map((each, other) => placeOf(each, cell.values[other]!));
      const id = lineOf(places, at)!;
      let line = lines.get(id);
      if (!line) {
        const few = unlisted.get(id) ?? 0;
        lines.set(id, (line = { id, cells: [], absent: few > 0 && few < LEAST_PERSONS ? 1 : 0 }));
        values.set(id, new Set(dimension.levels[level]!.valuesBelow(places[at]!.parent || undefined)));
      }
      line.cells.push(cell);
      values.get(id)!.delete(cell.values[at]!);
    }
    for (const [id, missing] of values) lines.get(id)!.absent += missing.size;
  });
  return [...lines.values()];
}
