import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Comparison } from '../../gateway/permission/comparisons.js';
import { findHubComparisons } from '../../gateway/supergraph/hub-comparisons.js';
import type { Grant, VerificationDetail } from '../../shared/kernel/index.js';
import type { Protection } from '../../shared/read-model/read-model.js';
import { samplePerson } from '../../shared/sample/person.js';
import { showsPartOf } from '../conformance/shows.js';
import {
  ABSENT,
  ELSEWHERE,
  EMPTY,
  FOREIGN_SDL,
  foreignPolice,
  FULL,
  HELD,
  PERSONS,
  WITNESS,
  type ForeignPerson,
  type PlainClaims,
} from './support/foreign-police.js';
import { liveGrant, startPlainHub, type PlainHub, type Told } from './support/plain-hub.js';

/** Items with which claims are compared, and a value that nobody holds. */
const RIGHT = { phone: HELD.phone, income: 48_000, debtBand: 'AT_LEAST_10000' };
const WRONG = { phone: '13900000000', income: 47_000, debtBand: 'BELOW_10000' };
const ITEMS = ['phone', 'income', 'debt', 'fined', 'level'] as const;
const verify = (...[more, id, detail]: [object?, string?, string?]): [string, object] => [
  `query ($id: ID!, $claims: PersonClaims!) { verifyPerson(id: $id, claims: $claims) { outcome comparedBy ${detail ?? ''} } }`,
  { id: id ?? FULL, claims: { ...RIGHT, ...more } },
];
const grantAll = (more: Partial<Grant> = {}) =>
  liveGrant(
    ITEMS.map((item) => `Person.${item}`),
    { mode: 'VERIFY', ...more },
  );
const details = (...verificationDetails: VerificationDetail[]) => ({ verificationDetails });
const protection = (identifier: string): Protection => ({
  ...{
    id: 'PS-1',
    owner: 'police',
    kind: 'PERSON',
    identifier,
    purposes: [],
    sealed: '',
    until: Date.now() + 3_600_000,
  },
});
const NOT_CONFIRMED = { outcome: 'NOT_CONFIRMED', comparedBy: 'HUB' };

let hub: PlainHub;
const seen: PlainClaims[] = [];
/** Answers of the owner by hand, and records that it has beside those of everybody. */
let byHand: ((query: string) => object | Promise<object> | undefined) | undefined;
const more = new Map<string, ForeignPerson>();
/** Comparisons that were counted as guesses, and those that were taken back. */
const counted: Comparison[] = [];
const takenBack: Comparison[] = [];
beforeAll(async () => {
  hub = await startPlainHub(
    {
      police: foreignPolice(
        seen,
        { answer: (query) => byHand?.(query) },
        { get: (id: string) => PERSONS.get(id) ?? more.get(id) },
      ),
    },
    [],
    { EXPOSE_PROVIDER_ERRORS: 'true' },
    {},
    {
      begin: async (_, comparisons) => {
        counted.push(...comparisons);
        return { refused: new Map(), run: { number: '1', name: 'run' } };
      },
      settle: async (_department, _run, confirmed, failed) => void takenBack.push(...confirmed, ...failed),
    },
  );
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  byHand = undefined;
  more.clear();
  for (const list of [seen, counted, takenBack, hub.received]) list.length = 0;
  hub.feed.commit([grantAll()]);
});

const ask = async (...given: Parameters<typeof verify>): Promise<unknown> => {
  const { data, errors } = await hub.ask(...verify(...given));
  return data?.verifyPerson ?? errors[0]?.extensions.code;
};

