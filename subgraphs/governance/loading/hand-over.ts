import type { HandOver } from '../core/index.js';
import { loadingTables } from './tables.js';

/** Hands over uploads that are under way, scheduled pulls, and the persons and systems named to upload. */
export async function handOverLoads({ database, moves, moved }: HandOver): Promise<void> {
  const db = loadingTables(database);
  for (const { from, to, subgraph, type } of moves.resources) {
    if (subgraph === null || type === null) continue;
    const loads = await db
      .updateTable('load')
      .set({ department: to })
      .where('department', '=', from)
      .where('subgraph', '=', subgraph)
      .where('type', '=', type)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of loads) moved('LOAD', `load/${id}`, from, to);
    const pulls = await db
      .updateTable('pull')
      .set({ department: to })
      .where('department', '=', from)
      .where('subgraph', '=', subgraph)
      .where('type', '=', type)
      .returning('id')
      .execute();
    for (const { id } of pulls) moved('PULL', `pull/${id}`, from, to);
  }
  for (const [from, to] of moves.ended) {
    const loaders = await db
      .updateTable('loader')
      .set({ department: to })
      .where('department', '=', from)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of loaders) moved('LOADER', `loader/${id}`, from, to);
    await db
      .updateTable('load')
      .set({ department: to })
      .where('department', '=', from)
      .where('ended_at', 'is', null)
      .execute();
    await db.updateTable('pull').set({ department: to }).where('department', '=', from).execute();
  }
}
