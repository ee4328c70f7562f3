import type { Database } from '../../core/index.js';
import { qualityTables } from '../tables.js';

/** Closes the ticket of a rule that was ended.
 *  @returns its number; undefined where none was open */
export async function closeTicketOfRule(database: Database, rule: string, now: Date): Promise<string | undefined> {
  const closed = await qualityTables(database)
    .updateTable('quality_ticket')
    .set({ state: 'CLOSED', outcome: 'RULE_ENDED', closed_at: now })
    .where('rule', '=', rule)
    .where('state', '=', 'OPEN')
    .returning('id')
    .executeTakeFirst();
  return closed?.id;
}
