import { sql } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import { anyOf, type DeadlineSource, type DueDateSource } from '../../core/index.js';
import { qualityTables } from '../tables.js';
import { MENDING_DAYS } from './mending-days.js';

/** Open tickets of which the time is nearly over. A late one is announced to the authority, and nothing is decided by it. */
export const qualityDeadlines: DeadlineSource = {
  async find({ database, now, only, isUnannounced }) {
    const subject = sql<string>`'quality-ticket/' || id`;
    const rows = await qualityTables(database)
      .selectFrom('quality_ticket')
      .select((eb) => [
        ...(['id', 'provider', 'due_provisional'] as const),
        sql<string>`${eb.ref('due_date')}::text`.as('due_date'),
        epochMs(eb.ref('due_at')).as('due_at'),
      ])
      .where('state', '=', 'OPEN')
      .where('due_at', '<=', new Date(now + NOTICE_MS))
      .where((eb) => isUnannounced(subject, sql<string>`${eb.ref('due_date')}::text`, 'OVERDUE'))
      .$if(only !== undefined, (query) => query.where((eb) => eb(subject, '=', anyOf(only!))))
      .orderBy('due_at')
      .orderBy('id')
      .execute();
    return rows.map(({ id, provider, due_date, due_at, due_provisional }) => ({
      ...{ subject: `quality-ticket/${id}`, object: `quality-ticket/${id}`, kind: 'QUALITY_TICKET' as const },
      ...{ owners: [provider], others: [], clauses: [] },
      due: { date: due_date, instant: due_at, provisional: due_provisional },
    }));
  },
};
const NOTICE_MS = 20 * 86_400_000;

/** Due dates of open tickets. */
export const qualityDueDates: DueDateSource = {
  async findProvisional(database, timeZone) {
    const rows = await qualityTables(database)
      .selectFrom('quality_ticket')
      .select((eb) => [
        ...(['id', 'provider'] as const),
        epochMs(eb.ref('opened_at')).as('opened_at'),
        sql<string>`${eb.ref('due_date')}::text`.as('due_date'),
        epochMs(eb.ref('due_at')).as('due_at'),
      ])
      .where('state', '=', 'OPEN')
      .where('due_provisional', '=', true)
      .orderBy('id')
      .execute();
    return rows.map(({ id, provider, opened_at, due_date, due_at }) => ({
      ...{ id, object: `quality-ticket/${id}`, concerns: [provider], clauses: [] },
      term: { start: opened_at, workingDays: MENDING_DAYS, timeZone },
      due: { date: due_date, instant: due_at, provisional: true },
    }));
  },
  async update(database, id, due) {
    await qualityTables(database)
      .updateTable('quality_ticket')
      .set({ due_date: due.date, due_at: new Date(due.instant), due_provisional: due.provisional })
      .where('id', '=', id)
      .where('state', '=', 'OPEN')
      .execute();
  },
};
