// A new department follows docs/guides/publish.md from an empty folder, five ways, on a hub of its own: the guide's commands, in
// its order. Asserts each way's answer, and prints seconds and commands. `npm run test:five-ways [-- WAY ...]`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import mysql from 'mysql2/promise';
import pg from 'pg';

const HUB = resolve(import.meta.dirname, '../..');
const PORT = 4760;
const SUBGRAPH_PORT = 4780;
const SERVICE_PORT = 4781;
/** Of each way, beside those that prepare the hub. */
const MOST_COMMANDS = 6;
const MOST_SECONDS = 600;
/** A resident of the demo's data. */
const RESIDENT = { idNumber: '330102197501067411', name: '丁静兰' };
const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const MARIADB = process.env.MARIADB_URL ?? 'mysql://root@127.0.0.1:3306';
const DATABASE = `edu_front_${process.pid}`;
const READER = `edu_reader_${process.pid}`;

/** Each way by its heading in the guide: what the department has before, and what the answer must show. */
const WAYS = {
  'A file': { prepare: writeFileOfPupils, draft: 'pupils/pupils.yaml', shows: { school: '杭州市第1小学' } },
  PostgreSQL: { prepare: fillPostgresql, draft: 'aid/aid.yaml', shows: { amount: '810.50' } },
  MariaDB: { prepare: fillMariaDb, draft: 'homes/homes.yaml', shows: { bed: '一床' } },
  'A service': { prepare: startService, draft: 'visits/visits.yaml', shows: { result: '平安' } },
  Code: { prepare: takeKey, shows: { reason: '临时救助' } },
};

const guide = await readFile(join(HUB, 'docs/guides/publish.md'), 'utf8');
const work = await mkdtemp(join(tmpdir(), 'sharehub-five-ways-'));
const env = {
  ...process.env,
  ...{ HUB, DATA_DIR: join(work, 'hub'), PORT: String(PORT), NO_COLOR: '1', npm_config_prefer_offline: 'true' },
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
};
class NoServer extends Error {}
/** Undo what a way needs, last first. */
const undo = [];
const wanted = process.argv.slice(2);
const failed = [];
const skipped = [];

