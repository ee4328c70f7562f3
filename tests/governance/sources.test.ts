import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { readSources, reportSource } from '../../shared/read-model/sources.js';
import { boundTo } from '../../shared/sources/registered-source.js';
import { decryptSecret, envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { announceSourceFaults } from '../../subgraphs/governance/sources/index.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const KEYS = envelopeKeys('a secret that only the tests know of.', 'source-credentials');
const PASSWORD = 'a password/口令';
let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, {
    sourceSettings: { hosts: SourceHosts.read('db.police.example, 10.20.0.0/16:5432'), credentialKey: KEYS.public },
  });
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(async () => {
  await governance.rows('delete from source_credential');
  await governance.rows('delete from data_source');
});

const PEOPLE = {
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  system: { department: 'public-security', person: undefined, roles: ['provider', 'consumer'] },
  stranger: { department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] },
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority'] },
} as const;
type Who = keyof typeof PEOPLE;
const RESULT =
  'source { id name state kind address databaseName account tls hasOwnCertificate } refusal { code message }';
const FRONT = {
  name: 'front-machine',
  kind: 'POSTGRESQL',
  address: 'db.police.example:5432',
  database: 'front',
  user: 'reader',
  password: PASSWORD,
  tls: 'VERIFIED',
};
async function ask(who: Who, text: string, variables: object = {}): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  expect(JSON.stringify([data, errors])).not.toContain(PASSWORD);
  if (errors.length > 0) throw new Error(errors.map(({ extensions }) => extensions.code).join());
  return Object.values(data)[0];
}
const submit = (change: object = {}, who: Who = 'clerk', mutation = 'registerSource') =>
  ask(who, `mutation ($input: SourceInput!) { ${mutation}(input: $input, note: "前置机") { ${RESULT} } }`, {
    input: { ...FRONT, ...change },
  });
const confirm = (id: string, who: Who = 'head') => ask(who, `mutation { confirmSource(id: "${id}") { ${RESULT} } }`);
const end = (id: string, who: Who = 'clerk') =>
  ask(who, `mutation { endSource(id: "${id}", reason: "停用") { ${RESULT} } }`);
const list = (who: Who) => ask(who, '{ sources(first: 10) { nodes { id name state found { code message } } } }');
const query = (sql: string, values: readonly unknown[] = []) => governance.rows(sql, values as unknown[]);
const inForce = () => readSources(query);

/** A service that takes access tokens. */
const tokens = (tokenAddress: string) => ({
  ...{ kind: 'REST', address: 'https://db.police.example/', database: null, tokenAddress },
});

describe('a source is not stored', () => {
  it.each<[string, object, string]>([
    ['at a host that the operator has not listed', { address: 'elsewhere.example:5433' }, 'HOST_NOT_LISTED'],
    ['on this machine', { address: '127.0.0.1:5432' }, 'ADDRESS_INTERNAL'],
    ['at the metadata service', { address: '169.254.169.254' }, 'ADDRESS_INTERNAL'],
    ['at another port of a listed range', { address: '10.20.1.1:22' }, 'ADDRESS_INTERNAL'],
    ['with a user in its address', { address: 'root@db.police.example:5432' }, 'SOURCE_MALFORMED'],
    ['with a path in its address', { address: 'db.police.example:5432/front' }, 'SOURCE_MALFORMED'],
    ['with a name that is none', { name: 'Front Machine' }, 'SOURCE_MALFORMED'],
    ['without a password', { password: null }, 'SOURCE_MALFORMED'],
    ['without a user', { user: null }, 'SOURCE_MALFORMED'],
    ['without a database', { database: null }, 'SOURCE_MALFORMED'],
    ['with a certificate that is none', { caCertificate: 'PEM' }, 'SOURCE_MALFORMED'],
    [
      'as a service in clear that says it is verified',
      { kind: 'REST', address: 'http://db.police.example/', database: null },
      'SOURCE_MALFORMED',
    ],
    ['with tokens at a host that is not listed', tokens('https://sso.example/token'), 'HOST_NOT_LISTED'],
    ['with tokens in clear', tokens('http://db.police.example/token'), 'SOURCE_MALFORMED'],
    ['with tokens for nobody', { ...tokens('https://db.police.example/token'), user: null }, 'SOURCE_MALFORMED'],
    ['with a scope of two lines', { ...tokens('https://db.police.example/'), tokenScope: 'a\nb' }, 'SOURCE_MALFORMED'],
    ['as a database with tokens', { tokenAddress: 'https://db.police.example/token' }, 'SOURCE_MALFORMED'],
  ])('%s', async (_what, change, code) => {
    expect(await submit(change)).toMatchObject({ source: null, refusal: { code } });
  });

  it('by a system, or for a department without the post', async () => {
    await expect(submit({}, 'system')).rejects.toThrow('OPERATION_DENIED');
    await expect(submit({}, 'authority')).rejects.toThrow('OPERATION_DENIED');
  });

  it('as a change of a source that is not there, of another kind, or twice', async () => {
    expect(await submit({}, 'clerk', 'changeSource')).toMatchObject({ refusal: { code: 'SOURCE_UNKNOWN' } });
    await confirm((await submit()).source.id);
    expect(await submit()).toMatchObject({ refusal: { code: 'SOURCE_KNOWN' } });
    expect(await submit({ kind: 'MARIADB' }, 'clerk', 'changeSource')).toMatchObject({
      refusal: { code: 'NOT_CHANGEABLE' },
    });
  });
});

