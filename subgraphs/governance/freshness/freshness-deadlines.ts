import { sql } from 'kysely';
import type { Deadline, DeadlineSource } from '../core/index.js';
import { freshnessTables } from './tables.js';

/** Resources that were not updated in time. The provider's data administrator is told when the day is over, and the authority
 *  when it is still late after one more working day. Nobody is reminded of an update that is still in time: daily ones would
 *  drown everything else.
 *  @source HZ-7.4a, HZ-7.4c, QZ-4.3b, CZ-12a, YN-11a */
export const freshnessDeadlines: DeadlineSource = {
  async find({ database, now, only, isUnannounced }) {
    const rows = await freshnessTables(database)
      .selectFrom('resource_freshness')
      .select(['code', 'provider', 'clauses', 'escalation', 'escalation_at'])
      .where('due_at', '<=', new Date(now))
      .where('provisional', '=', false)
      .where((eb) =>
        isUnannounced(sql<string>`'freshness/' || ${eb.ref('code')}`, sql<string>`${eb.ref('escalation')}`, 'OVERDUE'),
      )
      .orderBy('code')
      .execute();
    const deadlines = rows.flatMap(({ code, provider, clauses, escalation, escalation_at }): Deadline[] => {
      if (escalation == null || escalation_at == null) return [];
      const subject = `freshness/${code}`;
      const due = { date: escalation, instant: escalation_at.getTime(), provisional: false };
      return [{ subject, object: subject, kind: 'DATA_UPDATE', owners: [provider], others: [], clauses, due }];
    });
    return only ? deadlines.filter(({ subject }) => only.includes(subject)) : deadlines;
  },
};
