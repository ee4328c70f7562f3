import type { Command } from 'commander';
import pg from 'pg';
import pino from 'pino';
import { releaseSegments } from '../gateway/evidence/shipping/release-segments.js';
import { Shipper } from '../gateway/evidence/shipping/shipper.js';
import { signDatabaseHeads } from '../gateway/evidence/shipping/sign-database-heads.js';
import { readConfig, type Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { evidenceFolder } from '../shared/evidence/evidence-folder.js';
import { evidenceKeysFile, signWith } from '../shared/evidence/evidence-keys.js';
import { RecordStore } from '../shared/evidence/store/record-store.js';
import { readRoots } from './evidence/read-roots.js';
import { every } from './every.js';
import { startAnchoring } from './start-anchoring.js';
import { startJobs } from './start-jobs.js';
import { startPushing } from './start-pushing.js';
import { untilStopped } from './until-stopped.js';

/** `sharehub worker`: what is done behind the answers. */
export function register(program: Command): void {
  program
    .command('worker')
    .description(
      'ship evidence into the database, sign what is written there, push uses to providers, watch deadlines; runs until it is stopped',
    )
    .action(async () => untilStopped(() => startWorker(readConfig())));
}

/** Starts everything that is done behind the answers. It may be killed at any point, and several may run.
 *  @returns what stops it */
async function startWorker(config: Config): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'worker' } }, pino.destination(2));
  const keys = evidenceKeysFile(config.DATA_DIR);
  if (config.EVIDENCE_ALGORITHM) await signWith(keys, config.EVIDENCE_ALGORITHM);
  const roots = await readRoots(config.EVIDENCE_TSA_CA);
  const server =
    config.GOVERNANCE_DATABASE_URL === undefined
      ? await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
      : undefined;
  const pool = new pg.Pool({
    connectionString: config.GOVERNANCE_DATABASE_URL ?? server!.url('governance'),
    max: 10,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', (err) => logger.warn({ err }, 'database'));
  const shipper = new Shipper({
    folder: evidenceFolder(config.DATA_DIR),
    pool,
    store: new RecordStore(config.TIME_ZONE),
    onState: ({ failing, broken }) => {
      if (failing) logger.error({ err: failing }, 'evidence cannot be shipped; it waits in its files');
      else if (broken.size === 0) logger.info('evidence is shipped again');
      for (const [writer, why] of broken)
        logger.error({ writer, why }, 'a chain of evidence is broken; run `sharehub evidence verify`');
    },
  });
  await shipper.start();
  const signing = every(
    config.EVIDENCE_SIGN_SECONDS * 1000,
    () => signDatabaseHeads(pool, keys),
    (err) => logger.error({ err }, 'evidence in the database cannot be signed'),
  );
  const releasing = every(
    RELEASE_MS,
    () =>
      releaseSegments({
        ...{ folder: evidenceFolder(config.DATA_DIR), pool, keys, keepDays: config.EVIDENCE_KEEP_LOCAL_DAYS },
        onMissing: (writer, segment) =>
          logger.error({ writer, segment }, 'the database lacks evidence that was shipped; its files stay'),
      }),
    (err) => logger.error({ err }, 'files of evidence cannot be released'),
  );
  const anchoring = startAnchoring(config, roots, pool, logger);
  const pushing = await startPushing(config, pool, logger);
  const jobs = startJobs(config, pool, logger);
  process.send?.({ ready: 'worker' });
  return async () => {
    await jobs.stop();
    await pushing.stop();
    await anchoring?.stop();
    await releasing.stop();
    await signing.stop();
    await shipper.stop();
    await pool.end();
    await server?.stop();
  };
}

const RELEASE_MS = 3_600_000;
