import type { QualityDimension, QualityObstacle } from '../../../../shared/share/quality/quality-rule.js';

/** Share of what was judged that keeps its rules, 0 to 1, of each dimension in which something was judged. */
export type Rates = Readonly<Partial<Record<QualityDimension, number>>>;

/** Result of one rule. */
export interface JudgedRule {
  readonly dimension: QualityDimension;
  readonly counts?: { readonly checked: number; readonly failed: number } | undefined;
  readonly reason?: QualityObstacle | undefined;
}
export interface Score {
  /** Mean of the dimensions; undefined where nothing was judged. */
  readonly rate?: number | undefined;
  readonly rates: Rates;
  readonly counted: number;
  readonly stopped: number;
}

/** Scores what a run has found. A rule that could not be carried out counts in no dimension of the data: it lowers
 *  accessibility, which is the share of rules that could. One that had nothing to judge counts for nothing.
 *  @source GB/T 36344-2018; CZ-12b, QZ-3.6c, HZ-6.1d, YN-11b, JL-16c */
export function scoreRun(rules: readonly JudgedRule[]): Score {
  const counted = rules.filter(({ counts }) => counts !== undefined);
  const rates: Partial<Record<QualityDimension, number>> = {};
  const judged = counted.filter(({ counts }) => counts!.checked > 0);
  for (const [dimension, of] of Map.groupBy(judged, (rule) => rule.dimension))
    rates[dimension] = mean(of.map(({ counts }) => 1 - counts!.failed / counts!.checked));
  if (rules.length > 0) rates.ACCESSIBILITY = counted.length / rules.length;
  const isJudged = judged.length > 0;
  return {
    ...(isJudged && { rate: mean(Object.values(rates)) }),
    ...{ rates, counted: counted.length, stopped: rules.length - counted.length },
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A share for who may not see the numbers: whole percent, and 100 only where nothing is wrong. */
export const roundDown = (rate: number): number => Math.floor(rate * 100) / 100;
