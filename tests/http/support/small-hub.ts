import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { Arg, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { stringify } from 'yaml';
import { startGateway } from '../../../gateway/index.js';
import type { SwapResult } from '../../../gateway/supergraph/graph-holder.js';
import type { Tracing } from '../../../gateway/tracing/trace.js';
import { readConfig } from '../../../shared/config/config.js';
import { evidenceFolder } from '../../../shared/evidence/log/evidence-folder.js';
import { readAccessRecords, type StoredAccess } from '../../../shared/evidence/log/read-records.js';
import { HubError, type Caller } from '../../../shared/kernel/index.js';
import type { GovernanceSnapshot, SystemEntry } from '../../../shared/read-model/read-model.js';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { Key } from '../../../shared/share/decorators-federation.js';
import type { ReleasePolicy } from '../../../shared/share/releases/release.js';
import { allow } from '../../../shared/share/shield.js';
import { createSubgraph } from '../../../shared/subgraph/create-subgraph.js';
import { subgraphKey } from '../../../shared/trust/signed-context.js';

const SECRET = 'a secret of the small hub, which is long enough';

@Resource({
  code: '101001/000009',
  name: 'Stations',
  provider: 'police',
  library: 'POPULATION',
  category: '基础类',
  updateCycle: 'YEARLY',
})
@Share('UNCONDITIONAL')
@Key('number')
@ObjectType()
class Station {
  @Field()
  number!: string;

  @Share('CONDITIONAL', { condition: '履行职责需要' })
  @Field(() => String, { nullable: true })
  telephone?: string;

  @Field(() => String, { nullable: true })
  broken?: string;
}

@Resolver(() => Station)
class StationResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Station, { nullable: true })
  station(@Arg('number', () => String) number: string): Station {
    const station = { number, telephone: '57112345678' };
    return Object.defineProperty(station, 'broken', {
      get: () => {
        throw new Error('the disk of 10.0.0.7 is gone');
      },
    });
  }
}

export type Line = Readonly<Record<string, unknown>>;

export interface SmallHub {
  readonly url: string;
  /** What the gateway's and the provider's logs say, as it is written. */
  readonly log: Line[];
  readonly providerLog: Line[];
  /** The registered systems; there are none at first. */
  readonly systems: Map<string, SystemEntry>;
  /** What the provider has received: department and request id are of the signed context. */
  readonly records: () => Promise<StoredAccess[]>;
  readonly post: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
  readonly metrics: (headers?: Record<string, string>) => Promise<Response>;
  /** Reads the graph and what governance says of its publishers again. */
  reload(): Promise<SwapResult>;
  stop(): Promise<void>;
}

const POLICY: ReleasePolicy = { publishers: new Map([['police', ['police']]]), consents: [] };

const caller = (department: string): Caller => ({ department, system: `${department}-app`, roles: ['consumer'] });

/** A whole gateway over one provider made with the kit, with governance given from memory. `Bearer housing` is the
 *  housing department, which is registered; `Bearer ghost` one that the register has lost. */
export async function startSmallHub(
  settings: Record<string, string> = {},
  tracing?: Tracing,
  level: 'info' | 'warn' = 'info',
  releasePolicy: () => ReleasePolicy = () => POLICY,
): Promise<SmallHub> {
  const folder = await mkdtemp(join(tmpdir(), 'small-hub-'));
  const [log, providerLog]: [Line[], Line[]] = [[], []];
  const provider = await createSubgraph({
    name: 'police',
    resolvers: [StationResolver],
    types: [Station],
    permissions: { Query: { station: allow } },
    key: subgraphKey(SECRET, 'police'),
    port: 0,
    logger: pino({ level: 'debug' }, linesInto(providerLog)),
  });
  const list = join(folder, 'supergraph.yaml');
  const { url } = provider;
  await writeFile(list, stringify({ subgraphs: { police: { routing_url: url, schema: { subgraph_url: url } } } }));
  const departments = [
    ['housing', { code: 'housing', name: 'Housing', suspended: false, roles: ['consumer'] }],
  ] as const;
  const scenarios = [
    ['housing|duty', { code: 'duty', department: 'housing', name: 'Duty', purpose: 'A duty' }],
  ] as const;
  const register = {
    version: 1,
    departments: new Map(departments),
    systems: new Map<string, SystemEntry>(),
    officers: new Map(),
    scenarios: new Map(scenarios),
    grants: new Map(),
  };
  let snapshot: GovernanceSnapshot = { ...register, ...releasePolicy() };
  const newest = () => {
    const { publishers, consents } = releasePolicy();
    if (snapshot.publishers !== publishers || snapshot.consents !== consents)
      snapshot = { ...register, publishers, consents };
    return snapshot;
  };
  const gateway = await startGateway({
    config: readConfig({ PORT: '0', DATA_DIR: folder, ...settings }),
    source: { config: list },
    logger: pino({ level }, linesInto(log)),
    watch: false,
    tracing,
    governance: {
      secret: SECRET,
      feed: {
        fresh: newest,
        current: async () => newest(),
        subscribe: () => () => undefined,
        close: async () => undefined,
      },
      identify: async ({ authorization }) => {
        if (authorization === undefined) return undefined;
        const [, department] = /^Bearer (housing|ghost)$/.exec(authorization) ?? [];
        if (department === undefined) throw new HubError('TOKEN_INVALID', 'The access token is not one of this hub.');
        return caller(department);
      },
    },
  }).catch(async (error: unknown) => {
    await provider.stop();
    await rm(folder, { recursive: true });
    throw error;
  });
  return {
    url: gateway.url,
    log,
    providerLog,
    systems: register.systems,
    records: async () => {
      const records: StoredAccess[] = [];
      for await (const record of readAccessRecords(evidenceFolder(folder))) records.push(record);
      return records;
    },
    post: (body, headers = {}) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer housing', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    metrics: (headers = {}) => fetch(`${gateway.url}/metrics`, { headers }),
    reload: () => gateway.reload(),
    stop: async () => {
      await gateway.close();
      await provider.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const linesInto = (lines: Line[]): Writable =>
  new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
