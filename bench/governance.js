import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabaseServer } from '../dist/shared/database/index.js';
import { bodyHash, signContext, subgraphKey } from '../dist/shared/trust/signed-context.js';
import { start } from '../dist/subgraphs/governance/index.js';

/** How long do the lists of governance take, page by page, when there are many applications and grants? */
const { values: options } = parseArgs({
  options: {
    applications: { type: 'string', default: '10000' },
    grants: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '30' },
  },
});
const LIMIT_MS = 200;
const SECRET = 'a secret of the bench that nobody else knows';

const CALLERS = {
  consumer: { department: 'housing', system: 'housing-app', roles: ['consumer'] },
  provider: { department: 'public-security', system: 'public-security-app', roles: ['provider', 'consumer'] },
  authority: { department: 'data-bureau', system: 'data-bureau-console', roles: ['authority'] },
};
const APPLICATION =
  'id state version department scenario form { reason coordinates } reviews { id status waitsFor time { due overdue ageInWorkingDays } }';
const REVIEW = 'id status version department provider waitsFor time { due workingDaysLeft overdue }';
const GRANT = 'id department scenario mode coordinates from until suspended rows approver';
const connection = (field, all, more = '') => ({
  field,
  query: (after) =>
    `{ page: ${field}(first: 50${more}${after ? `, after: "${after}"` : ''}) { nodes { ${all} } pageInfo { hasNextPage endCursor } } }`,
});
const PAGES = [
  ['consumer', connection('applications', APPLICATION)],
  ['consumer', connection('applications', APPLICATION, ', state: SUBMITTED')],
  ['provider', connection('applications', APPLICATION)],
  ['authority', connection('applications', APPLICATION)],
  ['authority', connection('applications', APPLICATION, ', department: "tax", scenario: "arrears-recovery"')],
  ['provider', connection('myTasks', REVIEW)],
  ['provider', connection('myTasks', REVIEW, ', overdue: true')],
  ['authority', connection('overdueAnswers', REVIEW)],
  ['consumer', connection('overdueAnswers', REVIEW)],
  ['consumer', connection('grants', GRANT)],
  ['provider', connection('grants', GRANT)],
  ['authority', connection('grants', GRANT)],
  ['authority', connection('grants', GRANT, ', department: "tax", scenario: "arrears-recovery"')],
  ['authority', connection('shareList', 'key department', ', kind: DEMAND')],
  ['provider', connection('shareList', 'key department', ', kind: DEMAND')],
];

