import { mkdir } from 'node:fs/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { loadFolder } from '../shared/config/load-folder.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { carryOutLoad, clearLoads, type LoadRoom, takeDrops } from '../subgraphs/governance/loading/index.js';
import { findHostedTable, removeRetiredTables } from '../subgraphs/governance/registry/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 500;
const CLEAR_MS = 3_600_000;
const DROPS_MS = 2_000;
/** Loads at once: a large one keeps no small one waiting. */
const AT_ONCE = 2;

/** Carries out the loads of departments, and ends those that were never uploaded.
 *  @param tablesUrl  of the database of hosted tables */
export async function carryOutLoads(
  config: Config,
  pool: pg.Pool,
  tablesUrl: string,
  logger: Logger,
): Promise<Repetition> {
  const folder = loadFolder(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const tables = new pg.Pool({ connectionString: tablesUrl, max: AT_ONCE, connectionTimeoutMillis: 5_000 });
  tables.on('error', (err) => logger.warn({ err }, 'database of hosted tables'));
  const stopping = new AbortController();
  const room: LoadRoom = {
    ...{ pool, tables, folder, findTable: findHostedTable },
    store: new RecordStore(config.TIME_ZONE),
    mostVanished: config.LOAD_MAX_VANISHED,
    timeZone: config.TIME_ZONE,
    signal: stopping.signal,
  };
  const onFailure = (err: unknown): void => {
    if (!stopping.signal.aborted) logger.warn({ err }, 'a load cannot be carried out; it waits');
  };
  const carryOut = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await carryOutLoad(room)) !== undefined);
  };
  const removeRetired = async (): Promise<void> => {
    const retired = { ...room, keptDays: config.HOSTED_KEPT_DAYS };
    while (!stopping.signal.aborted && (await removeRetiredTables(retired, Date.now())) !== undefined);
  };
  const jobs = [
    ...Array.from({ length: AT_ONCE }, () => repeat(EVERY_MS, carryOut, onFailure)),
    repeat(CLEAR_MS, () => clearLoads(room, Date.now()), onFailure),
    repeat(CLEAR_MS, removeRetired, (err) =>
      logger.warn({ err }, 'hosted tables of an ended subgraph cannot be removed; they wait'),
    ),
    ...takeDropped(config, room, onFailure),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(jobs.map((job) => job.stop()));
      await tables.end();
    },
  };
}

/** Takes files that front-end machines drop, where the operator has given them a folder. */
function takeDropped(config: Config, room: LoadRoom, onFailure: (error: unknown) => void): Repetition[] {
  const { DROP_FOLDER: drops, LOAD_MAX_BYTES: mostBytes } = config;
  if (drops === undefined) return [];
  return [repeat(DROPS_MS, () => takeDrops({ ...room, drops, mostBytes }, Date.now()), onFailure)];
}
