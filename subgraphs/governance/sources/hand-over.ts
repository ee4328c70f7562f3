import type { HandOver } from '../core/index.js';
import { say } from './messages/index.js';
import { sourceTables } from './tables.js';

/** Hands over databases and services of departments that end. Declarations go on naming the department under which a source was
 *  registered. */
export async function handOverSources({ database, moves, moved, gap }: HandOver): Promise<void> {
  const db = sourceTables(database);
  for (const [from, to] of moves.ended) {
    const sources = await db
      .selectFrom('data_source')
      .select(['id', 'name', 'state'])
      .where('department', '=', from)
      .where('state', 'in', ['PENDING', 'ACTIVE'])
      .orderBy('id')
      .execute();
    for (const { id, name, state } of sources) {
      const taken = await db
        .selectFrom('data_source')
        .select('id')
        .where('department', '=', to)
        .where('name', '=', name)
        .where('state', '=', state)
        .executeTakeFirst();
      if (taken) {
        gap('NAME_TAKEN', `source/${id}`, say('source.nameTaken', { department: to, name, source: taken.id }));
        continue;
      }
      await db.updateTable('data_source').set({ department: to }).where('id', '=', id).execute();
      moved('SOURCE', `source/${id}`, from, to);
    }
  }
}
