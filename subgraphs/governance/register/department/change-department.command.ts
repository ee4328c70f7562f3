import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { joinTexts, type Role, ROLES } from '../../../../shared/kernel/index.js';
import {
  type Decision,
  findGroundsProblem,
  type GovernanceContext,
  type Grounds,
  type Recorded,
  refuse,
  Refusal,
} from '../../core/index.js';
import { hasOtherAuthority, refuseLastAuthority } from '../officer/last-authority.js';
import { dropRoles } from '../officer/drop-roles.js';
import { findPermits } from '../publisher/find-permits.js';
import type { DepartmentChange } from './department-change.type.js';
import { checkChange } from './department-change.rule.js';
import { Department } from './department.entity.js';
import { refuseEnded } from './refuse-ended.js';
import { findCreditCodeWarning } from './old-credit-code.rule.js';
import type { RegisterResult } from './register-result.type.js';
import { say } from '../messages/index.js';

/** Changes roles, level, parent and credit code of a department. Its officers lose the roles that it loses, on the record. */
export async function changeDepartment(
  { em, fetch, own }: GovernanceContext,
  code: string,
  change: DepartmentChange,
  grounds: Grounds,
): Promise<RegisterResult> {
  const malformed = findGroundsProblem(grounds);
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
    const known = await em.findAll(Department, { disableIdentityMap: true });
    const before = known.find((other) => other.code === code);
    if (!before) return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department: code })) };
    if (before.endedAt) return { result: refuseEnded(before) };
    const next = {
      code,
      creditCode: change.creditCode == null ? before.creditCode : readCreditCode(change.creditCode),
      level: change.level ?? before.level,
      parent: change.parent === undefined ? before.parent : change.parent,
      roles: change.roles ? ROLES.filter((role) => change.roles!.includes(role)) : before.roles,
    };
    const problem = checkChange(before, next, known);
    if (problem) return { result: refuse(problem.code, problem.message) };
    const lost = before.roles.filter((role) => !next.roles.includes(role));
    const gained = next.roles.filter((role) => !before.roles.includes(role));
    const refusal =
      (lost.length + gained.length > 0 ? await refuseOwnRoles({ em, fetch }, code) : undefined) ??
      (await refuseLostRoles({ em, own }, code, lost));
    if (refusal) return { result: { refusal } };
    const { creditCode, level, parent, roles } = next;
    const terms = { creditCode, level, parent, roles };
    if (isSame(before, terms)) return { result: { department: before } };
    const officers = await dropRoles(em, code, lost, grounds);
    await em.nativeUpdate(Department, { code }, terms);
    const department = await em.findOneOrFail(Department, { code }, { disableIdentityMap: true });
    return {
      result: { department, warning: change.creditCode == null ? undefined : findCreditCodeWarning(creditCode!) },
      before: officers,
      decision: toDecision(department, before, grounds),
    };
  });
}

/** The one form of a code; one that is none stays as it was typed, and is refused. */
const readCreditCode = (typed: string): string => normaliseCreditCode(typed)?.code ?? typed;

/** Nobody decides what their own department may do, where another one acts as the authority too. */
async function refuseOwnRoles(
  { em, fetch }: Pick<GovernanceContext, 'em' | 'fetch'>,
  code: string,
): Promise<Refusal | undefined> {
  if (fetch.department !== code || !(await hasOtherAuthority(em, code))) return undefined;
  return Refusal.because('OWN_CAUSE', say('department.ownRoles'));
}

/** A role stays while something in force rests on it. */
async function refuseLostRoles(
  { em, own }: Pick<GovernanceContext, 'em' | 'own'>,
  code: string,
  lost: readonly Role[],
): Promise<Refusal | undefined> {
  const uses = [
    ...(lost.includes('provider') ? await findPermits(em, code) : []),
    ...(lost.includes('consumer') ? await own.findScenarioUses(em, { department: code }, own.now()) : []),
  ];
  const most = uses.slice(0, 20);
  if (most.length > 0) {
    const more = uses.length > most.length ? say('more', { count: uses.length - most.length }) : '';
    const message = say('department.roleInUse', { uses: joinTexts(most, ','), more });
    return Refusal.because('ROLE_IN_USE', message, undefined, most);
  }
  return lost.includes('authority') ? refuseLastAuthority(em, { department: code }) : undefined;
}

type Terms = Pick<Department, 'creditCode' | 'level' | 'parent' | 'roles'>;

const termsOf = ({ creditCode, level, parent, roles }: Terms) => ({
  creditCode: creditCode ?? null,
  level: level ?? null,
  parent: parent ?? null,
  roles,
});
const isSame = (one: Terms, other: Terms): boolean => JSON.stringify(termsOf(one)) === JSON.stringify(termsOf(other));

const toDecision = (department: Department, before: Department, grounds: Grounds): Decision => ({
  act: 'CHANGE_DEPARTMENT',
  object: `department/${department.code}`,
  concerns: [department.code],
  ...grounds,
  terms: { ...termsOf(department), before: termsOf(before) },
});
