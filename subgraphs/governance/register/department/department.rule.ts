import type { Role, Text } from '../../../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { cleanText, findTextProblem } from '../../core/text.rule.js';
import { foldLookAlikes } from './fold-look-alikes.rule.js';
import { say } from '../messages/index.js';

export interface DepartmentTerms {
  readonly code: string;
  readonly name: string;
  readonly creditCode: string;
  readonly roles: readonly Role[];
}

/** Checks a department before it is compared with others.
 *  @returns every problem found, as sentences; none where it can be registered
 *  @source YN-12c, HZ-7.3d (credit code) */
export function validateDepartment({ code, name, creditCode, roles }: DepartmentTerms): Text[] {
  const problems: Text[] = [];
  if (!/^[a-z][a-z0-9-]{1,62}$/.test(code)) problems.push(say('code.form'));
  const nameProblem = findTextProblem('name', name, { max: 60 });
  if (nameProblem !== undefined) problems.push(nameProblem);
  if (!normaliseCreditCode(creditCode)) problems.push(say('department.creditCode', { code: creditCode.slice(0, 30) }));
  if (roles.length === 0) problems.push(say('department.noRoles'));
  return problems;
}

/** Finds the other department whose name can be taken for this one. */
export const findLookAlike = <T extends { readonly code: string; readonly name: string }>(
  code: string,
  name: string,
  others: readonly T[],
): T | undefined =>
  others.find((other) => other.code !== code && foldLookAlikes(other.name) === foldLookAlikes(cleanText(name)));
