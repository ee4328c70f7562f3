import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { HubError } from '../../kernel/index.js';
import { unprivilegedAccount, type Account } from './account.js';
import { postgresBinaries, type Binaries } from './binaries.js';
import { lastPort, runningPostmaster } from './postmaster.js';
import { clusterFolder } from './reach.js';
import { runProgram } from './run-program.js';

/** A running embedded PostgreSQL. */
export interface Cluster {
  readonly url: URL;
  readonly stop: () => Promise<void>;
}

const USER = 'sharehub';
const PASSWORD_FILE = 'sharehub.password';
/** Every process that uses the cluster holds this advisory lock shared; who can take it alone is the last one out. */
export const IN_USE = 'pg_advisory_lock_shared(7362)';
const LAST_ONE_OUT = 'pg_try_advisory_lock(7362)';
const DEADLINE = 60_000;
/** Number of retries for a server that died while this process is ending. */
const LAST_TRIES = 20;
const ATTEMPTS = 8;
/** Longest time for the last question to a server that is left, milliseconds. It may be too busy to answer. */
const LEAVE_MS = 5_000;

/** Starts the cluster below a data folder, or joins the one that runs there already.
 *
 *  Two processes may do this at once: a cluster is prepared aside and renamed into place, and PostgreSQL itself
 *  lets only one server run on it; who comes second joins.
 *  @param signal  gives up the start: the preparation ends, and a server that nobody else uses is stopped again
 *  @throws HubError DATABASE_UNAVAILABLE
 *  @throws the signal's reason */
export async function startCluster(
  dataDir: string,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<Cluster> {
  const account = unprivilegedAccount();
  const folder = clusterFolder(dataDir, account, log);
  const deadline = Date.now() + DEADLINE;
  let failure: unknown;
  for (let attempt = 0; attempt < ATTEMPTS && Date.now() < deadline;) {
    const running = runningPostmaster(folder);
    if (running?.ready) {
      const joined = await joinServer(folder, running.port, account);
      if (joined && !signal?.aborted) return joined;
      await joined?.stop();
    }
    signal?.throwIfAborted();
    if (running) {
      await pause(20); // starting or stopping in another process
      continue;
    }
    attempt += 1;
    try {
      const binaries = postgresBinaries(account);
      if (!existsSync(join(folder, 'PG_VERSION'))) {
        log('preparing the embedded PostgreSQL');
        await initialise(folder, binaries, account, signal);
      }
      await launch(folder, binaries, account);
    } catch (error) {
      if (error instanceof HubError) throw error;
      failure = error;
      // The children of a server that was killed hold its shared memory a little longer.
      await pause(150 * attempt);
    }
  }
  throw new HubError(
    'DATABASE_UNAVAILABLE',
    `The embedded PostgreSQL in ${folder} did not start. Its log is ${join(folder, 'server.log')}. ` +
      'Free the folder, set DATA_DIR to another one, or set DATABASE_URL.',
    { folder },
    { cause: failure },
  );
}

/** Prepares a new cluster aside and renames it into place, so that a half-made one is never taken for whole. */
async function initialise(folder: string, { initdb }: Binaries, account: Account, signal?: AbortSignal): Promise<void> {
  const draft = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    for (const path of [draft, passwordFile]) own(path, account);
    const options = ['--encoding=UTF8', '--no-locale', '--auth=scram-sha-256', `--username=${USER}`];
    await runProgram(initdb, [`--pgdata=${draft}`, ...options, `--pwfile=${passwordFile}`], account, signal);
    appendFileSync(join(draft, 'postgresql.conf'), SETTINGS);
    renameSync(passwordFile, join(draft, PASSWORD_FILE));
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'PG_VERSION'))) throw error; // else another process was first
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

const SETTINGS = `
# ShareHub
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = '256MB'
max_wal_size = '2GB'
jit = off
`;

async function launch(folder: string, { pgCtl }: Binaries, account: Account): Promise<void> {
  const args = [
    'start',
    '--pgdata',
    folder,
    '--log',
    join(folder, 'server.log'),
    '--wait',
    '--silent',
    '--timeout',
    '50',
  ];
  // `pg_ctl` detaches the server from this process's terminal: Ctrl-C must not end the database under requests that are
  // still being answered.
  await runProgram(pgCtl, [...args, '--options', `-p ${await freePort(lastPort(folder))}`], account);
}

/** Joins a running server; undefined when it is just going away. If the server dies later, the first process that notices
 *  starts it again on the same port. */
async function joinServer(folder: string, port: number, account: Account): Promise<Cluster | undefined> {
  const url = new URL(`postgresql://127.0.0.1:${port}/postgres`);
  url.username = USER;
  url.password = readFileSync(join(folder, PASSWORD_FILE), 'utf8').trim();
  let stopped: Promise<void> | undefined;
  let holder: pg.Client | undefined;
  let reviving: Promise<void> | undefined;
  const hold = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 });
    // Its `end` event tells that the server died; without a listener the error would end this process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`select ${IN_USE}`);
    } catch (error) {
      // It may never have been connected; the first error is the one to report.
      await client.end().catch(() => undefined);
      throw error;
    }
    holder = client;
    client.once('end', () => {
      if (!stopped) reviving = revive();
    });
  };
  const revive = async (): Promise<void> => {
    for (let left = LAST_TRIES; left > 0; left -= stopped ? 1 : 0) {
      try {
        if (!runningPostmaster(folder)) await launch(folder, postgresBinaries(account), account);
        return await hold();
      } catch {
        // The children of a server that was killed hold its shared memory a little longer.
        await pause(100);
      }
    }
  };
  try {
    await hold();
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw error; // another server on this port
    return undefined;
  }
  const stop = async (): Promise<void> => {
    await reviving;
    await leave(folder, holder!, account);
  };
  return { url, stop: () => (stopped ??= stop()) };
}

/** Stops using the server, and stops it when nobody else uses it. Nothing here fails: a server that is gone needs no
 *  stopping, and one that does not stop is joined by the next start. */
async function leave(folder: string, holder: pg.Client, account: Account): Promise<void> {
  const last = await Promise.race([
    holder
      .query<{ alone: boolean }>(`select pg_advisory_unlock_shared(7362), ${LAST_ONE_OUT} as alone`)
      .then((result) => result.rows[0]?.alone === true)
      .catch(() => false),
    pause(LEAVE_MS, false, { ref: false }),
  ]);
  if (last) {
    const args = ['stop', '--pgdata', folder, '--mode', 'fast', '--wait', '--silent'];
    await runProgram(postgresBinaries(account).pgCtl, args, account).catch(() => undefined);
  }
  await Promise.race([holder.end().catch(() => undefined), pause(LEAVE_MS, undefined, { ref: false })]);
}

const own = (path: string, { uid, gid }: Account) =>
  uid === undefined || gid === undefined ? undefined : chownSync(path, uid, gid);

/** A free port: the wanted one if it can be taken, otherwise any. */
async function freePort(wanted = 0): Promise<number> {
  const take = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer().on('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });
  return take(wanted).catch(() => take(0));
}
