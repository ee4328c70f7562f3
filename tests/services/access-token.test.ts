import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Provider } from 'oidc-provider';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { AccessToken } from '../../shared/services/access-token.js';
import { ServiceClient } from '../../shared/services/service-client.js';
import { ServiceServer } from './support/service-server.js';

const HOSTS = SourceHosts.read('127.0.0.0/8');
const SECONDS = 60;
let provider: Provider;
let tokenServer: Server;
let tokenAddress: string;
let service: ServiceServer;
/** Tokens that the provider has given. */
let given: string[] = [];
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  tokenServer = createServer((request, response) => void provider.callback()(request, response));
  tokenServer.listen(0, '127.0.0.1');
  await once(tokenServer, 'listening');
  const issuer = `http://127.0.0.1:${(tokenServer.address() as AddressInfo).port}`;
  const client = (id: string, way: 'client_secret_basic' | 'client_secret_post') => ({
    ...{ client_id: id, client_secret: 'ge heim:1', token_endpoint_auth_method: way },
    ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
  });
  provider = new Provider(issuer, {
    clients: [client('hub', 'client_secret_basic'), client('hub-post', 'client_secret_post')],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    scopes: ['pupils'],
    ttl: { ClientCredentials: SECONDS },
  });
  provider.on('grant.success', ({ body }) => given.push((body as { access_token: string }).access_token));
  tokenAddress = `${issuer}/token`;
  service = await ServiceServer.start();
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  tokenServer.closeAllConnections();
  tokenServer.close();
  await service.stop();
});
beforeEach(() => {
  given = [];
  // A service that asks the provider about each token, as a resource server does.
  service.answer({
    pupils: ({ headers }, response) => {
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      void provider.ClientCredentials.find(token).then((known) =>
        response.writeHead(known ? 200 : 401).end(JSON.stringify({ scope: known?.scope ?? null })),
      );
    },
  });
});

const credentials = (more = {}) => ({
  ...{ address: service.address, tls: 'NONE' as const, user: 'hub', credential: 'ge heim:1', tokenAddress },
  ...more,
});
function open(more = {}): ServiceClient {
  const client = new ServiceClient(credentials(more), HOSTS);
  opened.push(client);
  return client;
}
const ask = (client: ServiceClient, signal = AbortSignal.timeout(10_000)) =>
  client.call({ method: 'GET', path: '/pupils', query: [] }, {}, { signal, mostBytes: 10_000 });

it('is refused a token for a wrong secret, and the service is not called', async () => {
  await expect(ask(open({ credential: 'falsch' }))).rejects.toMatchObject({ code: 'TOKEN_REFUSED', detail: '401' });
  expect(service.calls).toEqual([]);
});

it('asks at no address that the operator does not admit, nor in clear where the service is protected', () => {
  expect(() => open({ tokenAddress: 'http://10.1.1.1/token' })).toThrow(
    expect.objectContaining({ code: 'ADDRESS_REFUSED' }),
  );
  expect(() => open({ address: 'https://127.0.0.1:4/', tls: 'VERIFIED' })).toThrow(
    expect.objectContaining({ code: 'TLS_FAILED' }),
  );
});

it('takes no answer for a token that is none, and follows nobody elsewhere', async () => {
  const tokens = (answer: string) => open({ tokenAddress: `${service.address}/${answer}` });
  service.answer({
    other: () => ({ access_token: 'x', token_type: 'mac' }),
    line: () => ({ access_token: 'x\r\nhost: y', token_type: 'Bearer' }),
    text: () => 'no JSON',
    away: (_call, response) => void response.writeHead(307, { location: tokenAddress }).end(),
  });
  for (const answer of ['other', 'line', 'text'])
    await expect(ask(tokens(answer))).rejects.toMatchObject({ code: 'TOKEN_UNREADABLE' });
  await expect(ask(tokens('away'))).rejects.toMatchObject({ code: 'REDIRECTED' });
});

it('asks once for calls at the same time and those after them', async () => {
  const client = open({ tokenScope: 'pupils' });
  const answers = await Promise.all([ask(client), ask(client), ask(client)]);
  expect([...answers, await ask(client)].map(({ text }) => text)).toEqual(Array(4).fill('{"scope":"pupils"}'));
  expect(given).toHaveLength(1);
});

it('asks again shortly before a token ends', async () => {
  let now = Date.now();
  const token = new AccessToken(credentials(), HOSTS, 10_000, () => now);
  opened.push(token);
  const get = () => token.get(AbortSignal.timeout(10_000));
  const first = await get();
  now += SECONDS * 900 - 1;
  expect(await get()).toBe(first);
  now += 1;
  expect(await get()).not.toBe(first);
});

it('asks once more where the service refuses the token, and gives up after that', async () => {
  const client = open();
  await ask(client);
  await (await provider.ClientCredentials.find(given[0]!))!.destroy();
  expect((await ask(client)).status).toBe(200);
  expect(given).toHaveLength(2);
  service.answer({ pupils: (_call, response) => void response.writeHead(401).end() });
  await expect(ask(client)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  expect([service.calls.length, given.length]).toEqual([2, 3]);
});

it('gives name and secret in the body to a server that takes them nowhere else', async () => {
  const client = open({ user: 'hub-post' });
  expect((await ask(client)).status).toBe(200);
});

it('ends with one caller, and goes on for the other', async () => {
  const client = open();
  const ended = ask(client, AbortSignal.abort(new Error('gone')));
  const going = ask(client);
  await expect(ended).rejects.toThrow('gone');
  expect((await going).status).toBe(200);
});
