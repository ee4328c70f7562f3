import { parentOf, type Dimension } from './dimension.js';

/** The cells of all values of up to three dimensions, each at one level. */
export interface StatisticsTable {
  /** Catalogue code of the resource. */
  readonly resource: string;
  /** In the order of their items. */
  readonly columns: readonly TableColumn[];
  /** In the order in which rows have them. */
  readonly measures: readonly MeasureItem[];
}
export interface TableColumn {
  readonly dimension: Dimension;
  readonly level: number;
  /** A value of a coarser level: only records within it are counted. */
  readonly within?: string | undefined;
}
export interface MeasureItem {
  readonly item: string;
  /** The most that one person counts for, either way. */
  readonly bound: number;
}

/** One value for each column. */
export type CellValues = readonly string[];

/** Identifies a cell among all cells of a resource, in whatever table it is. */
export const cellId = (columns: readonly Pick<TableColumn, 'dimension'>[], values: CellValues): string =>
  JSON.stringify(columns.map(({ dimension }, at) => [dimension.item, values[at]!]));

/** Values of the records that a row counts: its value at the column's level, and the one a level up. */
export interface ColumnPlace {
  /** Undefined for records whose value is none of the dimension's; they count in cells that contain this one. */
  readonly value: string | undefined;
  /** Undefined where they are in no cell a level up; '' where that is the cell without this dimension. */
  readonly parent: string | undefined;
}

/** Places a value that a database gave. */
export function placeOf({ dimension, level }: TableColumn, text: string | null): ColumnPlace {
  const { levels } = dimension;
  const value = text !== null && levels[level]!.isValue(text) ? text : undefined;
  if (level === 0) return { value, parent: '' };
  const parent = text === null ? undefined : parentOf(dimension, level, text);
  return { value, parent: parent !== undefined && levels[level - 1]!.isValue(parent) ? parent : undefined };
}
