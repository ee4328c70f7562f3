import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { announceLocks, forgetGuesses, suspendGuessers } from '../subgraphs/governance/grant/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 2_000;
const FORGET_EVERY_MS = 600_000;

/** Tells of locks after guesses, suspends systems that guess, and deletes old tries. */
export function watchGuesses(config: Config, pool: pg.Pool, logger: Logger): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  const share = { checks: config.VERIFY_SUSPEND_CHECKS, percent: config.VERIFY_SUSPEND_PERCENT };
  const jobs = [
    repeat(
      EVERY_MS,
      async () => {
        while ((await announceLocks({ pool, store, now: Date.now() })) > 0);
        for (const system of await suspendGuessers({ pool, store, now: Date.now() }, share))
          logger.warn({ system }, 'suspended: too many of its claims were not confirmed');
      },
      (err) => logger.warn({ err }, 'guesses cannot be watched; locks and suspensions wait'),
    ),
    repeat(
      FORGET_EVERY_MS,
      () => forgetGuesses(pool),
      (err) => logger.warn({ err }, 'old tries cannot be deleted; they wait'),
    ),
  ];
  return { stop: async () => void (await Promise.all(jobs.map((job) => job.stop()))) };
}