describe('A subgraph without the kit', () => {
  it('is compared with inside the hub, by the rules of its own marks, and the answer says so (QZ-5.4d, QZ-5.4f)', async () => {
    showsPartOf('QZ-5.4d', 'QZ-5.4f');
    expect(await ask()).toEqual({ outcome: 'MATCH', comparedBy: 'HUB' });
    expect(await ask({ income: 48_100.5, name: '阿依古丽•买买提' })).toMatchObject({ outcome: 'MATCH' });
    expect(await ask({ level: 'A', fined: true })).toMatchObject({ outcome: 'MATCH' });
    for (const wrong of [
      { income: 48_101 },
      { phone: '13800001235' },
      { debtBand: 'BELOW_10000' },
      { level: 'B' },
      { fined: false },
      { name: '王伟' },
    ])
      expect(await ask(wrong)).toEqual(NOT_CONFIRMED);
  });

  it('is asked as the hub itself, under the signed context, for the items alone that are claimed', async () => {
    await ask();
    expect(seen).toEqual([
      expect.objectContaining({ aud: 'police', dep: 'tax', sys: 'hub-verification', scn: 'audit' }),
    ]);
    expect(seen[0]).not.toHaveProperty('masks');
    const [{ query, variables }] = hub.received as [(typeof hub.received)[number]];
    expect(query).toMatch(/\{ debt income phone id \}/);
    expect(variables).toEqual({ keys: [{ __typename: 'Person', id: FULL }] });
  });

  it('gives one answer for a claim that differs, no record, no value, a protected subject and rows outside the grant', async () => {
    hub.feed.commit([grantAll({ rows: ['330102'] })], { protections: [protection(WITNESS)] });
    const told: Told[] = [];
    for (const [id, claims] of [
      [FULL, WRONG],
      [ABSENT, RIGHT],
      [EMPTY, RIGHT],
      [WITNESS, RIGHT],
      [ELSEWHERE, RIGHT],
    ] as const)
      told.push(await hub.ask(...verify(claims, id)));
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    expect(told[0]!.data).toEqual({ verifyPerson: NOT_CONFIRMED });
    expect(await ask()).toMatchObject({ outcome: 'MATCH' });
    // The rows are cut where the records are, too.
    expect(seen[0]).toMatchObject({ rows: { Person: ['330102'] } });
  });

  it('tells more than one outcome only where the grants say so', async () => {
    expect(await ask({}, FULL, 'outcomes { item outcome }')).toMatchObject({ outcomes: null });
    hub.feed.commit([grantAll(details('PER_ITEM', 'NO_RECORD'))]);
    expect(await ask(WRONG, ABSENT)).toMatchObject({ outcome: 'NO_RECORD' });
    expect(await ask({ income: 1 }, FULL, 'outcomes { item outcome }')).toMatchObject({
      outcome: 'NOT_CONFIRMED',
      outcomes: [
        { item: 'Person.phone', outcome: 'MATCH' },
        { item: 'Person.income', outcome: 'NOT_CONFIRMED' },
        { item: 'Person.debt', outcome: 'MATCH' },
      ],
    });
    hub.feed.commit([grantAll(details('NO_RECORD'))], { protections: [protection(WITNESS)] });
    expect([await ask({}, WITNESS), await ask({}, ABSENT)]).toMatchObject([
      { outcome: 'NO_RECORD' },
      { outcome: 'NO_RECORD' },
    ]);
  });

  it('is not asked at all without a grant, for one claim that tells the value, or for none', async () => {
    const claim = async (claims: string) => {
      const { errors } = await hub.ask(`{ verifyPerson(id: "${FULL}", claims: { ${claims} }) { outcome } }`);
      return errors[0]?.extensions.code;
    };
    expect(await claim('fined: true')).toBe('CLAIM_TELLS_VALUE');
    expect(await claim('level: A, name: "x"')).toBe('CLAIM_TELLS_VALUE');
    expect(await claim('phone: null')).toBe('CLAIM_MISSING');
    hub.feed.commit([]);
    expect(await claim('phone: "1"')).toBe('GRANT_REQUIRED');
    expect(await claim('income: 1')).toBe('GRANT_REQUIRED');
    expect(hub.received).toEqual([]);
    const { items } = await hub.explain(`{ verifyPerson(id: "${FULL}", claims: { phone: "1" }) { outcome } }`);
    expect(items).toContainEqual(
      expect.objectContaining({ coordinate: 'Person.phone', mode: 'VERIFY', decision: 'DENY', code: 'GRANT_REQUIRED' }),
    );
  });

  it('has every claim counted as a guess that is not confirmed, and none that failed', async () => {
    const aliases = ['a', 'b', 'c'].map(
      (a) => `${a}: verifyPerson(id: "${FULL}", claims: { phone: "${a}" }) { outcome }`,
    );
    await hub.ask(
      `{ ${aliases.join(' ')} d: verifyPerson(id: "${FULL}", claims: { phone: "${HELD.phone}" }) { outcome } }`,
    );
    expect([counted.length, takenBack.length]).toEqual([4, 1]);
    // All four are read by one fetch.
    expect(hub.received).toHaveLength(1);
    byHand = () => ({ errors: [{ message: 'down' }] });
    await ask();
    expect([counted.length, takenBack.length]).toEqual([5, 2]);
  });

  it('is recorded as read by the hub and compared, without what was claimed or held', async () => {
    await ask(WRONG);
    const record = (await hub.records()).at(-1)!;
    expect(record).toMatchObject({
      ...{ mode: 'VERIFY', comparedBy: 'HUB', sent: { police: ['Person.id'] } },
      compared: ['Person.id', 'Person.phone', 'Person.income', 'Person.debt'],
      internal: ['Person.debt', 'Person.id', 'Person.income', 'Person.phone'],
      rows: { Verification: 1 },
    });
    const text = JSON.stringify(record);
    for (const value of [HELD.phone, '48000', '20000', WRONG.phone, '47000', FULL]) expect(text).not.toContain(value);
  });

  it('is compared with in one request of 10,000 rows, by fetches of 500, all of them or none', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => {
      const { idNumber: id } = samplePerson(n + 1_000);
      if (n % 2 === 0) more.set(id, { id, phone: `1${n}` });
      return { id, claims: { phone: `1${n}` } };
    });
    const batch = 'query ($rows: [PersonClaimRow!]!) { verifyPersonBatch(rows: $rows) { outcome } }';
    const { data } = await hub.ask(batch, { rows });
    const outcomes = data.verifyPersonBatch.map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).toEqual(rows.map((_, n) => (n % 2 === 0 ? 'MATCH' : 'NOT_CONFIRMED')));
    expect(hub.received).toHaveLength(20);
    byHand = (query) =>
      query.includes('_entities')
        ? {
            data: { records: [{ __typename: 'Person', phone: '10' }, null] },
            errors: [{ path: ['records', 1, 'phone'] }],
          }
        : undefined;
    const failed = await hub.ask(batch, { rows: rows.slice(0, 2) });
    expect(failed.data).toEqual({ verifyPersonBatch: null });
    expect(failed.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_ERROR' } }]);
  });
});

