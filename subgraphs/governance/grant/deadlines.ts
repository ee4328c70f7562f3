import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import { type EvidenceTables, readItemProviders } from '../../../shared/evidence/store/index.js';
import { localDate } from '../../../shared/law/index.js';
import { anyOf, type DeadlineSource, openTables } from '../core/index.js';
import { NOTICE_DAYS, noticeDaysOf } from './notice-days.rule.js';
import { grantTables } from './tables.js';

/** Grants that end within the days of notice, or have ended without an announcement. A grant for a shorter time is announced
 *  in the second half of its term. */
export const grantDeadlines: DeadlineSource = {
  async find({ database, now, timeZone, only, isUnannounced }) {
    const today = sql`${new Date(now).toISOString()}::timestamptz`;
    const rows = await grantTables(database)
      .selectFrom('share_grant as grant')
      .select((eb) => [
        'grant.id',
        'grant.department',
        'grant.coordinates',
        epochMs(eb.ref('grant.from_at')).as('from'),
        epochMs(eb.ref('grant.until_at')).as('until'),
      ])
      .where('grant.revoked_at', 'is', null)
      .where((eb) => sql<SqlBool>`${eb.ref('grant.until_at')} <= ${today} + ${NOTICE_DAYS} * interval '1 day'`)
      .where((eb) => sql<SqlBool>`${eb.ref('grant.from_at')} <= ${today}`)
      .where((eb) => {
        const until = sql<string>`to_char(${eb.ref('grant.until_at')} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
        return isUnannounced(sql<string>`'grant/' || ${eb.ref('grant.id')}`, until, 'ENDED');
      })
      .$if(only !== undefined, (query) =>
        query.where((eb) => eb(sql<string>`'grant/' || ${eb.ref('grant.id')}`, '=', anyOf(only!))),
      )
      .orderBy('grant.until_at')
      .orderBy('grant.id')
      .execute();
    const providers = await readItemProviders(
      openTables<EvidenceTables>(database),
      rows.flatMap(({ coordinates }) => coordinates),
    );
    return rows.map(({ id, department, coordinates, from, until }) => ({
      subject: `grant/${id}`,
      object: `grant/${id}`,
      kind: 'GRANT' as const,
      owners: [department],
      others: [...new Set(coordinates.flatMap((coordinate) => providers.get(coordinate) ?? []))].sort(),
      clauses: [],
      due: { date: localDate(until, timeZone), instant: until, provisional: false },
      noticeDays: noticeDaysOf(from, until),
    }));
  },
};