try {
  const [start, pack, permit] = blocksOf('Before you begin', 'sh').map(({ text }) => text.trim());
  hubSays(pack, 'npm run packages');
  await sh(pack, HUB);
  const began = performance.now();
  undo.push(await startHub(start));
  console.log(`hub: ready after ${secondsSince(began)} s; 1 command to start it, 1 to pack, 1 for each permit`);
  for (const [name, way] of Object.entries(WAYS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const folder = join(work, name.replaceAll(' ', '-'));
    await mkdir(folder);
    try {
      const subgraph = guideSubgraph(name);
      const given = answerOf(await sh(permit.replace('"pupils"', `"${subgraph}"`), HUB));
      assert.equal(given.data.permitPublisher.refusal, null);
      await way.prepare(folder);
      await walk(name, way, folder);
    } catch (error) {
      if (error instanceof NoServer && !process.env.CI) skipped.push(`${name}: ${error.message}`);
      else failed.push(`${name}: ${error.message}`);
      console.error(error instanceof NoServer ? `${name}: ${error.message}` : error);
    }
  }
} finally {
  for (const step of undo.reverse()) await step();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
}
for (const line of skipped) console.log(`NOT WALKED ${line}`);
for (const line of failed) console.log(`FAILED ${line}`);
process.exit(failed.length > 0 ? 1 : 0);

/** Runs the commands of one way, and compares its answer. */
async function walk(name, { draft, shows }, folder) {
  for (const { language, text } of blocksOf(name))
    if (language === 'yaml') await writeFile(join(folder, 'openapi.yaml'), text);
  const commands = commandsOf(name);
  assert.ok(commands.length <= MOST_COMMANDS, `${commands.length} commands`);
  const began = performance.now();
  const printed = {};
  let output = '';
  for (const command of commands) {
    output = await sh(withNumbers(command, printed), folder);
    for (const [number] of output.matchAll(/\b[VS]-\d{6}\b/g)) printed[number[0]] = number;
    if (output.includes('"refusal": {')) throw new Error(`${command}\n${output}`);
    // What a person decides in an editor is no command.
    if (draft && command.includes(' init ')) await decide(join(folder, draft));
    if (command.includes(' init ') && name === 'Code') {
      const [{ text }] = blocksOf(name, 'ts');
      await writeFile(join(folder, 'clinic', 'subgraph.ts'), text);
    }
  }
  const seconds = secondsSince(began);
  const { data, errors = [] } = answerOf(output);
  const [record] = Object.values(data);
  const { resident, ...own } = record;
  assert.deepEqual(own, shows);
  assert.deepEqual(resident, { name: RESIDENT.name, annualIncome: null });
  assert.deepEqual(
    errors.map(({ extensions: { code, item } }) => [code, item]),
    [['NOT_SHARED', 'Resident.annualIncome']],
  );
  assert.ok(seconds <= MOST_SECONDS);
  console.log(`${name}: ${commands.length} commands, ${seconds} s`);
}

/** The share types as drafted, a code, and the relation to residents. */
async function decide(file) {
  const text = await readFile(file, 'utf8');
  const code = 300000 + Object.values(WAYS).findIndex(({ draft }) => file.endsWith(draft)) + 1;
  const decided = text
    .replaceAll(', proposed: true', '')
    .replace('000000/', `${code}/`)
    .replace('# relations:', 'relations:');
  await writeFile(file, decided);
}

/** A command with the numbers that this hub gave, and this run's database and ports. */
function withNumbers(command, printed) {
  return command
    .replace(/\b([VS])-000001\b/g, (number, kind) => printed[kind] ?? number)
    .replaceAll('edu_front', DATABASE)
    .replaceAll('edu_reader', READER)
    .replaceAll(':4200', `:${SUBGRAPH_PORT}`)
    .replaceAll(':4300', `:${SERVICE_PORT}`)
    .replaceAll('127.0.0.1:5432', new URL(POSTGRES).host)
    .replaceAll('127.0.0.1:3306', new URL(MARIADB).host);
}

/** Runs a command of the guide. One that stays is left running, until its first address.
 *  @returns standard output */
async function sh(command, cwd) {
  if (command.includes('npm start')) return stay(command, cwd);
  const child = spawn('bash', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise((done) => child.once('close', done));
  // Items that are refused are part of an answer; a command that could do nothing ends with 1.
  if (code !== 0) throw new Error(`${command}\nended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

async function stay(command, cwd) {
  const child = spawn('bash', ['-c', command], {
    ...{ cwd, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    env: { ...env, PORT: String(SUBGRAPH_PORT) },
  });
  const ended = new Promise((done) => child.once('exit', done));
  undo.push(async () => {
    stopGroup(child);
    await ended;
  });
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return line;
    lines.push(line);
  }
  throw new Error(`${command} ended before it was ready:\n${lines.join('\n')}`);
}

/** Starts a hub as the guide says. @returns stops it */
async function startHub(command) {
  hubSays(command, 'npm start');
  const child = spawn('bash', ['-c', command.replaceAll('4200', String(SUBGRAPH_PORT))], {
    ...{ cwd: HUB, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    stopGroup(child);
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready ')) return stop;
  throw new Error('the hub ended before it was ready');
}

function stopGroup(child) {
  try {
    process.kill(-child.pid, 'SIGINT');
  } catch {
    // It has ended.
  }
}

/** 100,000 rows with real check digits; the first is a resident of the demo's. */
async function writeFileOfPupils(folder) {
  const lines = ['学号,身份证号,姓名,学校,行政区划,出生日期,成绩'];
  for (let row = 1; row <= 100_000; row++) {
    const day = new Date(Date.UTC(2008, 0, row % 3000)).toISOString().slice(0, 10);
    const idNumber =
      row === 1
        ? RESIDENT.idNumber
        : withCheckDigit(`330102${day.replaceAll('-', '')}${String(row % 1000).padStart(3, '0')}`);
    lines.push(
      `S${String(row).padStart(6, '0')},${idNumber},学生${row},杭州市第${row}小学,330102,${day},${row % 100}.5`,
    );
  }
  await writeFile(join(folder, 'pupils.csv'), `${lines.join('\n')}\n`);
}

/** @source GB 11643-1999 */
function withCheckDigit(digits) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + '10X98765432'[[...digits].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0) % 11];
}

async function fillPostgresql() {
  const admin = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 5_000 });
  await admin.connect().catch((cause) => {
    throw new NoServer(`no PostgreSQL answers at ${new URL(POSTGRES).host} (POSTGRES_URL): ${cause.message}`);
  });
  const owner = new pg.Client({
    connectionString: Object.assign(new URL(POSTGRES), { pathname: `/${DATABASE}` }).href,
  });
  await admin.query(`create database ${DATABASE}`);
  undo.push(async () => {
    await admin.query(`drop database ${DATABASE} with (force)`);
    await admin.query(`drop role if exists ${READER}`);
    await admin.end();
  });
  await owner.connect();
  owner.on('error', () => undefined);
  await owner.query(`create role ${READER} login password 'change-me';
    create table aid_record (number varchar(20) primary key, sfzh char(18) not null, amount numeric(10,2));
    comment on column aid_record.number is '救助编号';
    comment on column aid_record.amount is '救助金额';
    insert into aid_record values ('R000001', '${RESIDENT.idNumber}', 810.50);
    grant select on aid_record to ${READER}`);
  await owner.end();
}

async function fillMariaDb() {
  const admin = await mysql.createConnection({ uri: MARIADB, multipleStatements: true }).catch((cause) => {
    throw new NoServer(`no MariaDB answers at ${new URL(MARIADB).host} (MARIADB_URL): ${cause.message}`);
  });
  undo.push(async () => {
    await admin.query(`drop database if exists ${DATABASE}; drop user if exists ${READER}@'%'`);
    await admin.end();
  });
  await admin.query(`create database ${DATABASE} character set utf8mb4; use ${DATABASE};
    create table home_place (number varchar(20) primary key comment '床位编号', sfzh char(18) not null, bed varchar(50) comment '床位');
    insert into home_place values ('H000001', '${RESIDENT.idNumber}', '一床');
    create user ${READER}@'%' identified by 'change-me'; grant select on ${DATABASE}.home_place to ${READER}@'%'`);
}

/** A service of the kind that says in its body how it went. */
async function startService() {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const number = /^\/api\/visits\/(\w+)$/.exec(request.url)?.[1];
    const row = { number, person: { sfzh: RESIDENT.idNumber }, result: '平安' };
    response.end(JSON.stringify(number ? { code: 0, data: row } : { code: 1, data: null }));
  });
  await new Promise((listening) => server.listen(SERVICE_PORT, '127.0.0.1', listening));
  undo.push(() => new Promise((closed) => (server.close(closed), server.closeAllConnections())));
}

/** What the operator hands over. */
async function takeKey(folder) {
  const [command] = /npx sharehub key [^`]*/.exec(guide);
  await sh(command.replace('clinic.key', join(folder, 'clinic.key')), HUB);
}

/** Code blocks under a heading, up to the next. */
function blocksOf(heading, language) {
  const [, section] = guide.split(new RegExp(`^## ${heading}$`, 'm'));
  assert.ok(section, `the guide has no ${heading}`);
  const blocks = [...section.split(/^## /m)[0].matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return blocks
    .map(([, kind, text]) => ({ language: kind, text }))
    .filter((block) => !language || block.language === language);
}

function commandsOf(name) {
  return blocksOf(name, 'sh').flatMap(({ text }) => text.trim().split('\n'));
}

/** The name under which a way publishes. */
function guideSubgraph(name) {
  const all = commandsOf(name).join('\n');
  return /sharehub init (\S+)/.exec(all)[1];
}

function hubSays(command, what) {
  assert.ok(command?.includes(what), `the guide names ${what} before the ways`);
}

function answerOf(output) {
  return JSON.parse(output);
}
function secondsSince(began) {
  return Math.round((performance.now() - began) / 100) / 10;
}
