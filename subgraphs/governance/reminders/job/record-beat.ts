import { sql } from 'kysely';
import type { WorkerTask } from '../../../../shared/read-model/worker-state.js';
import type { Database } from '../../core/index.js';
import { reminderTables } from '../tables.js';

/** Notes that a task of the worker is done now, by the database's own clock. */
export async function recordBeat(database: Database, task: WorkerTask): Promise<void> {
  const at = sql<Date>`now()`;
  await reminderTables(database)
    .insertInto('worker_beat')
    .values({ task, at })
    .onConflict((conflict) => conflict.column('task').doUpdateSet({ at }))
    .execute();
}
