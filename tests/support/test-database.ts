import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabaseServer, type DatabaseServer } from '../../shared/database/index.js';
import { IN_USE } from '../../shared/database/embedded/cluster.js';
import { runningPostmaster } from '../../shared/database/embedded/postmaster.js';
import { testDatabaseUrl } from './config.js';

/** Kept between runs: preparing a cluster is what takes the time. */
export const TEST_DATA_DIR = join(tmpdir(), 'sharehub-test-database');

/** Copied faster than PostgreSQL's own template. */
const EMPTY = 'empty';

let count = 0;
let keeper: Promise<pg.Client> | undefined;

/** The tests' own embedded PostgreSQL, or the server that `DATABASE_URL` names. Under Jest the embedded one stays between
 *  the test files of a run: starting and stopping it takes half a second. `stopTestServer` ends it. */
export async function openTestServer(): Promise<DatabaseServer> {
  const server = await openDatabaseServer({ dataDir: TEST_DATA_DIR, databaseUrl: testDatabaseUrl() });
  if (!server.embedded) return server;
  const url = server.url('postgres');
  if (process.env['JEST_WORKER_ID'] === undefined) await makeQuick(url);
  else await (keeper ??= keepRunning(url));
  await server.createDatabase(EMPTY);
  return { ...server, createDatabase: (database, template = EMPTY) => server.createDatabase(database, template) };
}

/** Ends the embedded server when no other run uses it. For the end of a run, when its workers are gone. */
export async function stopTestServer(): Promise<void> {
  await (await keeper)?.end();
  if (runningPostmaster(join(TEST_DATA_DIR, 'postgresql')) === undefined) return;
  await (await openDatabaseServer({ dataDir: TEST_DATA_DIR })).stop();
}

/** Stays connected until this process ends, as one of those that use the server. */
async function keepRunning(url: string): Promise<pg.Client> {
  await makeQuick(url);
  const client = new pg.Client({ connectionString: url });
  // Tests may cut every connection.
  client.on('error', () => (keeper = undefined));
  await client.connect();
  await client.query(`select ${IN_USE}`);
  (client as pg.Client & { unref(): void }).unref(); // which its types do not name
  return client;
}

/** Tests kill processes, not the machine: what PostgreSQL hands to the operating system outlives its processes. And they
 *  connect some thousand times, a third of which would be to hash the password. */
async function makeQuick(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', ['sharehub tests']);
    const { rows } = await client.query<{ iterations: string }>('show scram_iterations');
    if (rows[0]!.iterations === '1') return;
    await client.query('set scram_iterations = 1');
    await client.query(`alter role current_user password ${client.escapeLiteral(new URL(url).password)}`);
    for (const setting of ['fsync = off', 'full_page_writes = off', 'scram_iterations = 1'])
      await client.query(`alter system set ${setting}`);
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** A database name that no other test file uses. */
export const testDatabaseName = (purpose: string): string => `test_${purpose}_${process.pid}_${++count}`;

/** A pool of connections to a test's database. One that is cut while nobody uses it, as dropping the database does, leaves the
 *  pool; without a listener it would end the test. */
export function openTestPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(options);
  pool.on('error', () => undefined);
  return pool;
}
