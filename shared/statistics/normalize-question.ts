import { levelOf, parentOf, valuesAt, type Dimension } from './dimension.js';
import { MOST_CELLS, MOST_CELLS_OF_TABLE, MOST_DIMENSIONS } from './parameters.js';
import { cellId, type CellValues, type MeasureItem, type StatisticsTable, type TableColumn } from './table.js';

/** A question as a caller puts it. */
export interface Asked {
  readonly by: readonly { readonly item: string; readonly level: number }[];
  /** Item → its one value. */
  readonly where: Readonly<Record<string, string>>;
  /** Items. */
  readonly measures: readonly string[];
}
/** The resource that a question is about. */
export interface StatisticalResource {
  readonly code: string;
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly MeasureItem[];
}

/** A question in normal form: however it was put, the same cells and measures make the same question. */
export interface Question {
  /** The same for the same question. */
  readonly text: string;
  /** Table that has the cells. */
  readonly table: StatisticsTable;
  /** Items, in their order. */
  readonly measures: readonly string[];
  /** Cells that are asked for, whether anybody is in them or not, and as many as are paid for. */
  readonly cells: readonly { readonly id: string; readonly values: CellValues }[];
  /** True for a cell that is asked for though its value is on no list. */
  readonly includes: (values: CellValues) => boolean;
  /** Units of the budget: for each cell its count and each measure. */
  readonly cost: number;
}

/** Why a question is not answered, whoever asks. */
export type QuestionRefusal = 'STATISTICS_TOO_MANY_DIMENSIONS' | 'STATISTICS_TOO_MANY_CELLS' | 'BAD_USER_INPUT';

/** Puts a question into normal form. */
export function normalizeQuestion(
  { by, where, measures }: Asked,
  resource: StatisticalResource,
): Question | QuestionRefusal {
  const grouped = new Map<string, number>();
  for (const { item, level } of by) {
    if ((grouped.get(item) ?? level) !== level) return 'BAD_USER_INPUT';
    grouped.set(item, level);
  }
  const items = [...new Set([...grouped.keys(), ...Object.keys(where)])].sort();
  if (items.length > MOST_DIMENSIONS) return 'STATISTICS_TOO_MANY_DIMENSIONS';
  const parts: Part[] = [];
  for (const item of items) {
    const dimension = resource.dimensions.find((each) => each.item === item);
    const part = dimension && partOf(dimension, grouped.get(item), where[item]);
    if (!part) return 'BAD_USER_INPUT';
    parts.push(part);
  }
  const wanted = [...new Set(measures)].sort();
  if (wanted.some((measure) => !resource.measures.some(({ item }) => item === measure))) return 'BAD_USER_INPUT';
  const columns = parts.map(({ column }) => column);
  const sizeOf = (values: readonly (readonly string[])[]) => values.reduce((size, { length }) => size * length, 1);
  const size = sizeOf(parts.map(({ values }) => values));
  if (size > MOST_CELLS || sizeOf(columns.map(valuesOf)) > MOST_CELLS_OF_TABLE) return 'STATISTICS_TOO_MANY_CELLS';
  return {
    text: JSON.stringify([
      resource.code,
      parts.map(({ column, asked }) => [column.dimension.item, column.level, asked]),
      wanted,
    ]),
    table: { resource: resource.code, columns, measures: resource.measures },
    measures: wanted,
    cells: product(parts.map(({ values }) => values)).map((values) => ({ id: cellId(columns, values), values })),
    includes: (values: CellValues) => parts.every(({ includes }, at) => includes(values[at]!)),
    cost: size * (1 + wanted.length),
  };
}

interface Part {
  readonly column: TableColumn;
  /** Value that the question is narrowed to. */
  readonly asked: string | null;
  readonly values: readonly string[];
  readonly includes: (value: string) => boolean;
}

/** @returns undefined for a value that is none of the dimension's, or is finer than what it is grouped by */
function partOf(dimension: Dimension, level: number | undefined, value: string | undefined): Part | undefined {
  if (value === undefined)
    return {
      column: { dimension, level: level! },
      asked: null,
      values: valuesAt(dimension, level!),
      includes: () => true,
    };
  const own = levelOf(dimension, value);
  if (own === undefined || (level !== undefined && own > level)) return undefined;
  const isOne = level === undefined || level === own;
  const within = isOne ? parentOf(dimension, own, value) : value;
  return {
    column: { dimension, level: level ?? own, ...(within !== undefined && { within }) },
    asked: value,
    values: valuesAt(dimension, level ?? own, { value, level: own }),
    includes: (each) => (isOne ? each === value : each.startsWith(value)),
  };
}

const valuesOf = ({ dimension, level, within }: TableColumn): readonly string[] =>
  valuesAt(dimension, level, within === undefined ? undefined : { value: within, level: levelOf(dimension, within)! });

const product = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>((made, values) => made.flatMap((row) => values.map((value) => [...row, value])), [[]]);

/** Identifies a table among all tables of a resource. */
export const tableId = ({ columns }: StatisticsTable): string =>
  JSON.stringify(columns.map(({ dimension, level, within }) => [dimension.item, level, within ?? null]));