describe('A hostile owner', () => {
  const held = { __typename: 'Person', id: FULL, phone: HELD.phone, income: 48_000, debt: 20_000 };
  it.each<[string, object, string]>([
    [
      'errors with values in their texts',
      { data: null, errors: [{ message: `it is ${HELD.phone}` }] },
      'SUBGRAPH_ERROR',
    ],
    [
      'an error beside the record',
      {
        data: { records: [held] },
        errors: [{ message: HELD.phone, path: ['records', 0, 'phone'], extensions: { v: HELD.phone } }],
      },
      'SUBGRAPH_ERROR',
    ],
    ['an error without a place', { data: { records: [held] }, errors: [{ message: HELD.phone }] }, 'SUBGRAPH_ERROR'],
    ['two records for one', { data: { records: [held, held] } }, 'SUBGRAPH_BAD_ANSWER'],
    ['no list', { data: { records: HELD.phone } }, 'SUBGRAPH_BAD_ANSWER'],
    ['a record of another type', { data: { records: [{ ...held, __typename: HELD.phone }] } }, 'SUBGRAPH_BAD_ANSWER'],
    ['a text for a record', { data: { records: [HELD.phone] } }, 'SUBGRAPH_BAD_ANSWER'],
    ['neither data nor errors', {}, 'SUBGRAPH_BAD_ANSWER'],
  ])('that gives %s makes an error, never an outcome, and nothing of it passes', async (_, answer, code) => {
    byHand = () => answer;
    const { data, errors, text } = await hub.ask(...verify());
    expect(data).toEqual({ verifyPerson: null });
    expect(errors).toMatchObject([{ path: ['verifyPerson'], extensions: { code, subgraph: 'police' } }]);
    expect(text).not.toContain(HELD.phone);
    expect(JSON.stringify((await hub.records()).at(-1))).not.toContain(HELD.phone);
  });

  it('that gives more than it was asked for is compared with what was asked, and the rest goes nowhere', async () => {
    byHand = () => ({
      data: { records: [{ ...held, outcome: 'MATCH', secret: 'S' }], verifyPerson: { outcome: 'MATCH' } },
      extensions: { secret: 'S' },
    });
    const { data, text } = await hub.ask(...verify({ income: 1 }));
    expect(data).toEqual({ verifyPerson: NOT_CONFIRMED });
    expect(text).not.toContain('"S"');
  });

  it('that does not answer is given up, and that is no outcome', async () => {
    const silent = foreignPolice([], { answer: () => new Promise<object>(() => undefined) });
    const other = await startPlainHub({ police: silent }, [grantAll()], { SUBGRAPH_TIMEOUT_MS: '200' });
    const { data, errors } = await other.ask(...verify());
    await other.stop();
    expect(data).toEqual({ verifyPerson: null });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'police' } }]);
  });

  it('that takes values of another form for its own confirms nothing', async () => {
    byHand = () => ({ data: { records: [{ ...held, phone: { value: HELD.phone }, income: [48_000], debt: 'none' }] } });
    expect(await ask()).toEqual(NOT_CONFIRMED);
  });
});

