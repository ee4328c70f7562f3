import { isHigherLevel, type Level } from '../../register/department/level.rule.js';
import { type CaseParties, listAbove, type RankedDepartment, takeNearest } from './find-higher-authorities.rule.js';

/** Finds the authority responsible for a case between two departments: the nearest that stands above both in the register,
 *  else the nearest above the provider. Where the register names none, it is the authority of the higher of their levels, else
 *  the hub's own, else the nearest level above. Never the department that asks.
 *  @returns codes of departments; more than one only where the register names two in one place
 *  @source YN-18b (同级), YN-6b, HZ-8.5h, CZ-11h, JL-23h */
export function findResponsibleAuthorities(
  departments: readonly RankedDepartment[],
  { applicant, provider }: CaseParties,
): string[] {
  const byCode = new Map(departments.map((department) => [department.code, department]));
  const authorities = departments.filter(
    ({ code, roles, suspended }) => code !== applicant && roles.includes('authority') && !suspended,
  );
  const floor = takeHigher(byCode.get(applicant)?.level, byCode.get(provider)?.level);
  const able = authorities.filter(({ level }) => !isHigherLevel(floor, level));
  // Where all are of a lower level, the text that names the hub's authority alone still counts.
  if (able.length === 0) return authorities.map(({ code }) => code);
  const aboveApplicant = listAbove(applicant, byCode);
  const chain = [provider, ...listAbove(provider, byCode)].filter((code) => able.some((each) => each.code === code));
  const nearest = chain.find((code) => aboveApplicant.has(code)) ?? chain[0];
  if (nearest !== undefined) return [nearest];
  const sameLevel = able.filter(({ level }) => level !== null && level === floor);
  const own = able.filter(({ level }) => level === null);
  const found = [sameLevel, own].find(({ length }) => length > 0);
  return found ? found.map(({ code }) => code) : takeNearest(able);
}

const takeHigher = (one: Level | null | undefined, other: Level | null | undefined): Level | undefined =>
  (isHigherLevel(one, other) ? one : (other ?? one)) ?? undefined;
