// kill -9 of the hub's own process with governance in it, of PostgreSQL and of the worker in turn, while applications are
// decided by two at once, grants are stopped and deadlines pass. What must hold: what was acknowledged is there, once, with
// its act; what was not acknowledged is there whole or not at all; a grant that was stopped never gives anything again; who
// is late is told of once. `npm run test:kill -- --rounds N` kills each N times (3 where not given).
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const ROUNDS = Number(values.rounds);
const CALLERS = 4;
/** Decisions acknowledged between two kills. */
const BETWEEN = 4;
const LATE = 12;
/** How long the hub may take to go on after a kill, milliseconds. */
const PATIENCE = 60_000;
const URL = 'http://127.0.0.1:4710/graphql';

const run = promisify(execFile);
const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-killed-'));
const env = {
  ...{ ...process.env, DATA_DIR: dataDir, PORT: '4710', RESIDENTS: '20', LOG_LEVEL: 'fatal', DEMO_LIBRARIES: 'false' },
  SHAREHUB_PROFILE: 'chenzhou',
};
let hub = start();
const tokens = {};
/** What a caller was told: submitted applications, agreed reviews with their grants, stopped grants. */
const told = { submitted: [], agreed: new Map(), stopped: new Map() };
let stopping = false;
let heard = () => undefined;
try {
  await hub.ready;
  for (const system of ['housing-app', 'public-security-app']) {
    const { stdout } = await run(process.execPath, ['cli/sharehub.js', 'token', '--as', system], { env });
    tokens[system] = stdout.trim();
  }
  // A system without a person decides nothing.
  tokens['zhao.lei'] = await signedIn('zhao.lei');
  const duty = await prepared();
  const late = await lateApplications(duty);
  const callers = Array.from({ length: CALLERS }, (_, number) => caller(number, duty));
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const target of ['hub', 'postgresql', 'worker']) await kill(target, round);
  } finally {
    stopping = true;
    await Promise.all(callers);
  }
  for (let number = 0; number < CALLERS; number++) await givesNothing(scenarioOf(number), 'at the end');
  await checked(late);
} finally {
  hub.process.kill('SIGINT');
  if (!(await Promise.race([hub.ended.then(() => true), pause(20_000)]))) {
    console.log('the hub did not end in 20 s of itself');
    hub.process.kill('SIGKILL');
    process.kill(await pidOf('postgresql'), 'SIGINT');
  }
  await rm(dataDir, { recursive: true, force: true });
}

function start() {
  const child = spawn(process.execPath, ['dist/cli/index.js', 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready ')) return true;
    return false;
  })();
  return { process: child, ended, ready };
}

/** Kills one process, starts the hub again where it was that, and waits until decisions are acknowledged again. */
async function kill(target, round) {
  if (target === 'hub') {
    hub.process.kill('SIGKILL');
    await hub.ended;
    const deadline = Date.now() + PATIENCE;
    do {
      assert.ok(Date.now() < deadline, 'the hub starts again after it was killed');
      hub = start();
    } while (!(await hub.ready));
  } else {
    const pid = await pidOf(target);
    process.kill(pid, 'SIGKILL');
  }
  const enough = told.agreed.size + BETWEEN;
  const deadline = Date.now() + PATIENCE;
  while (told.agreed.size < enough) {
    assert.ok(Date.now() < deadline, `decisions are acknowledged again after ${target} was killed (round ${round})`);
    await Promise.race([new Promise((resolve) => (heard = resolve)), pause(1_000)]);
  }
  if (target === 'worker') console.log(`${(round + 1) * 3} kills, ${told.agreed.size} decisions`);
}

/** One purpose: an application, its decision by two at once, a look that is given, an end to the grant, looks that are
 *  not; then again. */
async function caller(number, duty) {
  const scenario = scenarioOf(number);
  while (!stopping) {
    const review = await surely(() => submitted(scenario, duty));
    if (!review) continue;
    const grant = await surely(() => agreed(review));
    if (!grant) continue;
    heard();
    await surely(async () => assert.equal((await look(scenario)).given, true, `${grant} gives what was granted`), true);
    const end = Math.random() < 0.5 ? 'revokeGrant' : 'suspendGrant';
    await surely(() => stopped(grant, end), true);
    await givesNothing(scenario, grant);
  }
}
/** Tries until the hub answers; what it was doing when it was killed may have been done.
 *  @param always  goes on when the test is about to end, too */
async function surely(action, always = false) {
  for (const deadline = Date.now() + PATIENCE; always || !stopping;) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof assert.AssertionError && !error.message.includes('gives what')) throw error;
      if (Date.now() > deadline) throw error;
      await pause(20);
    }
  }
  return undefined;
}

