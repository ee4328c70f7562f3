import type { Role } from '../../../../shared/kernel/index.js';
import { isCreditCode } from '../../../../shared/kernel/credit-code.js';
import { cleanText, findTextProblem } from '../../core/text.rule.js';
import { isHigherLevel, type Level } from './level.rule.js';
import { lookOf } from './look-alike.rule.js';

export interface DepartmentTerms {
  readonly code: string;
  readonly name: string;
  readonly creditCode: string;
  readonly level: Level;
  readonly roles: readonly Role[];
}
interface Known {
  readonly code: string;
  readonly name: string;
  readonly level?: Level | null;
}

/** Everything that is wrong with a department before it is compared with others, told at once.
 *  @source YN-12c, HZ-7.3d (credit code) */
export function wrongDepartment({ code, name, creditCode, roles }: DepartmentTerms): string[] {
  const wrong: string[] = [];
  if (!/^[a-z][a-z0-9-]{1,62}$/.test(code)) wrong.push('`code` must be 2 to 63 small letters, digits and hyphens.');
  wrong.push(...[findTextProblem('name', name, { max: 60 })].filter((one) => one !== undefined));
  if (!isCreditCode(creditCode))
    wrong.push(`"${creditCode.slice(0, 30)}" is no unified social credit code (GB 32100): a character is wrong.`);
  if (roles.length === 0) wrong.push('`roles` is empty.');
  return wrong;
}

/** The department whose name can be taken for this one. */
export const lookAlike = <T extends Known>(code: string, name: string, others: readonly T[]): T | undefined =>
  others.find((other) => other.code !== code && lookOf(other.name) === lookOf(cleanText(name)));

/** Whether a department may stand under another: that one's level is higher. */
export const mayStandUnder = (level: Level, parent: Level | null | undefined): boolean => isHigherLevel(parent, level);
