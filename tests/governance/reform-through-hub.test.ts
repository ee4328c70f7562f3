import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import pg from 'pg';
import { readRecords } from '../../shared/evidence/log/read-records.js';
import { creditCode } from '../../shared/kernel/credit-code.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { carryOutReforms } from '../../subgraphs/governance/index.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { startSystem, type AskOptions, type Loose, type Reply, type System } from '../support/system.js';
import { waitUntil } from './support/wait-until.js';

let hub: System;
let pool: pg.Pool;
let person: string;

beforeAll(async () => {
  hub = await startSystem({ SHAREHUB_PROFILE: 'quanzhou' });
  pool = new pg.Pool({ connectionString: hub.config.GOVERNANCE_DATABASE_URL, max: 4 });
  const [row] = await hub.rows('population', 'select id_number as id from resident order by id_number limit 1');
  person = row!['id'] as string;
}, 120_000);
afterAll(async () => {
  await pool.end();
  await hub.stop();
}, 60_000);

async function act(who: string, system: string, mutation: string, variables = {}, types = ''): Promise<Loose> {
  const reply = await hub.ask(system, `mutation ${types} { done: ${mutation} }`, { person: who, variables });
  if (reply.errors) throw new Error(reply.errors.map(({ message }) => message).join('\n'));
  return reply.data!['done'];
}
const asAuthority = (mutation: string, variables = {}, types = '') =>
  act('wang.min', 'data-bureau-console', mutation, variables, types);

const REVIEW: AskOptions = { scenario: 'public-rental-review' };
const READS: readonly (readonly [system: string, query: () => string, options?: AskOptions])[] = [
  [
    'housing-app',
    () => `{ resident(idNumber: "${person}") { name phone household { address } pensionInsurance { monthsPaid } } }`,
    REVIEW,
  ],
  ['public-security-app', () => `{ resident(idNumber: "${person}") { name phone } }`],
  ['tax-app', () => '{ residents(first: 2) { nodes { name } } }'],
  ['human-resources-app', () => '{ departments(first: 50) { nodes { code name } } }'],
];
/** Who provides an item, by the graphs on record. */
async function providersOf(item: string): Promise<string[]> {
  const found: string[] = [];
  for await (const record of readRecords(join(hub.folder, 'evidence')))
    if (record.kind === 'graph')
      found.push(
        ...record.items.filter(({ coordinates }) => coordinates.includes(item)).map(({ provider }) => provider),
      );
  return [...new Set(found)];
}
const isWhole = ({ status, errors }: Reply): boolean => status === 200 && errors === undefined;
const line = (kind: string, id: string, to: string, posts?: string[]) => ({ kind, id, to, ...(posts && { posts }) });

