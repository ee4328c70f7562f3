/** `npm run bench:quality`: 30 rules over 1,000,000 records in PostgreSQL, and over what was changed. */
import pg from 'pg';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { QUALITY_SYSTEM } from '../../shared/kernel/index.js';
import { QUALITY_OPERATION, type CountsAnswer } from '../../shared/share/quality/quality-request.js';
import { startTestSubgraph } from '../../shared/subgraph/testing/index.js';
import { openTestServer } from '../support/test-database.js';
import { judgedSubgraph } from './support/judged.js';

const RECORDS = 1_000_000;

const server = await openTestServer();
const subgraph = await startTestSubgraph(judgedSubgraph, { server });
const find = new pg.Client({ connectionString: server.url('postgres') });
await find.connect();
const { rows } = await find.query(`select datname from pg_database where datname like 'test_kit_${process.pid}%'`);
await find.end();
const client = new pg.Client({ connectionString: server.url(String(rows[0].datname)) });
await client.connect();
const ids = Array.from({ length: 999 }, (_, n) => identityNumber('330106', '19840229', n + 1));
await client.query(
  `insert into person select 'P' || i, ($1::text[])[1 + i % 999], '91330106MA27XF1N5T', '330106', '13800138000', date '1984-02-29', 'open', i % 100,
     date '2020-01-01' + (i / 500) from generate_series(0, ${RECORDS - 1}) i`,
  [ids],
);
await client.query('create index on person (changed_on)');
await client.query('analyze person');
const rules = [
  { kind: 'FORMAT', item: 'idNumber', format: 'IDENTITY_NUMBER' },
  { kind: 'FORMAT', item: 'creditCode', format: 'CREDIT_CODE' },
  { kind: 'FORMAT', item: 'division', format: 'DIVISION_CODE' },
  { kind: 'FORMAT', item: 'phone', format: 'PHONE' },
  ...['number', 'idNumber', 'creditCode', 'division', 'phone', 'bornOn', 'standing', 'amount', 'changedOn'].map(
    (item) => ({ kind: 'REQUIRED', item }),
  ),
  ...['number', 'idNumber'].map((item) => ({ kind: 'UNIQUE', item })),
  { kind: 'VALUES', item: 'standing', values: ['OPEN', 'CLOSED'] },
  ...Array.from({ length: 5 }, (_, n) => ({ kind: 'RANGE', item: 'amount', least: String(n), most: '99' })),
  ...Array.from({ length: 4 }, (_, n) => ({ kind: 'RANGE', item: 'bornOn', least: `19${n}0-01-01` })),
  { kind: 'CONSISTENT', item: 'bornOn', other: 'idNumber', relation: 'BIRTH_DATE' },
  { kind: 'CONSISTENT', item: 'bornOn', other: 'changedOn', relation: 'NOT_AFTER' },
  ...Array.from({ length: 3 }, (_, n) => ({ kind: 'RECENT', item: 'changedOn', days: 1_000 * (n + 1) })),
].map((rule, at) => ({ id: `R${at}`, ...rule }));
const judge = async (name: string, most: number, more: object = {}): Promise<void> => {
  const started = performance.now();
  const request = { ask: 'COUNTS', type: 'Person', mostMs: 180_000, rules, ...more };
  const { data } = await subgraph.ask(QUALITY_OPERATION, {
    variables: { request: JSON.stringify(request) },
    context: { system: QUALITY_SYSTEM },
  });
  const answer = JSON.parse(data._quality) as CountsAnswer;
  const stopped = answer.results.filter((result) => 'reason' in result).length;
  const seconds = (performance.now() - started) / 1000;
  const isMet = seconds <= most && stopped === 0;
  process.stdout.write(
    `${name}: ${rules.length} rules, ${answer.rows} records: ${seconds.toFixed(1)} s (at most ${most}), ${stopped} could not run
`,
  );
  if (!isMet) process.exitCode = 1;
};
await judge('all', 60);
const last = new Date(Date.UTC(2020, 0, 1) + (RECORDS / 500 - 10) * 86_400_000).toISOString();
await judge('changed', 5, { since: { item: 'changedOn', from: last } });
await client.end();
await subgraph.stop();
await server.stop();
