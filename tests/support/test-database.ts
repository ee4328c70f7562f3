import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabaseServer, type DatabaseServer } from '../../shared/database/index.js';
import { testDatabaseUrl } from './config.js';

/** Kept between runs: preparing a cluster is what takes the time. */
export const TEST_DATA_DIR = join(tmpdir(), 'sharehub-test-database');

let count = 0;

/** The tests' own embedded PostgreSQL, shared by the test files that run at the same time, the last of which ends it;
 *  or the server that `DATABASE_URL` names. */
export const openTestServer = (): Promise<DatabaseServer> =>
  openDatabaseServer({ dataDir: TEST_DATA_DIR, databaseUrl: testDatabaseUrl() });

/** A database name that no other test file uses. */
export const testDatabaseName = (purpose: string): string => `test_${purpose}_${process.pid}_${++count}`;