describe('two departments merged and a third split, under load', () => {
  let carriedOut: string[];
  const failed: string[] = [];
  let asked = 0;
  const begun: string[] = [];

  beforeAll(async () => {
    for (const [at, [code, name]] of [
      ['household-bureau', '户政管理局'],
      ['traffic-bureau', '交通警务局'],
    ].entries())
      await asAuthority(
        `registerDepartment(input: { code: "${code}", name: "${name}", level: CITY, roles: [PROVIDER, CONSUMER],
          creditCode: "${creditCode('11', '330100', `MB30000${at}`)}" }) { refusal { message } }`,
      );
    const { reform, refusal } = await asAuthority(
      'draftReform(input: $input) { reform { id version gaps { message } } refusal { message } }',
      {
        input: {
          title: '机构改革',
          basis: ['机构改革方案〔2026〕1号'],
          effectiveAt: new Date().toISOString(),
          lines: [
            line('END', 'public-security', 'household-bureau'),
            line('RESOURCE', '101001/000002', 'traffic-bureau'),
            line('PERSON', 'zhao.lei', 'household-bureau', ['DATA_ADMINISTRATOR']),
            line('PERSON', 'lin.jun', 'traffic-bureau', ['DATA_ADMINISTRATOR']),
            line('END', 'medical-security', 'human-resources'),
            line('END', 'housing', 'civil-affairs'),
          ],
        },
      },
      '($input: ReformInput!)',
    );
    expect([refusal, reform.gaps]).toEqual([null, []]);
    const confirmed = await act(
      'xu.fang',
      'data-bureau-console',
      `confirmReform(id: "${reform.id}", version: ${reform.version}) { reform { state } refusal { message } }`,
    );
    expect(confirmed.reform.state).toBe('CONFIRMED');

    let isOver = false;
    const reads = READS.map(async ([system, query, options]) => {
      while (!isOver) {
        const reply = await hub.ask(system, query(), options);
        asked++;
        if (!isWhole(reply)) failed.push(`${system}: ${reply.text.slice(0, 300)}`);
      }
    });
    const writes = (async () => {
      while (!isOver) {
        const reply = await hub.ask(
          'housing-app',
          `mutation { done: startApplication(input: { scenario: "public-rental-review", mode: QUERY, coordinates: ["Resident.phone"],
            use: "审核" }) { application { id } refusal { message } } }`,
          { person: 'li.na' },
        );
        asked++;
        if (isWhole(reply) && reply.data!['done'].application) begun.push(reply.data!['done'].application.id);
        else failed.push(`li.na: ${reply.text.slice(0, 300)}`);
      }
    })();
    await waitUntil(async () => begun.length > 3, 20_000);
    // Requests that are on their way at a department while the reform is carried out.
    const population = new pg.Client({
      connectionString: hub.config.GOVERNANCE_DATABASE_URL!.replace('_governance', '_population'),
    });
    await population.connect();
    await population.query('begin');
    await population.query('lock table resident in access exclusive mode');
    const waiting = async () =>
      (await population.query('select count(*)::int as n from pg_locks where not granted')).rows[0].n;
    await waitUntil(async () => (await waiting()) >= 2, 10_000);
    carriedOut = await carryOutReforms({ pool, store: new RecordStore('Asia/Shanghai'), now: Date.now() });
    // The gateway has heard of it before they go on.
    await waitUntil(
      async () =>
        (await hub.ask('tax-app', '{ departments(first: 50) { nodes { endedAt } } }')).text.includes('"endedAt":"'),
      5_000,
    );
    await population.query('commit');
    await population.end();
    const from = asked;
    await waitUntil(async () => asked > from + 60 && (await providersOf('Resident.phone')).length > 1, 20_000);
    isOver = true;
    await Promise.all([...reads, writes]);
  }, 90_000);

  it('fails no request', () => {
    expect(carriedOut).toEqual(['JG-000001']);
    expect(failed).toEqual([]);
  });

  it('loses no application that was begun meanwhile', async () => {
    const { rows } = await hub.governance.query('select id, department from share_application order by id');
    expect(rows).toEqual(begun.map((id) => ({ id, department: 'civil-affairs' })));
  });

  it('names the departments of the time in the evidence, and the new ones from then on', async () => {
    const records = (await hub.records()).filter(({ system }) => system === 'housing-app');
    expect(records[0]!.department).toBe('housing');
    const given = records.filter(({ released }) => released.includes('Resident.phone'));
    expect(given[0]).toMatchObject({ department: 'housing', approvals: [{ grant: 'D-0001' }] });
    expect(given.at(-1)).toMatchObject({ department: 'civil-affairs', approvals: [{ grant: 'D-0001' }] });
    expect(given.at(-1)!.released).toContain('Household.address');
    expect(await providersOf('Household.address')).toEqual(['public-security', 'traffic-bureau']);
    expect(await providersOf('Resident.phone')).toEqual(['public-security', 'household-bureau']);
  });

  it('tells every party', async () => {
    await distributeNotices(pool);
    const { rows } = await hub.governance.query(
      `select distinct department from notice where act in ('CARRY_OUT_REFORM', 'HAND_OVER') order by department`,
    );
    expect(rows.map(({ department }) => department)).toEqual([
      'civil-affairs',
      'data-bureau',
      'household-bureau',
      'human-resources',
      // They have grants of items that another department provides now.
      'market-supervision',
      'tax',
      'traffic-bureau',
    ]);
  });
});
