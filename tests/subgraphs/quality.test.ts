import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { creditCode } from '../../shared/kernel/credit-code.js';
import { QUALITY_SYSTEM } from '../../shared/kernel/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import {
  QUALITY_OPERATION,
  type CountsAnswer,
  type DigestsAnswer,
} from '../../shared/share/quality/quality-request.js';
import { startTestSubgraph, type TestSubgraph } from '../../shared/subgraph/testing/index.js';
import { decryptSecret, envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { openTestServer } from '../support/test-database.js';
import { TEST_SECRET } from '../support/subgraph-client.js';
import { judgedSubgraph } from './support/judged.js';

let server: DatabaseServer;
let subgraph: TestSubgraph;
const keys = envelopeKeys(TEST_SECRET, 'quality-samples');
const ann = identityNumber('330106', '19840229', 2);
const bob = identityNumber('330106', '19900101', 1);

/** Number, identity number, credit code, division, phone, birth date, standing, amount, day of change. */
const ROWS: readonly (readonly (string | number | null)[])[] = [
  ['1', ann, creditCode('91', '330106', '12345678'), '330106', '13800138000', '1984-02-29', 'open', 10, '2026-01-01'],
  ['2', bob, '91330106123456789X', '3301', '0571-88888888', '1990-01-02', 'closed', 20, '2026-01-01'],
  ['3', bob, null, '990106', '1380013800', '1990-01-01', 'lost', 2_000, '2026-06-01'],
  ['4', `${bob.slice(0, 17)}${bob.endsWith('1') ? '2' : '1'}`, '', '330106001', null, null, null, null, null],
  [
    '5',
    identityNumber('330106', '19830228', 2).replace('0228', '0229'),
    "'; drop table person; --",
    '1',
    '?',
    null,
    'open',
    1,
    '2026-06-02',
  ],
];

beforeAll(async () => {
  server = await openTestServer();
  subgraph = await startTestSubgraph(judgedSubgraph, { server, now: () => Date.parse('2026-06-10T00:00:00Z') });
  const { rows } = await probe(`select datname from pg_database where datname like 'test_kit_${process.pid}%'`);
  database = String(rows[0]!['datname']);
  for (const row of ROWS) await query(`insert into person values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, row);
}, 60_000);
afterAll(async () => {
  await subgraph.stop();
  await server.stop();
});

let database = 'postgres';
async function query(sql: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(sql, [...values]);
  } finally {
    await client.end();
  }
}
const probe = query;

const asHub = (request: object, context: object = { system: QUALITY_SYSTEM }) =>
  subgraph.ask(QUALITY_OPERATION, {
    variables: { request: JSON.stringify(request) },
    context: { expiresAt: Math.floor(Date.parse('2026-06-10T00:00:30Z') / 1000), ...context },
  });
async function judge(rules: readonly object[], more: object = {}): Promise<CountsAnswer> {
  const asked = {
    ask: 'COUNTS',
    type: 'Person',
    mostMs: 10_000,
    rules: rules.map((rule, at) => ({ id: `R${at}`, ...rule })),
  };
  const { data, errors } = await asHub({ ...asked, ...more });
  expect(errors).toEqual([]);
  return JSON.parse(data._quality) as CountsAnswer;
}
const numbers = ({ results }: CountsAnswer) =>
  results.map((result) => ('reason' in result ? result.reason : [result.checked, result.failed]));

describe('the field by which records are judged', () => {
  it('answers nobody but the hub itself, and stands in no schema', async () => {
    const request = { ask: 'COUNTS', type: 'Person', mostMs: 1_000, rules: [] };
    for (const context of [{}, { system: QUALITY_SYSTEM, person: 'zhao.lei' }, { system: 'hub-multi-source-check' }]) {
      const { data, errors } = await asHub(request, context);
      expect([data?._quality ?? null, errors[0]!.extensions.code]).toEqual([null, 'OPERATION_DENIED']);
    }
    expect(subgraph.sdl).not.toContain('_quality');
  });

  it('refuses what is no request, and says nothing of why', async () => {
    for (const request of [
      {},
      { ask: 'COUNTS', type: 'Nobody', mostMs: 1, rules: [] },
      { ask: 'COUNTS', type: 'Person', rules: [{ id: 'a', kind: 'FORMAT', item: 'a"b' }], mostMs: 1 },
    ]) {
      const { errors } = await asHub(request);
      expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('counts what each rule finds, by the standards of identity numbers, credit codes, divisions and telephones', async () => {
    const answer = await judge([
      { kind: 'FORMAT', item: 'idNumber', format: 'IDENTITY_NUMBER' },
      { kind: 'FORMAT', item: 'creditCode', format: 'CREDIT_CODE' },
      { kind: 'FORMAT', item: 'division', format: 'DIVISION_CODE' },
      { kind: 'FORMAT', item: 'phone', format: 'PHONE' },
      { kind: 'REQUIRED', item: 'creditCode' },
      { kind: 'VALUES', item: 'standing', values: ['OPEN', 'CLOSED'] },
      { kind: 'VALUES', item: 'phone', values: ["a'b", '?', '\\'] },
      { kind: 'RANGE', item: 'amount', least: '1', most: '100' },
      { kind: 'RANGE', item: 'bornOn', least: '1985-01-01' },
      { kind: 'UNIQUE', item: 'idNumber' },
      { kind: 'CONSISTENT', item: 'bornOn', other: 'idNumber', relation: 'BIRTH_DATE' },
      { kind: 'CONSISTENT', item: 'bornOn', other: 'changedOn', relation: 'NOT_AFTER' },
      { kind: 'RECENT', item: 'changedOn', days: 30 },
    ]);
    expect(answer.rows).toBe(5);
    expect(numbers(answer)).toEqual([
      [5, 2],
      [3, 2],
      [5, 2],
      [4, 2],
      [5, 2],
      [4, 1],
      [4, 3],
      [4, 1],
      [3, 1],
      [5, 2],
      [3, 1],
      [3, 0],
      [4, 2],
    ]);
  });

  it('says which rules cannot be judged, and never counts them', async () => {
    const answer = await judge([
      { kind: 'REQUIRED', item: 'label' },
      { kind: 'REQUIRED', item: 'gone' },
      { kind: 'FORMAT', item: 'amount', format: 'PHONE' },
      { kind: 'RANGE', item: 'amount', least: '1); drop table person; --' },
      { kind: 'RECENT', item: 'phone', days: 3 },
      { kind: 'CONSISTENT', item: 'amount', other: 'phone', relation: 'EQUAL' },
      { kind: 'REQUIRED', item: 'phone' },
    ]);
    const unfit = 'TYPE_UNFIT';
    expect(numbers(answer)).toEqual(['NOT_A_COLUMN', 'ITEM_GONE', unfit, unfit, unfit, unfit, [5, 1]]);
  });

  it('judges only what was changed since, where the item tells the time', async () => {
    const since = { item: 'changedOn', from: '2026-06-02T00:00:00Z' };
    const rules = [
      { kind: 'FORMAT', item: 'idNumber', format: 'IDENTITY_NUMBER' },
      { kind: 'UNIQUE', item: 'idNumber' },
    ];
    const answer = await judge(rules, { since });
    expect([answer.rows, numbers(answer)]).toEqual([
      2,
      [
        [2, 1],
        [3, 2],
      ],
    ]);
    expect(numbers(await judge(rules, { since: { ...since, item: 'phone' } }))).toEqual(['TYPE_UNFIT', 'TYPE_UNFIT']);
  });

  it('names failing records under a seal alone', async () => {
    const { results } = await judge([{ kind: 'FORMAT', item: 'phone', format: 'PHONE' }], { sealFor: keys.public });
    const [result] = results as readonly { samples?: string }[];
    expect(JSON.stringify(results)).not.toContain('1380013800');
    expect(JSON.parse(await decryptSecret(result!.samples!, keys, ['R0']))).toEqual([['3'], ['5']]);
    await expect(decryptSecret(result!.samples!, keys, ['R1'])).rejects.toThrow();
  });

  it('gives digests that are the same for the same value under one key, and no other', async () => {
    const digests = async (key: string, bucket: string) => {
      const { data } = await asHub({ ask: 'DIGESTS', type: 'Person', item: 'idNumber', key: key.repeat(64), bucket });
      return (JSON.parse(data._quality) as DigestsAnswer).digests;
    };
    const all = (await Promise.all('0123456789abcdef'.split('').map((bucket) => digests('a', bucket)))).flat();
    expect(all.map(([, records]) => records).sort()).toEqual([1, 1, 1, 2]);
    const others = (await Promise.all('0123456789abcdef'.split('').map((bucket) => digests('b', bucket)))).flat();
    expect(others.some(([digest]) => all.some(([one]) => one === digest))).toBe(false);
  });
});
