import type { Query, Row } from '../../../shared/evidence/store/store-connection.js';
import { Conditions } from './conditions.js';
import type { FigureFilter } from './figure.js';
import { chosenUses } from './use-choice.js';
import type { Viewer } from './viewer.js';

interface FigureOptions {
  /** Only operations in which the named item was given. */
  readonly released?: boolean;
  /** SQL. */
  readonly order: string;
  /** Most lines. */
  readonly limit: number;
}

/** Counts of uses, out of the counts by day.
 *  @param by       columns of `evidence.daily` that are counted apart
 *  @param options  what is counted, and how it is listed */
export async function figures(
  query: Query,
  by: readonly ('day' | 'department' | 'scenario')[],
  filter: FigureFilter,
  viewer: Viewer,
  options: FigureOptions,
): Promise<Row[]> {
  const chosen = await chosenUses(query, filter, viewer, options.released ? { part: 'released' } : {});
  const conditions = chosen
    .copy()
    .add('day >= coalesce(?::date, coalesce(?::date, current_date) - 365)', filter.from ?? null, filter.until ?? null)
    .addGiven('day <= ?::date', filter.until);
  const partly = await seesInPart(query, conditions, viewer);
  const outcomes = ['answered', 'partial', 'refused', 'failed'].map(
    (outcome) => `coalesce(sum(requests) filter (where outcome = '${outcome}'), 0)::float8 as ${outcome}`,
  );
  const last = conditions.value(options.limit);
  const rows = await query(
    `select ${by.map((column) => (column === 'day' ? 'day::text as day' : `nullif(${column}, '') as ${column}`)).join(', ')},
            sum(requests)::float8 as requests, ${outcomes.join(', ')},
            sum(rows)::float8 as rows, sum(subjects)::float8 as subjects,
            coalesce(bool_or(${partly}), false) as in_part
       from evidence.daily where ${conditions.text}
      group by ${by.map((column) => `daily.${column}`).join(', ')} order by ${options.order} limit ${last}`,
    conditions.values,
  );
  return rows.map(({ in_part: inPart, ...row }) => (inPart === true ? { ...row, rows: null, subjects: null } : row));
}

/** Whether a line of counts holds operations of which the viewer may see a part only: others' that touched items of
 *  further providers. What they gave in all would tell of these. @returns a condition on `evidence.daily` */
async function seesInPart(query: Query, conditions: Conditions, viewer: Viewer): Promise<string> {
  if (viewer.all) return 'false';
  if (viewer.provider === undefined) return 'false';
  const mixed = await query(
    `select items from evidence.item_use group by items
     having bool_or(provider = $1) and bool_or(provider <> $1)`,
    [viewer.provider],
  );
  const among = `items = any(${conditions.value(mixed.map(({ items }) => Number(items)))}::int[])`;
  return viewer.consumer === undefined ? among : `${among} and department <> ${conditions.value(viewer.consumer)}`;
}
