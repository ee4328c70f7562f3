import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import { buildShareIndex } from '../../shared/share/build-share-index.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { findItemIdentities } from '../../subgraphs/governance/grant/index.js';
import { waitUntil } from './support/wait-until.js';
import { PERSON_AT } from '../support/person-token.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { shows, showsPartOf } from '../conformance/shows.js';

let hub: System;
let grant: string;
let person: string;
beforeAll(async () => {
  hub = await startSystem({ SHAREHUB_PROFILE: 'chenzhou' });
  const [row] = await hub.rows('population', 'select id_number as id from resident order by id_number limit 1');
  person = row!['id'] as string;
}, 120_000);
afterAll(() => hub.stop(), 60_000);

const REVIEW = { scenario: 'tax-credit-review' };
/** What the tax bureau's system is told when it asks for an address; undefined when it gets it. */
async function refusalOfAddress(): Promise<Loose> {
  const reply = await hub.ask('tax-app', `{ resident(idNumber: "${person}") { registeredAddress } }`, REVIEW);
  const refusal = reply.errors?.[0]?.extensions;
  expect(reply.data!['resident'].registeredAddress === null).toBe(refusal !== undefined);
  return refusal;
}
const askAddress = async (): Promise<string | undefined> => (await refusalOfAddress())?.code;
/** What somebody else has changed in the tables is in force within the lease. */
const within = (code: string | undefined) => waitUntil(async () => (await askAddress()) === code, 5_000);
async function act(who: string, text: string, variables?: Record<string, unknown>): Promise<Loose> {
  const { data, errors } = await hub.ask(who, text, { variables, person: PERSON_AT[who]! });
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.values(data!)[0];
}
const stop = (who: string, mutation: string) =>
  act(who, `mutation { ${mutation}(id: "${grant}", reason: "核查") { grant { id } refusal { message } } }`);

describe('an application through the hub', () => {
  it('gives exactly what was agreed, from the next query on (CZ-11c, CZ-11e)', async () => {
    shows('CZ-11c', 'CZ-11e');
    expect(await askAddress()).toBe('GRANT_REQUIRED');
    const duties = await hub.governance.query(`select id from duty where department = 'tax' order by id limit 1`);
    const { application } = await act(
      'tax-app',
      `mutation ($input: ApplicationInput!) { startApplication(input: $input, submit: true) {
        application { reviews { id version } } refusal { message } } }`,
      {
        input: {
          ...{ scenario: REVIEW.scenario, mode: 'QUERY', duty: duties.rows[0].id },
          coordinates: ['Resident.registeredAddress', 'Resident.phone'],
          ...{ need: '核对地址', use: '纳税信用评价', uses: ['VERIFICATION'] },
        },
      },
    );
    const [{ id, version }] = application.reviews;
    expect(await askAddress()).toBe('GRANT_REQUIRED');
    const decided = await act(
      'public-security-app',
      `mutation ($review: String!, $version: Int!) { decideApplication(review: $review, version: $version, decision: {
        verdict: AGREE, terms: { mode: QUERY, coordinates: ["Resident.registeredAddress"] } }) {
        grant { id application } refusal { message } } }`,
      { review: id, version },
    );
    expect(decided.refusal).toBeNull();
    grant = decided.grant.id;
    expect(await askAddress()).toBeUndefined();
    const record = (await hub.records()).at(-1)!;
    expect(record.approvals).toEqual([expect.objectContaining({ grant, approver: 'zhao.lei' })]);
  });

  it('is stopped by each party with the next query, and given again only when all have resumed (QZ-5.10)', async () => {
    shows('QZ-5.10');
    for (const who of ['tax-app', 'public-security-app', 'data-bureau-console']) {
      await stop(who, 'suspendGrant');
      expect(await askAddress()).toBe('GRANT_SUSPENDED');
    }
    expect(await refusalOfAddress()).toMatchObject({
      suspensions: ['CONSUMER', 'PROVIDER', 'PLATFORM'].map((party) => ({
        party,
        reason: '核查',
        since: expect.stringMatching(/^\d{4}-/),
      })),
    });
    await stop('data-bureau-console', 'resumeGrant');
    await stop('tax-app', 'resumeGrant');
    expect(await askAddress()).toBe('GRANT_SUSPENDED');
    await stop('public-security-app', 'resumeGrant');
    expect(await askAddress()).toBeUndefined();
  });

  it('is not given to a system by itself once it is for named persons (QZ-8.2d)', async () => {
    showsPartOf('QZ-8.2d');
    await hub.governance.query(`update share_grant set persons = '["zhang.tao"]' where id = $1`, [grant]);
    await within('PERSON_NOT_AUTHORISED');
    await hub.governance.query('update share_grant set persons = null where id = $1', [grant]);
    await within(undefined);
  });

  it('is not given for another item that has come to stand under the same name', async () => {
    await hub.governance.query(
      `update share_grant set identities = '{"Resident.registeredAddress": "another"}' where id = $1`,
      [grant],
    );
    await within('GRANT_REQUIRED');
    await hub.governance.query('update share_grant set identities = null where id = $1', [grant]);
  });

  it('offers, once it has ended, a renewal that can be sent as it is offered', async () => {
    const { rows } = await hub.governance.query('select until_at from share_grant where id = $1', [grant]);
    await hub.governance.query(`update share_grant set until_at = now() where id = $1`, [grant]);
    await within('GRANT_EXPIRED');
    const { renew } = await refusalOfAddress();
    const renewed = await act(
      'tax-app',
      `mutation ($id: String!, $until: DateTimeISO!, $reason: String!, $duty: String) {
        renewGrant(id: $id, until: $until, reason: $reason, duty: $duty) {
          application { renews state } findings { code } refusal { code message } } }`,
      renew.input,
    );
    expect(renewed).toMatchObject({ refusal: null, findings: [], application: { renews: grant } });
    await hub.governance.query('update share_grant set until_at = $2 where id = $1', [grant, rows[0].until_at]);
    await within(undefined);
  });

  it('may be sought for what is not shared in each mode that this law has', async () => {
    const { errors } = await hub.ask('tax-app', `{ resident(idNumber: "${person}") { annualIncome } }`, REVIEW);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_SHARED',
      apply: { modes: ['QUERY', 'VERIFY', 'STATISTICS', 'BULK'] },
    });
  });

  it('is refused again in the language of the caller', async () => {
    const messageIn = async (language: string) => {
      const query = `mutation { renewGrant(id: "${grant}", until: "2026-01-01T00:00:00Z", reason: "续期") { refusal { message } } }`;
      const headers = { 'accept-language': language };
      const { data } = await hub.ask('tax-app', query, { person: PERSON_AT['tax-app']!, headers });
      return data!['renewGrant'].refusal.message;
    };
    expect(await messageIn('en')).toMatch(new RegExp(`^Grant ${grant} lasts until .* already\\.$`));
    expect(await messageIn('zh-CN,zh;q=0.9,en;q=0.8')).toMatch(new RegExp(`^授权 ${grant} 的期限已至 .*，无需续期。$`));
  });

  it('ends for good with its revocation', async () => {
    await stop('tax-app', 'revokeGrant');
    expect(await askAddress()).toBe('GRANT_REQUIRED');
  });
});

