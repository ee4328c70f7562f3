import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Coordinate, VerificationDetail } from '../../shared/kernel/index.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { startTestSubgraph, type SubgraphQuestion, type TestSubgraph } from '../../shared/subgraph/testing/index.js';
import { samplePerson } from '../../shared/sample/person.js';
import { showsPartOf } from '../conformance/shows.js';
import { openTestServer } from '../support/test-database.js';
import { BROKEN, EMPTY, FULL, HELD, PERMIT, taxOffice, TAXPAYERS } from './support/taxpayers.js';

let server: DatabaseServer;
let subgraph: TestSubgraph;
beforeAll(async () => {
  server = await openTestServer();
  subgraph = await startTestSubgraph(taxOffice, { server, residents: 0 });
}, 60_000);
beforeEach(() => subgraph.forget());
afterAll(async () => {
  await subgraph.stop();
  await server.stop();
});

const ABSENT = samplePerson(TAXPAYERS + 1).idNumber;
const ONE = `query ($id: String!, $claims: TaxpayerClaims!) { verifyTaxpayer(idNumber: $id, claims: $claims) { outcome comparedBy } }`;
const MANY = `query ($rows: [TaxpayerClaimRow!]!) { verifyTaxpayerBatch(rows: $rows) { outcome } }`;

const verify = async (claims: object, idNumber = FULL.idNumber, question: SubgraphQuestion = {}): Promise<unknown> => {
  const { data, errors } = await subgraph.ask(ONE, { ...question, variables: { id: idNumber, claims } });
  return errors[0]?.extensions.code ?? (data as { verifyTaxpayer: { outcome: string } }).verifyTaxpayer.outcome;
};
const verifyRows = (rows: readonly object[]) => subgraph.ask(MANY, { variables: { rows } });
const outcomesOf = ({ data }: { data: unknown }) =>
  (data as { verifyTaxpayerBatch: { outcome: string }[] }).verifyTaxpayerBatch.map(({ outcome }) => outcome);

describe('A claim that is not confirmed', () => {
  const { birthDate, trade } = HELD;
  const claims = { birthDate, trade };

  it('is told alike whether it differs, or there is no record, no value, or a record that is withheld (QZ-5.4d)', async () => {
    showsPartOf('QZ-5.4d');
    const ask = async (idNumber: string, given: object, question: SubgraphQuestion = {}) =>
      (await subgraph.ask(ONE, { ...question, variables: { id: idNumber, claims: given } })).text;
    const differs = await ask(FULL.idNumber, { ...claims, birthDate: '1990-05-07' });
    expect(JSON.parse(differs)).toEqual({
      data: { verifyTaxpayer: { outcome: 'NOT_CONFIRMED', comparedBy: 'PROVIDER' } },
    });
    expect(await ask(ABSENT, claims)).toBe(differs);
    expect(await ask(EMPTY.idNumber, claims)).toBe(differs);
    const protectedSubjects = [{ owner: 'tax', kind: 'PERSON' as const, identifier: FULL.idNumber }];
    expect(await ask(FULL.idNumber, claims, { protectedSubjects })).toBe(differs);
    expect(await ask(FULL.idNumber, claims, { context: { rows: { Taxpayer: ['330106'] } } })).toBe(differs);
    expect(JSON.parse(await ask(FULL.idNumber, claims))).toMatchObject({
      data: { verifyTaxpayer: { outcome: 'MATCH' } },
    });
  });

  it('is told at instants that tell nothing of how it came about, after the same statement', async () => {
    const statements: string[][] = [];
    for (const idNumber of [FULL.idNumber, ABSENT, EMPTY.idNumber]) {
      subgraph.forget();
      const startedAt = performance.now();
      await verify({ ...claims, trade: 'x' }, idNumber);
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
      statements.push([...subgraph.statements]);
    }
    expect(statements[0]).toHaveLength(1);
    expect(statements[1]).toEqual(statements[0]);
    expect(statements[2]).toEqual(statements[0]);
  });

  it('is one outcome for all claims together', async () => {
    expect(await verify({ ...claims, income: HELD.income })).toBe('MATCH');
    expect(await verify({ ...claims, income: 1 })).toBe('NOT_CONFIRMED');
    expect(await verify({ ...claims, trade: '零售' })).toBe('NOT_CONFIRMED');
  });
});

