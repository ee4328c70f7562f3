import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { toRequest } from '../../cli/request-options.js';
import { signInPerson } from '../../cli/sign-in-person.js';
import { type Config, readConfig } from '../../shared/config/config.js';
import { type OpenIdProvider, startOpenIdProvider } from '../../shared/openid/open-id-provider.js';

let folder: string;
let provider: OpenIdProvider;
let config: Config;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-sign-in-'));
  const accounts = [{ subject: 'chen.jing', name: '陈静', department: 'civil-affairs', roles: [] }];
  const publicUrl = 'http://127.0.0.1:4000';
  provider = await startOpenIdProvider({ port: 0, dataDir: folder, clients: [], accounts, publicUrl });
  const port = Number(new URL(provider.issuer).port) - 9;
  config = { ...readConfig({ DATA_DIR: folder, PUBLIC_URL: publicUrl }), PORT: port };
});
afterAll(async () => {
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});

it('signs in no account that there is not, and none where the hub has a provider of its own', async () => {
  await expect(signInPerson('nobody', config)).rejects.toMatchObject({
    code: 'CALLER_UNKNOWN',
    message: expect.stringContaining('has no account "nobody"'),
  });
  await expect(signInPerson('chen.jing', { ...config, OIDC_ISSUER: provider.issuer })).rejects.toMatchObject({
    code: 'CALLER_UNKNOWN',
    message: expect.stringContaining('SHAREHUB_TOKEN'),
  });
  await expect(signInPerson('chen.jing', { ...config, PORT: 1 })).rejects.toMatchObject({ code: 'NOT_READY' });
});

it('signs a demo account in', async () => {
  expect(decodeJwt(await signInPerson('chen.jing', config))).toMatchObject({
    sub: 'chen.jing',
    aud: 'urn:sharehub:hub',
  });
});

it('asks as a system or as a person, never as both', () => {
  expect(() => toRequest('{ a }', { as: 'tax-app', person: 'chen.jing' })).toThrow('not both');
  expect(() => toRequest('{ a }', {})).toThrow('SHAREHUB_TOKEN');
  expect(toRequest('{ a }', { as: 'tax-app' })).toEqual({ as: 'tax-app', query: '{ a }' });
});
