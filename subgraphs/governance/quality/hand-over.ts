import type { HandOver } from '../core/index.js';
import { qualityTables } from './tables.js';

/** Hands over rules of quality that are proposed or judge, the newest run with what it found, and open tickets. Earlier runs
 *  keep the department of their time. */
export async function handOverQuality({ database, moves, moved }: HandOver): Promise<void> {
  const db = qualityTables(database);
  for (const { code, subgraph, type, from, to } of moves.resources) {
    if (subgraph === null || type === null) continue;
    const place = `${subgraph}.${type}`;
    await db
      .updateTable('quality_item')
      .set({ provider: to })
      .where('resource', '=', code)
      .where('provider', '=', from)
      .execute();
    const judged = await db
      .updateTable('resource_quality')
      .set({ provider: to })
      .where('id', '=', place)
      .where('provider', '=', from)
      .returning('run')
      .executeTakeFirst();
    if (judged?.run != null) {
      await db.updateTable('quality_run').set({ provider: to }).where('id', '=', judged.run).execute();
      await db.updateTable('quality_result').set({ provider: to }).where('run', '=', judged.run).execute();
    }
    const rules = await db
      .updateTable('quality_rule')
      .set({ provider: to })
      .where('place', '=', place)
      .where('provider', '=', from)
      .where('state', 'in', ['PROPOSED', 'ACTIVE'])
      .returning('id')
      .execute();
    for (const { id } of rules) moved('QUALITY_RULE', `quality-rule/${id}`, from, to);
    const tickets = await db
      .updateTable('quality_ticket')
      .set({ provider: to })
      .where('place', '=', place)
      .where('provider', '=', from)
      .where('state', '=', 'OPEN')
      .returning('id')
      .execute();
    for (const { id } of tickets) moved('QUALITY_TICKET', `quality-ticket/${id}`, from, to);
  }
}