it('finds a record by its key as it is written alone, since guesses are counted by it', async () => {
  const ask = async (id: string) => {
    const { data, errors } = await subgraph.ask(
      'query ($id: ID!, $claims: PermitClaims!) { verifyPermit(number: $id, claims: $claims) { outcome } }',
      { variables: { id, claims: { holder: FULL.name } } },
    );
    return errors[0]?.extensions.code ?? (data as { verifyPermit: { outcome: string } }).verifyPermit.outcome;
  };
  expect(await ask(PERMIT)).toBe('MATCH');
  for (const spelt of [PERMIT.toUpperCase(), PERMIT.replace('c11', 'C11'), PERMIT.replaceAll('-', ''), `{${PERMIT}}`])
    expect(await ask(spelt)).toBe('NOT_CONFIRMED');
});

describe('Claims are compared by the rule of their item', () => {
  it.each<[string, object, string]>([
    ['a name, however it is written', { name: '阿依古丽 ・ 买买提' }, 'MATCH'],
    ['another name', { name: '阿依古丽' }, 'NOT_CONFIRMED'],
    ['a day', { birthDate: '1990-05-06' }, 'MATCH'],
    ['a number within its tolerance', { income: 48_100 }, 'MATCH'],
    ['a number outside it', { income: 48_101 }, 'NOT_CONFIRMED'],
    ['a declared band', { arrearsBand: 'BELOW_50000' }, 'MATCH'],
    ['another declared band', { arrearsBand: 'BELOW_10000' }, 'NOT_CONFIRMED'],
    ['a value of a getter with another name', { phone: HELD.phone }, 'MATCH'],
    ['yes or no, and a code, in company', { fined: false, level: 'A' }, 'MATCH'],
  ])('%s', async (_, claims, outcome) => {
    expect(await verify(claims)).toBe(outcome);
  });

  it('by the values as they are, whatever is masked or scoped beside them', async () => {
    const context = { masks: { 'Taxpayer.phone': 'PHONE' }, scopes: { 'Taxpayer.birthDate': ['330106'] } } as const;
    expect(await verify({ phone: HELD.phone, birthDate: HELD.birthDate }, FULL.idNumber, { context })).toBe('MATCH');
  });
});

describe('What is refused by its name', () => {
  it.each<[string, object, string]>([
    ['no claim at all', {}, 'CLAIM_MISSING'],
    ['a claim of null', { birthDate: null }, 'CLAIM_MISSING'],
    ['a claim of another type', { income: 'much' }, 'BAD_USER_INPUT'],
    ['no day', { birthDate: '1990-02-30' }, 'BAD_USER_INPUT'],
    ['a band that was not declared', { arrearsBand: 'BELOW_20000' }, 'BAD_USER_INPUT'],
    ['an item that is not verifiable', { divisionCode: '330102' }, 'BAD_USER_INPUT'],
    ['the number itself where only bands are declared', { arrears: 20_000 }, 'BAD_USER_INPUT'],
    ['yes or no by itself', { fined: true }, 'CLAIM_TELLS_VALUE'],
    ['a code by itself', { level: 'A' }, 'CLAIM_TELLS_VALUE'],
    ['a text with few values by itself', { trade: HELD.trade }, 'CLAIM_TELLS_VALUE'],
    ['the same beside what everybody may read', { trade: HELD.trade, name: HELD.name }, 'CLAIM_TELLS_VALUE'],
  ])('%s', async (_, claims, code) => {
    expect(await verify(claims)).toBe(code);
  });

  it('a batch without rows, one with too many, and one with a row that is refused: nothing of it is compared', async () => {
    const row = { idNumber: FULL.idNumber, claims: { birthDate: HELD.birthDate } };
    const codes = async (rows: readonly object[]) =>
      (await verifyRows(rows)).errors.map(({ extensions }) => extensions.code);
    expect(await codes([])).toEqual(['LIST_EMPTY']);
    expect(await codes(Array<object>(10_001).fill(row))).toEqual(['LIST_TOO_LONG']);
    expect(await codes([row, { ...row, claims: {} }])).toEqual(['CLAIM_MISSING']);
    expect(await codes([row, { ...row, claims: { fined: true } }])).toEqual(['CLAIM_TELLS_VALUE']);
  });
});

