import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/record-store.js';
import { readCalendar, readProfile, type WorkingCalendar } from '../shared/law/index.js';
import { Jobs } from '../subgraphs/governance/reminders/index.js';

/** Watches the clocks of governance for as long as the worker runs.
 *  @throws HubError CONFIG_INVALID when the profile or a calendar cannot be read */
export function startJobs(config: Config, pool: pg.Pool, logger: Logger): Jobs {
  const profile = readProfile(config.SHAREHUB_PROFILE);
  const jobs = new Jobs({
    ...{ pool, profile, store: new RecordStore(config.TIME_ZONE), calendar: rereadCalendar(config, logger) },
    onState: (failing) => {
      if (failing) logger.error({ err: failing }, 'the clocks of governance cannot be watched; what is due waits');
      else logger.warn('the clocks of governance are watched again');
    },
  });
  jobs.start();
  return jobs;
}

/** The calendar as it is each time; a file that is wrong is told of once and leaves it as it was. */
function rereadCalendar({ CALENDAR_DIR }: Config, logger: Logger): () => WorkingCalendar {
  let calendar = readCalendar(CALENDAR_DIR);
  let wrong: string | undefined;
  return () => {
    try {
      calendar = readCalendar(CALENDAR_DIR);
      wrong = undefined;
    } catch (err) {
      if (wrong !== String(err)) logger.error({ err }, 'a calendar cannot be read; the one before holds on');
      wrong = String(err);
    }
    return calendar;
  };
}