async function submitted(scenario, duty) {
  const input = {
    ...{ scenario, duty, mode: 'QUERY', coordinates: ['Resident.phone'], need: '联系方式', reason: '审核' },
    ...{ use: '公共租赁住房资格审核', uses: ['ADMINISTRATIVE_BASIS'] },
  };
  const query = `mutation ($input: ApplicationInput!) { startApplication(input: $input, submit: true) {
    application { id reviews { id version } } refusal { message details } } }`;
  const { startApplication } = await ask('housing-app', query, { input });
  assert.equal(startApplication.refusal, null, JSON.stringify(startApplication.refusal));
  told.submitted.push(startApplication.application.id);
  return startApplication.application.reviews[0];
}

/** Two decide at once; one of them may win, and never both. */
async function agreed({ id, version }) {
  const query = `mutation ($id: String!, $version: Int!) { decideApplication(review: $id, version: $version,
    decision: { verdict: AGREE, terms: { mode: QUERY, coordinates: ["Resident.phone"] } }) { grant { id } refusal { code } } }`;
  const both = await Promise.allSettled([1, 2].map(() => ask('zhao.lei', query, { id, version })));
  const won = both.flatMap(({ value }) => value?.decideApplication?.grant ?? []);
  assert.ok(won.length < 2, `${id} is decided once`);
  if (won.length === 1) {
    told.agreed.set(id, won[0].id);
    return won[0].id;
  }
  const { providerReview } = await ask('housing-app', `{ providerReview(id: "${id}") { status grant } }`);
  if (providerReview.status !== 'AGREED') throw new Error('not decided yet');
  told.agreed.set(id, providerReview.grant);
  return providerReview.grant;
}

async function stopped(grant, mutation) {
  const who = mutation === 'revokeGrant' ? 'housing-app' : 'public-security-app';
  const query = `mutation { ${mutation}(id: "${grant}", reason: "核查") { grant { id } refusal { code } } }`;
  const { [mutation]: done } = await ask(who, query);
  assert.ok(done.grant || /REVOKED|SUSPENDED/.test(done.refusal.code), JSON.stringify(done));
  told.stopped.set(grant, mutation);
}

async function givesNothing(scenario, what) {
  for (let i = 0; i < 3; i++) {
    const { given } = await surely(() => look(scenario), true);
    assert.equal(given, false, `${scenario}: ${what} was stopped and gives nothing again`);
  }
}
async function look(scenario) {
  const { status, body } = await send('housing-app', '{ residents(first: 1) { nodes { name phone } } }', {}, scenario);
  if (status !== 200 || !body.data?.residents) throw new Error(`no answer: ${status}`);
  return { given: body.data.residents.nodes[0].phone !== null };
}

/** Signs a person in at the embedded OpenID provider, as the query page does. @returns the access token */
async function signedIn(account) {
  const issuer = 'http://127.0.0.1:4719';
  const verifier = randomBytes(32).toString('base64url');
  const page = { client_id: 'sharehub-graphiql', redirect_uri: 'http://127.0.0.1:4710/session/callback' };
  const cookies = new Map();
  const step = async (address, init = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new globalThis.URL(address, issuer), {
      ...init,
      redirect: 'manual',
      headers: { cookie },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      cookies.set(name, value);
    }
    return answer.headers.get('location');
  };
  const request = new URLSearchParams({
    ...{ ...page, response_type: 'code', scope: 'openid', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const signIn = await step(`/auth?${request}`);
  const resume = await step(signIn, { method: 'POST', body: new URLSearchParams({ account }) });
  const code = new globalThis.URL(await step(resume)).searchParams.get('code');
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...page, grant_type: 'authorization_code', code, code_verifier: verifier }),
  });
  return (await answer.json()).access_token;
}

