import type { EntityManager } from '@mikro-orm/postgresql';
import type { Coordinate, ShareType } from '../../../../shared/kernel/index.js';
import { queryIn } from '../../core/index.js';
import { isHigherLevel, type Level, LEVELS } from '../../register/index.js';
import type { ApplicationFacts } from './application-facts.js';
import type { FormValues } from './form-values.js';

/** Reads the facts of the register and the catalogue about an application of a department.
 *  @param now  ms since the epoch */
export async function readFacts(
  em: EntityManager,
  department: string,
  form: FormValues,
  now: number,
): Promise<ApplicationFacts> {
  const query = queryIn(em);
  const departments = await query('select code, name, level, roles from department');
  const scenarios = await query('select code from scenario where department = $1', [department]);
  const duties = await query('select id from duty where department = $1 and ended_at is null', [department]);
  const posts = await query('select distinct post from appointment where department = $1 and until_at is null', [
    department,
  ]);
  const items = await query(
    `select coordinate, provider, share_type from published_item where coordinate = any($1::text[]) order by coordinate`,
    [form.coordinates ?? []],
  );
  const own = departments.find(({ code }) => code === department);
  const authorities = departments.filter(({ roles }) => (roles as string[]).includes('authority'));
  const hubLevel = lowestOf(authorities.map(({ level }) => level as Level | null));
  const providers = new Map(
    departments
      .filter(({ roles }) => (roles as string[]).includes('provider'))
      .map(({ code, level }) => [String(code), { higherLevel: isHigherLevel(level as Level | null, hubLevel) }]),
  );
  return {
    department,
    departmentName: own ? String(own['name']) : department,
    scenarios: scenarios.map(({ code }) => String(code)),
    soleRoles: REVIEWERS.filter((role) => {
      const holders = departments.filter(({ roles }) => (roles as string[]).includes(role));
      return holders.length === 1 && holders[0]!['code'] === department;
    }),
    duties: duties.map(({ id }) => String(id)),
    posts: posts.map(({ post }) => String(post)),
    items: items.map(({ coordinate, provider, share_type: shareType }) => ({
      coordinate: coordinate as Coordinate,
      provider: String(provider),
      shareType: shareType as ShareType,
      higherLevel: providers.get(String(provider))?.higherLevel ?? false,
    })),
    providers,
    now,
  };
}

const REVIEWERS = ['authority', 'secrecy-reviewer'] as const;

/** The level of the hub's own authority: authorities of higher levels may be registered beside it. */
const lowestOf = (levels: readonly (Level | null)[]): Level | undefined =>
  LEVELS.findLast((level) => levels.includes(level));

/** Registered levels of departments, by their codes. */
export async function readLevels(em: EntityManager, codes: readonly string[]): Promise<ReadonlyMap<string, Level>> {
  const rows = await queryIn(em)('select code, level from department where code = any($1) and level is not null', [
    codes,
  ]);
  return new Map(rows.map(({ code, level }) => [String(code), level as Level]));
}