describe('What the signed context says may be told beyond one outcome', () => {
  const ITEMISED =
    'query ($id: String!, $claims: TaxpayerClaims!) { verifyTaxpayer(idNumber: $id, claims: $claims) { outcome outcomes { item outcome } } }';
  const { birthDate, income, name } = HELD;
  const [BIRTH, INCOME] = ['Taxpayer.birthDate', 'Taxpayer.income'] as const;
  const KEY = { 'Taxpayer.idNumber': ['PER_ITEM', 'NO_RECORD'], 'Taxpayer.name': ['PER_ITEM', 'NO_RECORD'] } as const;
  type Details = Record<Coordinate, readonly VerificationDetail[]>;
  const ask = async (details: Details, claims: object, idNumber = FULL.idNumber, more: SubgraphQuestion = {}) => {
    const context = { details: { ...KEY, ...details }, ...more.context };
    const { data, errors } = await subgraph.ask(ITEMISED, { ...more, context, variables: { id: idNumber, claims } });
    return (data as { verifyTaxpayer: object } | null)?.verifyTaxpayer ?? errors[0]?.extensions.code;
  };
  const PER_ITEM: Details = { [BIRTH]: ['PER_ITEM'], [INCOME]: ['PER_ITEM'] };
  const NO_RECORD: Details = { [BIRTH]: ['NO_RECORD'], [INCOME]: ['NO_RECORD'] };

  it('is nothing where one item that is claimed lacks it, or none is named', async () => {
    const claims = { birthDate, income: 1 };
    const plain = { outcome: 'NOT_CONFIRMED', outcomes: null };
    for (const details of [{}, { [BIRTH]: ['PER_ITEM', 'NO_RECORD'] }, NO_RECORD] as Details[])
      expect(await ask(details, claims)).toEqual(plain);
    for (const details of [{}, { [BIRTH]: ['PER_ITEM', 'NO_RECORD'] }] as Details[])
      expect(await ask(details, claims, ABSENT)).toEqual(plain);
  });

  it('is an outcome of each item, in company of what everybody may read', async () => {
    expect(await ask(PER_ITEM, { birthDate, income: 1, name })).toEqual({
      outcome: 'NOT_CONFIRMED',
      outcomes: [
        { item: 'Taxpayer.name', outcome: 'MATCH' },
        { item: BIRTH, outcome: 'MATCH' },
        { item: INCOME, outcome: 'NOT_CONFIRMED' },
      ],
    });
  });

  it('is that there is no record, for a record that is withheld or outside the rows as for none', async () => {
    const told = { outcome: 'NO_RECORD', outcomes: null };
    const protectedSubjects = [{ owner: 'tax', kind: 'PERSON' as const, identifier: FULL.idNumber }];
    const claims = { birthDate, income };
    const statements: string[][] = [];
    for (const [idNumber, more] of [
      [ABSENT, {}],
      [FULL.idNumber, { protectedSubjects }],
      [FULL.idNumber, { context: { rows: { Taxpayer: ['330106'] } } }],
    ] as const) {
      subgraph.forget();
      expect(await ask(NO_RECORD, claims, idNumber, more)).toEqual(told);
      statements.push([...subgraph.statements]);
    }
    expect(statements.map((each) => each.length)).toEqual([1, 1, 1]);
    expect(await ask(NO_RECORD, claims, EMPTY.idNumber)).toEqual({ outcome: 'NOT_CONFIRMED', outcomes: null });
    expect(await ask(NO_RECORD, claims)).toEqual({ outcome: 'MATCH', outcomes: null });
  });

  it('tells of the items of a withheld record what it tells of those of none', async () => {
    const both: Details = { [BIRTH]: ['PER_ITEM', 'NO_RECORD'], [INCOME]: ['PER_ITEM', 'NO_RECORD'] };
    const protectedSubjects = [{ owner: 'tax', kind: 'PERSON' as const, identifier: FULL.idNumber }];
    const none = await ask(both, { birthDate, income }, ABSENT);
    expect(none).toMatchObject({ outcome: 'NO_RECORD', outcomes: [{ outcome: 'NOT_CONFIRMED' }, {}] });
    expect(await ask(both, { birthDate, income }, FULL.idNumber, { protectedSubjects })).toEqual(none);
  });

  it('is refused of an item with few values, which company does not hide then', async () => {
    const all: Details = { [BIRTH]: ['PER_ITEM'], 'Taxpayer.fined': ['PER_ITEM'] };
    expect(await ask(all, { birthDate, fined: false })).toBe('CLAIM_TELLS_VALUE');
    expect(await verify({ birthDate, fined: false }, FULL.idNumber, { context: { details: all } })).toBe('MATCH');
  });

  it('belongs to each row of a batch by itself', async () => {
    const rows = [
      { idNumber: ABSENT, claims: { birthDate } },
      { idNumber: ABSENT, claims: { income } },
      { idNumber: FULL.idNumber, claims: { birthDate } },
    ];
    const context = { details: { ...KEY, [BIRTH]: ['NO_RECORD'] as const } };
    expect(outcomesOf(await subgraph.ask(MANY, { context, variables: { rows } }))).toEqual([
      'NO_RECORD',
      'NOT_CONFIRMED',
      'MATCH',
    ]);
  });
});

