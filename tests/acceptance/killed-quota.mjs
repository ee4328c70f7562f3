// Two gateways, one quota of 100, and kill -9 of each in turn while both give values under it. What must hold: the quota
// counts exactly 100 uses, no more than 100 values are received, and those that were taken and not received are no more
// than the requests that were under way at a kill.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const PORT = 4730;
const SECOND = 4750;
const QUOTA = 100;
const GRANT = 'D-0007';
const CALLERS = 3;
/** Values received before each kill. */
const KILLS = [20, 40, 60, 80];
const PATIENCE = 60_000;

const run = promisify(execFile);
const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-quota-'));
const env = { ...process.env, DATA_DIR: dataDir, PORT: String(PORT), RESIDENTS: '20', LOG_LEVEL: 'fatal' };
const hub = spawn(process.execPath, ['dist/cli/index.js', 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => hub.once('exit', resolve));
let second;
try {
  await ready(hub);
  const { stdout } = await run(process.execPath, ['cli/sharehub.js', 'token', '--as', 'human-resources-app'], { env });
  const governance = await connect();
  await governance.query('update share_grant set quota_per_day = $1 where id = $2', [QUOTA, GRANT]);
  second = await startSecond();
  const { received, lost } = await askUntilUsedUp(stdout.trim());
  const { rows } = await governance.query('select used from quota_use where grant_id = $1', [GRANT]);
  await governance.end();
  console.log(
    `${rows[0].used} uses of ${QUOTA}; ${received} values received; ${lost} requests under way at ${KILLS.length} kills`,
  );
  assert.equal(rows[0].used, QUOTA, 'the quota is used up, and not over-used');
  assert.ok(received <= QUOTA, 'no more values than the quota');
  assert.ok(received >= QUOTA - lost, 'nothing is lost but what was under way at a kill');
} finally {
  second?.kill('SIGKILL');
  hub.kill('SIGINT');
  await ended;
  await rm(dataDir, { recursive: true, force: true });
}

/** Asks both gateways until neither gives anything, and kills one of them after each so many values. */
async function askUntilUsedUp(token) {
  let received = 0;
  let lost = 0;
  const kills = [...KILLS];
  const caller = async (port) => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const told = await ask(port, token).catch(() => 'LOST');
      if (told === 'QUOTA_EXCEEDED') return;
      if (told === 'LOST') lost++;
      if (told === 'GIVEN' && ++received >= (kills[0] ?? Infinity)) {
        kills.shift();
        await kill(kills.length % 2 === 0 ? 'first' : 'second');
      }
      if (told !== 'GIVEN') await pause(50);
      assert.ok(Date.now() < deadline, `port ${port} says ${told}`);
    }
  };
  await Promise.all([PORT, SECOND].flatMap((port) => Array.from({ length: CALLERS }, () => caller(port))));
  assert.equal(kills.length, 0, 'every kill was made');
  return { received, lost };
}

/** @returns 'GIVEN', the code of a refusal, 'AWAY' while nobody listens; rejects when the connection breaks */
async function ask(port, token) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'share-scenario': 'pension-check',
    },
    body: JSON.stringify({ query: '{ residents(first: 1) { nodes { phone } } }' }),
  }).catch((error) => {
    if (error.cause?.code === 'ECONNREFUSED') return undefined;
    throw error;
  });
  if (!response) return 'AWAY';
  const { data, errors } = await response.json();
  return data?.residents?.nodes[0]?.phone ? 'GIVEN' : (errors?.[0]?.extensions.code ?? 'NOTHING');
}

async function kill(which) {
  if (which === 'first') return process.kill(gatewayOfHub(), 'SIGKILL');
  second.kill('SIGKILL');
  second = await startSecond();
}

/** A second gateway over the same governance, subgraphs, secret and evidence. */
async function startSecond() {
  const names = ['geography', 'population', 'legal-entity', 'licence', 'social-security', 'governance'];
  const list = join(dataDir, 'second.yaml');
  const urls = names.map((name, i) => [name, `http://127.0.0.1:${PORT + 1 + i}/graphql`]);
  await writeFile(
    list,
    JSON.stringify({
      subgraphs: Object.fromEntries(
        urls.map(([name, url]) => [name, { routing_url: url, schema: { subgraph_url: url } }]),
      ),
    }),
  );
  const args = ['dist/cli/index.js', 'gateway', '--config', list, '--port', String(SECOND)];
  const gateway = spawn(process.execPath, args, {
    env: { ...env, OIDC_ISSUER: `http://127.0.0.1:${PORT + 9}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(gateway);
  return gateway;
}

async function ready(child) {
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready ')) return;
  throw new Error('a process ended before it was ready');
}

function gatewayOfHub() {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent] = /\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (Number(parent) === hub.pid && words.includes('gateway')) return Number(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error('no gateway of the hub is running');
}

async function connect() {
  let folder = join(dataDir, 'postgresql');
  try {
    folder = readFileSync(join(dataDir, 'postgresql.location'), 'utf8').trim();
  } catch {
    // It is where it is by default.
  }
  const client = new pg.Client({
    host: '127.0.0.1',
    port: readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3],
    user: 'sharehub',
    database: 'governance',
    password: readFileSync(join(folder, 'sharehub.password'), 'utf8').trim(),
  });
  await client.connect();
  return client;
}
