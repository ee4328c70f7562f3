import { NOTIFICATION_TEMPLATES, DEADLINE_ACTS } from '../../reminders/index.js';
import { anyOf } from '../../core/index.js';
import { RecordUnreadable, type Stream } from '../delivery/stream.js';
import type { SubscriptionDatabase } from '../tables.js';
import { toCloudEvent, type RecordedAct } from './cloud-event.rule.js';
import { sql, type SqlBool } from 'kysely';

/** Acts of governance that a department did or that concern it, as far as inboxes tell of them. Each delivery is one event,
 *  as receivers of CloudEvents expect. */
export const actsOfDepartment: Stream = {
  contentType: 'application/cloudevents+json; charset=utf-8',
  readNext: async (db, department, after, until) => {
    const [found] = await readEvents(db, { department, after, to: until, limit: 1 });
    return found ? { lines: [found.line], to: found.position } : { lines: [], to: until };
  },
  readRange: async (db, department, after, to) =>
    (await readEvents(db, { department, after, to, limit: to - after })).map(({ line }) => line),
};

const ANNOUNCED_ACTS = [...Object.keys(NOTIFICATION_TEMPLATES), ...DEADLINE_ACTS];

interface EventRequest {
  readonly department: string;
  readonly after: number;
  readonly to: number;
  readonly limit: number;
}

async function readEvents(db: SubscriptionDatabase, { department, after, to, limit }: EventRequest) {
  const rows = await db
    .selectFrom('evidence.record as record')
    .select(['record.position', 'record.line'])
    .where('record.kind', '=', 'act')
    .where('record.position', '>', String(after))
    .where('record.position', '<=', String(to))
    .where('record.code', '=', anyOf(ANNOUNCED_ACTS))
    .where((eb) =>
      eb.or([
        eb('record.department', '=', department),
        sql<SqlBool>`${department} = any(${eb.ref('record.concerns')})`,
      ]),
    )
    .orderBy('record.position')
    .limit(limit)
    .execute();
  return rows.map(({ position, line }) => ({ position: Number(position), line: toLine(Number(position), line) }));
}

function toLine(position: number, line: string): string {
  let act: RecordedAct;
  try {
    act = JSON.parse(line) as RecordedAct;
  } catch {
    throw new RecordUnreadable(`the record at position ${position}`);
  }
  return `${JSON.stringify(toCloudEvent(position, act))}\n`;
}
