import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import type { Database } from '../../core/index.js';
import { reminderTables } from '../tables.js';
import { findPending } from './find-pending.js';

interface ToldAct {
  /** Position of the act in the evidence. */
  readonly position: string;
  readonly act: GovernanceAct;
}

/** Closes the tasks that an act has done: those of a department that need no longer act, and those that the act's own notice
 *  takes the place of. An act on one review of an application also counts for the tasks of the whole application. */
export async function closeDoneTasks(database: Database, { position, act }: ToldAct): Promise<void> {
  const [kind, number] = act.object.split('/');
  const whole = kind === 'application' ? `application/${number}` : act.object;
  const db = reminderTables(database);
  const open = await db
    .selectFrom('notice')
    .select(['number', 'object', 'department', 'position'])
    .where('kind', '=', 'TASK')
    .where('closed_at', 'is', null)
    .where((eb) => eb.or([eb('object', '=', whole), eb('object', 'like', `${whole}/%`)]))
    .execute();
  if (open.length === 0) return;
  const isNew = (task: (typeof open)[number]) => task.position === position;
  const told = new Set(open.filter(isNew).map(({ object, department }) => `${object} ${department}`));
  for (const [object, tasks] of Map.groupBy(open, (task) => task.object)) {
    const pending = new Set((await findPending(database, object)).map(({ department }) => department));
    const done = tasks.filter(
      (task) => !isNew(task) && (!pending.has(task.department) || told.has(`${object} ${task.department}`)),
    );
    if (done.length === 0) continue;
    await db
      .updateTable('notice')
      .set({ closed_at: act.time })
      .where(
        'number',
        'in',
        done.map((task) => task.number),
      )
      .execute();
  }
}
