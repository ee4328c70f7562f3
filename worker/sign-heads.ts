import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { evidenceKeysFile } from '../shared/evidence/keys/index.js';
import { signDatabaseHeads } from './evidence/sign-database-heads.js';
import { repeat, type Repetition } from './repeat.js';

/** Signs the ends of the chains that are written in the database. */
export const signHeads = (config: Config, pool: pg.Pool, logger: Logger): Repetition =>
  repeat(
    config.EVIDENCE_SIGN_SECONDS * 1000,
    () => signDatabaseHeads(pool, evidenceKeysFile(config.DATA_DIR)),
    (err) => logger.error({ err }, 'evidence in the database cannot be signed'),
  );
