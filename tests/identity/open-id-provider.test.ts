import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { queryPageRoutes } from '../../gateway/http/graphiql/query-page-routes.js';
import { identifyBySession } from '../../gateway/http/session/identify-by-session.js';
import { sessionRoutes } from '../../gateway/http/session/session-routes.js';
import { RouteTable } from '../../gateway/http/routes.js';
import { createIdentifier } from '../../gateway/identity/identifier.js';
import { HubError } from '../../shared/kernel/index.js';
import { startOpenIdProvider, type OpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { clientsFile, readClientSecrets } from '../../shared/openid/provider-keys.js';
import { requestSystemToken } from '../../shared/openid/system-token.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { openMemorySignIn } from '../support/page-sign-in.js';

const AUDIENCE = 'urn:sharehub:hub';
const register: GovernanceSnapshot = {
  version: 1,
  departments: new Map([['housing', { code: 'housing', name: 'Housing', suspended: false, roles: ['consumer'] }]]),
  systems: new Map([
    ['housing-app', { clientId: 'housing-app', name: 'Allocation', department: 'housing', suspended: false }],
    ['housing-board', { clientId: 'housing-board', name: 'Dashboard', department: 'housing', suspended: false }],
  ]),
  officers: new Map([
    ['zhou', { subject: 'zhou', name: 'Zhou', department: 'housing', roles: ['auditor'], suspended: false }],
  ]),
  scenarios: new Map([
    ['housing|rent', { code: 'rent', department: 'housing', name: 'Rent', purpose: 'Public housing' }],
    ['police|patrol', { code: 'patrol', department: 'police', name: 'Patrol', purpose: 'Patrol' }],
  ]),
  grants: new Map(),
  publishers: new Map(),
  consents: [],
};
const feed = { fresh: () => register, current: async () => register };
const BACK = 'https://board.example/signed-in';
const clients = [
  { clientId: 'housing-app', name: 'Allocation' },
  { clientId: 'housing-board', name: 'Dashboard', redirectUris: [BACK], browser: true },
];
const accounts = [{ subject: 'zhou', name: 'Zhou <b>', department: 'Housing', roles: ['auditor'] }];

let dataDir: string;
let hub: Server;
let publicUrl: string;
let provider: OpenIdProvider;
let identify: ReturnType<typeof identifyBySession>;
let tokenOf: (clientId: string, secret?: string, audience?: string) => Promise<string>;
const said = jest.spyOn(process.stdout, 'write');

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sharehub-openid-'));
  hub = createServer();
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  publicUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  provider = await startOpenIdProvider({ port: 0, dataDir, clients, accounts, publicUrl });
  const { issuer } = provider;
  const pages = openMemorySignIn(issuer, publicUrl, AUDIENCE);
  const identifier = createIdentifier({ issuer, audience: AUDIENCE, feed });
  identify = identifyBySession((headers) => identifier.identify(headers.authorization), pages.sessions);
  const table = new RouteTable([
    ...sessionRoutes({ ...pages, feed, timeZone: 'Asia/Shanghai' }),
    ...queryPageRoutes(pages),
  ]);
  hub.on('request', async (request, response) => {
    try {
      await table.find(request.method, request.url!.split('?')[0]!).handle(request, response, 'r1');
    } catch (error) {
      response.writeHead(error instanceof HubError ? error.status : 500).end((error as HubError).code);
    }
  });
  tokenOf = async (clientId, secret, audience = AUDIENCE) => {
    const clientSecret = secret ?? (await readClientSecrets(dataDir))![clientId]!;
    return (await requestSystemToken({ issuer, audience, clientId, clientSecret })).accessToken;
  };
});
afterAll(async () => {
  await provider.stop();
  hub.closeAllConnections();
  hub.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the embedded OpenID provider', () => {
  it('refuses a wrong secret, an unknown system and another audience', async () => {
    await expect(tokenOf('housing-app', 'guess')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(tokenOf('ghost', 'guess')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(tokenOf('housing-app', undefined, 'urn:other')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses to listen where others could sign in without a password', async () => {
    const open = startOpenIdProvider({ port: 0, host: '0.0.0.0', dataDir, clients, accounts });
    await expect(open).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(provider.issuer).port);
    const second = startOpenIdProvider({ port, dataDir, clients, accounts });
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(String(port)) });
  });

  it('gives a system a token that the hub takes, and that outlives a restart of the provider', async () => {
    const token = await tokenOf('housing-app');
    const port = Number(new URL(provider.issuer).port);
    const before = await readFile(clientsFile(dataDir), 'utf8');
    await provider.stop();
    provider = await startOpenIdProvider({ port, dataDir, clients, accounts, publicUrl });
    expect(await readFile(clientsFile(dataDir), 'utf8')).toBe(before);
    const identifier = createIdentifier({ issuer: provider.issuer, audience: AUDIENCE, feed });
    await expect(identifier.identify(`Bearer ${token}`)).resolves.toEqual({
      department: 'housing',
      system: 'housing-app',
      roles: ['consumer'],
    });
  });

  it('keeps its secrets from other users of the machine, and prints nothing', async () => {
    for (const name of ['keys.json', 'clients.json']) {
      expect((await stat(join(dataDir, 'openid', name))).mode & 0o777).toBe(0o600);
    }
    expect(said.mock.calls.filter(([text]) => /oidc|WARNING|NOTICE/.test(String(text)))).toEqual([]);
  });

  it('names the damaged file instead of starting with new keys', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'sharehub-openid-'));
    const first = await startOpenIdProvider({ port: 0, dataDir: broken, clients, accounts });
    await first.stop();
    await writeFile(join(broken, 'openid', 'keys.json'), '{"signing":');
    const again = startOpenIdProvider({ port: 0, dataDir: broken, clients, accounts });
    await expect(again).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('keys.json'),
    });
    await rm(broken, { recursive: true });
  });
});

