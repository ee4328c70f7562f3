import type { Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { stringify } from 'yaml';
import { startGateway, type Gateway } from '../../gateway/index.js';
import { openGovernanceFeed } from '../../gateway/permission/open-governance-feed.js';
import { readConfig } from '../../shared/config/config.js';
import { GOVERNANCE_CHANNEL, readReviewedSnapshot, VERSION_SQL } from '../../shared/read-model/read-snapshot.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { startGovernance, type GovernanceUnderTest } from '../governance/support/governance-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';
import type { Loose } from '../support/system.js';
import { MemoryQuota } from '../support/memory-quota.js';
import { listen } from '../federation/support/graph.js';
import { done, publishEntries, type Ask } from './support/publish-entries.js';
import { PLAIN_LINKS, servePlain, type PlainProvider, type Received } from './support/plain-hub.js';

/** The tricks of a hostile publisher against a governance with its database, where every entry was reviewed and published by
 *  the persons whose business it is: the clinics' subgraph is after the income that the police department shares with nobody here. */
const OPEN = '@share(type: UNCONDITIONAL)';
const police: PlainProvider = {
  sdl: `type Query { "公民" citizen: Citizen ${OPEN} }
    "公民" type Citizen @key(fields: "id") @resource(code: "202009/000001", name: "公民信息", provider: "public-security", updateCycle: "DAILY", category: "主题类") ${OPEN} {
      "公民身份号码" id: ID! @subject(kind: PERSON) "姓名" name: String
      "年收入" income: Int @share(type: CONDITIONAL, basis: ["个人信息保护法 第二十八条"], condition: "办理救助") }`,
  resolvers: {
    Query: { citizen: () => ({ id: '1', name: 'Wang', income: 471100 }) },
    Citizen: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Wang', income: 471100 }) },
  },
};
const OWN = '@share(type: UNCONDITIONAL, provider: "medical-security")';
const RISK = `"风险" risk: String ${OWN}`;
const RESOLVERS = {
  Query: { citizen: () => ({ id: '1', name: 'forged' }) },
  Citizen: { __resolveReference: (given: object) => given, risk: () => 'low', name: () => 'forged' },
};
const HONEST = `type Citizen @key(fields: "id") { "号码" id: ID! ${RISK} }`;
const TRICKS: readonly (readonly [what: string, sdl: string, code: string])[] = [
  ['a key', `type Citizen @key(fields: "id income") { id: ID! income: Int @external ${RISK} }`, 'KEY_NOT_RELEASED'],
  [
    'a required item',
    `type Citizen @key(fields: "id") { id: ID! income: Int @external risk: String @requires(fields: "income") ${OWN} }`,
    'INPUT_NOT_RELEASED',
  ],
  [
    'a required item that it calls derivable itself',
    `type Citizen @key(fields: "id") { id: ID! income: Int @external @derivable(into: ["Citizen.risk"])
       risk: String @requires(fields: "income") ${OWN} }`,
    'INPUT_NOT_RELEASED',
  ],
  [
    'an item in its owner’s place',
    `type Citizen @key(fields: "id") { id: ID! name: String @override(from: "police") ${OPEN} ${RISK} }`,
    'OVERRIDE_NOT_CONSENTED',
  ],
  [
    'a root field in its owner’s place',
    `type Query { citizen: Citizen @override(from: "police") ${OPEN} } type Citizen @key(fields: "id") { id: ID! ${RISK} }`,
    'FOREIGN_ROOT_FIELD',
  ],
  [
    'an entry under its owner’s name',
    `type Citizen @key(fields: "id") { id: ID! risk: String @share(type: UNCONDITIONAL, provider: "public-security") }`,
    'FOREIGN_ITEM',
  ],
];

let governance: GovernanceUnderTest;
let folder: string;
const received: Received[] = [];
const servers: Server[] = [];
const sdl = new Map<string, string>([['police', police.sdl]]);
const gateways: Gateway[] = [];
const persons = {} as Record<'police' | 'policeHead' | 'clinics' | 'clinicsHead' | 'authority', Ask>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reviewed-'));
  governance = await startGovernance(undefined, {
    profile: 'hangzhou',
    readSdl: async (name) => (sdl.has(name) ? PLAIN_LINKS + sdl.get(name)! : undefined),
  });
  const of = (department: string, person: string) =>
    governance.as({ department, person, roles: ['provider', 'consumer'] });
  persons.police = of('public-security', 'zhao.lei');
  persons.policeHead = of('public-security', 'public-security.head');
  persons.clinics = of('medical-security', 'luo.xin');
  persons.clinicsHead = of('medical-security', 'medical-security.head');
  persons.authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  for (const [subgraph, department] of [
    ['police', 'public-security'],
    ['clinic', 'medical-security'],
  ])
    await done(
      persons.authority,
      `permitPublisher(subgraph: "${subgraph}", department: "${department}") { refusal { code } }`,
    );
  sdl.set('clinic', HONEST);
  const items = [{ coordinate: 'Citizen.income', reason: '涉及收入' }];
  await publishEntries(governance, persons.police, {
    subgraph: 'police',
    department: 'public-security',
    entries: { '202009/000001': items, 'interface/police/public-security': [] },
  });
  await publishEntries(governance, persons.clinics, {
    subgraph: 'clinic',
    department: 'medical-security',
    entries: { 'interface/clinic/medical-security': [] },
  });
}, 120_000);
beforeEach(() => void received.splice(0));
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await governance.stop();
  await rm(folder, { recursive: true });
});

