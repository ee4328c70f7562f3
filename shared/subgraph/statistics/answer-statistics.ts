import { COUNT_NOISE, countErrorWithin } from '../../statistics/count-noise.js';
import { COUNT_NOISE_MAX, LEAST_PERSONS, SUM_NOISE_MAX } from '../../statistics/parameters.js';
import { publishTable, roundingOf } from '../../statistics/publish-table.js';
import {
  normalizeQuestion,
  tableId,
  type Asked,
  type Question,
  type QuestionRefusal,
} from '../../statistics/normalize-question.js';
import { rollUp } from '../../statistics/roll-up.js';
import { sumErrorWithin } from '../../statistics/sum-noise.js';
import { HubError } from '../../kernel/index.js';
import type { FetchContext } from '../../trust/signed-context.js';
import { readGroups } from './group-rows.store.js';
import { measureFields, type StatedDimension } from './stated-statistics.js';
import type { StatisticsBudget, StatisticsStore, StoredTable } from './statistics.store.js';
import type { StatisticsPlan } from './statistics-plan.js';

/** Arguments of a statistic, as its field has them. */
export interface StatisticsArguments {
  readonly by: readonly string[];
  readonly where?: Readonly<Record<string, string | boolean | null>> | null;
  readonly measures?: readonly string[];
}
export interface StatisticsServing {
  readonly store: StatisticsStore;
  readonly budget: StatisticsBudget;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Answers a statistic: normal form, payment, and the month's table, which is counted where this is the first to need it.
 *  @throws HubError BAD_USER_INPUT, OUT_OF_SCOPE, SOURCE_UNAVAILABLE, STATISTICS_TOO_MANY_DIMENSIONS,
 *    STATISTICS_TOO_MANY_CELLS, STATISTICS_BUDGET_SPENT
 *  @source QZ-5.4d */
export async function answerStatistics(
  plan: StatisticsPlan,
  args: StatisticsArguments,
  context: FetchContext,
  { store, budget, now }: StatisticsServing,
): Promise<object> {
  const asked = readArguments(plan, args);
  const question = normalizeQuestion(asked, plan.resource);
  if (typeof question === 'string') throw refuse(question);
  requireScope(plan, asked, context);
  const { text, cost, table } = question;
  const resource = plan.resource.code;
  const today = localDate(now());
  const month = today.slice(0, 7);
  const left = await store.spend({ resource, month, department: context.department, question: text, cost }, budget);
  if (left === undefined) throw refuse('STATISTICS_BUDGET_SPENT');
  const { noise, seedOf } = await store.secrets();
  const id = tableId(table);
  const stored =
    (await store.findTable(resource, id, month)) ??
    (await store.determineTable({
      ...{ resource, id, month, today },
      count: async () => rollUp(table, await readGroups(plan.rows, table, seedOf(resource))),
      publish: (counted, known) => publishTable(table, counted, { secret: noise, snapshot: month, known }),
    }));
  return { ...toResult(plan, question, stored), budgetLeft: left };
}

function readArguments({ stated }: StatisticsPlan, { by, where, measures = [] }: StatisticsArguments): Asked {
  const named = new Map(
    stated.dimensions.flatMap(({ item, names }) => names.map((name, level) => [name, { item, level }] as const)),
  );
  return {
    by: by.map((name) => named.get(name)!),
    where: Object.fromEntries(
      Object.entries(where ?? {}).flatMap(([item, value]) => (value == null ? [] : [[item, String(value)]])),
    ),
    measures: measures.map((name) => stated.measures.find((measure) => measure.name === name)!.item),
  };
}

/** A grant for some divisions counts in one of them at a time: what lies in several would be a union, by which cells could be
 *  made that nobody has counted. */
function requireScope({ stated, scopeItem }: StatisticsPlan, { where }: Asked, { rows }: FetchContext): void {
  const cut = rows?.[stated.type];
  if (!cut) return;
  const division = scopeItem === undefined ? undefined : where[scopeItem];
  if (division === undefined || !cut.some((prefix) => division.startsWith(prefix)))
    throw new HubError(
      'OUT_OF_SCOPE',
      'The grant covers some divisions. Narrow the statistic to one that lies in them by `where`.',
    );
}

const MESSAGES: Readonly<Record<QuestionRefusal | 'STATISTICS_BUDGET_SPENT', string>> = {
  BAD_USER_INPUT:
    'A value is none of its dimension, a division is narrowed to a finer level than it is grouped by, or it is grouped by two levels.',
  STATISTICS_TOO_MANY_DIMENSIONS: 'A statistic has at most three dimensions, those of `where` included.',
  STATISTICS_TOO_MANY_CELLS: 'The statistic has too many cells. Narrow it to a division, or group by a coarser level.',
  STATISTICS_BUDGET_SPENT: 'The budget of this month does not last for the question.',
};
const refuse = (code: keyof typeof MESSAGES): HubError => new HubError(code, MESSAGES[code]);

function toResult({ stated }: StatisticsPlan, question: Question, { countedOn, cells }: StoredTable): object {
  const { columns } = question.table;
  const dimensions = columns.map(({ dimension }) => stated.dimensions.find(({ item }) => item === dimension.item)!);
  const listed = new Set(question.cells.map(({ id }) => id));
  // A division that is younger than the register is given where it may be.
  const unlisted = [...cells.keys()].flatMap((id) => {
    const values = listed.has(id) ? [] : (JSON.parse(id) as [string, string][]).map(([, value]) => value);
    return values.length > 0 && question.includes(values) ? [{ id, values }] : [];
  });
  const all = [...question.cells, ...unlisted];
  return {
    cells: all.map(({ id, values }) => {
      const cell = cells.get(id);
      return {
        ...Object.fromEntries(dimensions.map((each, at) => [each.item, toOutput(each, values[at]!)])),
        count: cell?.count ?? null,
        ...Object.fromEntries(
          question.measures.flatMap((item) => {
            const { sum, mean } = cell?.measures[item] ?? {};
            const names = measureFields(item);
            return [
              [names.sum, sum ?? null],
              [names.mean, mean?.value ?? null],
              [names.error, mean?.error95 ?? null],
            ];
          }),
        ),
      };
    }),
    suppressedCells: all.filter(({ id }) => !cells.has(id)).length,
    suppressionReason: SUPPRESSION,
    snapshot: countedOn,
    method: METHOD,
    countNoise: COUNT_NOISE.map((probability) => Number(probability.toFixed(6))),
    countError95: countErrorWithin(0.95),
    countErrorMax: COUNT_NOISE_MAX,
    measures: stated.measures
      .filter(({ item }) => question.measures.includes(item))
      .map(({ item, bound }) => {
        const unit = roundingOf(bound);
        return {
          item,
          bound,
          sumError95: Math.ceil((sumErrorWithin(0.95) * bound + unit / 2) / unit) * unit,
          sumErrorMax: SUM_NOISE_MAX * bound + unit,
          unit,
        };
      }),
    additive: false,
    cost: question.cost,
  };
}

const toOutput = ({ kind }: StatedDimension, value: string): unknown => (kind === 'boolean' ? value === 'true' : value);

const SUPPRESSION = `A cell is left out where it, or what remains of a larger cell without it, may be fewer than ${LEAST_PERSONS} persons or nobody, where few make up most of a sum, or where a cell so left out could be had from it by subtraction. Which of these it is, is not said.`;
const METHOD =
  'Cell key: each count and sum has noise that depends on the persons counted and on nothing else, so the same persons have the same answer however they are asked for, and by whomever. docs/statistics.md';

/** In China, which has one time. */
const localDate = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
