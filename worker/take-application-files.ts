import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { applicationFolder } from '../shared/config/attached-folders.js';
import { takeApplicationFiles as take } from '../subgraphs/governance/application/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 3_000;

/** Takes the files of applications once they are whole and what was announced. */
export const takeApplicationFiles = (config: Config, pool: pg.Pool, logger: Logger): Repetition =>
  repeat(
    EVERY_MS,
    () => take({ database: pool, folder: applicationFolder(config), now: Date.now() }),
    (err) => logger.error({ err }, 'files of applications cannot be taken; they wait'),
  );
