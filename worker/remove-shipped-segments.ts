import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { evidenceFolder } from '../shared/evidence/log/index.js';
import { evidenceKeysFile } from '../shared/evidence/keys/index.js';
import { releaseSegments } from './evidence/release-segments.js';
import { repeat, type Repetition } from './repeat.js';

const HOUR_MS = 3_600_000;

/** Removes files of evidence that the database has, once they are old enough. */
export const removeShippedSegments = (config: Config, pool: pg.Pool, logger: Logger): Repetition =>
  repeat(
    HOUR_MS,
    () =>
      releaseSegments({
        folder: evidenceFolder(config.DATA_DIR),
        pool,
        keys: evidenceKeysFile(config.DATA_DIR),
        keepDays: config.EVIDENCE_KEEP_LOCAL_DAYS,
        onMissing: (writer, segment) =>
          logger.error({ writer, segment }, 'the database lacks evidence that was shipped; its files stay'),
      }),
    (err) => logger.error({ err }, 'files of evidence cannot be released'),
  );
