import type { PendingDepartment } from '../../core/index.js';
import type { Database } from '../../core/index.js';
import { reminderTables } from '../tables.js';

/** Who has to see to a channel that was stopped because nothing could be sent: its officer, or the department's daily posts. */
export async function findStoppedChannel(database: Database, id: string): Promise<PendingDepartment[]> {
  const channel = await reminderTables(database)
    .selectFrom('message_channel')
    .select(['department', 'officer'])
    .where('id', '=', id)
    .where('state', '=', 'STOPPED')
    .executeTakeFirst();
  if (!channel) return [];
  const { department, officer } = channel;
  return [{ department, within: true, ...(officer !== null && { persons: [officer] }) }];
}
