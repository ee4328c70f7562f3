import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { type CheckVersion, checkVersions } from '../subgraphs/governance/registry/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 1_000;

/** Checks the versions of subgraphs that departments submit, one after another. */
export function checkSubmittedVersions(config: Config, pool: pg.Pool, logger: Logger, check: CheckVersion): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  return repeat(
    EVERY_MS,
    async () => {
      while ((await checkVersions({ pool, store, now: Date.now(), check })) !== undefined);
    },
    (err) => logger.warn({ err }, 'versions of subgraphs cannot be checked; they wait'),
  );
}
