import type pg from 'pg';
import type { Logger } from 'pino';
import { recordBeat } from '../subgraphs/governance/reminders/index.js';
import { repeat, type Repetition } from './repeat.js';

const BEAT_MS = 5_000;

/** Notes in the database that the worker lives, so that the gateway can say when none does. */
export const showLife = (pool: pg.Pool, logger: Logger): Repetition =>
  repeat(
    BEAT_MS,
    () => recordBeat(pool, 'worker'),
    (err) => logger.warn({ err }, 'that the worker runs could not be noted; the hub may be reported without one'),
  );
