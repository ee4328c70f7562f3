import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSubgraph } from '../../../shared/subgraph/index.js';
import { compose, connectGraph } from '../../federation/support/graph.js';
import { products } from './products.js';

/** Runs the public subgraph compatibility suite against the products subgraph: its own tests, its own two other subgraphs,
 *  and ShareHub's composer and engine as the router. Ports are the suite's: 4000 to 4003. Needs the npm registry. */
const SUITE = '@apollo/federation-subgraph-compatibility-tests@1.2.1';
/** Apollo's own trace format; the hub traces by the W3C's. It is no test of federation 2. */
const NOT_SERVED = ['ftv1'];
/** Longest wait for a subgraph of the suite. */
const START_MS = 20_000;

interface Assertion {
  readonly fullName: string;
  readonly status: string;
}

const folder = await mkdtemp(join(tmpdir(), 'sharehub-suite-'));
const processes: ChildProcess[] = [];
try {
  process.exitCode = await run();
} finally {
  for (const child of processes) child.kill();
  await rm(folder, { recursive: true, force: true });
}

async function run(): Promise<number> {
  const install = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, SUITE],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (install.status !== 0) return 1;
  const suite = join(folder, 'node_modules', SUITE.slice(0, SUITE.lastIndexOf('@')));
  const neighbours = { users: 'http://127.0.0.1:4002/', inventory: 'http://127.0.0.1:4003/' };
  const subgraph = await createSubgraph({ ...products, key: 'unguarded', port: 4001 });
  const sdls: Record<string, { sdl: string; fed1: boolean }> = { products: { sdl: subgraph.sdl, fed1: true } };
  const urls = new Map([['products', { url: subgraph.url }]]);
  for (const [name, url] of Object.entries(neighbours)) {
    const home = join(suite, 'dist', 'subgraphs', name);
    processes.push(spawn(process.execPath, ['index.js'], { cwd: home, stdio: 'ignore' }));
    sdls[name] = { sdl: await readFile(join(home, `${name}.graphql`), 'utf8'), fed1: true };
    urls.set(name, { url });
    await answers(url);
  }
  const graph = await connectGraph(compose(sdls), urls, [], []);
  const router = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      void graph
        .ask(query, { ...(variables && { variables }) })
        .then(({ data, errors }) => ({ data: data as unknown, ...(errors.length > 0 && { errors }) }))
        .catch((error: unknown) => ({ errors: [{ message: String(error) }] }))
        .then((answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)));
    });
  }).listen(4000);
  const assertions = await runTests(suite, subgraph.url);
  router.close();
  router.closeAllConnections();
  await graph.close();
  await subgraph.stop();
  return report(assertions);
}

/** The suite's compiled tests under its own jest. In a process of its own, since this one is the router. */
async function runTests(suite: string, url: string): Promise<readonly Assertion[]> {
  const config = { rootDir: join(suite, 'dist'), haste: { retainAllFiles: true }, testPathIgnorePatterns: [] };
  const jest = join(folder, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, '--ci', '--json', '--config', JSON.stringify(config)], {
    env: { ...process.env, PRODUCTS_URL: url },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const { testResults } = JSON.parse(Buffer.concat(chunks).toString()) as {
    testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
  };
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + START_MS; ; await sleep(100)) {
    const asked = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    };
    const response = await fetch(url, asked).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > until) throw new Error(`Nothing answers at ${url}.`);
  }
}

function report(assertions: readonly Assertion[]): number {
  const wrong = assertions.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
  const failed = wrong.filter((name) => !NOT_SERVED.includes(name));
  for (const { fullName, status } of assertions)
    console.log(`${status === 'passed' ? 'passed' : 'FAILED'}  ${fullName}`);
  console.log(
    `${assertions.length - wrong.length} of ${assertions.length} passed; not served: ${NOT_SERVED.join(', ')}`,
  );
  return assertions.length > 0 && failed.length === 0 ? 0 : 1;
}
