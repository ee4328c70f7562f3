import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { type CheckVersion, checkVersions } from '../subgraphs/governance/registry/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 1_000;
/** Longest look for rows that do not fit, ms. */
const STATEMENT_MS = 60_000;

/** Checks the versions of subgraphs that departments submit, one after another.
 *  @param tablesUrl  of the database of hosted tables, where it is known */
export function checkSubmittedVersions(
  config: Config,
  pool: pg.Pool,
  tablesUrl: string | undefined,
  logger: Logger,
  check: CheckVersion,
): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  const tables =
    tablesUrl === undefined
      ? undefined
      : new pg.Pool({
          ...{ connectionString: tablesUrl, max: 1, connectionTimeoutMillis: 5_000, statement_timeout: STATEMENT_MS },
        });
  tables?.on('error', (err) => logger.warn({ err }, 'database of hosted tables'));
  const checking = repeat(
    EVERY_MS,
    async () => {
      while ((await checkVersions({ pool, tables, store, now: Date.now(), check })) !== undefined);
    },
    (err) => logger.warn({ err }, 'versions of subgraphs cannot be checked; they wait'),
  );
  return {
    stop: async () => {
      await checking.stop();
      await tables?.end();
    },
  };
}
