import type { KeyObject } from 'node:crypto';
import type { CellTotal, MeasureTotal } from './cell-total.js';
import { findComplementary } from './find-complementary.js';
import { countErrorWithin, countNoise } from './count-noise.js';
import { hasMean, isCountUnsafe, isSumUnsafe } from './is-unsafe.js';
import { keyedUniform } from './keyed-uniform.js';
import { LEAST_PERSONS } from './parameters.js';
import type { CountedCell, CountedTable } from './roll-up.js';
import { changesBetween } from './sketch.js';
import { sumErrorWithin, sumNoise } from './sum-noise.js';
import type { MeasureItem, StatisticsTable } from './table.js';

/** What is kept of a cell from one snapshot to the next: what may be published of it, and sketches of whom it counts, by
 *  which it is told whether few of them changed. No exact number. */
export interface CellState {
  /** Snapshot in which the count was last determined. */
  readonly snapshot: string;
  /** Undefined where the count says too much. */
  readonly count?: number | undefined;
  readonly sketch: bigint;
  /** Of the rest of each cell that contains this one. */
  readonly rests: readonly bigint[];
  readonly measures: Readonly<Record<string, MeasureState>>;
}
export interface MeasureState {
  readonly snapshot: string;
  readonly bound: number;
  /** Undefined where the sum says too much. */
  readonly sum?: number | undefined;
  readonly mean?: Estimate | undefined;
  /** Of persons and values. */
  readonly sketch: bigint;
}
export interface Estimate {
  readonly value: number;
  /** Not exceeded by the error in 95 of 100 cases. */
  readonly error95: number;
}

/** A cell as every caller sees it. */
export interface PublishedCell {
  readonly count: number;
  readonly measures: Readonly<Record<string, PublishedMeasure>>;
}
export interface PublishedMeasure {
  readonly sum: number;
  readonly mean?: Estimate | undefined;
}

export interface PublishingContext {
  readonly secret: KeyObject;
  /** Month of the snapshot, as 2026-08. */
  readonly snapshot: string;
  /** States of the table's cells that were determined before, by cell. */
  readonly known: ReadonlyMap<string, CellState>;
}

export interface PublishedTable {
  /** To keep, by cell. */
  readonly states: ReadonlyMap<string, CellState>;
  /** By cell; one that is not there is left out. */
  readonly published: ReadonlyMap<string, PublishedCell>;
}

/** Determines what is published of a table. */
export function publishTable(
  table: StatisticsTable,
  { cells, unlisted }: CountedTable,
  context: PublishingContext,
): PublishedTable {
  const states = new Map(cells.map((cell) => [cell.id, determineCell(table, cell, context)]));
  const judged = (sizeOf: (state: CellState) => number | undefined) =>
    cells.map(({ id, values }) => ({ id, values, size: sizeOf(states.get(id)!) }));
  const leftOut = findComplementary(
    table,
    judged(({ count }) => count),
    unlisted,
  );
  const isShown = (id: string) => states.get(id)!.count !== undefined && !leftOut.has(id);
  const sumsLeftOut = new Map(
    table.measures.map(({ item }) => [
      item,
      findComplementary(
        table,
        cells.map(({ id, values }) => {
          const { count, measures } = states.get(id)!;
          return { id, values, size: isShown(id) && measures[item]?.sum !== undefined ? count : undefined };
        }),
        unlisted,
      ),
    ]),
  );
  const published = new Map<string, PublishedCell>();
  for (const [id, { count, measures }] of states)
    if (isShown(id))
      published.set(id, {
        count: count!,
        measures: Object.fromEntries(
          Object.entries(measures).flatMap(([item, { sum, mean }]) =>
            sum === undefined || sumsLeftOut.get(item)!.has(id) ? [] : [[item, { sum, ...(mean && { mean }) }]],
          ),
        ),
      });
  return { states, published };
}

/** The state of a cell: as it was, unless ten or more persons changed in it or in the rest of a cell that contains it. */
function determineCell(table: StatisticsTable, cell: CountedCell, context: PublishingContext): CellState {
  const { total, parents } = cell;
  const { snapshot } = context;
  const known = context.known.get(cell.id);
  const rests = parents.map(({ sketch }) => sketch ^ total.sketch);
  const stays = known !== undefined && (known.snapshot === snapshot || isAlmostSame(known, total.sketch, rests));
  const isUnsafe = stays ? known.count === undefined : isCountUnsafe(total, parents);
  const measures = Object.fromEntries(
    table.measures.map((measure, at) => {
      const { item } = measure;
      const before = stays ? known.measures[item] : undefined;
      const own = total.measures[at]!;
      const isKept =
        before?.bound === measure.bound &&
        (before.snapshot === snapshot || changesBetween(before.sketch, own.sketch) < LEAST_PERSONS);
      if (isKept) return [item, before];
      const containing = parents.map((parent) => parent.measures[at]!);
      const isHidden = isUnsafe || isSumUnsafe(own, containing);
      return [item, { ...determineMeasure(table, measure, isHidden ? undefined : own, context), sketch: own.sketch }];
    }),
  );
  if (stays) return { ...known, measures };
  const count = isUnsafe ? undefined : noisedCount(`${table.resource} persons`, total, context);
  return { snapshot, count, sketch: total.sketch, rests, measures };
}

const isAlmostSame = (known: CellState, sketch: bigint, rests: readonly bigint[]): boolean =>
  known.rests.length === rests.length &&
  changesBetween(known.sketch, sketch) < LEAST_PERSONS &&
  rests.every((rest, at) => changesBetween(known.rests[at]!, rest) < LEAST_PERSONS);

function noisedCount(
  what: string,
  { persons, key }: Pick<CellTotal, 'persons' | 'key'>,
  { secret }: PublishingContext,
): number {
  return Math.max(0, persons + countNoise(keyedUniform(secret, what, key, persons)));
}

/** @param total  undefined where nothing of it may be published */
function determineMeasure(
  { resource }: StatisticsTable,
  { item, bound }: MeasureItem,
  total: MeasureTotal | undefined,
  context: PublishingContext,
): Omit<MeasureState, 'sketch'> {
  const state = { snapshot: context.snapshot, bound };
  if (!total) return state;
  const { persons, key } = total;
  const noise = bound * sumNoise(keyedUniform(context.secret, `${resource} sum of ${item}`, key, persons));
  const unit = roundingOf(bound);
  const sum = round(total.sum + noise, unit);
  if (!hasMean(total)) return { ...state, sum };
  const count = noisedCount(`${resource} persons with ${item}`, total, context);
  return { ...state, sum, mean: meanOf(sum, count, bound, unit) };
}

/** Sums are given in steps of a tenth to a hundredth of their bound: finer digits would be of the noise. */
export const roundingOf = (bound: number): number => 10 ** (Math.floor(Math.log10(bound)) - 1);

const round = (value: number, unit: number): number =>
  unit >= 1 ? Math.round(value / unit) * unit : Number((Math.round(value / unit) * unit).toPrecision(12));

/** Each part may err, so that its bound is not exceeded in 97.5 of 100 cases, and both are not in 95. */
const SUM_ERROR = sumErrorWithin(0.975);
const COUNT_ERROR = countErrorWithin(0.975);

function meanOf(sum: number, count: number, bound: number, unit: number): Estimate {
  const value = sum / count;
  const error95 = (SUM_ERROR * bound + unit / 2 + Math.abs(value) * COUNT_ERROR) / (count - COUNT_ERROR);
  return { value: toDigits(value), error95: toDigits(error95) };
}

/** Four digits, which is more than the noise leaves. */
const toDigits = (value: number): number => Number(value.toPrecision(4));
