import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { readCalendar, readProfile, type WorkingCalendar } from '../shared/law/index.js';
import { Jobs } from '../subgraphs/governance/reminders/index.js';

/** Watches the deadlines of governance and sends its notices.
 *  @throws HubError CONFIG_INVALID when the profile or a calendar cannot be read */
export function watchDeadlines(config: Config, pool: pg.Pool, logger: Logger): Jobs {
  const jobs = new Jobs({
    pool,
    profile: readProfile(config.SHAREHUB_PROFILE),
    store: new RecordStore(config.TIME_ZONE),
    calendar: createCalendarReader(config, logger),
    onState: (failing) => {
      if (failing) logger.error({ err: failing }, 'the clocks of governance cannot be watched; what is due waits');
      else logger.warn('the clocks of governance are watched again');
    },
  });
  jobs.start();
  return jobs;
}

/** Reads the calendar anew at each call. A file that cannot be read is logged once, and the calendar before it stays. */
function createCalendarReader({ CALENDAR_DIR }: Config, logger: Logger): () => WorkingCalendar {
  let calendar = readCalendar(CALENDAR_DIR);
  let reported: string | undefined;
  return () => {
    try {
      calendar = readCalendar(CALENDAR_DIR);
      reported = undefined;
    } catch (err) {
      if (reported !== String(err)) logger.error({ err }, 'a calendar cannot be read; the one before holds on');
      reported = String(err);
    }
    return calendar;
  };
}