const folder = await mkdtemp(join(tmpdir(), 'sharehub-bench-'));
const server = await openDatabaseServer({ dataDir: folder, databaseUrl: process.env['DATABASE_URL'] || undefined });
const database = `bench_governance_${process.pid}`;
await server.createDatabase(database);
const key = subgraphKey(SECRET, 'governance');
const subgraph = await start({ port: 0, key, databaseUrl: server.url(database), residents: 0, profile: 'chenzhou' });
const client = new pg.Client({ connectionString: server.url(database) });
await client.connect();
try {
  await fill(Number(options.applications), Number(options.grants));
  console.log('| who | page | rows | p50 ms | p95 ms |\n| --- | --- | ---: | ---: | ---: |');
  let worst = 0;
  for (const [who, { query }] of PAGES) {
    const times = [];
    let rows = 0;
    let after;
    for (let round = 0; round < Number(options.rounds); round++) {
      const text = query(after);
      const began = performance.now();
      const { page } = await ask(who, text);
      times.push(performance.now() - began);
      rows = Math.max(rows, page.nodes.length);
      after = page.pageInfo.hasNextPage && page.pageInfo.endCursor;
    }
    times.sort((a, b) => a - b);
    worst = Math.max(worst, Number(at(times, 0.95)));
    console.log(
      `| ${who} | ${query().slice(8, 90).split(') {')[0]}) | ${rows} | ${at(times, 0.5)} | ${at(times, 0.95)} |`,
    );
  }
  if (worst >= LIMIT_MS) process.exitCode = 1;
} finally {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function ask(who, query, variables) {
  const body = JSON.stringify({ query, variables });
  const context = {
    audience: 'governance',
    requestId: 'bench',
    bodyHash: bodyHash(body),
    id: randomUUID(),
    expiresAt: Math.floor(Date.now() / 1000) + 60,
  };
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'share-context': signContext({ ...context, ...CALLERS[who] }, key),
    },
    body,
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${query}: ${errors[0].message}`);
  return data;
}

/** Copies of one real application and of one real grant, for many departments, purposes and days. */
async function fill(applications, grants) {
  const began = performance.now();
  const { rows } = await client.query(`select id from duty where department = 'housing' limit 1`);
  const input = {
    ...{ scenario: 'public-rental-review', mode: 'QUERY', coordinates: ['Resident.phone'], duty: rows[0].id },
    ...{ need: '联系方式', reason: '审核', use: '资格审核', uses: ['ADMINISTRATIVE_BASIS'] },
  };
  const { startApplication } = await ask(
    'consumer',
    'mutation ($input: ApplicationInput!) { startApplication(input: $input, submit: true) { application { id } refusal { details } } }',
    { input },
  );
  if (!startApplication.application) throw new Error(JSON.stringify(startApplication.refusal));
  await client.query(
    `create temporary table made as
       select 'A-' || lpad((n + 100)::text, 6, '0') as id, s.department, s.code as scenario, n % 3 = 0 as is_closed,
              now() - n * interval '20 minutes' as at
         from generate_series(1, $1::int) n
         join (select *, row_number() over (order by department, code) - 1 as place, count(*) over () as all from scenario) s
           on s.place = n % s.all and s.department <> 'public-security'`,
    [applications],
  );
  await client.query(
    `insert into share_application (id, department, applicant, state, scenario, form, version, created_at, submitted_at, visible_to)
     select m.id, m.department, a.applicant, case when m.is_closed then 'CLOSED' else 'SUBMITTED' end, m.scenario, a.form, 2,
            m.at, m.at, array_replace(a.visible_to, 'housing', m.department)
       from made m, share_application a where a.id = $1`,
    [startApplication.application.id],
  );
  await client.query(
    `insert into application_track (id, application, department, provider, kind, status, version, process, state, waits_on,
                                    due_date, due_at, submitted_at, closed_at)
     select m.id || '/' || t.provider, m.id, m.department, t.provider, t.kind, case when m.is_closed then 'REFUSED' else t.status end,
            1, t.process, t.state, case when m.is_closed then '{}' else t.waits_on end,
            to_char(m.at + interval '7 days', 'YYYY-MM-DD'), m.at + interval '7 days', m.at, case when m.is_closed then m.at end
       from made m, application_track t where t.application = $1`,
    [startApplication.application.id],
  );
  await client.query(
    `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis, application)
     select 'B-' || lpad(n::text, 7, '0'), s.department, s.code, 'QUERY', g.coordinates, now(), now() + interval '1 year', g.approver,
            g.basis, null
       from generate_series(1, $1::int) n
       join (select *, row_number() over (order by department, code) - 1 as place, count(*) over () as all from scenario) s
         on s.place = n % s.all
       join (select *, row_number() over (order by id) - 1 as place, count(*) over () as all from share_grant) g
         on g.place = (n / 7) % g.all`,
    [grants],
  );
  await client.query(
    `update application_track t set status = 'AGREED', grant_id = g.id
       from (select id, row_number() over (order by id) as place from application_track where closed_at is not null) c
       join (select id, row_number() over (order by id desc) as place from share_grant) g using (place)
      where t.id = c.id`,
  );
  await client.query('analyze');
  const { rows: counts } = await client.query(
    'select (select count(*) from share_application) as applications, (select count(*) from share_grant) as grants',
  );
  console.log(
    `${counts[0].applications} applications, ${counts[0].grants} grants, filled in ${Math.round((performance.now() - began) / 1000)} s\n`,
  );
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
}
