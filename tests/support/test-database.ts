import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabaseServer, type DatabaseServer } from '../../shared/database/index.js';
import { testDatabaseUrl } from './config.js';

/** Kept between runs: preparing a cluster is what takes the time. */
export const TEST_DATA_DIR = join(tmpdir(), 'sharehub-test-database');

let count = 0;

/** The tests' own embedded PostgreSQL, shared by the test files that run at the same time, the last of which ends it;
 *  or the server that `DATABASE_URL` names. */
export async function openTestServer(): Promise<DatabaseServer> {
  const server = await openDatabaseServer({ dataDir: TEST_DATA_DIR, databaseUrl: testDatabaseUrl() });
  if (server.embedded) await forgoFlushing(server.url('postgres'));
  return server;
}

/** Tests kill processes, not the machine: what PostgreSQL hands to the operating system outlives its processes. */
async function forgoFlushing(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    if (rows[0]!.fsync === 'off') return;
    for (const setting of ['fsync', 'full_page_writes']) await client.query(`alter system set ${setting} = off`);
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** A database name that no other test file uses. */
export const testDatabaseName = (purpose: string): string => `test_${purpose}_${process.pid}_${++count}`;