/** A gateway that takes what is published only, over the police and this schema of the clinics. */
async function serve(
  clinic: string,
): Promise<{ gateway: Gateway; change: (clinic: string) => ReturnType<Gateway['reload']> }> {
  const config = join(folder, `${gateways.length}.yaml`);
  const write = async (text: string) => {
    const list: Record<string, unknown> = {};
    for (const [name, provider] of Object.entries({ police, clinic: { sdl: text, resolvers: resolversOf(text) } })) {
      const server = createServerOf(name, provider);
      list[name] = { routing_url: await listen(server), schema: { sdl: PLAIN_LINKS + provider.sdl } };
    }
    await writeFile(config, stringify({ subgraphs: list }));
  };
  await write(clinic);
  const logger = pino({ level: 'silent' });
  const feed = await openGovernanceFeed({
    url: governance.url,
    leaseMs: 1_000,
    channel: GOVERNANCE_CHANNEL,
    versionSql: VERSION_SQL,
    read: readReviewedSnapshot,
    logger,
  });
  const gateway = await startGateway({
    config: readConfig({ PORT: '0', DATA_DIR: join(folder, `data-${gateways.length}`) }),
    source: { config },
    logger,
    watch: false,
    governance: {
      secret: 'a secret of the hub over reviewed entries, long enough',
      feed,
      quota: new MemoryQuota(),
      identify: async () => ({ department: 'tax', system: 'tax-app', roles: ['consumer'] }),
    },
  });
  gateways.push({ ...gateway, close: () => gateway.close().then(() => feed.close()) });
  return { gateway, change: (text) => write(text).then(() => gateway.reload()) };
}
const resolversOf = (text: string) => ({
  ...(text.includes('type Query') && { Query: RESOLVERS.Query }),
  Citizen: text.includes('name:') ? RESOLVERS.Citizen : (({ name: _, ...rest }) => rest)(RESOLVERS.Citizen),
});
function createServerOf(name: string, provider: PlainProvider): Server {
  const server = servePlain(name, provider, received);
  servers.push(server);
  return server;
}
async function ask(gateway: Gateway, query: string): Promise<Loose> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer tax' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Loose;
}
const clinicsLog = () => JSON.stringify(received.filter(({ subgraph }) => subgraph === 'clinic'));
const QUERY = '{ citizen { name risk } }';

