import type { Role } from '../../../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { isHigherLevel, type Level } from './level.rule.js';

/** What the register says of a department beside its code and name. */
export interface DepartmentStanding {
  readonly code: string;
  readonly creditCode?: string | null;
  readonly level?: Level | null;
  readonly parent?: string | null;
  readonly roles: readonly Role[];
}
interface ChangeProblem {
  readonly code: 'DEPARTMENT_KNOWN' | 'DEPARTMENT_MALFORMED' | 'DEPARTMENT_UNKNOWN' | 'LEVEL_WRONG';
  readonly message: string;
}

/** Checks what a department is to be against the others. A department stands under one of a higher level, so that no
 *  circle can come about.
 *  @param others  all departments, itself among them
 *  @source YN-12c, HZ-7.3d (credit code) */
export function checkChange(
  before: DepartmentStanding,
  next: DepartmentStanding,
  others: readonly DepartmentStanding[],
): ChangeProblem | undefined {
  const { code, creditCode, level, parent, roles } = next;
  if (roles.length === 0) return { code: 'DEPARTMENT_MALFORMED', message: '`roles` is empty.' };
  if (creditCode != null && creditCode !== before.creditCode) {
    if (!normaliseCreditCode(creditCode)) {
      const message = `"${creditCode.slice(0, 30)}" is no unified social credit code (GB 32100): a character is wrong.`;
      return { code: 'DEPARTMENT_MALFORMED', message };
    }
    const taken = others.find((other) => other.code !== code && other.creditCode === creditCode);
    if (taken) return { code: 'DEPARTMENT_KNOWN', message: `${taken.code} has this credit code already.` };
  }
  if (level === before.level && parent === before.parent) return undefined;
  const above = parent == null ? undefined : [next, ...others].find((other) => other.code === parent);
  if (parent != null && !above) return { code: 'DEPARTMENT_UNKNOWN', message: `There is no department ${parent}.` };
  if (above && !isHigherLevel(above.level, level)) {
    const message = `A department of ${level ?? 'no level'} cannot stand under ${above.code}, whose level is ${above.level ?? 'not registered'}.`;
    return { code: 'LEVEL_WRONG', message };
  }
  const below = others.find((other) => other.parent === code && !isHigherLevel(level, other.level));
  if (!below) return undefined;
  const message = `${below.code} stands under it, and its level is ${below.level ?? 'not registered'}.`;
  return { code: 'LEVEL_WRONG', message };
}
