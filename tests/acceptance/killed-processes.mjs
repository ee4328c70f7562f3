// kill -9 of the gateway, the worker and PostgreSQL in turn, under load, against the hub as `npm start` runs it. What must
// hold: every answer that a caller received has its record, in the files and in PostgreSQL; none is there twice; the
// chains verify. `npm run test:kill -- --rounds N` kills each N times (20 where not given).
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const ROUNDS = Number(values.rounds);
const CALLERS = 8;
/** Answers between two kills. */
const BETWEEN = 40;
/** How long the hub may take to answer again after a kill, milliseconds. */
const PATIENCE = 60_000;

const run = promisify(execFile);
const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-killed-'));
const env = {
  ...process.env,
  DATA_DIR: dataDir,
  PORT: '4700',
  RESIDENTS: '200',
  LOG_LEVEL: 'fatal',
  DEMO_LIBRARIES: 'false',
};
const hub = spawn(process.execPath, ['dist/cli/index.js', 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => hub.once('exit', resolve));
try {
  await ready();
  const { stdout } = await run(process.execPath, ['cli/sharehub.js', 'token', '--as', 'housing-app'], { env });
  const answered = await killUnderLoad(stdout.trim());
  const client = await governance();
  await shipped(client);
  const { rows } = await client.query(
    `select request, count(*)::int as times from evidence.record where request like 'kill-%' group by request`,
  );
  await client.end();
  const times = new Map(rows.map((row) => [row.request, row.times]));
  const missing = answered.filter((id) => !times.has(id));
  const doubled = rows.filter((row) => row.times > 1);
  console.log(
    `${answered.length} answers received; ${times.size} records in PostgreSQL; ${missing.length} missing; ${doubled.length} doubled`,
  );
  assert.deepEqual(missing, [], 'every answer received has its record');
  assert.deepEqual(doubled, [], 'no record is there twice');
  hub.kill('SIGINT');
  await ended;
  const verified = await run(
    process.execPath,
    ['cli/sharehub.js', 'evidence', 'verify', '--folder', join(dataDir, 'evidence')],
    { env },
  );
  console.log(verified.stdout.trim());
} finally {
  hub.kill('SIGINT');
  await ended;
  await rm(dataDir, { recursive: true, force: true });
}

async function ready() {
  for await (const line of createInterface({ input: hub.stdout })) if (line.startsWith('ready ')) return;
  throw new Error('the hub ended before it was ready');
}

/** Asks all the time and kills one process after another; returns the request ids of the answers that came. */
async function killUnderLoad(token) {
  const answered = [];
  let stopping = false;
  let newest = 0;
  let heard = () => undefined;
  const caller = async (number) => {
    for (let i = 0; !stopping; i++) {
      const id = `kill-${number}-${i}`;
      const good = await ask(token, id).catch(() => false);
      if (!good) {
        await pause(20);
        continue;
      }
      answered.push(id);
      newest = Date.now();
      heard();
    }
  };
  const callers = Array.from({ length: CALLERS }, (_, number) => caller(number));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const target of ['gateway', 'worker', 'postgresql']) {
        const killed = process.kill(pidOf(target), 'SIGKILL') && Date.now();
        const enough = answered.length + BETWEEN;
        while (answered.length < enough) {
          const late = AbortSignal.timeout(PATIENCE - (Date.now() - Math.max(newest, killed)));
          await Promise.race([
            new Promise((resolve) => (heard = resolve)),
            new Promise((_, reject) =>
              late.addEventListener('abort', () => reject(new Error(`no answer after ${target} was killed`))),
            ),
          ]);
        }
      }
      if ((round + 1) % 5 === 0) console.log(`${(round + 1) * 3} kills, ${answered.length} answers`);
    }
  } finally {
    stopping = true;
    await Promise.all(callers);
  }
  return answered;
}

async function ask(token, id) {
  const response = await fetch('http://127.0.0.1:4700/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'share-scenario': 'public-rental-review',
      'x-request-id': id,
    },
    body: JSON.stringify({ query: '{ residents(first: 3) { nodes { name phone } } }' }),
  });
  const text = await response.text();
  return response.status === 200 && text.includes('"phone":"1');
}

/** A process of the hub's, once there is one that can be killed. */
function pidOf(target) {
  if (target === 'postgresql')
    return Number(readFileSync(join(clusterFolder(), 'postmaster.pid'), 'utf8').split('\n')[0]);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent] = /\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (Number(parent) === hub.pid && words.includes(target)) return Number(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error(`no ${target} is running`);
}

function clusterFolder() {
  try {
    return readFileSync(join(dataDir, 'postgresql.location'), 'utf8').trim();
  } catch {
    return join(dataDir, 'postgresql');
  }
}

async function governance() {
  const folder = clusterFolder();
  const port = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'sharehub', database: 'governance' },
    password: readFileSync(join(folder, 'sharehub.password'), 'utf8').trim(),
  });
  await client.connect();
  return client;
}

/** Waits until the worker has brought every record of the files into the database. */
async function shipped(client) {
  const folder = join(dataDir, 'evidence');
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const { rows } = await client.query('select writer, seq::int from evidence.chain');
    const seqs = new Map(rows.map(({ writer, seq }) => [writer, seq]));
    const behind = readdirSync(folder)
      .filter((name) => name.endsWith('.durable'))
      .filter(
        (name) => Number(readFileSync(join(folder, name), 'latin1').slice(0, 15)) > (seqs.get(name.split('.')[0]) ?? 0),
      );
    if (behind.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not shipped: ${behind.join(', ')}`);
    await pause(50);
  }
}
