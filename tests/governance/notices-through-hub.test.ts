import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { Jobs } from '../../subgraphs/governance/reminders/job/jobs.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { waitUntil } from './support/wait-until.js';

let system: System;
let pool: pg.Pool;
let jobs: Jobs;
const failures: unknown[] = [];
beforeAll(async () => {
  system = await startSystem();
  pool = new pg.Pool({ connectionString: system.config.GOVERNANCE_DATABASE_URL, max: 6 });
  pool.on('error', () => undefined);
  jobs = new Jobs({
    pool,
    store: new RecordStore('Asia/Shanghai'),
    profile: readProfile('quanzhou'),
    calendar: () => readCalendar(),
    onState: (failing: unknown) => void (failing && failures.push(failing)),
  });
  jobs.start();
}, 120_000);
afterAll(async () => {
  await jobs.stop();
  await pool.end();
  await system.stop();
}, 60_000);

it('a decision is told to the departments that it concerns a moment later, and to nobody else', async () => {
  const id = 'D-0001';
  const suspended: Loose = await system.ask(
    'data-bureau-console',
    `mutation { suspendGrant(id: "${id}", reason: "x") { grant { suspended } refusal { message } } }`,
  );
  expect(suspended.data.suspendGrant.refusal).toBeNull();
  const noticed = async () =>
    (
      await pool.query(
        `select department from notice where object = $1 and act = 'SUSPEND_GRANT' order by department`,
        [`grant/${id}`],
      )
    ).rows;
  await waitUntil(async () => (await noticed()).length > 0);
  expect((await noticed()).map(({ department }) => department)).toContain('housing');
  const { data } = await system.ask('tax-app', '{ inbox { nodes { object } } inboxCounts { unread } }');
  expect(data!['inbox'].nodes.map(({ object }: Loose) => object)).not.toContain(`grant/${id}`);
  expect(failures).toEqual([]);
});

it('the lists are in the graph', async () => {
  const { data, errors } = await system.ask(
    'tax-app',
    `{ responsibility: shareList(kind: RESPONSIBILITY, first: 100) { nodes { key department name state } }
       negative: shareList(kind: NEGATIVE, first: 100) { nodes { items basis } }
       eventWebhooks { nodes { id } } listVersions(kind: NEGATIVE) { nodes { id } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data!['responsibility'].nodes.length).toBeGreaterThan(5);
  expect(data!['negative'].nodes.flatMap(({ items }: Loose) => items)).toContain('Resident.annualIncome');
});
