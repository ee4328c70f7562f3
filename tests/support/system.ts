import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { stringify } from 'yaml';
import { writeFile } from 'node:fs/promises';
import { registeredCallers } from '../../cli/launch/registered-callers.js';
import { openGateway, type Gateway } from '../../gateway/index.js';
import { readAccessRecords, type StoredAccess } from '../../shared/evidence/log/read-records.js';
import { readConfig, type Config } from '../../shared/config/config.js';
import { SubjectKeys, subjectKeysFile } from '../../shared/evidence/keys/subject-keys.js';
import { startOpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { readClientSecrets } from '../../shared/openid/provider-keys.js';
import { requestSystemToken } from '../../shared/openid/system-token.js';
import type { QueryLine, RunningSubgraph } from '../../shared/subgraph/index.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { SUBGRAPHS, type SubgraphName } from '../../subgraphs/index.js';
import { signPersonToken } from './person-token.js';
import { createSubgraphDatabase } from './subgraph-database.js';
import { openTestServer } from './test-database.js';
import type { GovernanceOptions } from '../../subgraphs/governance/core/index.js';

/** Parts of an answer or a row, whose shape the test that reads them knows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

/** A GraphQL answer as a client sees it. */
export interface Reply {
  readonly status: number;
  readonly data?: Record<string, Loose> | null;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: Record<string, Loose> }[];
  readonly headers: Headers;
  readonly text: string;
}
export interface AskOptions {
  /** The person who is signed in at the system; nobody where absent. */
  readonly person?: string;
  readonly scenario?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly endpoint?: string;
  readonly headers?: Record<string, string>;
}

/** Everything that `npm start` starts, in this process, on databases of its own. */
export interface System {
  readonly url: string;
  readonly config: Config;
  readonly folder: string;
  readonly gateway: Gateway;
  /** The governance database. */
  readonly governance: pg.Client;
  readonly subgraphs: ReadonlyMap<string, RunningSubgraph>;
  /** Queries that the subgraphs have received since `forget`. */
  readonly received: QueryLine[];
  forget(): void;
  /** Stops a subgraph and starts it again where it was, on the same database. */
  restart(subgraph: SubgraphName, more?: Partial<GovernanceOptions>): Promise<void>;
  /** Rows of a subgraph's database, for expectations. */
  rows(subgraph: SubgraphName, sql: string): Promise<Record<string, Loose>[]>;
  token(system: string, person?: string): Promise<string>;
  /** Asks as a registered system; anonymously with `undefined`. */
  ask(system: string | undefined, query: string, options?: AskOptions): Promise<Reply>;
  records(): Promise<StoredAccess[]>;
  stop(): Promise<void>;
}

/** @param settings  settings that differ from the defaults, as environment variables
 *  @param prepare   what is done to the data folder before anything is in it */
export async function startSystem(
  settings: Record<string, string> = {},
  residents = 120,
  prepare: (folder: string) => Promise<void> = async () => undefined,
): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), 'sharehub-test-'));
  await prepare(folder);
  const config: Config = { ...readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...settings }), PORT: 0 };
  const logger = pino({ level: config.LOG_LEVEL });
  const server = await openTestServer();
  const run = `t${randomBytes(5).toString('hex')}`;
  const database = (name: string) => `${run}_${name}`.replaceAll('-', '_');
  const secret = await openHubSecret(folder, undefined);
  const subjects = await SubjectKeys.open(subjectKeysFile(folder));
  const received: QueryLine[] = [];
  const names = Object.keys(SUBGRAPHS) as SubgraphName[];
  const subgraphs = new Map<string, RunningSubgraph>();
  const startOne = async (name: SubgraphName, more: Partial<GovernanceOptions> = {}) => {
    const { start } = await SUBGRAPHS[name]();
    return start({
      port: 0,
      databaseUrl: server.url(database(name)),
      key: subgraphKey(secret, name),
      residents,
      profile: config.SHAREHUB_PROFILE,
      timeZone: config.TIME_ZONE,
      hashesOf: (subject) => subjects.hashesOf(subject),
      correctionKeys: envelopeKeys(secret, 'correction-subjects'),
      qualityKeys: envelopeKeys(secret, 'quality-samples'),
      protectionKey: envelopeKeys(secret, 'protected-subjects').public,
      // The hub reads SDL whenever it looks at the list of subgraphs again; that is no query of a caller's.
      onQuery: (line) => void (line.fields.includes('Query._service') || received.push(line)),
      ...more,
    });
  };
  await Promise.all(
    names.map(async (name) => {
      await createSubgraphDatabase(server, database(name), name, residents);
      subgraphs.set(name, await startOne(name));
    }),
  );
  const list = join(folder, 'supergraph.yaml');
  const entries = [...subgraphs].map(([name, { url }]) => [name, { routing_url: url, schema: { subgraph_url: url } }]);
  await writeFile(list, stringify({ subgraphs: Object.fromEntries(entries) }));

  const governanceUrl = server.url(database('governance'));
  const provider = await startOpenIdProvider({ port: 0, dataDir: folder, ...(await registeredCallers(governanceUrl)) });
  const hubConfig = { ...config, GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: provider.issuer };
  const gateway = await openGateway(hubConfig, { config: list }, false, logger);
  const client = new pg.Client({ connectionString: governanceUrl });
  await client.connect();

  const tokens = new Map<string, Promise<string>>();
  const token = (system: string, person?: string) => {
    // A test may move the clock: tokens of another time are not good then.
    const key = `${system} ${person ?? ''} ${Math.floor(Date.now() / 240_000)}`;
    let promise = tokens.get(key);
    if (!promise) {
      promise = (async () => {
        if (person !== undefined)
          return signPersonToken(folder, { issuer: provider.issuer, audience: config.OIDC_AUDIENCE, system, person });
        const secrets = await readClientSecrets(folder);
        const { accessToken } = await requestSystemToken({
          issuer: provider.issuer,
          audience: config.OIDC_AUDIENCE,
          clientId: system,
          clientSecret: secrets![system]!,
        });
        return accessToken;
      })();
      tokens.set(key, promise);
    }
    return promise;
  };
  return {
    url: gateway.url,
    config: hubConfig,
    folder,
    gateway,
    governance: client,
    subgraphs,
    received,
    forget: () => void received.splice(0),
    restart: async (name, more) => {
      const running = subgraphs.get(name)!;
      await running.stop();
      subgraphs.set(name, await startOne(name, { ...more, port: Number(new URL(running.url).port) }));
    },
    token,
    rows: async (name, sql) => {
      const reader = new pg.Client({ connectionString: server.url(database(name)) });
      await reader.connect();
      try {
        return (await reader.query<Record<string, Loose>>(sql)).rows;
      } finally {
        await reader.end();
      }
    },
    ask: async (system, query, { person, scenario, variables, operationName, endpoint = '/graphql', headers } = {}) => {
      const response = await fetch(gateway.url + endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(system !== undefined && { authorization: `Bearer ${await token(system, person)}` }),
          ...(scenario !== undefined && { 'share-scenario': scenario }),
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, ...(JSON.parse(text) as object) };
    },
    records: async () => {
      const records: StoredAccess[] = [];
      for await (const record of readAccessRecords(join(folder, 'evidence'))) records.push(record);
      return records;
    },
    stop: async () => {
      await client.end();
      subjects.close();
      await gateway.close();
      await provider.stop();
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.stop()));
      for (const name of names) await server.dropDatabase(database(name));
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
