import type { Role, Text } from '../../../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { isHigherLevel, type Level } from './level.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

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
  readonly message: Text;
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
  if (roles.length === 0) return { code: 'DEPARTMENT_MALFORMED', message: say('department.noRoles') };
  if (creditCode != null && creditCode !== before.creditCode) {
    if (!normaliseCreditCode(creditCode)) {
      const message = say('department.creditCode', { code: creditCode.slice(0, 30) });
      return { code: 'DEPARTMENT_MALFORMED', message };
    }
    const taken = others.find((other) => other.code !== code && other.creditCode === creditCode);
    if (taken)
      return { code: 'DEPARTMENT_KNOWN', message: say('department.creditCodeTaken', { department: taken.code }) };
  }
  if (level === before.level && parent === before.parent) return undefined;
  const above = parent == null ? undefined : [next, ...others].find((other) => other.code === parent);
  if (parent != null && !above)
    return { code: 'DEPARTMENT_UNKNOWN', message: say('department.unknown', { department: parent }) };
  if (above && !isHigherLevel(above.level, level)) {
    const message = say('department.level', {
      level: level ? wordOf('level', level) : say('level.none'),
      above: above.code,
      aboveLevel: above.level ? wordOf('level', above.level) : say('level.unregistered'),
    });
    return { code: 'LEVEL_WRONG', message };
  }
  const below = others.find((other) => other.parent === code && !isHigherLevel(level, other.level));
  if (!below) return undefined;
  const message = say('department.levelBelow', {
    below: below.code,
    level: below.level ? wordOf('level', below.level) : say('level.unregistered'),
  });
  return { code: 'LEVEL_WRONG', message };
}