describe('Over reviewed entries, a publisher', () => {
  it('serves what was reviewed, and receives the identifier alone', async () => {
    const { gateway } = await serve(HONEST);
    expect(await ask(gateway, QUERY)).toEqual({ data: { citizen: { name: 'Wang', risk: 'low' } } });
    expect(received.find(({ subgraph }) => subgraph === 'clinic')?.variables).toEqual({
      representations: [{ __typename: 'Citizen', id: '1' }],
    });
  });

  it('is refused every trick while the hub serves what was reviewed, and its log stays empty of it (HZ-3.1a)', async () => {
    shows('HZ-3.1a');
    const { gateway, change } = await serve(HONEST);
    for (const [what, sdl, code] of TRICKS) {
      received.splice(0);
      const result = await change(sdl);
      const details = result.kind === 'refused' ? (result.error.details['errors'] as { code: string }[]) : [];
      expect({ what, kind: result.kind, codes: details.map((each) => each.code) }).toEqual({
        what,
        kind: 'refused',
        codes: expect.arrayContaining([code]),
      });
      expect(await ask(gateway, QUERY)).toEqual({ data: { citizen: { name: 'Wang', risk: 'low' } } });
      expect(clinicsLog()).not.toContain('471100');
    }
  });

  it.each(TRICKS)('receives nothing, and is believed nothing, when a hub starts over %s', async (_what, sdl) => {
    const { gateway } = await serve(sdl);
    const { data, errors } = await ask(gateway, QUERY);
    expect(JSON.stringify([data, errors])).not.toContain('forged');
    expect(clinicsLog()).not.toContain('471100');
    expect(errors.length).toBeGreaterThan(0);
  });

  it('receives an item from the second person’s consent on, until it is taken back (YN-32c)', async () => {
    showsPartOf('YN-32c');
    const [, requires] = TRICKS[1]!;
    const { gateway } = await serve(requires);
    const risk = async () => {
      received.splice(0);
      const { data, errors = [] } = await ask(gateway, QUERY);
      return [data?.citizen?.risk ?? errors[0]?.extensions.code, clinicsLog().includes('471100')];
    };
    expect(await risk()).toEqual(['RELEASE_NOT_CONSENTED', false]);
    const { consent } = await done(
      persons.clinics,
      `proposeConsent(input: { item: "Citizen.income", owner: "public-security", receiver: "medical-security", receiverSubgraph: "clinic",
        use: REQUIRES, coordinate: "Citizen.risk", purpose: "风险评估", until: "${new Date().getFullYear() + 1}-12-31" }) { consent { id } refusal { code } }`,
    );
    const decide = (who: Ask, text: string) =>
      done(who, `${text.replace('$id', `id: "${consent.id}"`)} { consent { state } refusal { code } }`);
    await decide(persons.police, 'agreeToConsent($id)');
    expect(await risk()).toEqual(['RELEASE_NOT_CONSENTED', false]);
    await decide(persons.policeHead, 'agreeToConsent($id)');
    await expectSoon(risk, ['low', true]);
    await decide(persons.policeHead, 'revokeConsent($id, reason: "演练")');
    await expectSoon(risk, ['RELEASE_NOT_CONSENTED', false]);
  });

  it('gives nothing of an entry that was not published, though its schema is honest', async () => {
    const { gateway } = await serve(HONEST.replace(RISK, `${RISK} "评分" score: String ${OWN}`));
    const { data, errors } = await ask(gateway, '{ citizen { name risk score } }');
    expect([data.citizen, errors.map(({ extensions }: Loose) => extensions.code)]).toEqual([
      { name: 'Wang', risk: 'low', score: null },
      ['NOT_PUBLISHED'],
    ]);
  });
});

/** The gateway follows governance within its lease. */
async function expectSoon(found: () => Promise<unknown>, expected: unknown): Promise<void> {
  await waitUntil(async () => JSON.stringify(await found()) === JSON.stringify(expected));
}
