import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { announceSourceFaults } from '../subgraphs/governance/sources/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 5_000;

/** Tells departments what was found wrong with their sources, and that it is mended. */
export function announceFaults(config: Config, pool: pg.Pool, logger: Logger): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  return repeat(
    EVERY_MS,
    async () => {
      while ((await announceSourceFaults({ pool, store, now: Date.now() })) !== undefined);
    },
    (err) => logger.warn({ err }, 'faults of sources cannot be announced; they wait'),
  );
}
