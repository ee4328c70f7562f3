// `npm run bench:many-subgraphs`: 100 declared subgraphs of 20 resources each beside the demo's, with gateway, governance, subgraphs
// and the declared process in one process. Times the check of a version, from its publication until a gateway serves it, and
// 20 swaps under load with the requests that fail, the longest that the event loop of all of them is kept, and resident memory.
// `-- SUBGRAPHS SWAPS` for other numbers.
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { declaredAddress } from '../../shared/read-model/declared-address.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { startDeclared } from '../../subgraphs/declared/index.js';
import { checkVersions } from '../../subgraphs/governance/registry/index.js';
import { composerProcesses, processorOf, residentOf } from '../support/composer-processes.js';
import { LoopWatch } from '../support/loop-watch.js';
import { startSystem, type Loose } from '../support/system.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { declareNumbered, typeName } from './support/numbered-subgraph.js';

const TYPES = 20;
const [subgraphs = 100, swaps = 20] = process.argv.slice(2).map(Number);

const say = (what: string, value: string): void => void process.stdout.write(`${what.padEnd(44)} ${value}\n`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
async function time<T>(what: string, work: () => Promise<T>): Promise<T> {
  const [began, cpu, composed] = [performance.now(), process.cpuUsage(), composing()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  const here = seconds((user + system) / 1000);
  const aside = seconds(composing() - composed);
  say(what, `${seconds(performance.now() - began)} (processor ${here}, composing ${aside})`);
  return result;
}
/** Processor time of the processes that compose, the gateway’s and that of the checks, ms. */
const composing = (): number => composerProcesses().reduce((sum, pid) => sum + processorOf(pid), 0);
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const port = await freePort();
const hub = await startSystem(
  { CATALOGUE_REVIEW: 'sdl', GRANT_LEASE_MS: '20000', DECLARED_URL: `http://127.0.0.1:${port}` },
  20,
);
await hub.restart('governance', {
  registry: { origins: new Set(), readListed: async () => [...hub.subgraphs.keys()] },
});
const server = await openTestServer();
const tables = testDatabaseName('declared');
await server.createDatabase(tables);
const rows = new pg.Pool({ connectionString: server.url(tables), max: 2 });
const pool = new pg.Pool({ connectionString: hub.config.GOVERNANCE_DATABASE_URL, max: 4 });

/** Puts declarations in force at once, without anybody's check. */
let number = 0;
async function bringIntoForce(declarations: readonly string[]): Promise<void> {
  const versions = declarations.map((text) => {
    const { declaration, problems } = parseDeclaration(text);
    if (!declaration) throw new Error(JSON.stringify(problems));
    const { subgraph } = declaration;
    number++;
    const url = declaredAddress(subgraph, text);
    return {
      id: `V-9${String(number).padStart(5, '0')}`,
      subgraph,
      number: 1000 + number,
      url,
      text,
      sdl: buildDeclaredGraph(declaration).built.sdl,
    };
  });
  await pool.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as v(id text, subgraph text, number int, url text, text text, sdl text))
     insert into subgraph_version (id, subgraph, number, kind, department, url, sdl, declaration, note, state, submitted_at, submitted_by)
     select id, subgraph, number, 'SUBMISSION', 'civil-affairs', url, sdl, text, 'x', 'PENDING', now(), 'chen.jing' from given`,
    [JSON.stringify(versions)],
  );
  const client = await pool.connect();
  const ids = versions.map(({ id }) => id);
  await client.query('begin');
  await client.query(
    `update subgraph_version set state = 'SUPERSEDED' where state = 'PUBLISHED' and subgraph = any($1::text[])`,
    [versions.map(({ subgraph }) => subgraph)],
  );
  await client.query(
    `update subgraph_version set state = 'PUBLISHED', published_at = now(), published_by = 'civil-affairs.head' where id = any($1::text[])`,
    [ids],
  );
  await client.query('commit');
  client.release();
}

const ask = (query: string) => hub.ask('tax-app', query);
const one = (type: string, item: string) => `{ one${type}(number: "1") { ${item} } }`;
/** Requests that failed, by code. */
const failures = new Map<string, number>();
const fail = (code: string) => void failures.set(code, (failures.get(code) ?? 0) + 1);
async function untilServed(query: string): Promise<void> {
  for (;;) {
    const { errors } = await ask(query);
    if (!errors) return;
    const code = String(errors[0]?.extensions['code']);
    if (code !== 'GRAPHQL_VALIDATION_FAILED') fail(code);
    await setImmediate();
  }
}
const act = async (person: string, text: string, variables: Record<string, unknown> = {}): Promise<Loose> => {
  const { data, errors } = await hub.ask('civil-affairs-app', text, { person, variables });
  const result = data && Object.values(data)[0];
  if (errors || result.refusal) throw new Error(JSON.stringify(errors ?? result.refusal));
  return result.version;
};

await pool.query(
  `insert into subgraph_publisher (id, subgraph, department, given_at)
   select 'P-9' || lpad(n::text, 5, '0'), 'numbered-' || n, 'civil-affairs', now() from generate_series(0, $1::int - 1) as n`,
  [subgraphs],
);
const all = Array.from({ length: subgraphs }, (_, at) => declareNumbered(at, TYPES));
await time('schemas built of all declarations', () => bringIntoForce(all));
const declared = await time('declared process started, its tables made', async () =>
  startDeclared({
    port,
    secret: await openHubSecret(hub.folder, undefined),
    databaseUrl: server.url(tables),
    governanceUrl: hub.config.GOVERNANCE_DATABASE_URL!,
    logger: pino({ level: 'silent' }),
  }),
);
await time('until the gateway serves all', () => untilServed(one(typeName(subgraphs - 1, 0), 'name')));
say('subgraphs, declared resources, held', `${subgraphs}, ${subgraphs * TYPES}, ${declared.held().length}`);

const changed = await act(
  'chen.jing',
  `mutation ($declaration: String!) {
    submitDeclaration(subgraph: "numbered-0", declaration: $declaration, note: "新增") { version { id } refusal { code details } } }`,
  { declaration: declareNumbered(0, TYPES, 'added') },
);
const check = await versionChecker({ ...hub.config, SUPERGRAPH_CONFIG: `${hub.folder}/supergraph.yaml` }, new Map());
await time('check of a version', async () => {
  while (await checkVersions({ pool, tables: rows, store: new RecordStore('Asia/Shanghai'), now: Date.now(), check }));
});
/** Waits until the composing process is at nothing: the graph of the version is ready then. */
async function untilIdle(): Promise<void> {
  const processor = () => composerProcesses().reduce((sum, pid) => sum + processorOf(pid), 0);
  for (let [before, quiet] = [processor(), 0]; quiet < 4;) {
    await setTimeout(250);
    const now = processor();
    quiet = now - before < 20 ? quiet + 1 : 0;
    before = now;
  }
}
await time('until its graph is made', untilIdle);
await time('publication to served', async () => {
  await time('  of that, the answer to publishVersion', () =>
    act('civil-affairs.head', `mutation { publishVersion(id: "${changed.id}") { version { id } refusal { code } } }`),
  );
  await untilServed(one(typeName(0, 0), 'added'));
});

let isOver = false;
const answers = { all: 0, slowest: 0 };
const load = async (): Promise<void> => {
  for (let turn = 0; !isOver; turn++) {
    const began = performance.now();
    const { errors } = await ask(one(typeName(turn % subgraphs, turn % TYPES), 'name kind'));
    answers.all++;
    if (errors) fail(String(errors[0]?.extensions['code']));
    answers.slowest = Math.max(answers.slowest, performance.now() - began);
  }
};
const loads = [load(), load(), load(), load()];
const took: number[] = [];
const watch = new LoopWatch();
for (let swap = 0; swap < swaps; swap++) {
  const at = swap % subgraphs;
  await bringIntoForce([declareNumbered(at, TYPES, `swap${swap}`)]);
  const began = performance.now();
  await untilServed(one(typeName(at, 0), `swap${swap}`));
  took.push(performance.now() - began);
}
const step = watch.stop();
isOver = true;
await Promise.all(loads);
const sorted = took.toSorted((a, b) => a - b);
say(`${swaps} swaps under load, each`, `median ${seconds(sorted[swaps >> 1]!)}, longest ${seconds(sorted.at(-1)!)}`);
say('requests meanwhile, slowest', `${answers.all}, ${seconds(answers.slowest)}`);
say('longest step of the event loop, processor', `${step.toFixed(0)} ms`);
say('resident memory, all of these', `${residentOf('self').toFixed(0)} MiB`);
say(
  'resident memory, composing process',
  composerProcesses()
    .map((pid) => `${residentOf(pid).toFixed(0)} MiB`)
    .join(', '),
);
say('requests that failed, by code', JSON.stringify(Object.fromEntries(failures)));

await declared.stop();
await Promise.all([rows.end(), pool.end()]);
await server.dropDatabase(tables);
await server.stop();
await hub.stop();
if (failures.size > 0) process.exitCode = 1;