describe('A batch of claims', () => {
  it('has an outcome in the place of each row, and asks the database once', async () => {
    const row = (idNumber: string, birthDate: string) => ({ idNumber, claims: { birthDate } });
    const rows = [
      row(ABSENT, HELD.birthDate),
      row(FULL.idNumber, HELD.birthDate),
      row(FULL.idNumber, '2000-01-01'),
      row(EMPTY.idNumber, HELD.birthDate),
      row(FULL.idNumber, HELD.birthDate),
    ];
    expect(outcomesOf(await verifyRows(rows))).toEqual([
      'NOT_CONFIRMED',
      'MATCH',
      'NOT_CONFIRMED',
      'NOT_CONFIRMED',
      'MATCH',
    ]);
    expect(subgraph.statements).toHaveLength(1);
  });
});

it('A failure of the provider is an error, never an outcome', async () => {
  expect(await verify({ phone: 'x', birthDate: '1990-01-01' }, BROKEN.idNumber)).toBe('SUBGRAPH_ERROR');
  expect(await verify({ birthDate: '1990-01-01' }, BROKEN.idNumber)).toBe('NOT_CONFIRMED');
});

it('The schema has the fields for the identifier of the subject, and inputs that name what is compared', () => {
  showsPartOf('CZ-11l');
  const { sdl } = subgraph;
  expect(sdl).toContain('share/v1.1"');
  expect(sdl).toMatch(
    /verifyTaxpayer\(\s*"""公民身份号码"""\s*idNumber: String! @compares\(field: "Taxpayer.idNumber"\)/,
  );
  expect(sdl).not.toMatch(/verifyTaxpayer[^)]*fileNumber/);
  expect(sdl).toMatch(/birthDate: LocalDate @compares\(field: "Taxpayer.birthDate"\)/);
  expect(sdl).toMatch(/enum TaxpayerArrearsBand \{[^}]*BELOW_10000[^}]*AT_LEAST_50000/);
});
