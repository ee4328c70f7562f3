import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { createIdentifier, type IdentifierOptions } from '../../gateway/identity/identifier.js';
import type { HubError } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { shows } from '../conformance/shows.js';

const ISSUER = 'https://id.example.gov.cn';
const AUDIENCE = 'urn:sharehub:hub';
const NOW = Date.parse('2026-03-02T09:00:00+08:00');

let privateKey: CryptoKey;
let publicKey: CryptoKey;
let published: JWK[];
beforeAll(async () => {
  ({ privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true }));
  published = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
});

const register = (change: Partial<GovernanceSnapshot> = {}, version = 1): GovernanceSnapshot => ({
  version,
  departments: new Map([
    ['housing', { code: 'housing', name: 'Housing', suspended: false, roles: ['consumer'] }],
    ['police', { code: 'police', name: 'Public security', suspended: false, roles: ['provider', 'consumer'] }],
  ]),
  systems: new Map([
    ['housing-app', { clientId: 'housing-app', name: 'Allocation', department: 'housing', suspended: false }],
    ['police-app', { clientId: 'police-app', name: 'Residents', department: 'police', suspended: false }],
  ]),
  officers: new Map([
    ['zhou', { subject: 'zhou', name: 'Zhou', department: 'housing', roles: ['auditor'], suspended: false }],
  ]),
  scenarios: new Map(),
  grants: new Map(),
  publishers: new Map(),
  consents: [],
  ...change,
});

