import { sql } from 'kysely';
import type { Database, PendingDepartment } from '../core/index.js';
import { qualityTables } from './tables.js';

const ADMINISTRATORS = ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'] as const;

/** The provider that has to act on a ticket that is open, or to decide on rules that are proposed.
 *  @param object  such as `quality-ticket/QT-000001` or `quality/population.Resident` */
export async function findPendingQuality(database: Database, object: string): Promise<PendingDepartment[]> {
  const id = object.slice(object.indexOf('/') + 1);
  const tables = qualityTables(database);
  if (object.startsWith('quality-ticket/')) {
    const ticket = await tables
      .selectFrom('quality_ticket')
      .select((eb) => ['provider', 'due_provisional', sql<string>`${eb.ref('due_date')}::text`.as('due')])
      .where('id', '=', id)
      .where('state', '=', 'OPEN')
      .executeTakeFirst();
    if (!ticket) return [];
    const { provider: department, due: dueOn, due_provisional: provisional } = ticket;
    return [{ department, dueOn, provisional, roles: ['provider'], posts: ADMINISTRATORS }];
  }
  const proposed = await tables
    .selectFrom('quality_rule')
    .select('provider')
    .where('place', '=', id)
    .where('state', '=', 'PROPOSED')
    .executeTakeFirst();
  if (!proposed) return [];
  const posts = ['HEAD', 'LEADER_IN_CHARGE', ...ADMINISTRATORS] as const;
  return [{ department: proposed.provider, roles: ['provider'], posts, within: true }];
}
