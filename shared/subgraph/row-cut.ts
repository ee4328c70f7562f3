import type { FilterQuery } from '@mikro-orm/core';
import { isDivisionPrefix } from '../share/row-scope.js';
import type { TablePlan, TypePlan } from './type-plan.js';

/** Division code prefixes that a row must lie in; several cuts hold all at once. */
export type Cuts = readonly (readonly string[])[];

const filterName = (table: TablePlan) => `rows of ${table.entity.name}`;

/** Registers the row filter of every entity that has a `@scope` item. It is on by default and has no default
 *  parameters, so a read that does not say which rows it may see fails instead of seeing all.
 *  @source share-rules section 4 */
export function registerRowCuts(plans: Iterable<TypePlan>): void {
  for (const { table } of plans) {
    if (!table?.division) continue;
    const property = table.division;
    table.database.em.addFilter({
      name: filterName(table),
      entity: table.entity,
      default: true,
      cond: ({ cuts }: { cuts: Cuts }) => ({ $and: cuts.map((prefixes) => within(property, prefixes)) }) as never,
    });
  }
}

/** The filter parameters of one read: no cut is said, not assumed. */
export const rowFilter = (table: TablePlan, cuts: Cuts): Record<string, { cuts: Cuts }> =>
  table.division ? { [filterName(table)]: { cuts } } : {};

/** The prefixes that are division codes. */
export const prefixesOf = (prefixes: readonly string[]): readonly string[] => prefixes.filter(isDivisionPrefix);

/** Rows whose division starts with one of the prefixes. A prefix that is no division code matches nothing. */
function within(property: string, prefixes: readonly string[]): FilterQuery<object> {
  const codes = prefixesOf(prefixes);
  if (codes.length === 0) return { [property]: { $in: [] } };
  return { $or: codes.map((code) => ({ [property]: { $like: `${code}%` } })) };
}
