import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startOpenIdProvider, type OpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { readClientSecrets } from '../../shared/openid/provider-keys.js';
import { requestSystemToken } from '../../shared/openid/system-token.js';

const AUDIENCE = 'urn:sharehub:hub';
const PUBLIC_URL = 'http://127.0.0.1:4000';
const known = { clientId: 'housing-app', name: 'Allocation' };
/** A system that a careless register took in under the id of the hub's own page. */
const usurper = { clientId: 'sharehub-graphiql', name: 'Usurper' };

let dataDir: string;
let provider: OpenIdProvider;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sharehub-openid-'));
  const clients = [known, usurper];
  provider = await startOpenIdProvider({ port: 0, dataDir, clients, accounts: [], publicUrl: PUBLIC_URL });
});
afterAll(async () => {
  await provider.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const tokenOf = async (clientId: string, clientSecret?: string) => {
  const secret = clientSecret ?? (await readClientSecrets(dataDir))?.[clientId] ?? 'none';
  return requestSystemToken({ issuer: provider.issuer, audience: AUDIENCE, clientId, clientSecret: secret });
};

describe('the embedded OpenID provider', () => {
  it('starts though a system is registered under the id of the query page, which stays the page’s', async () => {
    const query = new URLSearchParams({
      client_id: 'sharehub-graphiql',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${PUBLIC_URL}/session/callback`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const answer = await fetch(`${provider.issuer}/auth?${query.toString()}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringContaining('/sign-in/')]);
    await expect(tokenOf('sharehub-graphiql')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('knows a system from its registration on, and no longer than that', async () => {
    await expect(tokenOf('water-app')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await provider.update({ clients: [known, { clientId: 'water-app', name: 'Water' }], accounts: [] });
    expect(decodeJwt((await tokenOf('water-app')).accessToken)).toMatchObject({ sub: 'water-app', aud: AUDIENCE });
    const secret = (await readClientSecrets(dataDir))!['water-app']!;
    await provider.update({ clients: [known], accounts: [] });
    await expect(tokenOf('water-app', secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(tokenOf('housing-app')).resolves.toBeDefined();
  });

  it('gives a token the scopes that were asked for, and none unasked', async () => {
    const secret = (await readClientSecrets(dataDir))!['housing-app']!;
    const ask = async (scope?: string) => {
      const answer = await fetch(`${provider.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`housing-app:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
      });
      return decodeJwt(((await answer.json()) as { access_token: string }).access_token)['scope'];
    };
    expect(await ask('sharehub:consumer')).toBe('sharehub:consumer');
    expect(await ask()).toBeUndefined();
  });

  it('promises in its discovery what it does, and nothing else', async () => {
    const answer = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    const discovery = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(discovery).filter((key) => /dpop|pushed|mtls|userinfo|registration/.test(key))).toEqual([]);
    expect(discovery).toMatchObject({
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      scopes_supported: expect.arrayContaining(['openid', 'sharehub:provider']),
    });
  });
});