describe('what an item is', () => {
  it('is the same in the published catalogue and in the graph, for every item of the demo (CZ-5.3e)', async () => {
    shows('CZ-5.3e');
    const documents = [...hub.subgraphs].map(([name, { sdl }]) => ({
      name,
      typeDefs: parse(sdl, { noLocation: true }),
    }));
    const { publicSdl } = composeServices(
      documents.map(({ name, typeDefs }) => ({
        name,
        url: `http://${name}`,
        typeDefs: stripShareDirectives(typeDefs),
      })),
    );
    const { index } = buildShareIndex(
      buildConsumerSchema(publicSdl!),
      documents.map(({ name, typeDefs }) => readSubgraphShares(name, typeDefs)),
    );
    const { rows } = await hub.governance.query<{ coordinate: string }>('select coordinate from published_item');
    const identities = await findItemIdentities(
      hub.governance,
      rows.map(({ coordinate }) => coordinate),
    );
    const inGraph = index.items.filter(({ coordinate }) => coordinate in identities);
    expect(inGraph.length).toBeGreaterThan(300);
    // Nothing is published that the graph does not have.
    expect(inGraph.map(({ coordinate }) => coordinate).toSorted()).toEqual(
      rows.map(({ coordinate }) => coordinate).toSorted(),
    );
    expect(Object.fromEntries(inGraph.map(({ coordinate, identity }) => [coordinate, identity]))).toEqual(
      Object.fromEntries(inGraph.map(({ coordinate }) => [coordinate, identities[coordinate]])),
    );
  });
});

describe('how current the data of an answer is', () => {
  const both = () => `{ resident(idNumber: "${person}") { name registeredAddress } }`;
  const ask = (headers: Record<string, string> = {}) => hub.ask('tax-app', both(), { ...REVIEW, headers });
  const toldOf = async (headers: Record<string, string>) => ((await ask(headers)) as Loose).extensions?.freshness;

  it('is told to a request that asks, of the resources that it is from, and by the one word that there is', async () => {
    expect(((await ask()) as Loose).extensions).toBeUndefined();
    expect((await ask({ 'share-freshness': 'yes' })).errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    expect(await toldOf({ 'share-freshness': 'include' })).toEqual([
      { resource: '101001/000001', state: 'UNKNOWN', lastUpdate: null, due: null },
    ]);
    await hub.governance.query(
      `insert into resource_freshness (code, name, provider, last_update, evidence, due, due_at, provisional, clauses, flags, flagged, judged_at)
       values ('101001/000001', '常住人口', 'public-security', '2026-03-02T02:00:00Z', 'PUSHED', '2026-03-03', '2026-03-03T16:00:00Z', false,
         '[]', '[]', false, now())`,
    );
    expect(await toldOf({ 'share-freshness': 'include' })).toEqual([
      { resource: '101001/000001', state: 'LATE', lastUpdate: '2026-03-02T02:00:00.000Z', due: '2026-03-03' },
    ]);
    const body = { query: both(), extensions: { freshness: true } };
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await hub.token('tax-app')}` },
      body: JSON.stringify(body),
    });
    expect(((await response.json()) as Loose).extensions.freshness).toHaveLength(1);
  });

  it('is said to be unknown now where it cannot be read, and keeps no data back', async () => {
    await hub.governance.query('alter table resource_freshness rename to elsewhere');
    const reply = (await ask({ 'share-freshness': 'include' })) as Loose;
    await hub.governance.query('alter table elsewhere rename to resource_freshness');
    expect(reply.extensions.warnings).toMatchObject([{ code: 'FRESHNESS_UNAVAILABLE' }]);
    expect(reply.data).toBeDefined();
  });
});
