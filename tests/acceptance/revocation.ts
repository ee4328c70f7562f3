import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import pg from 'pg';
import pino from 'pino';
import { stringify } from 'yaml';
import { startGateway } from '../../gateway/index.js';
import { openGovernanceFeed } from '../../gateway/permission/open-governance-feed.js';
import { readConfig } from '../../shared/config/config.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { CONTEXT_HEADER } from '../../shared/trust/signed-context.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { grant, snapshotOf } from '../permission/support/test-decider.js';

/** `npm run test:revocation [-- ROUNDS]`: revokes a grant at a random moment of a request over three providers that take
 *  2.7 seconds each. Wrong is a value that leaves, or a provider that is asked, more than a second after the commit. */
const ROUNDS = Number(process.argv[2] ?? 1_000);
const TOGETHER = 50;
const PROVIDER_MS = 2_700;
const ALLOWED_MS = 1_000;

const LINKS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
extend schema @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share", "@subject"])\n`;
const SDL = {
  police: `type Query { person: Person @share(type: UNCONDITIONAL) }
    type Person @key(fields: "id") @resource(code: "P", name: "People") { id: ID! @subject(kind: PERSON) @share(type: UNCONDITIONAL) phone: String @share(type: CONDITIONAL) }`,
  tax: 'type Person @key(fields: "id") { id: ID! income: String @share(type: CONDITIONAL) }',
  health: 'type Person @key(fields: "id") { id: ID! blood: String @share(type: CONDITIONAL) }',
};
const NAMES = Object.keys(SDL) as (keyof typeof SDL)[];

/** Latest request of each scenario that a provider received, `performance.now()`. */
const lastAsked = new Map<string, number>();
const scenarioOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { scn: string }).scn;

function serve(name: keyof typeof SDL): Server {
  const schema = buildSubgraphSchema([
    {
      typeDefs: stripShareDirectives(parse(LINKS + SDL[name])),
      resolvers: {
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, income: 'value', blood: 'value' }) },
        ...(name === 'police' && { Query: { person: () => ({ id: '1', phone: 'value' }) } }),
      },
    },
  ]);
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      lastAsked.set(scenarioOf(String(request.headers[CONTEXT_HEADER])), performance.now());
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables: object };
      void after(PROVIDER_MS)
        .then(() => graphql({ schema, source: query, variableValues: variables as Record<string, unknown> }))
        .then((result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)));
    });
  });
}

const stack = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'revocation-'));
stack.defer(() => rm(folder, { recursive: true }));
const database = await openTestServer();
stack.defer(() => database.stop());
const name = testDatabaseName('revocation');
await database.createDatabase(name);
stack.defer(() => database.dropDatabase(name));
const url = database.url(name);
const governance = new pg.Client({ connectionString: url });
await governance.connect();
stack.defer(() => governance.end());
await governance.query(
  'create table head (version int); insert into head values (1); create table granted (scenario text)',
);

const list: Record<string, unknown> = {};
for (const subgraph of NAMES) {
  const server = serve(subgraph);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  list[subgraph] = { routing_url: `http://127.0.0.1:${port}/`, schema: { sdl: LINKS + SDL[subgraph] } };
}
const config = join(folder, 'supergraph.yaml');
await writeFile(config, stringify({ subgraphs: list }));
const publishers = new Map(NAMES.map((code) => [code, [code]]));
const NO_CONSENTS: readonly never[] = [];
const coordinates = ['Person.phone', 'Person.income', 'Person.blood'];
const logger = pino({ level: 'silent' });
const feed = await openGovernanceFeed({
  url,
  leaseMs: 1_000,
  channel: 'revocation',
  versionSql: 'select version from head',
  read: async (query) => {
    const [head] = await query('select version from head');
    const rows = await query('select scenario from granted');
    const grants = rows.map(({ scenario }) =>
      grant(coordinates, { department: 'housing', scenario: String(scenario), from: 0, until: Date.now() + 3_600_000 }),
    );
    const scenarios = new Map(
      Array.from({ length: ROUNDS }, (_, i) => [
        `housing|s${i}`,
        { code: `s${i}`, department: 'housing', name: 'Audit', purpose: 'An audit' },
      ]),
    );
    return { ...snapshotOf(grants, Number(head!['version'])), scenarios, publishers, consents: NO_CONSENTS };
  },
  logger,
});
stack.defer(() => feed.close());
const gateway = await startGateway({
  config: readConfig({ PORT: '0', DATA_DIR: folder }),
  source: { config },
  logger,
  watch: false,
  governance: {
    secret: 'a secret of the loop over revocations, long enough',
    feed,
    identify: async () => ({ department: 'housing', system: 'housing-app', roles: ['consumer'] }),
  },
});
stack.defer(() => gateway.close());

let last: Promise<unknown> = Promise.resolve();
/** Commits a change, one after the other. */
const change = (sql: string) =>
  (last = last.then(() =>
    governance.query(`begin; ${sql}; update head set version = version + 1; notify revocation; commit`),
  ));

interface Round {
  readonly values: number;
  /** From the commit to the end of the answer, ms; negative when it was earlier. */
  readonly answered: number;
  /** From the commit to the last request to a provider, ms. */
  readonly asked: number;
}

async function runRound(scenario: string): Promise<Round> {
  const asking = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer housing', 'share-scenario': scenario },
    body: JSON.stringify({ query: '{ person { phone income blood } }' }),
  }).then(async (response) => ({ text: await response.text(), at: performance.now() }));
  await after(Math.random() * 2.2 * PROVIDER_MS);
  await change(`delete from granted where scenario = '${scenario}'`);
  const committed = performance.now();
  const { text, at } = await asking;
  return {
    values: text.split('"value"').length - 1,
    answered: at - committed,
    asked: lastAsked.get(scenario)! - committed,
  };
}

const rounds: Round[] = [];
for (let i = 0; i < ROUNDS; i += TOGETHER) {
  const scenarios = Array.from({ length: Math.min(TOGETHER, ROUNDS - i) }, (_, n) => `s${i + n}`);
  await change(`insert into granted values ${scenarios.map((scenario) => `('${scenario}')`).join(',')}`);
  await feed.confirm();
  rounds.push(...(await Promise.all(scenarios.map(runRound))));
}
await stack.disposeAsync();

const late = rounds.filter(({ values, answered }) => values > 0 && answered > ALLOWED_MS);
const asked = rounds.filter((round) => round.asked > ALLOWED_MS);
const withValues = rounds.filter(({ values }) => values > 0);
const most = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : Math.round(Math.max(...numbers)));
console.log(
  [
    `${rounds.length} revocations during a request over three providers of ${PROVIDER_MS} ms each`,
    `answers with values: ${withValues.length}, the last ${most(withValues.map(({ answered }) => answered))} ms after the commit`,
    `end of the answers: at most ${most(rounds.map(({ answered }) => answered))} ms after the commit`,
    `requests to providers: the last ${most(rounds.map((round) => round.asked))} ms after the commit`,
    `wrong: ${late.length} values, ${asked.length} requests`,
  ].join('\n'),
);
process.exitCode = late.length + asked.length > 0 ? 1 : 0;
