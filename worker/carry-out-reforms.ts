import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { carryOutReforms as carryOut } from '../subgraphs/governance/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 1_000;

/** Carries out reforms of departments when their time has come. */
export function carryOutReforms(config: Config, pool: pg.Pool, logger: Logger): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  return repeat(
    EVERY_MS,
    async () => {
      for (const reform of await carryOut({ pool, store, now: Date.now() }))
        logger.info({ reform }, 'a reform of departments was carried out');
    },
    (err) => logger.warn({ err }, 'a reform of departments could not be carried out; it is tried again'),
  );
}
