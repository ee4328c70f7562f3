import type { EntityManager } from '@mikro-orm/postgresql';
import type { Coordinate } from '../../../../shared/kernel/index.js';
import { findPublishedItems } from '../../catalogue/index.js';
import {
  findDepartments,
  findDuties,
  findOfficers,
  findPostHolders,
  findScenarios,
  isHigherLevel,
  LEVELS,
  type Level,
} from '../../register/index.js';
import type { ApplicationFacts } from './application-facts.js';
import type { ShareApplication } from './share-application.entity.js';

/** Roles that decide applications beside the provider. */
const REVIEWERS = ['authority', 'secrecy-reviewer'] as const;

/** Reads the facts of the register and the catalogue about an application of a department. */
export async function readFacts(
  em: EntityManager,
  { department, applicant, typed }: Pick<ShareApplication, 'department' | 'applicant' | 'typed'>,
): Promise<Omit<ApplicationFacts, 'open' | 'grants' | 'now'>> {
  const departments = await findDepartments(em);
  const scenarios = await findScenarios(em, [department]);
  const duties = await findDuties(em, department);
  const holders = await findPostHolders(em, department);
  const items = await findPublishedItems(em, typed.coordinates ?? []);
  const withRole = (role: (typeof departments)[number]['roles'][number]) =>
    departments.filter(({ roles }) => roles.includes(role));
  const hubLevel = findLowestLevel(withRole('authority').map(({ level }) => level));
  const providers = new Map(
    withRole('provider').map(({ code, level }) => [code, { higherLevel: isHigherLevel(level, hubLevel) }]),
  );
  return {
    department,
    departmentName: departments.find(({ code }) => code === department)?.name ?? department,
    scenarios: scenarios.filter(({ ended }) => !ended).map(({ code }) => code),
    soleRoles: REVIEWERS.filter((role) => {
      const [holder, ...others] = withRole(role);
      return holder?.code === department && others.length === 0;
    }),
    duties: duties.map(({ id }) => id),
    officers: [...(await findOfficers(em, department, [applicant, ...(typed.applicants ?? [])], { onlyActive: true }))],
    posts: [...new Set(holders.map(({ post }) => post))],
    items: items.map(({ coordinate, provider, shareType }) => ({
      coordinate: coordinate as Coordinate,
      provider,
      shareType,
      higherLevel: providers.get(provider)?.higherLevel ?? false,
    })),
    providers,
  };
}

/** The level of the hub's own authority: authorities of higher levels may be registered beside it. */
const findLowestLevel = (levels: readonly (Level | null)[]): Level | undefined =>
  LEVELS.findLast((level) => levels.includes(level));