/** A hub's identifier in front of a provider that is a function: what it is asked is counted, and it can be away. */
function hub(options: Partial<IdentifierOptions> = {}, { away = false } = {}) {
  const state = {
    now: NOW,
    snapshot: register(),
    away,
    keys: published,
    asked: [] as string[],
    faults: [] as string[],
  };
  const fetch = async (url: URL) => {
    state.asked.push(url.pathname);
    if (state.away) throw new TypeError('fetch failed');
    const discovery = { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` };
    return Response.json(url.pathname === '/keys' ? { keys: state.keys } : discovery);
  };
  const identifier = createIdentifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    feed: { fresh: () => state.snapshot, current: async () => state.snapshot },
    fetch: fetch as typeof globalThis.fetch,
    now: () => state.now,
    onFault: (error) => state.faults.push(error.message),
    ...options,
  });
  const identify = (token?: string) => identifier.identify(token === undefined ? undefined : `Bearer ${token}`);
  const refusal = (token?: string) =>
    identify(token).then(
      () => 'admitted',
      (error: HubError) => error.code,
    );
  return { state, identifier, identify, refusal };
}

interface Token {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: CryptoKey | Uint8Array;
}
const seconds = (offset: number) => Math.floor(NOW / 1000) + offset;
const claimsOf = (claims: Record<string, unknown> = {}) => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'housing-app',
  client_id: 'housing-app',
  iat: seconds(0),
  exp: seconds(3600),
  jti: 'j1',
  ...claims,
});
const token = ({ claims, header, key = privateKey }: Token = {}): Promise<string> =>
  new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', ...header }).sign(key);
const person = (claims: Record<string, unknown> = {}) =>
  token({ claims: { sub: 'zhou', client_id: 'sharehub-graphiql', ...claims } });

describe('a bad token', () => {
  it('is refused when there is none, and says so (HZ-9.3c)', async () => {
    shows('HZ-9.3c');
    const { identify, identifier } = hub();
    for (const none of [undefined, '', 'Basic aG91c2luZzpzZWNyZXQ=', 'Token abc']) {
      await expect(identifier.identify(none)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        status: 401,
      });
    }
    await expect(identify(await token())).resolves.toMatchObject({ department: 'housing' });
  });

  it('is refused as invalid whatever is wrong with it', async () => {
    const { refusal } = hub();
    const stranger = await generateKeyPair('ES256');
    const pem = await exportSPKI(publicKey);
    const raw = Buffer.from(published[0]!.x!, 'base64url');
    const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const hmac = (secret: string | Buffer) => {
      const input = `${b64({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })}.${b64(claimsOf())}`;
      return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    };
    const good = await token();
    const [header, , signature] = good.split('.');
    const bad: Record<string, string> = {
      'no algorithm': new UnsecuredJWT(claimsOf()).encode(),
      'no algorithm, in capitals': `${b64({ alg: 'NONE', typ: 'at+jwt', kid: 'k1' })}.${b64(claimsOf())}.`,
      'an HMAC with the public key as PEM': hmac(pem),
      'an HMAC with the public key as bytes': hmac(raw),
      'an HMAC with the public key as JWK': hmac(JSON.stringify(published[0])),
      'a stranger’s key under a known name': await token({ key: stranger.privateKey }),
      'a stranger’s key in the header': await token({
        key: stranger.privateKey,
        header: { kid: undefined, jwk: await exportJWK(stranger.publicKey) },
      }),
      'another address for the keys': await token({
        key: stranger.privateKey,
        header: { jku: 'https://evil.example/k' },
      }),
      'an unknown critical header': `${b64({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', crit: ['x'], x: 1 })}.${b64(claimsOf())}.${signature}`,
      'changed claims': `${header}.${b64(claimsOf({ client_id: 'police-app', sub: 'police-app' }))}.${signature}`,
      'no signature': good.slice(0, good.lastIndexOf('.') + 1),
      'another audience': await token({ claims: { aud: 'urn:other' } }),
      'no audience': await token({ claims: { aud: undefined } }),
      'another issuer': await token({ claims: { iss: 'https://id.example.gov.cn.evil.example' } }),
      'not yet valid': await token({ claims: { nbf: seconds(60) } }),
      'no expiry': await token({ claims: { exp: undefined } }),
      'an expiry that is a word': `${header}.${b64(claimsOf({ exp: 'never' }))}.${signature}`,
      'no subject': await token({ claims: { sub: undefined } }),
      'no client': await token({ claims: { client_id: undefined } }),
      'two clients': await token({ claims: { azp: 'police-app' } }),
      'a client that is a list': await token({ claims: { client_id: ['housing-app'] } }),
      'the type of an ID token': await token({ header: { typ: 'JWT' } }),
      'no type': await token({ header: { typ: undefined } }),
      'a nonce, as ID tokens have': await token({ claims: { nonce: 'n' } }),
      'the kind refresh': await token({ claims: { typ: 'Refresh' } }),
      garbage: 'garbage',
      'garbage in three parts': 'a.b.c',
      'garbage with a right header': `${header}.${'A'.repeat(100)}.${signature}`,
      'characters that no token has': 'eyJ\u0000.a.b',
      'a huge one': 'A'.repeat(1_000_000),
      'a huge good one': await token({ claims: { padding: 'x'.repeat(10_000) } }),
    };
    const codes = Object.fromEntries(
      await Promise.all(Object.entries(bad).map(async ([what, text]) => [what, await refusal(text)] as const)),
    );
    expect(codes).toEqual(Object.fromEntries(Object.keys(bad).map((what) => [what, 'TOKEN_INVALID'])));
  });

  it('says that it has expired, also when it was good a moment ago', async () => {
    const { state, refusal, identify } = hub();
    const short = await token({ claims: { exp: seconds(10) } });
    await identify(short);
    state.now = NOW + 16_000;
    expect(await refusal(short)).toBe('TOKEN_EXPIRED');
    expect(await refusal(short)).toBe('TOKEN_EXPIRED');
    await expect(identify(await token({ claims: { exp: seconds(1) } }))).rejects.toMatchObject({
      message: 'The access token was refused: it has expired.',
    });
  });

  it('is not refused for clocks that differ by a few seconds', async () => {
    const { refusal } = hub();
    expect(await refusal(await token({ claims: { exp: seconds(-3) } }))).toBe('admitted');
    expect(await refusal(await token({ claims: { nbf: seconds(3) } }))).toBe('admitted');
  });

  it('of an ID token is refused where the provider gives both kinds the same type', async () => {
    const { refusal } = hub({ types: ['at+jwt', 'jwt'] });
    const typ = 'JWT';
    expect(await refusal(await token({ header: { typ }, claims: { typ: 'Bearer' } }))).toBe('admitted');
    expect(await refusal(await token({ header: { typ }, claims: { typ: 'ID' } }))).toBe('TOKEN_INVALID');
    expect(await refusal(await token({ header: { typ }, claims: { at_hash: 'x' } }))).toBe('TOKEN_INVALID');
    expect(await refusal(await token({ header: { typ: 'logout+jwt' } }))).toBe('TOKEN_INVALID');
  });
});

describe('the caller', () => {
  it('is not who the token claims to be beyond its system and subject', async () => {
    const { identify } = hub();
    const claims = {
      department: 'police',
      dep: 'police',
      roles: ['authority'],
      role: 'operator',
      groups: ['authority'],
      scope: 'admin',
    };
    expect(await identify(await token({ claims }))).toEqual({
      department: 'housing',
      system: 'housing-app',
      roles: ['consumer'],
    });
    expect(await identify(await person(claims))).toEqual({
      department: 'housing',
      system: 'sharehub-graphiql',
      person: 'zhou',
      roles: ['auditor'],
    });
  });

  it('is unknown when the register does not have the system, the person or the department', async () => {
    const { state, refusal } = hub();
    expect(await refusal(await token({ claims: { sub: 'ghost', client_id: 'ghost' } }))).toBe('CALLER_UNKNOWN');
    expect(await refusal(await person({ sub: 'nobody' }))).toBe('CALLER_UNKNOWN');
    expect(await refusal(await token({ claims: { sub: '__proto__', client_id: 'constructor' } }))).toBe(
      'CALLER_UNKNOWN',
    );
    state.snapshot = register({ departments: new Map() }, 2);
    expect(await refusal(await token())).toBe('CALLER_UNKNOWN');
  });

  it('is not the system when an unregistered person came through it', async () => {
    const { refusal } = hub();
    expect(await refusal(await token({ claims: { sub: 'somebody' } }))).toBe('CALLER_UNKNOWN');
  });

  it('is not a person who came through a system of another department', async () => {
    const { identify, refusal } = hub();
    expect(await refusal(await person({ client_id: 'police-app' }))).toBe('CALLER_UNKNOWN');
    expect(await refusal(await person({ client_id: 'ghost' }))).toBe('CALLER_UNKNOWN');
    expect(await identify(await person({ client_id: 'housing-app' }))).toMatchObject({
      person: 'zhou',
      system: 'housing-app',
    });
  });

  it('is not the query page itself', async () => {
    const { refusal } = hub();
    const page = { sub: 'sharehub-graphiql', client_id: 'sharehub-graphiql' };
    expect(await refusal(await token({ claims: page }))).toBe('CALLER_UNKNOWN');
  });

  it('is refused at the next request after a suspension, with warm caches, and admitted again after it', async () => {
    const { state, refusal } = hub();
    const [system, officer] = [await token(), await person()];
    const both = async () => [await refusal(system), await refusal(officer)];
    expect(await both()).toEqual(['admitted', 'admitted']);
    const { departments, systems, officers } = register();
    const off = <T>(entries: ReadonlyMap<string, T>, key: string) =>
      new Map(entries).set(key, { ...entries.get(key)!, suspended: true });

    state.snapshot = register({ systems: off(systems, 'housing-app') }, 2);
    expect(await both()).toEqual(['CALLER_SUSPENDED', 'admitted']);
    expect(await both()).toEqual(['CALLER_SUSPENDED', 'admitted']);
    state.snapshot = register({ officers: off(officers, 'zhou') }, 3);
    expect(await both()).toEqual(['admitted', 'CALLER_SUSPENDED']);
    state.snapshot = register({ departments: off(departments, 'housing') }, 4);
    expect(await both()).toEqual(['CALLER_SUSPENDED', 'CALLER_SUSPENDED']);
    state.snapshot = register({}, 5);
    expect(await both()).toEqual(['admitted', 'admitted']);
  });

  it('is nobody when the register is stale', async () => {
    const stale = new Error('stale');
    const { refusal, identify } = hub({ feed: { fresh: () => undefined, current: () => Promise.reject(stale) } });
    expect(await refusal(await token())).not.toBe('admitted');
    await expect(identify(await token())).rejects.toBe(stale);
  });

  it('is the same object until the register changes, and costs no second signature check', async () => {
    const { state, identify } = hub();
    const warm = await token();
    const first = await identify(warm);
    state.keys = [];
    expect(await identify(warm)).toBe(first);
    state.snapshot = register({}, 2);
    expect(await identify(warm)).toEqual(first);
    expect(state.asked).toHaveLength(2);
  });

  it('is read from the claims that the operator names, for providers of other makes', async () => {
    const keycloak = hub({
      clientClaims: ['azp'],
      systemMark: { claim: 'preferred_username', value: 'service-account-{client}' },
    });
    const claims = { sub: '5d2f', client_id: undefined, azp: 'housing-app' };
    expect(await keycloak.refusal(await token({ claims }))).toBe('CALLER_UNKNOWN');
    const marked = { ...claims, preferred_username: 'service-account-police-app' };
    expect(await keycloak.refusal(await token({ claims: marked }))).toBe('CALLER_UNKNOWN');
    const own = { ...claims, preferred_username: 'service-account-housing-app' };
    expect(await keycloak.identify(await token({ claims: own }))).toMatchObject({ system: 'housing-app' });
  });
});

describe('a token', () => {
  it.each([
    ['that is bound to a key of its sender', { cnf: { jkt: 'x' } }, /cnf/],
    ['that is used in the name of another', { act: { sub: 'broker' } }, /act/],
    ['that was issued in the future', { iat: seconds(6), exp: seconds(3600) }, /in the future/],
  ])('%s is refused by name', async (_, claims, why) => {
    const { identify } = hub();
    await expect(identify(await token({ claims }))).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      message: expect.stringMatching(why),
    });
  });

  it('may be as early as the operator lets the clocks differ', async () => {
    expect(await hub().refusal(await token({ claims: { iat: seconds(5) } }))).toBe('admitted');
    expect(await hub({ clockTolerance: 60 }).refusal(await token({ claims: { iat: seconds(60) } }))).toBe('admitted');
    expect(await hub({ clockTolerance: 60 }).refusal(await token({ claims: { iat: seconds(61) } }))).toBe(
      'TOKEN_INVALID',
    );
  });

  it('gives the roles that both its scopes and the register name', async () => {
    const { identify } = hub();
    const of = async (scope: string) =>
      (await identify(await token({ claims: { sub: 'police-app', client_id: 'police-app', scope } }))).roles;
    expect(await of('sharehub:provider sharehub:authority')).toEqual(['provider']);
    expect(await of('sharehub:authority')).toEqual([]);
    expect(await of('openid profile')).toEqual(['provider', 'consumer']);
  });
});

