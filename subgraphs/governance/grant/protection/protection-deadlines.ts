import { sql } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import { localDate } from '../../../../shared/law/index.js';
import { anyOf, type DeadlineSource } from '../../core/index.js';
import { NOTICE_DAYS, noticeDaysOf } from '../notice-days.rule.js';
import { IN_FORCE } from './protection.store.js';
import { grantTables } from '../tables.js';

const DAY_MS = 86_400_000;

/** Protections in force that end within the days of notice, or have ended without an announcement, for their owner alone:
 *  afterwards the subject is seen again. */
export const protectionDeadlines: DeadlineSource = {
  async find({ database, now, timeZone, only, isUnannounced }) {
    const subject = sql<string>`'protection/' || id`;
    const end = sql<string>`to_char(until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const rows = await grantTables(database)
      .selectFrom('subject_protection')
      .select((eb) => [
        'id',
        'owner',
        epochMs(eb.ref('confirmed_at')).as('from'),
        epochMs(eb.ref('until_at')).as('until'),
      ])
      .where('state', 'in', [...IN_FORCE])
      .where('until_at', '<=', new Date(now + NOTICE_DAYS * DAY_MS))
      .where(isUnannounced(subject, end, 'ENDED'))
      .$if(only !== undefined, (query) => query.where((eb) => eb(subject, '=', anyOf(only!))))
      .orderBy('id')
      .execute();
    return rows.map(({ id, owner, from, until }) => ({
      subject: `protection/${id}`,
      object: `protection/${id}`,
      kind: 'PROTECTION' as const,
      owners: [owner],
      others: [],
      clauses: [],
      // `until` is the first instant after the last day.
      due: { date: localDate(until - 1, timeZone), instant: until, provisional: false },
      noticeDays: noticeDaysOf(from, until),
    }));
  },
};
