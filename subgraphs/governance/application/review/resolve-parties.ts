import { sql, type SqlBool } from 'kysely';
import type { Role } from '../../../../shared/kernel/index.js';
import type { Database, PendingDepartment } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { applicationTables } from '../tables.js';
import { type CaseParties, findHigherAuthorities } from './find-higher-authorities.rule.js';
import { findResponsibleAuthorities } from './find-responsible-authorities.rule.js';

/** Key under which a review waits for the authority that settles a case with a provider of a higher level. */
const HIGHER_AUTHORITY = '*higher-authority';
/** Key under which a review waits for the authority responsible for it. */
export const AUTHORITY = '*authority';

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
    // Where no higher authority is registered, the responsible one has to ask for one to be.
    const authorities = higher.length > 0 ? higher : findResponsibleAuthorities(departments, parties);
    const holders = role === 'authority' ? authorities : withRole(role);
    return holders
      .filter((department) => department !== applicant)
      .map((department) => ({ department, roles: [role], within: true }));
  };
}

/** The authorities that are responsible for a case, and those that settle it where the provider is of a higher level. */
export async function readAuthorities(
  database: Database,
  parties: CaseParties,
): Promise<Record<'authorities' | 'higherAuthorities', string[]>> {
  const departments = await findDepartments(database);
  return {
    authorities: findResponsibleAuthorities(departments, parties),
    higherAuthorities: findHigherAuthorities(departments, parties),
  };
}

/** Parties between whom open reviews wait for the authority that is responsible for them. */
interface CasesOfAuthority extends CaseParties {
  readonly waitsOn: string;
}

/** Finds for which parties' reviews a department is the authority that they wait for: as many as there are such parties, however
 *  many reviews wait. */
export async function findCasesOfAuthority(database: Database, department: string): Promise<CasesOfAuthority[]> {
  const waiting = await applicationTables(database)
    .selectFrom('application_track')
    .select((eb) => ['department as applicant', 'provider', sql<string>`unnest(${eb.ref('waits_on')})`.as('waitsOn')])
    .distinct()
    .where('closed_at', 'is', null)
    .where((eb) => sql<SqlBool>`${eb.ref('waits_on')} && ${[AUTHORITY, HIGHER_AUTHORITY]}::text[]`)
    .execute();
  if (waiting.length === 0) return [];
  const resolve = await readPartyResolver(database);
  return waiting.filter(
    ({ waitsOn, ...parties }) =>
      (waitsOn === AUTHORITY || waitsOn === HIGHER_AUTHORITY) &&
      resolve(waitsOn, parties).some((pending) => pending.department === department),
  );
}