describe('a source', () => {
  it('hands on where and for what tokens are asked for; its secret opens for that address alone', async () => {
    const tokenAddress = 'https://db.police.example/token';
    await confirm((await submit({ ...tokens(tokenAddress), tokenScope: 'pupils read' })).source.id);
    const [source] = await inForce();
    expect(source).toMatchObject({ tokenAddress, tokenScope: 'pupils read' });
    const { credential, ...place } = source!;
    expect(await decryptSecret(credential!, KEYS, boundTo(place))).toBe(PASSWORD);
    const elsewhere = { ...place, tokenAddress: 'https://db.police.example/other' };
    await expect(decryptSecret(credential!, KEYS, boundTo(elsewhere))).rejects.toThrow();
  });

  it('is in force once another person of the department has confirmed it', async () => {
    const { source } = await submit();
    expect(source).toMatchObject({
      state: 'PENDING',
      address: FRONT.address,
      account: 'reader',
      hasOwnCertificate: false,
    });
    expect(await inForce()).toEqual([]);
    expect(await confirm(source.id, 'clerk')).toMatchObject({ refusal: { code: 'SAME_PERSON' } });
    expect(await confirm(source.id, 'stranger')).toMatchObject({ refusal: { code: 'SOURCE_UNKNOWN' } });
    expect(await confirm(source.id)).toMatchObject({ source: { state: 'ACTIVE' }, refusal: null });
    expect(await inForce()).toMatchObject([{ id: source.id, department: 'public-security', name: 'front-machine' }]);
  });

  it('has a password that opens for it alone, and stands nowhere', async () => {
    await confirm((await submit()).source.id);
    const [source] = await inForce();
    expect(await decryptSecret(source!.credential!, KEYS, boundTo(source!))).toBe(PASSWORD);
    await expect(
      decryptSecret(source!.credential!, KEYS, boundTo({ ...source!, address: 'db.thief.example:5432' })),
    ).rejects.toThrow();
    for (const table of ['data_source', 'source_credential', 'evidence.record'])
      expect(JSON.stringify(await governance.rows(`select * from ${table}`))).not.toContain(PASSWORD);
  });

  it('is replaced by a change that was confirmed, and serves until then', async () => {
    const first = (await submit()).source.id;
    await confirm(first);
    const second = (await submit({ address: '10.20.1.1:5432' }, 'clerk', 'changeSource')).source.id;
    expect((await inForce()).map(({ id }) => id)).toEqual([first]);
    await confirm(second);
    expect((await inForce()).map(({ id, address }) => [id, address])).toEqual([[second, '10.20.1.1:5432']]);
    expect(await confirm(first)).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    expect(await governance.rows('select source from source_credential')).toEqual([{ source: second }]);
  });

  it('ends at once, by its department or the authority, and its password with it', async () => {
    const { id } = (await submit()).source;
    await confirm(id);
    expect(await end(id, 'stranger')).toMatchObject({ refusal: { code: 'SOURCE_UNKNOWN' } });
    expect(await end(id, 'authority')).toMatchObject({ source: { state: 'ENDED' } });
    expect(await inForce()).toEqual([]);
    expect(await governance.rows('select from source_credential')).toEqual([]);
  });

  it('is seen by its department and the authority', async () => {
    const { id } = (await submit()).source;
    expect(await list('clerk')).toMatchObject({ nodes: [{ id, state: 'PENDING' }] });
    expect(await list('authority')).toMatchObject({ nodes: [{ id }] });
    expect(await list('stranger')).toEqual({ nodes: [] });
    await expect(list('system')).rejects.toThrow('OPERATION_DENIED');
  });

  it('tells its department what was found wrong with it, once, and that it is mended', async () => {
    const { id } = (await submit()).source;
    await confirm(id);
    const store = new RecordStore('Asia/Shanghai');
    const announce = () => announceSourceFaults({ pool: governance.pool, store, now: Date.now() });
    expect(await announce()).toBeUndefined();
    await reportSource(query, { id, faults: [{ code: 'COLUMN_MISSING', detail: '学生.姓名' }] });
    expect(await announce()).toBe(id);
    expect(await announce()).toBeUndefined();
    expect(await list('clerk')).toMatchObject({
      nodes: [{ found: [{ code: 'COLUMN_MISSING', message: 'a column is not there any more (学生.姓名)' }] }],
    });
    await reportSource(query, { id, faults: [] });
    expect(await announce()).toBe(id);
    expect(await list('clerk')).toMatchObject({ nodes: [{ found: [] }] });
  });
});
