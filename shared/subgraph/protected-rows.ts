import type { EntityManager } from '@mikro-orm/core';
import { dialectOf } from './dialect.js';
import type { ProtectedSubjects } from './protected-subjects.js';
import type { TablePlan, TypePlan } from './type-plan.js';

const filterName = (table: TablePlan) => `protected rows of ${table.entity.name}`;

/** Registers the filter of every entity whose rows name a subject. It is on by default and has no default parameters, so a
 *  read that does not say who is protected fails instead of seeing all.
 *  @source share-rules section 4 */
export function registerProtectedRows(plans: Iterable<TypePlan>): void {
  for (const { table } of plans) {
    if (!table?.subject) continue;
    const { isNoneOf } = dialectOf(table.database);
    table.database.em.addFilter({
      name: filterName(table),
      entity: table.entity,
      default: true,
      cond: ({ identifiers }: { identifiers: readonly string[] }) =>
        (identifiers.length === 0 ? {} : isNoneOf(table, table.subject!.property, identifiers)) as never,
    });
  }
}

/** Identifiers of the subjects whose rows are withheld from this caller; none for a table whose rows name no subject.
 *
 *  Every read by `rows` leaves such rows out by itself. SQL of one's own that answers about single records does too, with
 *  these identifiers; a verification answers of them as of a record that does not exist. Statistics count them, since a
 *  count without them would tell who is missing. */
export const identifiersWithheld = (table: TablePlan, protectedSubjects: ProtectedSubjects): readonly string[] =>
  table.subject ? protectedSubjects.of(table.owner, table.subject.kind) : [];

/** The filter parameters of one read: that nobody is protected is said, not assumed. */
export const protectedRowsFilter = (
  table: TablePlan,
  identifiers: readonly string[],
): Record<string, { identifiers: readonly string[] }> =>
  table.subject ? { [filterName(table)]: { identifiers } } : {};

/** Leaves protected rows out of everything that an entity manager reads.
 *  @param plans  types of its database */
export function leaveOutProtectedRows(
  em: EntityManager,
  plans: Iterable<TypePlan>,
  protectedSubjects: ProtectedSubjects,
): void {
  for (const { table } of plans)
    if (table?.subject)
      em.setFilterParams(filterName(table), { identifiers: identifiersWithheld(table, protectedSubjects) });
}