/** A browser of few words: it follows redirects one at a time and keeps cookies by origin. */
class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, publicUrl);
    const jar = this.#jars.get(url.origin) ?? new Map<string, string>();
    this.#jars.set(url.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, ...init.headers } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (/Max-Age=0|1970/i.test(set)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }

  async follow(address: string, init?: RequestInit): Promise<{ response: Response; address: string }> {
    let response = await this.open(address, init);
    let at = new URL(address, publicUrl).href;
    for (let hops = 0; hops < 10 && response.status >= 300 && response.status < 400; hops++) {
      at = new URL(response.headers.get('location')!, at).href;
      response = await this.open(at);
    }
    return { response, address: at };
  }

  /** Cookies for the hub. */
  get cookie(): string {
    return [...(this.#jars.get(publicUrl) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Signs in as the demo account. @returns where that ended */
  async signIn(target = '/graphiql'): Promise<{ response: Response; address: string }> {
    const { address, response } = await this.follow(target);
    // The provider does not ask again who has signed in there.
    if (new URL(address).origin === publicUrl) return { address, response };
    return this.follow(address, { method: 'POST', body: new URLSearchParams({ account: 'zhou' }) });
  }
}

describe('signing in to a registered system that runs in a browser', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const REQUEST = {
    client_id: 'housing-board',
    response_type: 'code',
    scope: 'openid sharehub:auditor',
    redirect_uri: BACK,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const begin = (browser: Browser, more: Record<string, string> = {}) =>
    browser.open(`${provider.issuer}/auth?${new URLSearchParams({ ...REQUEST, ...more }).toString()}`);
  const codeOf = async () => {
    const browser = new Browser();
    const page = (await begin(browser)).headers.get('location')!;
    const body = new URLSearchParams({ account: 'zhou' });
    const signedIn = await browser.open(new URL(page, provider.issuer).href, { method: 'POST', body });
    const back = await browser.open(new URL(signedIn.headers.get('location')!, provider.issuer).href);
    const address = new URL(back.headers.get('location')!);
    expect(address.origin + address.pathname).toBe(BACK);
    return address.searchParams.get('code')!;
  };
  const redeem = (code: string, more: Record<string, string> = {}, origin = 'https://board.example') =>
    fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: 'housing-board', code, redirect_uri: BACK },
        ...{ code_verifier: verifier, ...more },
      }),
    });

  it.each([
    ['another address of return', { redirect_uri: `${BACK}/../elsewhere` }],
    ['another host', { redirect_uri: 'https://evil.example/signed-in' }],
  ])('is refused for %s, and nobody is sent there', async (_, more) => {
    const answer = await begin(new Browser(), more);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('is refused without a challenge, and to who cannot answer it', async () => {
    const query = new URLSearchParams(REQUEST);
    query.delete('code_challenge');
    query.delete('code_challenge_method');
    const answer = await new Browser().open(`${provider.issuer}/auth?${query.toString()}`);
    expect(answer.headers.get('location')).toContain('error=invalid_request');
    const stolen = await redeem(await codeOf(), { code_verifier: 'x'.repeat(43) });
    expect([stolen.status, await stolen.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
  });

  it('gives it no token of its own: it can keep no secret', async () => {
    const answer = await redeem('', { grant_type: 'client_credentials' });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_request' })]);
    const secret = (await readClientSecrets(dataDir))!['housing-board'];
    await expect(tokenOf('housing-board', secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('gives its page a token of the person, which another origin cannot read', async () => {
    const answer = await redeem(await codeOf());
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://board.example');
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const identifier = createIdentifier({ issuer: provider.issuer, audience: AUDIENCE, feed });
    await expect(identifier.identify(`Bearer ${token}`)).resolves.toEqual({
      ...{ department: 'housing', system: 'housing-board', person: 'zhou', roles: ['auditor'] },
    });
    const elsewhere = await redeem(await codeOf(), {}, 'https://evil.example');
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('signing in to a page of the hub', () => {
  it('is refused to who comes back without having begun, with a forged state, or without consent', async () => {
    const forged = '/session/callback?code=x&state=y&iss=' + encodeURIComponent(provider.issuer);
    expect((await new Browser().open(forged)).status).toBe(401);
    const victim = new Browser();
    await victim.open('/session/sign-in?to=/graphiql');
    const response = await victim.open(forged);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('登录未成功');
    await victim.open('/session/sign-in?to=/graphiql');
    expect((await victim.open('/session/callback?error=access_denied')).status).toBe(401);
  });

  it('is refused to an account that is not there', async () => {
    const browser = new Browser();
    const { address, response } = await browser.follow('/graphiql');
    expect(await response.text()).toContain('Zhou &lt;b&gt;');
    const post = (account: string) => browser.open(address, { method: 'POST', body: new URLSearchParams({ account }) });
    expect((await post('nobody')).status).toBe(400);
    expect((await post('x'.repeat(10_000))).status).toBe(400);
    expect((await new Browser().open(address)).status).toBe(400);
  });

  it('gives the page the person, their roles and the scenarios of their department, and no token', async () => {
    const browser = new Browser();
    const { address, response } = await browser.signIn();
    expect(address).toBe(`${publicUrl}/graphiql`);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(await (await browser.open('/session')).json()).toEqual({
      timeZone: 'Asia/Shanghai',
      subject: 'zhou',
      person: 'Zhou',
      department: { code: 'housing', name: 'Housing' },
      roles: ['auditor'],
      scenarios: [{ code: 'rent', name: 'Rent', purpose: 'Public housing' }],
    });
  });

  it('lets the page call for the person, and no request of another site, nor one with a token beside it', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { cookie } = browser;
    const page = { cookie, 'sharehub-page': 'portal' };
    await expect(identify(page)).resolves.toEqual({
      ...{ department: 'housing', system: 'sharehub-graphiql', person: 'zhou', roles: ['auditor'] },
    });
    await expect(identify({ ...page, origin: 'https://evil.example' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(identify({ ...page, 'sec-fetch-site': 'same-site' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const mixed = { ...page, authorization: `Bearer ${await tokenOf('housing-app')}` };
    await expect(identify(mixed)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(identify({ cookie })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(identify({ 'sharehub-page': 'portal' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('leads back to where the person was going, and to no other site', async () => {
    const browser = new Browser();
    expect((await browser.signIn('/graphiql?query=%7Bx%7D')).address).toBe(`${publicUrl}/graphiql?query=%7Bx%7D`);
    for (const to of ['https://evil.example/graphiql', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const { address } = await new Browser().signIn(`/session/sign-in?to=${encodeURIComponent(to)}`);
      expect(new URL(address).origin).toBe(publicUrl);
    }
  });

  it('gives a browser that signs in again a new session, and ends the old one', async () => {
    const browser = new Browser();
    await browser.signIn();
    const old = { cookie: browser.cookie, 'sharehub-page': 'portal' };
    await browser.signIn('/session/sign-in?to=/graphiql');
    expect(browser.cookie).not.toBe(old.cookie);
    await expect(identify(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('shows the person to no other site, and to nobody after signing out', async () => {
    const browser = new Browser();
    await browser.signIn();
    const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await browser.open('/session', crossSite)).status).toBe(400);
    expect((await browser.open('/session/sign-out', { method: 'POST', ...crossSite })).status).toBe(400);
    expect((await new Browser().open('/session')).status).toBe(401);
    expect((await browser.open('/session')).status).toBe(200);
    const left = await browser.open('/session/sign-out', { method: 'POST' });
    expect(left.headers.get('location')).toMatch(new RegExp(`^${provider.issuer}/session/end`));
    expect(left.headers.get('clear-site-data')).toBe('"storage"');
    expect((await browser.open('/session')).status).toBe(401);
  });

  it('serves the page’s own files and nothing beside them', async () => {
    const browser = new Browser();
    const html = await (await browser.signIn()).response.text();
    const script = /src="([^"]+)"/.exec(html)![1]!;
    const response = await browser.open(script);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    const folder = script.slice(0, script.lastIndexOf('/'));
    for (const path of ['/stamp', '/..%2fstamp', '/query-page.js.gz', '/query-page.js/x', '/nothing.js', '']) {
      expect((await browser.open(folder + path)).status).toBe(404);
    }
  });
});