async function ask(system, query, variables) {
  const { body } = await send(system, query, variables);
  if (body.errors || !body.data) throw new Error(body.errors?.[0]?.message ?? 'no data');
  return body.data;
}
async function send(system, query, variables, scenario) {
  const response = await fetch(URL, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${tokens[system]}` },
      ...(scenario && { 'share-scenario': scenario }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  return { status: response.status, body: await response.json() };
}

function scenarioOf(number) {
  return `killed-${number}`;
}
async function prepared() {
  const client = await governance();
  for (let number = 0; number <= CALLERS; number++)
    await client.query(
      `insert into scenario (department, code, name, purpose) values ('housing', $1, '审核', '核验申请人')`,
      [scenarioOf(number)],
    );
  const { rows } = await client.query(`select id from duty where department = 'housing' order by id limit 1`);
  await client.end();
  return rows[0].id;
}
/** Applications that nobody answers, whose day is over while processes are killed. */
async function lateApplications(duty) {
  const reviews = [];
  for (let i = 0; i < LATE; i++) reviews.push((await submitted(scenarioOf(CALLERS), duty)).id);
  const client = await governance();
  await client.query(
    `update application_track set due_date = '2026-01-05', due_at = '2026-01-05T16:00:00Z' where id = any($1)`,
    [reviews],
  );
  await client.end();
  return reviews;
}

async function checked(late) {
  const client = await governance();
  try {
    await compared(client, late);
  } finally {
    await client.end();
  }
}
async function compared(client, late) {
  const rows = async (sql, ...given) => (await client.query(sql, given)).rows;
  const deadline = Date.now() + PATIENCE;
  const escalated = `select object, count(*)::int as times from evidence.record where code = 'ESCALATE' group by object`;
  let escalations = [];
  while ((escalations = await rows(escalated)).length < LATE && Date.now() < deadline) await pause(200);
  assert.deepEqual(
    escalations.map(({ object, times }) => `${object} ${times}`).sort(),
    late.map((id) => `application/${id} 1`).sort(),
    'each late answer is escalated once',
  );
  const open = await rows(
    `select id from application_track where id = any($1) and (grant_id is not null or status <> 'REVIEW')`,
    late,
  );
  assert.deepEqual(open, [], 'nothing is given by silence');

  const acts = await rows(
    `select code, object, count(*)::int as times from evidence.record where kind = 'act' group by code, object`,
  );
  const timesOf = new Map(acts.map(({ code, object, times }) => [`${code} ${object}`, times]));
  const applications = await rows(`select id, state from share_application where state <> 'DRAFT'`);
  const known = new Set(applications.map(({ id }) => id));
  assert.deepEqual(
    told.submitted.filter((id) => !known.has(id)),
    [],
    'every acknowledged application is there',
  );
  for (const { id } of applications)
    assert.equal(timesOf.get(`SUBMIT_APPLICATION application/${id}`), 1, `${id} has its act`);

  const reviews = await rows(`select t.id, t.status, t.grant_id, g.id as there, g.revoked_at, g.application,
      (select count(*)::int from share_grant where application = t.application) as grants
    from application_track t left join share_grant g on g.id = t.grant_id`);
  const reviewOf = new Map(reviews.map((review) => [review.id, review]));
  for (const [id, grant] of told.agreed) assert.equal(reviewOf.get(id)?.grant_id, grant, `${id} has ended in ${grant}`);
  for (const { id, status, grant_id: grant, there, grants } of reviews) {
    const isAgreed = status === 'AGREED';
    assert.equal(grants, isAgreed ? 1 : 0, `${id} is ${status} and has ${grants} grants`);
    assert.equal(there, grant);
    assert.equal(timesOf.get(`AGREE_TO_SHARE application/${id}`) ?? 0, isAgreed ? 1 : 0, `${id} has its decision once`);
  }
  for (const [grant, how] of told.stopped)
    assert.equal(
      timesOf.get(`${how === 'revokeGrant' ? 'REVOKE_GRANT' : 'SUSPEND_GRANT'} grant/${grant}`),
      1,
      `${how} of ${grant}`,
    );
  const live =
    await rows(`select id from share_grant where application is not null and revoked_at is null and not suspended
    and held_by_consumer is null and held_by_provider is null`);
  assert.deepEqual(
    live.filter(({ id }) => told.stopped.has(id)),
    [],
    'no stopped grant is in force',
  );
  console.log(
    `${told.submitted.length} applications acknowledged, ${applications.length} there; ${told.agreed.size} decisions; ` +
      `${told.stopped.size} grants stopped; ${late.length} late answers escalated once each; nothing lost, doubled or resurrected`,
  );
}

/** A process of the hub's, once there is one that can be killed. */
async function pidOf(target) {
  for (const deadline = Date.now() + PATIENCE; ; await pause(50)) {
    try {
      if (target === 'postgresql')
        return Number(readFileSync(join(clusterFolder(), 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      // It is being started again.
    }
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const [, parent] = /\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        if (Number(parent) === hub.process.pid && words.includes(target)) return Number(pid);
      } catch {
        // It ended meanwhile.
      }
    }
    if (Date.now() > deadline) throw new Error(`no ${target} is running`);
  }
}

function clusterFolder() {
  try {
    return readFileSync(join(dataDir, 'postgresql.location'), 'utf8').trim();
  } catch {
    return join(dataDir, 'postgresql');
  }
}

async function governance() {
  const folder = clusterFolder();
  const port = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'sharehub', database: 'governance' },
    password: readFileSync(join(folder, 'sharehub.password'), 'utf8').trim(),
  });
  await client.connect();
  return client;
}
