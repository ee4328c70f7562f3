import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import { localDate } from '../../../../shared/law/index.js';
import { anyOf, type DeadlineSource } from '../../core/index.js';
import { NOTICE_DAYS, noticeDaysOf } from '../notice-days.rule.js';
import { grantTables } from '../tables.js';

/** Consents in force that end within the days of notice, or have ended without an announcement: for their owner, who may
 *  consent again, and for the department that will receive nothing more. One that was revoked was announced with that.
 *  @source share-rules section 1, rule 10 */
export const consentDeadlines: DeadlineSource = {
  async find({ database, now, timeZone, only, isUnannounced }) {
    const today = sql`${new Date(now).toISOString()}::timestamptz`;
    const rows = await grantTables(database)
      .selectFrom('owner_consent as consent')
      .select((eb) => [
        'consent.id',
        'consent.owner',
        'consent.receiver',
        epochMs(eb.ref('consent.second_at')).as('from'),
        epochMs(eb.ref('consent.until_at')).as('until'),
      ])
      .where('consent.second_at', 'is not', null)
      .where('consent.revoked_at', 'is', null)
      .where((eb) => sql<SqlBool>`${eb.ref('consent.until_at')} <= ${today} + ${NOTICE_DAYS} * interval '1 day'`)
      .where((eb) => {
        const until = sql<string>`to_char(${eb.ref('consent.until_at')} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
        return isUnannounced(sql<string>`'consent/' || ${eb.ref('consent.id')}`, until, 'ENDED');
      })
      .$if(only !== undefined, (query) =>
        query.where((eb) => eb(sql<string>`'consent/' || ${eb.ref('consent.id')}`, '=', anyOf(only!))),
      )
      .orderBy('consent.until_at')
      .orderBy('consent.id')
      .execute();
    return rows.map(({ id, owner, receiver, from, until }) => ({
      subject: `consent/${id}`,
      object: `consent/${id}`,
      kind: 'CONSENT' as const,
      owners: [owner],
      others: [receiver],
      clauses: [],
      // `until` is the first instant after the last day.
      due: { date: localDate(until - 1, timeZone), instant: until, provisional: false },
      noticeDays: noticeDaysOf(from, until),
    }));
  },
};
