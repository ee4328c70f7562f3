import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLFieldResolver } from 'graphql';
import pino from 'pino';
import { stringify } from 'yaml';
import { startGateway } from '../../../gateway/index.js';
import type { SwapResult } from '../../../gateway/supergraph/graph-holder.js';
import type { AnswerError } from '../../../gateway/request/answer.js';
import { readConfig } from '../../../shared/config/config.js';
import { evidenceFolder } from '../../../shared/evidence/log/evidence-folder.js';
import { readAccessRecords, type StoredAccess } from '../../../shared/evidence/log/read-records.js';
import { HubError, type Grant } from '../../../shared/kernel/index.js';
import { scenarioKey, type GovernanceFeed, type GovernanceSnapshot } from '../../../shared/read-model/read-model.js';
import type { Consent } from '../../../shared/share/releases/release.js';
import { stripShareDirectives } from '../../../shared/share/strip.js';
import { listen } from '../../federation/support/graph.js';
import type { GuessLedger } from '../../../gateway/permission/guess-ledger.js';
import { MemoryQuota } from '../../support/memory-quota.js';
import { grant } from '../../permission/support/test-decider.js';

export const PLAIN_LINKS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@override"])
extend schema @link(url: "https://sharehub.dev/share/v1.1", import: ["@resource", "@share", "@basic", "@filters", "@compares", "@scope", "@subject", "@mask", "@verifiable", "@derivable", "@copyOf"])
`;

/** Secret of the hub, from which the keys of its subgraphs are derived. */
export const PLAIN_SECRET = 'a secret of the plain hub, which is long enough';

/** SDL with the usual links before it, unless it has links of its own. */
const linkedSdl = ({ sdl }: { readonly sdl: string }): string => (sdl.includes('@link') ? sdl : PLAIN_LINKS + sdl);

/** A department's subgraph without the kit: it answers whatever it is asked, and reads no context unless it is given `admit`. */
export interface PlainProvider {
  readonly sdl: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- resolvers of tests are written loosely
  readonly resolvers: Record<string, any>;
  /** Answers instead of the resolvers, by hand, where it gives something. */
  readonly answer?: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) => object | Promise<object> | undefined;
  /** Gives each field without a resolver. */
  readonly fieldResolver?: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown>;
  /** Refuses a request (401) where it gives false, by the signed context and the body as it came. */
  readonly admit?: (context: string | undefined, body: Buffer) => boolean;
  /** Waited for before each answer. */
  readonly gate?: (query: string) => Promise<void> | undefined;
}

/** One request that a provider received. */
export interface Received {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** `performance.now()` */
  readonly at: number;
}

export interface Told {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- compared as a whole
  readonly data: any;
  readonly errors: readonly AnswerError[];
  readonly text: string;
}

/** Governance in memory: what is in force, and a way to change it. */
export class MemoryFeed implements GovernanceFeed {
  private readonly listeners = new Set<() => void>();
  private snapshot: GovernanceSnapshot;
  /** Set while the snapshot may not be relied on. */
  private stale = false;
  /** Governance that counts instead of this one. */
  private followed: GovernanceFeed | undefined;

  constructor(grants: readonly Grant[], more: Partial<GovernanceSnapshot> = {}) {
    this.snapshot = { ...snapshotOf(1, grants), ...more };
  }

  fresh = () => (this.followed ? this.followed.fresh() : this.stale ? undefined : this.snapshot);
  current = async () => {
    if (this.followed) return this.followed.current();
    if (this.stale) throw new HubError('GRANTS_STALE', 'The hub cannot confirm the grants in force.');
    return this.snapshot;
  };
  close = async () => undefined;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Puts other grants, or more of a snapshot, in force. */
  commit(grants: readonly Grant[], more: Partial<GovernanceSnapshot> = {}): void {
    this.commitUnheard(grants, more);
    for (const listener of this.listeners) listener();
  }

  /** The same, where nobody is told. */
  commitUnheard(grants: readonly Grant[], more: Partial<GovernanceSnapshot> = {}): void {
    this.followed = undefined;
    this.snapshot = { ...snapshotOf(this.snapshot.version + 1, grants), ...more };
  }

  /** Lets another governance count from now on, until something is committed here. Nobody is told. */
  follow(feed: GovernanceFeed): void {
    this.followed = feed;
  }

  /** Lets the lease run out, as when the database is away. */
  expire(): void {
    this.stale = true;
  }

  renew(): void {
    this.stale = false;
  }

  /** The gateway and the requests that listen to it. */
  get listening(): number {
    return this.listeners.size;
  }
}

const DEPARTMENTS = ['police', 'tax', 'housing', 'health'];
/** Each department has a subgraph of its name; the tax bureau may have a second. */
const PUBLISHERS = new Map([...DEPARTMENTS.map((code): [string, string[]] => [code, [code]]), ['tax-2', ['tax']]]);
const NO_CONSENTS: readonly Consent[] = [];

function snapshotOf(version: number, grants: readonly Grant[]): GovernanceSnapshot {
  const byScenario = new Map<string, Grant[]>();
  for (const one of grants) {
    const key = scenarioKey(one.department, one.scenario);
    byScenario.set(key, [...(byScenario.get(key) ?? []), one]);
  }
  return {
    version,
    departments: new Map(
      DEPARTMENTS.map((code) => [code, { code, name: code, suspended: false, roles: ['consumer'] as const }]),
    ),
    systems: new Map(),
    officers: new Map(),
    scenarios: new Map(
      DEPARTMENTS.map((department) => [
        scenarioKey(department, 'audit'),
        { code: 'audit', department, name: 'Audit', purpose: 'An audit' },
      ]),
    ),
    grants: byScenario,
    publishers: PUBLISHERS,
    consents: NO_CONSENTS,
  };
}

/** A grant to the tax bureau that is live now. */
export const liveGrant = (coordinates: readonly string[], more: Partial<Grant> = {}): Grant =>
  grant(coordinates, { from: Date.now() - 60_000, until: Date.now() + 3_600_000, ...more });

export interface PlainHub {
  readonly quota: MemoryQuota;
  readonly feed: MemoryFeed;
  readonly received: Received[];
  /** Reads the graph and governance again. */
  reload(): Promise<SwapResult>;
  /** Replaces every subgraph, and reads the graph again. */
  replace(providers: Readonly<Record<string, PlainProvider>>): Promise<SwapResult>;
  /** Asks as the tax bureau under its scenario, or as another department. */
  ask(query: string, variables?: object, department?: string): Promise<Told>;
  explain(query: string): Promise<{ readonly items: readonly Record<string, unknown>[] }>;
  records(): Promise<StoredAccess[]>;
  stop(): Promise<void>;
}

/** Guesses without limits. */
const UNCOUNTED: GuessLedger = {
  begin: async () => ({ refused: new Map(), run: undefined }),
  settle: async () => undefined,
};

/** A whole gateway over plain providers. */
export async function startPlainHub(
  providers: Readonly<Record<string, PlainProvider>>,
  grants: readonly Grant[],
  settings: Readonly<Record<string, string>> = {},
  more: Partial<GovernanceSnapshot> = {},
  guesses: GuessLedger = UNCOUNTED,
): Promise<PlainHub> {
  const folder = await mkdtemp(join(tmpdir(), 'plain-hub-'));
  const received: Received[] = [];
  const servers: Server[] = [];
  const config = join(folder, 'supergraph.yaml');
  const serve = async (all: Readonly<Record<string, PlainProvider>>) => {
    const list: Record<string, unknown> = {};
    for (const [name, provider] of Object.entries(all)) {
      const server = servePlain(name, provider, received);
      servers.push(server);
      list[name] = { routing_url: await listen(server), schema: { sdl: linkedSdl(provider) } };
    }
    await writeFile(config, stringify({ subgraphs: list }));
  };
  await serve(providers);
  const feed = new MemoryFeed(grants, more);
  const quota = new MemoryQuota();
  const gateway = await startGateway({
    config: readConfig({ PORT: '0', DATA_DIR: folder, ...settings }),
    source: { config },
    logger: pino({ level: 'silent' }),
    watch: false,
    governance: {
      secret: PLAIN_SECRET,
      feed,
      quota,
      guesses,
      identify: async ({ authorization }) => {
        const department = authorization?.replace('Bearer ', '') ?? '';
        return { department, system: `${department}-app`, roles: ['consumer'] };
      },
    },
  });
  const post = async (path: string, query: string, variables: object | undefined, department: string) => {
    const response = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${department}`,
        'share-scenario': 'audit',
      },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  };
  return {
    quota,
    feed,
    received,
    reload: () => gateway.reload(),
    async replace(all) {
      await serve(all);
      return gateway.reload();
    },
    ask: async (query, variables, department = 'tax') => {
      const text = await post('/graphql', query, variables, department);
      const { data, errors = [] } = JSON.parse(text) as Told;
      return { data, errors, text };
    },
    explain: async (query) =>
      (JSON.parse(await post('/explain', query, undefined, 'tax')) as { data: { items: [] } }).data,
    records: async () => {
      const records: StoredAccess[] = [];
      for await (const record of readAccessRecords(evidenceFolder(folder))) records.push(record);
      return records;
    },
    stop: async () => {
      await gateway.close();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** Serves a provider, and notes what it is asked. */
export function servePlain(
  name: string,
  { sdl, resolvers, answer, admit, gate, fieldResolver }: PlainProvider,
  received: Received[],
): Server {
  const typeDefs = stripShareDirectives(parse(linkedSdl({ sdl })));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (admit && !admit(request.headers['share-context'] as string | undefined, body)) {
        response.statusCode = 401;
        response.end('{"errors":[{"message":"refused"}]}');
        return;
      }
      const { query, variables = {}, extensions } = JSON.parse(body.toString()) as Received;
      received.push({ subgraph: name, query, variables, at: performance.now(), ...(extensions && { extensions }) });
      const answering = async () => {
        await gate?.(query);
        return (
          answer?.(query, variables) ?? graphql({ schema, source: query, variableValues: variables, fieldResolver })
        );
      };
      void answering().then((result) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(result));
      });
    });
  });
}
