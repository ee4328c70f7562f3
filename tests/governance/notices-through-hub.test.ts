import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { Jobs } from '../../subgraphs/governance/reminders/job/jobs.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { unsubscribePath } from '../../shared/trust/unsubscribe-link.js';
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

describe('the link to unsubscribe in a mail', () => {
  const noted = async () => (await system.governance.query('select channel from message_unsubscription')).rows;
  let link: string;
  beforeAll(async () => {
    const { rows } = await system.governance.query<{ id: string }>(
      `insert into message_channel (department, officer, kind, address, kinds, timing, language, state, next_at, added_at, added_by)
       values ('housing', 'li.na', 'MAIL', 'li.na@housing.gov.example', '{TASK}', 'AT_ONCE', 'zh', 'ACTIVE', now(), now(), 'li.na') returning id`,
    );
    link = system.url + unsubscribePath(await openHubSecret(system.folder, undefined), rows[0]!.id);
  });

  it('ends nothing when it is guessed, changed, or only looked at', async () => {
    const [, id] = /(M-\d+)\./.exec(link)!;
    const guessed = `${system.url}${unsubscribePath('another secret', id!)}`;
    for (const url of [guessed, link.replace(id!, 'M-999999'), `${system.url}/unsubscribe/${id}`, `${link}/..`])
      expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    const page = await fetch(link, { headers: { 'accept-language': 'zh' } });
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
    expect(await page.text()).toContain('停止发送');
    expect(await noted()).toEqual([]);
  });

  it('ends the mail of its channel by one POST, without sign-in, however often it is sent', async () => {
    const post = () =>
      fetch(link, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'manual',
      });
    const answers = await Promise.all([post(), post()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await answers[0].text()).not.toMatch(/li\.na|housing/);
    expect(await noted()).toHaveLength(1);
  });
});
