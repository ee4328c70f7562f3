import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersistedQueries } from '../../gateway/http/persisted-queries.js';
import type { SystemEntry } from '../../shared/read-model/read-model.js';
import { read } from './support/in-memory-hub.js';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const extensions = (text: string, version = 1) => ({ persistedQuery: { version, sha256Hash: sha256(text) } });
const NAMED = 'query Named { station(number: "1") { number } }';
const OTHER = '{ station(number: "2") { number } }';
const SECRET = '{ station(number: "3") { number telephone } }';

let hub: SmallHub;
beforeAll(async () => {
  hub = await startSmallHub();
});
afterAll(() => hub.stop());

const post = async (body: object, department = 'housing') =>
  read(await hub.post(body, { authorization: `Bearer ${department}` }));
const get = async (parameters: Record<string, string>, department = 'housing') =>
  read(
    await fetch(`${hub.url}/graphql?${new URLSearchParams(parameters).toString()}`, {
      headers: { authorization: `Bearer ${department}` },
    }),
  );

describe('an operation that is named by its hash', () => {
  it.each([
    ['of another version', { extensions: extensions(NAMED, 2) }],
    ['in capitals', { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(NAMED).toUpperCase() } } }],
    ['that is none', { extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } }],
    ['that is not an object', { extensions: { persistedQuery: 'x' } }],
    ['of another text', { query: OTHER, extensions: extensions(NAMED) }],
  ])('is refused with a hash %s, and nothing is kept', async (_, body) => {
    const reply = await post(body);
    expect([reply.status, reply.code]).toEqual([400, 'BAD_REQUEST']);
    expect((await post({ extensions: extensions(NAMED) })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('is asked for its text in the words that clients know, and is then known to its department alone', async () => {
    const asked = await post({ extensions: extensions(NAMED) });
    expect([asked.status, asked.body]).toEqual([
      200,
      { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
    ]);
    const DATA = { station: { number: '1' } };
    expect((await post({ query: NAMED, extensions: extensions(NAMED) })).body.data).toEqual(DATA);
    expect((await post({ query: '', operationName: 'Named', extensions: extensions(NAMED) })).body.data).toEqual(DATA);
    expect((await get({ extensions: JSON.stringify(extensions(NAMED)) })).body.data).toEqual(DATA);
    expect((await post({ extensions: extensions(NAMED) }, 'ghost')).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('gives no right that its text does not give, and its record has the hash', async () => {
    await post({ query: SECRET, extensions: extensions(SECRET) });
    const reply = await post({ extensions: extensions(SECRET) });
    expect([reply.body.data, reply.code]).toEqual([{ station: { number: '3', telephone: null } }, 'PURPOSE_REQUIRED']);
    await post({ query: SECRET });
    const records = (await hub.records()).filter(({ released }) => released.length > 0).slice(-2);
    expect(records.map(({ document }) => document)).toEqual([sha256(SECRET), undefined]);
  });

  it('is kept only when it is valid', async () => {
    const wrong = '{ nowhere }';
    expect((await post({ query: wrong, extensions: extensions(wrong) })).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await post({ extensions: extensions(wrong) })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('pushes out the oldest of its own department only', () => {
    const known = new PersistedQueries();
    const named = (text: string) => ({
      query: undefined,
      persisted: sha256(text),
      operationName: undefined,
      variables: undefined,
    });
    const keep = (department: string, text: string) => known.keep(department, named(text), text);
    const knows = (department: string, text: string) => {
      try {
        return known.resolve(department, named(text)) === text;
      } catch {
        return false;
      }
    };
    keep('tax', NAMED);
    keep('housing', OTHER);
    for (let i = 0; i < 1_000; i++) keep('housing', `{ a${i} }`);
    expect([knows('tax', NAMED), knows('housing', OTHER), knows('housing', '{ a999 }')]).toEqual([true, false, true]);
    const long = (name: string) => `{ ${name.repeat(300_000)} }`;
    for (const name of ['a', 'b', 'c', 'd']) keep('tax', long(name));
    expect([knows('tax', NAMED), knows('tax', long('a')), knows('tax', long('d'))]).toEqual([false, false, true]);
    keep('tax', long('abcd'));
    expect([knows('tax', long('abcd')), knows('tax', long('d'))]).toEqual([false, true]);
    // All departments have one bound: those of the one that asked longest ago are forgotten.
    for (let i = 0; i < 36; i++) {
      keep(`department ${i}`, long('abc'));
      expect(knows('tax', long('d'))).toBe(true);
    }
    expect([knows('department 0', long('abc')), knows('department 35', long('abc'))]).toEqual([false, true]);
  });
});

describe('a system with registered operations', () => {
  const register = (documents: readonly string[], documentsOnly: boolean) =>
    hub.systems.set('housing-app', {
      clientId: 'housing-app',
      name: 'Allocation',
      department: 'housing',
      suspended: false,
      documents: new Set(documents.map(sha256)),
      documentsOnly,
    } satisfies SystemEntry);

  it('that runs these only is refused every other, its parts and introspection, and the record says which', async () => {
    register([NAMED], true);
    for (const query of [OTHER, `${NAMED} `, '{ __typename }', '{ __schema { types { name } } }']) {
      const reply = await post({ query });
      expect([reply.status, reply.code, reply.body.data]).toEqual([403, 'OPERATION_NOT_TRUSTED', undefined]);
      expect(reply.body.errors![0]!.extensions).toMatchObject({ system: 'housing-app', document: sha256(query) });
    }
    const explained = await read(
      await fetch(`${hub.url}/explain`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer housing' },
        body: JSON.stringify({ query: OTHER }),
      }),
    );
    expect(explained.code).toBe('OPERATION_NOT_TRUSTED');
    expect((await hub.records()).at(-1)).toMatchObject({ code: 'OPERATION_NOT_TRUSTED', document: sha256(OTHER) });
    register([], true);
    expect((await post({ query: NAMED })).code).toBe('OPERATION_NOT_TRUSTED');
  });

  it('runs them, by text or by hash, under every other rule', async () => {
    register([NAMED, SECRET], true);
    for (const body of [
      { query: NAMED },
      { query: NAMED, extensions: extensions(NAMED) },
      { extensions: extensions(NAMED) },
    ])
      expect((await post(body)).body.data).toEqual({ station: { number: '1' } });
    expect((await hub.records()).at(-1)!.document).toBe(sha256(NAMED));
    expect((await post({ query: SECRET })).code).toBe('PURPOSE_REQUIRED');
    register([NAMED], false);
    expect((await post({ query: OTHER })).body.data).toEqual({ station: { number: '2' } });
  });
});
