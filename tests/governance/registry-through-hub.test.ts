import 'reflect-metadata';
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shows } from '../conformance/shows.js';
import { Arg, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { runVariant } from '../../cli/variant/variant-session.js';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { Resource, Share } from '../../shared/share/decorators.js';
import { Key } from '../../shared/share/decorators-federation.js';
import { allow } from '../../shared/share/shield.js';
import { createSubgraph } from '../../shared/subgraph/create-subgraph.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { subgraphKey, verifyContext } from '../../shared/trust/signed-context.js';
import type { SharedKey } from '../../shared/trust/subgraph-keys.js';
import { checkVersions } from '../../subgraphs/governance/registry/index.js';
import { buildSubgraph } from '../../shared/subgraph/build-schema.js';
import type pg from 'pg';
import { linked } from '../hostile/support/doors.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { waitUntil } from './support/wait-until.js';
import { openTestPool } from '../support/test-database.js';

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
/** What the subgraph's own process was given. */
let keys: readonly SharedKey[];
let keyOf: (number: number) => KeyObject;
let stations: Awaited<ReturnType<typeof createSubgraph>>;
let pool: pg.Pool;
beforeAll(async () => {
  hub = await startSystem(settings, 20, async (folder) => {
    const secret = await openHubSecret(folder, undefined);
    keyOf = (number) => subgraphKey(secret, 'stations', number);
    keys = [{ key: keyOf(0) }];
    stations = await createSubgraph({ ...DEFINITION, key: () => keys, port: 0 });
    settings['SUBGRAPH_HOSTS'] = new URL(stations.url).origin;
  });
  const origins = readListedOrigins('SUBGRAPH_HOSTS', settings['SUBGRAPH_HOSTS']!);
  await hub.restart('governance', { registry: { origins, readListed: async () => [...hub.subgraphs.keys()] } });
  await hub.governance.query(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values
       ('P-900001', 'stations', 'public-security', now()), ('P-900002', 'shelters', 'civil-affairs', now())`,
  );
  const { database, host, port, user, password } = hub.governance;
  pool = openTestPool({ database, host, port, user, password, max: 4 });
}, 120_000);
afterAll(async () => {
  await pool.end();
  await stations.stop();
  await hub.stop();
}, 60_000);

const act = async (person: string, text: string, variables?: Record<string, unknown>): Promise<Loose> => {
  const { data, errors } = await hub.ask('public-security-app', text, { person, ...(variables && { variables }) });
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  const { version, key, refusal } = Object.values(data!)[0];
  expect(refusal).toBeNull();
  return version ?? key;
};
const check = async (): Promise<void> => {
  const config = { ...hub.config, SUPERGRAPH_CONFIG: `${hub.folder}/supergraph.yaml` };
  const checker = await versionChecker(config, new Map());
  while (await checkVersions({ pool, store: new RecordStore('Asia/Shanghai'), now: Date.now(), check: checker }));
};
const RESULT = '{ version { id number state found { code message } } refusal { code message } }';
const publish = (id: string) => act('public-security.head', `mutation { publishVersion(id: "${id}") ${RESULT} }`);
const ask = (query: string) => hub.ask('tax-app', query);
const submit = (sdl: string) =>
  act(
    'zhao.lei',
    `mutation ($sdl: String!, $url: String!) { submitSubgraph(subgraph: "stations", sdl: $sdl, url: $url, note: "接入") ${RESULT} }`,
    { sdl, url: stations.url },
  );
/** Somebody asks all the time, until it is over. */
function askAllTheTime(query: string) {
  let isOver = false;
  const seen = { answers: 0, failures: [] as unknown[] };
  const asking = (async () => {
    while (!isOver) {
      const { errors } = await ask(query);
      seen.answers++;
      if (errors) seen.failures.push(errors);
    }
  })();
  return { seen, stop: async () => ((isOver = true), await asking) };
}
const isServed = async (query: string) => (await ask(query)).data?.['station'] !== undefined;

it('a department publishes a subgraph by two persons; it is served without a restart, rolled back, and retired', async () => {
  shows('QZ-4.3a', 'CZ-4g', 'CZ-10j');
  const { sdl } = buildSubgraph(DEFINITION);
  // Nothing that happens fails them.
  const others = askAllTheTime('{ divisions(first: 1) { nodes { code } } }');

  const first = await submit(sdl.replace(/\n *stationCount: Int[^\n]*/, ''));
  await check();
  expect((await ask('{ station(number: "7") { number } }')).errors?.[0]?.extensions['code']).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  // Whoever publishes finds it served at once.
  await publish(first.id);
  expect((await ask('{ station(number: "7") { number } }')).data).toEqual({ station: { number: '7' } });

  const second = await submit(sdl);
  await check();
  await publish(second.id);
  expect((await ask('{ stationCount }')).data).toEqual({ stationCount: 7 });

  const back = await act(
    'zhao.lei',
    `mutation { rollbackSubgraph(subgraph: "stations", number: ${first.number}, reason: "有误") ${RESULT} }`,
  );
  await check();
  await publish(back.id);
  expect((await ask('{ stationCount }')).data).toBeUndefined();
  expect(await isServed('{ station(number: "7") { number } }')).toBe(true);

  const end = await act('zhao.lei', `mutation { retireSubgraph(subgraph: "stations", reason: "停办") ${RESULT} }`);
  await check();
  await publish(end.id);
  expect(await isServed('{ station(number: "7") { number } }')).toBe(false);
  await others.stop();
  expect(others.seen.failures).toEqual([]);
}, 120_000);

it('a key is rotated while requests run: none fails, whichever key a process of the subgraph has, until the older one ends', async () => {
  const { id } = await submit(buildSubgraph(DEFINITION).sdl);
  await check();
  await publish(id);
  const STATION = '{ station(number: "7") { number } }';
  await waitUntil(() => isServed(STATION), 30_000);
  const readers = askAllTheTime(STATION);
  /** Lets requests come that began after what was done before. */
  const goOn = async () => {
    const { answers } = readers.seen;
    await waitUntil(() => readers.seen.answers > answers + 3, 30_000);
  };
  await goOn();
  const { number } = await act(
    'zhao.lei',
    'mutation { rotateSubgraphKey(subgraph: "stations", reason: "例行更换") { key { number } refusal { code message } } }',
  );
  expect(number).toBe(1);
  await goOn();
  // A process is replaced, another one is not yet, and one has both.
  for (const held of [[1], [0], [1, 0], [1]]) {
    keys = held.map((number, place) => ({ key: keyOf(number), ...(place > 0 && { until: Date.now() + 60_000 }) }));
    await goOn();
  }
  await readers.stop();
  expect(readers.seen.failures).toEqual([]);

  await hub.governance.query('update subgraph_key set overlap_ends_at = now()');
  expect((await ask(STATION)).errors).toBeUndefined();
  keys = [{ key: keyOf(0) }];
  await waitUntil(async () => (await ask(STATION)).errors?.[0]?.extensions['code'] === 'SUBGRAPH_ERROR', 30_000);
  keys = [{ key: keyOf(1) }];
  expect((await ask(STATION)).data).toEqual({ station: { number: '7' } });
}, 120_000);

describe('a subgraph that a department tries on a machine of its own', () => {
  /** The department's machine: it keeps what it is sent. */
  interface Machine {
    readonly url: string;
    readonly received: { body: string; context: string }[];
    answer: (body: string) => unknown;
    close(): Promise<void>;
  }
  const startMachine = async (answer: Machine['answer']): Promise<Machine> => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        machine.received.push({ body, context: String(request.headers['share-context']) });
        response.setHeader('content-type', 'application/json').end(JSON.stringify(machine.answer(body)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const machine: Machine = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
      received: [],
      answer,
      close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
    };
    return machine;
  };
  const KEY = randomBytes(32);
  const STATIONS = linked(`type Query { stationsTried: Int @share(type: UNCONDITIONAL) }`);
  const TAKES_OVER = linked(`type Query { stationsTried: Int @share(type: UNCONDITIONAL) }
    type Certificate @key(fields: "certificateNumber") { certificateNumber: String!
      holderName: String @override(from: "licence") @share(type: UNCONDITIONAL) }`);
  /** Tries a subgraph as a person until `stop`. */
  const tryAs = async (system: string, person: string | undefined, machine: Machine, more: object = {}) => {
    const ended = new AbortController();
    const options = { subgraph: 'stations', name: 'mine', sdl: STATIONS, ...more };
    const token = await hub.token(system, person);
    const tried = { ...options, hub: hub.url, token, endpoint: machine.url, key: KEY.toString('base64url') };
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let running = runVariant(tried, open, ended.signal);
    // One department opens one after the other.
    await waitUntil(async () => {
      const code = await Promise.race([opened, running]).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
      if (code === 'TOO_MANY_REQUESTS') running = runVariant(tried, open, ended.signal);
      return code !== 'TOO_MANY_REQUESTS';
    });
    await Promise.race([opened, running]);
    return { running, stop: async () => (ended.abort(), await running) };
  };
  const refusalOf = (tried: Promise<unknown>) =>
    tried.then(
      () => 'opened',
      (error: Error) => error,
    );
  const asking = (system: string, query: string, name = 'mine') =>
    hub.ask(system, query, { headers: { 'share-variant': name } });
  const codeOf = ({ errors }: Awaited<ReturnType<System['ask']>>) => errors?.[0]?.extensions['code'];
  let machine: Machine;
  beforeAll(async () => {
    machine = await startMachine(() => ({ data: { stationsTried: 41 } }));
  });
  afterAll(() => machine.close());

  it.each<[string, string, string | undefined, object, string]>([
    ['by a system', 'public-security-app', undefined, {}, 'signed-in person'],
    ["by another department's person", 'civil-affairs-app', 'chen.jing', {}, 'no permit'],
    ['by a person without the post', 'public-security-app', 'public-security.contact', {}, 'data administrator'],
    ['in the place of governance', 'data-bureau-console', 'wu.gang', { subgraph: 'governance' }, 'governance'],
    [
      'that takes over what is not its own',
      'public-security-app',
      'zhao.lei',
      { sdl: TAKES_OVER },
      'OVERRIDE_NOT_CONSENTED',
    ],
  ])('is not opened %s', async (_, system, person, more, why) => {
    const refusal = await refusalOf(tryAs(system, person, machine, more));
    expect(refusal).toMatchObject({ code: 'VARIANT_REFUSED' });
    expect(String(refusal)).toContain(why);
    expect(machine.received).toEqual([]);
  });

  it('is seen by its own department alone, when it asks for it by name, and by nobody after its command has ended', async () => {
    const { stop } = await tryAs('public-security-app', 'zhao.lei', machine);
    const COUNT = '{ stationsTried }';
    expect((await asking('public-security-app', COUNT)).data).toEqual({ stationsTried: 41 });
    expect(codeOf(await asking('tax-app', COUNT))).toBe('VARIANT_UNKNOWN');
    for (const system of ['tax-app', 'public-security-app']) {
      expect(codeOf(await hub.ask(system, COUNT))).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(codeOf(await asking(system, COUNT, 'other'))).toBe('VARIANT_UNKNOWN');
    }
    expect(machine.received).toHaveLength(1);
    // The hub speaks under this variant's key, never under the one in production.
    const [{ body, context }] = machine.received as [{ body: string; context: string }];
    const expected = { audience: 'stations', body: Buffer.from(body), now: Date.now() };
    expect(verifyContext(context, [createSecretKey(KEY)], expected).department).toBe('public-security');
    expect(() => verifyContext(context, [keyOf(0)], expected)).toThrow('signature');
    const stranger = await fetch(new URL('/variants/answers', hub.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'share-variant-secret': KEY.toString('base64url') },
      body: JSON.stringify({ id: 1, status: 200, body: '{"data":{"stationsTried":7}}' }),
    });
    expect(stranger.status).toBe(404);
    await stop();
    await waitUntil(async () => codeOf(await asking('public-security-app', COUNT)) === 'VARIANT_UNKNOWN', 10_000);
    const uses = (await hub.records()).filter(({ released }) => released.includes('Query.stationsTried'));
    expect(uses.map(({ department, graphVersion }) => [department, graphVersion?.slice(0, 4)])).toEqual([
      ['public-security', 'dev-'],
    ]);
  });

  it('is told of nobody whom its department protects, and its answers tell nothing of them either', async () => {
    const [hidden, other] = (await hub.rows('population', 'select id_number from resident offset 1 limit 2')) as [
      Loose,
      Loose,
    ];
    const protect = (person: string, text: string) => act(person, `mutation { ${text} { refusal { code message } } }`);
    const [scenario] = (await hub.rows('governance', `select department, code from scenario limit 1`)) as [Loose];
    const subject = `subject: { kind: PERSON, identifier: "${hidden.id_number}" }`;
    await protect(
      'zhao.lei',
      `proposeProtection(input: { ${subject}, purposes: [{ department: "${scenario.department}", scenario: "${scenario.code}" }],
         reference: "1", reason: "证人保护", basis: ["刑事诉讼法 第六十四条"], until: "2030-12-31" })`,
    );
    const [{ id }] = (await hub.rows('governance', 'select max(id) as id from subject_protection')) as [Loose];
    await protect('public-security.head', `confirmProtection(id: "${id}", identifier: "${hidden.id_number}")`);

    const sdl =
      linked(`type Query { tried(id: String! @filters(field: "Tried.idNumber")): Tried @share(type: UNCONDITIONAL) }
      type Tried @key(fields: "idNumber") @resource(code: "101001/000098", name: "试用", provider: "public-security") @share(type: UNCONDITIONAL) {
        idNumber: String! @subject(kind: PERSON) }`);
    const curious = await startMachine((body) => ({
      data: { [/\w+(?=:tried)/.exec(body)![0]]: { idNumber: /\d{17}[\dX]/.exec(body)![0] } },
    }));
    const asked = async (number: string) => {
      const { data, errors } = await asking('public-security-app', `{ tried(id: "${number}") { idNumber } }`);
      return { data, errors };
    };
    const { stop } = await tryAs('public-security-app', 'zhao.lei', curious, { sdl });
    for (const { id_number: number } of [hidden, other])
      expect(await asked(number)).toEqual({ data: { tried: { idNumber: number } } });
    // As a subgraph of the kit asks for the list.
    curious.answer = () => ({ errors: [{ message: 'x', extensions: { code: 'PROTECTIONS_REQUIRED' } }] });
    await asked(other.id_number);
    expect(curious.received).toHaveLength(3);
    for (const { body, context } of curious.received) {
      expect(body).not.toContain('protections');
      const expected = { audience: 'stations', body: Buffer.from(body), now: Date.now() };
      expect(verifyContext(context, [createSecretKey(KEY)], expected).protections).toBeUndefined();
    }
    await stop();
    await curious.close();
  });

  it('publishes for its own department alone, so that nobody tries what was consented to another', async () => {
    await hub.governance.query(
      `insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900003', 'stations', 'civil-affairs', now())`,
    );
    const refusal = () => refusalOf(tryAs('public-security-app', 'zhao.lei', machine).then(({ stop }) => stop()));
    await waitUntil(async () => String(await refusal()).includes('civil-affairs'), 10_000);
    await hub.governance.query(`update subgraph_publisher set withdrawn_at = now() where id = 'P-900003'`);
  });

  it("gets another department's value under its owner's live consent alone", async () => {
    const sdl = linked(`type Query { shelter: Shelter @share(type: UNCONDITIONAL) }
      type Shelter @resource(code: "S", name: "救助站", provider: "civil-affairs") @share(type: UNCONDITIONAL) { beds: Int }
      type Resident @key(fields: "idNumber") { idNumber: String! annualIncome: Int @external
        poor: Boolean @requires(fields: "annualIncome") @share(type: CONDITIONAL, condition: "x") }`);
    const shelters = await startMachine((body) => {
      const { representations } = JSON.parse(body).variables;
      return { data: { _entities: representations.map(() => ({ __typename: 'Resident', poor: true })) } };
    });
    const open = () =>
      tryAs('civil-affairs-app', 'chen.jing', shelters, { subgraph: 'shelters', name: 'shelters', sdl });
    const refused = await refusalOf(open());
    expect(String(refused)).toContain('INPUT_NOT_RELEASED');

    await hub.governance.query(
      `insert into owner_consent (id, item, owner, receiver, receiver_subgraph, use, coordinate, purpose, until_at, proposed_at,
                                  proposing_department, proposed_by, first_by, first_at, second_by, second_at)
       values ('C-900001', 'Resident.annualIncome', 'public-security', 'civil-affairs', 'shelters', 'REQUIRES', 'Resident.poor',
               '救助', now() + interval '1 day', now(), 'civil-affairs', 'chen.jing', 'zhao.lei', now(), 'public-security.head', now())`,
    );
    const { stop, running } = await open();
    const [{ id_number: id }] = (await hub.rows('population', 'select id_number from resident limit 1')) as [Loose];
    const ask = () => asking('civil-affairs-app', `{ resident(idNumber: "${id}") { poor } }`, 'shelters');
    const given = await ask();
    expect([given.errors, given.data]).toEqual([undefined, { resident: { poor: true } }]);
    expect(shelters.received).toHaveLength(1);

    await hub.governance.query(`update owner_consent set revoked_at = now() where id = 'C-900001'`);
    await waitUntil(async () => codeOf(await ask()) === 'RELEASE_NOT_CONSENTED', 10_000);
    const before = shelters.received.length;
    expect(codeOf(await ask())).toBe('RELEASE_NOT_CONSENTED');
    expect(shelters.received).toHaveLength(before);

    // A permit that is taken back ends it at once.
    await hub.governance.query(`update subgraph_publisher set withdrawn_at = now() where id = 'P-900002'`);
    await waitUntil(async () => codeOf(await ask()) === 'VARIANT_UNKNOWN', 10_000);
    expect(await running).toContain('no permit');
    await stop();
    await shelters.close();
  });
});
