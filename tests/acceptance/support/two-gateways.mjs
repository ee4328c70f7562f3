// A hub of `npm start` with a second gateway over the same governance, subgraphs, secret and evidence; each gateway can be
// killed with SIGKILL and comes back.
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';

const SUBGRAPHS = ['geography', 'population', 'legal-entity', 'licence', 'social-security', 'governance'];
const run = promisify(execFile);

/** @param ports  of the hub, with nine after it, and of the second gateway
 *  @param settings  as environment variables
 *  @param work  called with the hub; everything is stopped and removed after it */
export async function withTwoGateways(ports, settings, work) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-killed-'));
  const env = {
    ...process.env,
    ...{ DATA_DIR: dataDir, PORT: String(ports.hub), RESIDENTS: '20', LOG_LEVEL: 'fatal', DEMO_LIBRARIES: 'false' },
    ...settings,
  };
  const hub = spawn(process.execPath, ['dist/cli/index.js', 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => hub.once('exit', resolve));
  let second;
  const startSecond = async () => {
    second = await startGateway(ports, dataDir, env);
  };
  try {
    await ready(hub);
    await work({
      startSecond,
      kill: async (which) => {
        if (which === 'first') return process.kill(gatewayOf(hub), 'SIGKILL');
        second.kill('SIGKILL');
        await startSecond();
      },
      token: async (system) =>
        (await run(process.execPath, ['cli/sharehub.js', 'token', '--as', system], { env })).stdout.trim(),
      connect: (database = 'governance') => connect(dataDir, database),
    });
  } finally {
    second?.kill('SIGKILL');
    hub.kill('SIGINT');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @returns the reply's JSON; undefined while nobody listens; rejects when the connection breaks */
export async function ask(port, token, scenario, query, variables) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'share-scenario': scenario },
    body: JSON.stringify({ query, variables }),
  }).catch((error) => {
    if (error.cause?.code === 'ECONNREFUSED') return undefined;
    throw error;
  });
  return response?.json();
}

async function startGateway(ports, dataDir, env) {
  const list = join(dataDir, 'second.yaml');
  const urls = SUBGRAPHS.map((name, i) => [name, `http://127.0.0.1:${ports.hub + 1 + i}/graphql`]);
  await writeFile(
    list,
    JSON.stringify({
      subgraphs: Object.fromEntries(
        urls.map(([name, url]) => [name, { routing_url: url, schema: { subgraph_url: url } }]),
      ),
    }),
  );
  const args = ['dist/cli/index.js', 'gateway', '--config', list, '--port', String(ports.second)];
  const gateway = spawn(process.execPath, args, {
    env: { ...env, OIDC_ISSUER: `http://127.0.0.1:${ports.hub + 9}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(gateway);
  return gateway;
}

async function ready(child) {
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready ')) return;
  throw new Error('a process ended before it was ready');
}

function gatewayOf(hub) {
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

async function connect(dataDir, database) {
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
    database,
    password: readFileSync(join(folder, 'sharehub.password'), 'utf8').trim(),
  });
  // The database ends with the hub, also where a check has failed.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