describe('No comparison of the hub’s own', () => {
  const stops = async (sdl: string, field = 'verifyPerson') => {
    const police = foreignPolice([], { sdl, resolvers: {} });
    expect(await hub.replace({ police })).toMatchObject({ kind: 'swapped' });
    const { errors } = await hub.ask(`{ ${field}(id: "1", claims: { phone: "1" }) { outcome comparedBy } }`);
    return errors[0]?.extensions.code;
  };
  afterAll(() => hub.replace({ police: foreignPolice(seen) }));

  it.each([
    ['has the type of claims', `${FOREIGN_SDL} type PersonClaims @s(type: UNCONDITIONAL) { a: Int }`],
    ['has another type of outcomes', `${FOREIGN_SDL} type Verification @s(type: UNCONDITIONAL) { a: Int }`],
  ])('is made where something else %s', async (_, sdl) => {
    expect(
      await stops(
        `${sdl} extend type Root { it: ${/type (\w+) @s\(type: UNCONDITIONAL\) \{ a/.exec(sdl)![1]} @s(type: UNCONDITIONAL) }`,
      ),
    ).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('is made under a name that is taken, and who checks is told', () => {
    const sdl = `${FOREIGN_SDL} type PersonClaims @s(type: UNCONDITIONAL) { a: Int }`;
    const { comparisons, problems } = findHubComparisons([{ name: 'police', url: 'http://police/', sdl }]);
    expect([comparisons, problems]).toMatchObject([
      [],
      [{ code: 'VERIFICATION_NAME_TAKEN', severity: 'warning', subgraph: 'police', coordinate: 'Person' }],
    ]);
  });

  it('is made where the provider compares by itself', async () => {
    const sdl = FOREIGN_SDL.replace('"@resource"', '"@resource", "@compares"').replace(
      'type Root {',
      'type Root { isPhone(id: ID! @compares(field: "Person.id"), phone: String @compares(field: "Person.phone")): Boolean @s(type: UNCONDITIONAL)',
    );
    expect(await stops(sdl)).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('is taken for a subgraph of a department that has such a name', async () => {
    const result = await hub.replace({ 'hub-verification-police': foreignPolice() });
    expect(result).toMatchObject({ kind: 'refused', error: { code: 'COMPOSITION_FAILED' } });
  });
});
