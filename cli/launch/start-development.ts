import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from 'chokidar';
import pino from 'pino';
import type { Config } from '../../shared/config/config.js';
import { DECLARED_PROCESS } from '../../shared/config/declared-process.js';
import { openDatabaseServer } from '../../shared/database/index.js';
import { projectRoot } from '../../shared/share/directive-definitions.js';
import * as hosted from '../../subgraphs/declared/index.js';
import { fillLibraries } from '../../subgraphs/libraries/index.js';
import type { StopSignals } from '../run-until-stopped.js';
import { openTables } from './start-declared.js';
import { startEmbeddedProvider } from './start-embedded-provider.js';
import type { StartedSubgraph } from './start-subgraphs.js';
import { StartedParts } from './started-parts.js';
import { receiveReady, SupervisedProcess } from './supervised-process.js';
import { superviseGateway } from './supervise-gateway.js';

type ProcessName = 'gateway' | 'subgraphs' | 'declared' | 'worker';

const INSPECT_PORTS: Readonly<Record<ProcessName, number>> = {
  gateway: 9230,
  subgraphs: 9231,
  worker: 9232,
  declared: 9233,
};
const PROCESSES = Object.keys(INSPECT_PORTS) as ProcessName[];

/** Processes that run the code of a top folder. The worker calls doors of governance, so it is restarted with it. */
const USERS: Readonly<Record<string, readonly ProcessName[]>> = {
  gateway: ['gateway'],
  worker: ['worker'],
  subgraphs: ['subgraphs'],
  [`subgraphs${sep}governance`]: ['subgraphs', 'worker'],
  [`subgraphs${sep}declared`]: ['declared'],
  shared: PROCESSES,
};

/** Time without a further change after which processes are restarted, milliseconds. */
const SETTLE_MS = 300;

/** Starts everything with each process on its own, compiles sources as they change, and restarts the processes that run
 *  the changed code. PostgreSQL and the OpenID provider run in this process and stay.
 *  @param inspect  lets debuggers attach to the processes
 *  @returns        stops everything */
export async function startDevelopment(
  config: Config,
  inspect: boolean,
  signals: StopSignals,
): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'dev' } }, pino.destination(2));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const inspectPort = (name: ProcessName) => (inspect ? INSPECT_PORTS[name] : undefined);
  const { stopping, hurrying } = signals;
  const started = new StartedParts(logger, signals);
  try {
    const server = await openDatabaseServer({
      dataDir: config.DATA_DIR,
      databaseUrl: config.DATABASE_URL,
      signal: stopping,
    });
    await started.addDatabase(server);

    const subgraphs = new SupervisedProcess(['subgraphs'], { inspectPort: inspectPort('subgraphs'), hurrying });
    await started.addProcess(subgraphs);
    const running = await receiveReady<StartedSubgraph[]>(subgraphs.current);
    subgraphs.supervise(sayRestart('subgraphs'));
    say(`subgraphs  ${running.map(({ name }) => name).join(', ')}`);

    const governanceUrl = server.url('governance');
    const tablesUrl = await openTables(config, server);
    if (config.DEMO_LIBRARIES) await fillLibraries(hosted, tablesUrl, governanceUrl, config.RESIDENTS);
    const declared = new SupervisedProcess(['declared'], { inspectPort: inspectPort('declared'), hurrying });
    await started.addProcess(declared);
    const addresses = {
      ...Object.fromEntries(running.map(({ name, url }) => [name, url])),
      [DECLARED_PROCESS]: await receiveReady<string>(declared.current),
    };
    declared.supervise(sayRestart('declared'));
    const issuer = config.OIDC_ISSUER ?? (await startEmbeddedProvider(config, governanceUrl, logger, started));
    const gateway = superviseGateway(config.PORT, { inspectPort: inspectPort('gateway'), hurrying });
    await started.addProcess(gateway);
    const url = await gateway.serve({
      config: config.SUPERGRAPH_CONFIG,
      addresses,
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: issuer },
      onRestart: sayRestart('gateway'),
    });
    const worker = new SupervisedProcess(['worker', '--addresses', JSON.stringify(addresses)], {
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, DECLARED_DATABASE_URL: tablesUrl },
      inspectPort: inspectPort('worker'),
      hurrying,
    });
    await started.addProcess(worker);
    worker.supervise(sayRestart('worker'));

    const processes = { gateway, subgraphs, declared, worker };
    await watchBuild((names) => names.forEach((name) => processes[name].restart('its code changed')), say, started);
    await startCompiler(started);
    say(`ready ${url}`);
    return () => started.stop();
  } catch (error) {
    await started.stop();
    throw error;
  }

  function sayRestart(name: ProcessName): (why: string) => void {
    return (why) => say(`restart    ${name}: ${why}`);
  }
}

/** Watches the compiled code, and collects changes until they settle. */
async function watchBuild(
  restart: (names: readonly ProcessName[]) => void,
  say: (line: string) => void,
  started: StartedParts,
): Promise<void> {
  const dist = fileURLToPath(new URL('../../', import.meta.url));
  const changed = new Set<ProcessName>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dist, {
    ignoreInitial: true,
    ignored: (path, stats) => !!stats?.isFile() && !path.endsWith('.js'),
  });
  watcher.on('all', (_, path) => {
    const parts = path.slice(dist.length).split(sep);
    if (parts[0] === 'cli') return say('Code of cli/ changed: start `npm run dev` again to use it.');
    const users = USERS[parts.slice(0, 2).join(sep)] ?? USERS[parts[0]!] ?? [];
    for (const name of users) changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      restart([...changed]);
      changed.clear();
    }, SETTLE_MS);
  });
  await started.add('watch', async () => {
    clearTimeout(timer);
    await watcher.close();
  });
}

/** Compiles sources as they change, and checks their types beside that. What both say goes to this process's output. */
async function startCompiler(started: StartedParts): Promise<void> {
  const run = async (name: string, ...args: string[]) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot(), stdio: 'inherit' });
    await started.add(name, () => void child.kill());
  };
  await run('compiler', join('cli', 'compile.mjs'), '--watch');
  const checker = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await run('type checker', checker, '--watch', '--preserveWatchOutput');
}
