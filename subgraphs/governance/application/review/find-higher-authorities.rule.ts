import type { Role } from '../../../../shared/kernel/index.js';
import { isHigherLevel, LEVELS, type Level } from '../../register/department/level.rule.js';

/** A department as it stands among the others. */
export interface RankedDepartment {
  readonly code: string;
  readonly roles: readonly Role[];
  readonly level: Level | null;
  readonly parent: string | null;
  readonly suspended: boolean;
}
export interface CaseParties {
  readonly applicant: string;
  readonly provider: string;
}

/** Finds the authority that settles a case with a provider of a higher level: one of at least the provider's level that
 *  stands above the provider or, where none does, above the hub's own authority; the nearest level counts. Only where the
 *  register names nothing above either, or two in one place, it is more than one.
 *  @returns codes of departments; none where no such authority is registered
 *  @source CZ-11i */
export function findHigherAuthorities(
  departments: readonly RankedDepartment[],
  { applicant, provider }: CaseParties,
): string[] {
  const byCode = new Map(departments.map((department) => [department.code, department]));
  const floor = byCode.get(provider)?.level;
  if (!floor) return [];
  const authorities = departments.filter(({ roles, suspended }) => roles.includes('authority') && !suspended);
  const able = authorities.filter(
    ({ code, level }) => code !== applicant && level !== null && !isHigherLevel(floor, level),
  );
  const lowest = LEVELS.findLast((level) => authorities.some((each) => each.level === level));
  const own = authorities.filter(({ level }) => level === lowest || level === null);
  const above = [[provider], own.map(({ code }) => code)].map((codes) =>
    able.filter(({ code }) => codes.some((each) => listAbove(each, byCode).has(code))),
  );
  return takeNearest(above.find((found) => found.length > 0) ?? able);
}

/** Codes of the departments above one, however far, the nearest first. */
export function listAbove(code: string, byCode: ReadonlyMap<string, RankedDepartment>): ReadonlySet<string> {
  const above = new Set<string>();
  for (let at = byCode.get(code)?.parent; at && !above.has(at); at = byCode.get(at)?.parent) above.add(at);
  return above;
}

/** Those of the lowest level. */
export function takeNearest(authorities: readonly RankedDepartment[]): string[] {
  const nearest = LEVELS.findLast((level) => authorities.some((each) => each.level === level));
  return authorities.filter(({ level }) => level === nearest).map(({ code }) => code);
}
