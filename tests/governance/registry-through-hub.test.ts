import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Arg, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { Resource, Share } from '../../shared/share/decorators.js';
import { Key } from '../../shared/share/decorators-federation.js';
import { allow } from '../../shared/share/shield.js';
import { createSubgraph } from '../../shared/subgraph/create-subgraph.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { checkVersions } from '../../subgraphs/governance/registry/index.js';
import { buildSubgraph } from '../../shared/subgraph/build-schema.js';
import pg from 'pg';
import { startSystem, type Loose, type System } from '../support/system.js';
import { waitUntil } from './support/wait-until.js';

@Resource({
  code: '101001/000099',
  name: '派出所',
  provider: 'public-security',
  category: '基础类',
  updateCycle: 'YEARLY',
})
@Share('UNCONDITIONAL')
@Key('number')
@ObjectType()
class Station {
  @Field({ description: '编号' })
  number!: string;
}

@Resolver(() => Station)
class StationResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Station, { nullable: true })
  station(@Arg('number', () => String) number: string): Station {
    return { number };
  }

  @Share('UNCONDITIONAL')
  @Query(() => Int, { nullable: true })
  stationCount(): number {
    return 7;
  }
}
const DEFINITION = {
  name: 'stations',
  resolvers: [StationResolver] as [typeof StationResolver],
  types: [Station],
  permissions: { Query: { station: allow, stationCount: allow } },
};

// A machine that pauses for a while must not make governance unconfirmed: no request below may be refused for that.
const settings: Record<string, string> = { CATALOGUE_REVIEW: 'sdl', GRANT_LEASE_MS: '20000' };
let hub: System;
let stations: Awaited<ReturnType<typeof createSubgraph>>;
let pool: pg.Pool;
beforeAll(async () => {
  hub = await startSystem(settings, 20, async (folder) => {
    const key = subgraphKey(await openHubSecret(folder, undefined), 'stations');
    stations = await createSubgraph({ ...DEFINITION, key, port: 0 });
    settings['SUBGRAPH_HOSTS'] = new URL(stations.url).origin;
  });
  const origins = readListedOrigins('SUBGRAPH_HOSTS', settings['SUBGRAPH_HOSTS']!);
  await hub.restart('governance', { registry: { origins, readListed: async () => [...hub.subgraphs.keys()] } });
  await hub.governance.query(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900001', 'stations', 'public-security', now())`,
  );
  const { database, host, port, user, password } = hub.governance;
  pool = new pg.Pool({ database, host, port, user, password, max: 4 });
}, 120_000);
afterAll(async () => {
  await pool.end();
  await stations.stop();
  await hub.stop();
}, 60_000);

const act = async (person: string, text: string, variables?: Record<string, unknown>): Promise<Loose> => {
  const { data, errors } = await hub.ask('public-security-app', text, { person, ...(variables && { variables }) });
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  const { version, refusal } = Object.values(data!)[0];
  expect(refusal).toBeNull();
  return version;
};
const check = async (): Promise<void> => {
  const config = { ...hub.config, SUPERGRAPH_CONFIG: `${hub.folder}/supergraph.yaml` };
  const checker = await versionChecker(config, new Map());
  while (await checkVersions({ pool, store: new RecordStore('Asia/Shanghai'), now: Date.now(), check: checker }));
};
const RESULT = '{ version { id number state found { code message } } refusal { code message } }';
const publish = (id: string) => act('public-security.head', `mutation { publishVersion(id: "${id}") ${RESULT} }`);
const ask = (query: string) => hub.ask('tax-app', query);
const isServed = async (query: string) => (await ask(query)).data?.['station'] !== undefined;

it('a department publishes a subgraph by two persons; it is served without a restart, rolled back, and retired', async () => {
  const { sdl } = buildSubgraph(DEFINITION);
  const submit = (text: string) =>
    act(
      'zhao.lei',
      `mutation ($sdl: String!, $url: String!) { submitSubgraph(subgraph: "stations", sdl: $sdl, url: $url, note: "接入") ${RESULT} }`,
      {
        sdl: text,
        url: stations.url,
      },
    );
  // Somebody asks all the time: nothing that happens fails them.
  let isOver = false;
  const failures: unknown[] = [];
  const asking = (async () => {
    while (!isOver) {
      const { errors } = await ask('{ divisions(first: 1) { nodes { code } } }');
      if (errors) failures.push(errors);
    }
  })();

  const first = await submit(sdl.replace(/\n *stationCount: Int[^\n]*/, ''));
  await check();
  expect((await ask('{ station(number: "7") { number } }')).errors?.[0]?.extensions['code']).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  await publish(first.id);
  await waitUntil(() => isServed('{ station(number: "7") { number } }'), 30_000);
  expect((await ask('{ station(number: "7") { number } }')).data).toEqual({ station: { number: '7' } });

  const second = await submit(sdl);
  await check();
  await publish(second.id);
  await waitUntil(async () => (await ask('{ stationCount }')).data?.['stationCount'] === 7, 30_000);

  const back = await act(
    'zhao.lei',
    `mutation { rollbackSubgraph(subgraph: "stations", number: ${first.number}, reason: "有误") ${RESULT} }`,
  );
  await check();
  await publish(back.id);
  await waitUntil(async () => (await ask('{ stationCount }')).data === undefined, 30_000);
  expect(await isServed('{ station(number: "7") { number } }')).toBe(true);

  const end = await act('zhao.lei', `mutation { retireSubgraph(subgraph: "stations", reason: "停办") ${RESULT} }`);
  await check();
  await publish(end.id);
  await waitUntil(async () => !(await isServed('{ station(number: "7") { number } }')), 30_000);
  isOver = true;
  await asking;
  expect(failures).toEqual([]);
}, 120_000);
