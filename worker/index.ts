import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { evidenceKeysFile, signWith } from '../shared/evidence/keys/index.js';
import type { CheckVersion } from '../subgraphs/governance/registry/index.js';
import { announceFaults } from './announce-faults.js';
import { anchorHeads } from './anchor-heads.js';
import { carryOutChecks, type OpenComparison } from './carry-out-checks.js';
import { carryOutLoads } from './carry-out-loads.js';
import { carryOutReforms } from './carry-out-reforms.js';
import { carryOutPulls } from './carry-out-pulls.js';
import { carryOutQuality, type OpenQuality } from './carry-out-quality.js';
import { checkSubmittedVersions } from './check-versions.js';
import { deliverMessages } from './deliver-messages.js';
import { proposeConsents, type ReadSchemas } from './propose-consents.js';
import { followCorrections } from './follow-corrections.js';
import { listComparableItems } from './list-comparable-items.js';
import { listQualityItems } from './list-quality-items.js';
import { pushDeliveries } from './push-deliveries.js';
import { removeShippedSegments } from './remove-shipped-segments.js';
import { shipEvidence } from './ship-evidence.js';
import { showLife } from './show-life.js';
import { signHeads } from './sign-heads.js';
import { takeApplicationFiles } from './take-application-files.js';
import { watchGuesses } from './watch-guesses.js';
import { watchDeadlines } from './watch-deadlines.js';

export type { CheckVersion } from '../subgraphs/governance/registry/index.js';
export type { OpenComparison } from './carry-out-checks.js';
export type { OpenQuality } from './carry-out-quality.js';
export type { ReadSchemas } from './propose-consents.js';

/** What the worker is given, since it may not enter the gateway's rooms. */
export interface SubgraphDoors {
  /** Reads what the listed subgraphs publish. */
  readonly readSchemas: ReadSchemas;
  readonly checkVersion: CheckVersion;
  readonly openComparison: OpenComparison;
  readonly openQuality: OpenQuality;
}

/** Longest time for one statement of a job, milliseconds; the job tries again. */
const STATEMENT_MS = 120_000;

export interface Worker {
  /** Ends the jobs after the step each is at. */
  stop(): Promise<void>;
}

/** A job of the worker. It runs from its start until `stop`. */
export interface Job {
  stop(): Promise<void>;
}

/** The composition root of the worker: starts every job that runs behind the answers. It may be killed at any point, and
 *  several workers may run at once.
 *  @param doors  without them no consents are proposed, no submitted versions checked, no items of departments compared,
 *                and no records judged
 *  @throws HubError CONFIG_INVALID, DATABASE_UNAVAILABLE */
export async function startWorker(config: Config, logger: Logger, doors?: SubgraphDoors): Promise<Worker> {
  const started = new AsyncDisposableStack();
  const run = async (job: Promise<Job | undefined> | Job | undefined) => {
    const running = await job;
    if (running) started.defer(() => running.stop());
  };
  try {
    if (config.EVIDENCE_ALGORITHM) await signWith(evidenceKeysFile(config.DATA_DIR), config.EVIDENCE_ALGORITHM);
    const { governance, tables } = await openDatabases(config, started);
    const pool = openPool(governance, logger, started);
    await run(shipEvidence(config, pool, logger));
    await run(signHeads(config, pool, logger));
    await run(removeShippedSegments(config, pool, logger));
    await run(anchorHeads(config, pool, logger));
    await run(pushDeliveries(config, pool, logger));
    await run(carryOutReforms(config, pool, logger));
    await run(watchDeadlines(config, pool, logger));
    await run(deliverMessages(config, pool, logger));
    await run(announceFaults(config, pool, logger));
    await run(watchGuesses(config, pool, logger));
    await run(followCorrections(config, pool, logger));
    await run(takeApplicationFiles(config, pool, logger));
    if (doors) {
      await run(proposeConsents(config, pool, logger, doors.readSchemas));
      await run(checkSubmittedVersions(config, pool, tables, logger, doors.checkVersion));
      await run(listComparableItems(pool, logger, doors.readSchemas));
      await run(carryOutChecks(config, pool, governance, logger, doors.openComparison));
      await run(listQualityItems(pool, logger, doors.readSchemas));
      await run(carryOutQuality(config, pool, governance, logger, doors.openQuality));
    }
    if (tables !== undefined) {
      await run(carryOutLoads(config, pool, tables, logger));
      await run(carryOutPulls(config, pool, logger));
    }
    await run(showLife(pool, logger));
    return { stop: () => started.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

interface Databases {
  /** The governance database. */
  readonly governance: string;
  /** The database of hosted tables; none where only governance's is known. */
  readonly tables: string | undefined;
}

async function openDatabases(config: Config, started: AsyncDisposableStack): Promise<Databases> {
  const { GOVERNANCE_DATABASE_URL: governance, DECLARED_DATABASE_URL: tables } = config;
  if (governance !== undefined && (tables !== undefined || config.DATABASE_URL === undefined))
    return { governance, tables };
  const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
  started.defer(() => server.stop());
  if (tables === undefined) await server.createDatabase('declared');
  return { governance: governance ?? server.url('governance'), tables: tables ?? server.url('declared') };
}

function openPool(connectionString: string, logger: Logger, started: AsyncDisposableStack): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_MS,
  });
  pool.on('error', (err) => logger.warn({ err }, 'database'));
  started.defer(() => pool.end());
  return pool;
}
