import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../shared/trust/signed-context.js';
import { rule, type ShieldRule } from '../../shared/share/shield.js';
import type { SubgraphContext } from '../../shared/subgraph/index.js';
import { queryIn } from './act/query-in.js';
import { POWERS, type Holders, type Power } from './powers.js';

/** One rule for each power; graphql-shield refuses two of one name. */
const rules = new Map<Power, ShieldRule>();

/** The caller has this power, as shield rule of a root field. */
export function may(power: Power): ShieldRule {
  const known = rules.get(power);
  if (known) return known;
  const made = rule(power, { cache: 'no_cache' })((_parent, _args, { em, fetch }: SubgraphContext) =>
    hasPower(power, em, fetch),
  );
  rules.set(power, made);
  return made;
}

/** Whether a caller has a power, by its roles and by the posts that are filled with it now. */
export async function hasPower(
  power: Power,
  em: EntityManager,
  { dep, per, rol = [] }: Pick<FetchContext, 'dep' | 'per' | 'rol'>,
): Promise<boolean> {
  const { roles, posts }: Holders = POWERS[power];
  const acting = roles.filter((role) => rol.includes(role));
  if (acting.length === 0) return false;
  if (!posts || acting.some((role) => role !== 'provider' && role !== 'consumer')) return true;
  if (per === undefined) return false;
  const held = await queryIn(em)(
    `select from appointment
      where officer = $1 and department = $2 and post = any($3::text[]) and until_at is null limit 1`,
    [per, dep, posts],
  );
  return held.length > 0;
}
