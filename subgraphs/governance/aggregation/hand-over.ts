import type { HandOver } from '../core/index.js';
import { aggregationTables } from './tables.js';

/** Hands over statements on resources with them, and what a department that ends still owes to its successor. */
export async function handOverAggregation({ database, moves, moved }: HandOver): Promise<void> {
  const db = aggregationTables(database);
  for (const { code, from, to } of moves.resources) {
    const exemptions = await db
      .updateTable('aggregation_exemption')
      .set({ provider: to })
      .where('code', '=', code)
      .where('provider', '=', from)
      .where('state', 'in', ['STATED', 'ACKNOWLEDGED'])
      .returning('id')
      .execute();
    for (const { id } of exemptions) moved('AGGREGATION_EXEMPTION', `aggregation-exemption/${id}`, from, to);
  }
  for (const [from, to] of moves.ended) {
    const requests = await db
      .updateTable('interface_request')
      .set({ provider: to })
      .where('provider', '=', from)
      .where('state', '=', 'OPEN')
      .returning('id')
      .execute();
    for (const { id } of requests) moved('INTERFACE_REQUEST', `interface-request/${id}`, from, to);
  }
}
