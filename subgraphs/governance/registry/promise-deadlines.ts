import { endOfDay, localDate } from '../../../shared/law/index.js';
import type { DeadlineSource } from '../core/index.js';
import { findGrantsOn } from '../grant/index.js';
import { registryTables } from './tables.js';

/** Days before the last day of a deprecated item at which its consumers are told once more. */
const NOTICE_DAYS = 14;
const DAY_MS = 86_400_000;

/** Last days of deprecated items that are published, for the departments that have live grants of them: the publication, of
 *  which they were told, may be a year ago. */
export const promiseDeadlines: DeadlineSource = {
  async find({ database, now, timeZone, only }) {
    const versions = await registryTables(database)
      .selectFrom('subgraph_version')
      .select(['id', 'subgraph', 'department', 'promised'])
      .where('state', '=', 'PUBLISHED')
      .where('promised', 'is not', null)
      .orderBy('id')
      .execute();
    const [first, last] = [now, now + NOTICE_DAYS * DAY_MS].map((at) => localDate(at, timeZone)) as [string, string];
    const near = versions.flatMap(({ id, subgraph, department, promised }) =>
      (promised ?? [])
        .filter(({ until }) => until >= first && until <= last)
        .map((item) => ({ ...item, id, department, subject: `promise/${subgraph}/${item.coordinate}` }))
        .filter(({ subject }) => only?.includes(subject) ?? true),
    );
    const coordinates = near.map(({ coordinate }) => coordinate);
    const grants = await findGrantsOn(database, coordinates, now);
    return near.map(({ id, department, coordinate, until, subject }) => ({
      subject,
      object: `subgraph-version/${id}`,
      kind: 'PROMISE' as const,
      owners: [department],
      others: grants.filter((grant) => grant.coordinates.includes(coordinate)).map((grant) => grant.department),
      clauses: [],
      due: { date: until, instant: endOfDay(until, timeZone), provisional: false },
      noticeDays: NOTICE_DAYS,
    }));
  },
};
