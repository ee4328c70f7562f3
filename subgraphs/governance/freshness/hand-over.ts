import type { HandOver } from '../core/index.js';
import { freshnessTables } from './tables.js';

/** Hands over how current each resource is, and the exceptions that are in force or asked for. */
export async function handOverFreshness({ database, moves, moved }: HandOver): Promise<void> {
  const db = freshnessTables(database);
  for (const { code, from, to } of moves.resources) {
    await db
      .updateTable('resource_freshness')
      .set({ provider: to })
      .where('code', '=', code)
      .where('provider', '=', from)
      .execute();
    const exceptions = await db
      .updateTable('update_exception')
      .set({ provider: to })
      .where('code', '=', code)
      .where('provider', '=', from)
      .where('state', 'in', ['PROPOSED', 'IN_FORCE'])
      .returning('id')
      .execute();
    for (const { id } of exceptions) moved('UPDATE_EXCEPTION', `update-exception/${id}`, from, to);
  }
}
