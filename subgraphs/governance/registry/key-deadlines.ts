import { sql } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import { localDate } from '../../../shared/law/index.js';
import { anyOf, type DeadlineSource } from '../core/index.js';
import { readPublishers } from '../register/index.js';
import { registryTables } from './tables.js';

/** Days before the end of a key at which its department is reminded. */
const NOTICE_DAYS = 2;
const DAY_MS = 86_400_000;

/** Keys that end because another has taken their place, for the departments that publish the subgraph: one that has not
 *  taken up the new key by then can no longer be asked. */
export const keyDeadlines: DeadlineSource = {
  async find({ database, now, timeZone, only, isUnannounced }) {
    const subject = sql<string>`'subgraph-key/' || id`;
    const end = sql<string>`to_char(overlap_ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const rows = await registryTables(database)
      .selectFrom('subgraph_key')
      .select((eb) => ['id', 'subgraph', epochMs(eb.ref('overlap_ends_at')).as('end')])
      .where('overlap_ends_at', '<=', new Date(now + NOTICE_DAYS * DAY_MS))
      .where(isUnannounced(subject, end, 'ENDED'))
      .$if(only !== undefined, (query) => query.where((eb) => eb(subject, '=', anyOf(only!))))
      .orderBy('id')
      .execute();
    if (rows.length === 0) return [];
    const publishers = await readPublishers(database);
    return rows.map(({ id, subgraph, end }) => ({
      subject: `subgraph-key/${id}`,
      object: `subgraph-key/${id}`,
      kind: 'SUBGRAPH_KEY' as const,
      owners: publishers.get(subgraph) ?? [],
      others: [],
      clauses: [],
      due: { date: localDate(end, timeZone), instant: end, provisional: false },
      noticeDays: NOTICE_DAYS,
    }));
  },
};