describe('the provider', () => {
  it('may withdraw a key: it stops counting within a minute, though no other is asked for', async () => {
    const { state, identifier, refusal } = hub();
    const old = await token();
    expect(await refusal(old)).toBe('admitted');
    state.keys = [];
    for (let second = 0; second < 59; second++) {
      state.now += 1000;
      identifier.renewWhenDue();
      await new Promise(setImmediate);
    }
    expect(await refusal(old)).toBe('TOKEN_INVALID');
  });

  it('may be away at the start, and the hub is ready by itself when it is back', async () => {
    const { state, identifier } = hub({}, { away: true });
    await new Promise(setImmediate);
    expect(identifier.ready()).toBe(false);
    state.away = false;
    state.now += 1500;
    identifier.renewWhenDue();
    while (!identifier.ready()) await new Promise(setImmediate);
  });

  it('cannot be hammered with unknown keys', async () => {
    const { state, refusal } = hub();
    await refusal(await token());
    state.now += 6000;
    state.asked.length = 0;
    const forged = await Promise.all(Array.from({ length: 50 }, (_, i) => token({ header: { kid: `x${i}` } })));
    expect(new Set(await Promise.all(forged.map(refusal)))).toEqual(new Set(['TOKEN_INVALID']));
    for (const one of forged) await refusal(one);
    expect(state.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('may change its keys: the new one is fetched, the withdrawn one no longer counts', async () => {
    const { state, refusal } = hub();
    const old = await token();
    expect(await refusal(old)).toBe('admitted');
    const next = await generateKeyPair('EdDSA', { extractable: true });
    state.keys = [{ ...(await exportJWK(next.publicKey)), kid: 'k2', alg: 'EdDSA' }];
    state.now += 6000;
    expect(await refusal(await token({ key: next.privateKey, header: { alg: 'EdDSA', kid: 'k2' } }))).toBe('admitted');
    expect(await refusal(old)).toBe('TOKEN_INVALID');
  });

  it('may be away at the start: callers are told to come back, and are admitted once it is there', async () => {
    const { state, identifier, identify, refusal } = hub({}, { away: true });
    const good = await token();
    await expect(identify(good)).rejects.toMatchObject({ code: 'NOT_READY', status: 503 });
    expect(identifier.ready()).toBe(false);
    for (let i = 0; i < 20; i++) expect(await refusal(await token({ claims: { jti: `t${i}` } }))).toBe('NOT_READY');
    expect(state.asked).toHaveLength(1);
    state.away = false;
    state.now += 1500;
    expect(await refusal(good)).toBe('admitted');
    expect(identifier.ready()).toBe(true);
  });

  it('may go away later: callers whose keys are known are served on', async () => {
    const { state, refusal } = hub();
    expect(await refusal(await token())).toBe('admitted');
    state.away = true;
    state.now += 1_200_000;
    expect(await refusal(await token({ claims: { jti: 'j2' } }))).toBe('admitted');
    expect(await refusal(await token({ header: { kid: 'k9' } }))).toBe('NOT_READY');
    const asked = state.asked.length;
    for (let i = 0; i < 20; i++) await refusal(await token({ header: { kid: `k${i + 10}` } }));
    expect(state.asked.length).toBe(asked);
    state.away = false;
    state.now += 2000;
    expect(await refusal(await token({ header: { kid: 'k9' } }))).toBe('TOKEN_INVALID');
    expect(state.faults).toEqual(['fetch failed']);
  });

  it('must be the one that was asked for', async () => {
    const faults: string[] = [];
    const evil = async () => Response.json({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/keys' });
    const { refusal } = hub({ fetch: evil, onFault: (error) => faults.push(error.message) });
    expect(await refusal(await token())).toBe('NOT_READY');
    expect(faults).toEqual(['it calls itself https://evil.example, not https://id.example.gov.cn']);
  });
});
