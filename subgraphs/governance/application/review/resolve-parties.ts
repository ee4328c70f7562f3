import type { Role } from '../../../../shared/kernel/index.js';
import type { Database, PendingDepartment } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { applicationTables } from '../tables.js';
import { type CaseParties, findHigherAuthorities } from './find-higher-authorities.rule.js';

/** Key under which a review waits for the authority that settles a case with a provider of a higher level. */
export const HIGHER_AUTHORITY = '*higher-authority';

/** Finds the departments that stand for a party of a review, and who of them can act.
 *  @param party  a department's code, or a role with `*` before it */
type ResolveParty = (party: string, parties: CaseParties) => PendingDepartment[];

/** Reads the register for the parties that reviews wait for. What waits for a role waits for its holders, never for those of
 *  the department that asks. */
export async function readPartyResolver(database: Database): Promise<ResolveParty> {
  const departments = await findDepartments(database);
  const withRole = (role: Role) => departments.filter(({ roles }) => roles.includes(role)).map(({ code }) => code);
  return (party, parties) => {
    const { applicant, provider } = parties;
    if (!party.startsWith('*'))
      return [{ department: party, ...(party === provider && { roles: ['provider'] as const }) }];
    const role = party === HIGHER_AUTHORITY ? 'authority' : (party.slice(1) as Role);
    const higher = party === HIGHER_AUTHORITY ? findHigherAuthorities(departments, parties) : [];
    // Where no higher authority is registered, the hub's own have to ask for one to be.
    const holders = higher.length > 0 ? higher : withRole(role);
    return holders
      .filter((department) => department !== applicant)
      .map((department) => ({ department, roles: [role], within: true }));
  };
}

/** The authorities that settle a case of a provider of a higher level. */
export async function readHigherAuthorities(database: Database, parties: CaseParties): Promise<string[]> {
  return findHigherAuthorities(await findDepartments(database), parties);
}

/** Ids of the open reviews that wait for a department as the higher authority. */
export async function findReviewsToSettle(database: Database, department: string): Promise<string[]> {
  const waiting = await applicationTables(database)
    .selectFrom('application_track')
    .select(['id', 'department as applicant', 'provider'])
    .where('closed_at', 'is', null)
    .where((eb) => eb(eb.val(HIGHER_AUTHORITY), '=', eb.fn.any('waits_on')))
    .execute();
  if (waiting.length === 0) return [];
  const resolve = await readPartyResolver(database);
  return waiting
    .filter((parties) => resolve(HIGHER_AUTHORITY, parties).some((pending) => pending.department === department))
    .map(({ id }) => id);
}
