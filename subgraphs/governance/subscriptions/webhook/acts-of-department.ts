import type pg from 'pg';
import { RecordUnreadable, type Stream } from '../delivery/stream.js';
import { NOTIFICATION_TEMPLATES, WATCHED_ACTS } from '../../reminders/index.js';
import { cloudEvent, type RecordedAct } from './cloud-event.rule.js';

/** Acts of governance that concern a department, and its own: those of which inboxes tell. Each delivery is one event, as
 *  receivers of CloudEvents expect it. */
export const actsOfDepartment: Stream = {
  contentType: 'application/cloudevents+json; charset=utf-8',
  behind: async (pool, department, after, until) => {
    const [found] = await read(pool, department, after, until, 1);
    return found ? { lines: [found.line], to: found.position } : { lines: [], to: until };
  },
  within: async (pool, department, after, to) =>
    (await read(pool, department, after, to, to - after)).map(({ line }) => line),
};

const TOLD = [...Object.keys(NOTIFICATION_TEMPLATES), ...WATCHED_ACTS];

async function read(pool: pg.Pool, department: string, after: number, to: number, limit: number) {
  const { rows } = await pool.query<{ position: string; line: string }>(
    `select position, line from evidence.record
      where kind = 'act' and position > $2 and position <= $3 and code = any($4::text[])
        and (department = $1 or $1 = any(concerns))
      order by position limit $5`,
    [department, after, to, TOLD, limit],
  );
  return rows.map(({ position, line }) => ({ position: Number(position), line: eventOf(Number(position), line) }));
}

function eventOf(position: number, line: string): string {
  let act: RecordedAct;
  try {
    act = JSON.parse(line) as RecordedAct;
  } catch {
    throw new RecordUnreadable(`the record at position ${position}`);
  }
  return `${JSON.stringify(cloudEvent(position, act))}\n`;
}
