/* Loads a file beside PostgreSQL's own COPY of the same file, in one run. Arguments: rows, rounds. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openDatabaseServer } from '../../dist/shared/database/index.js';
import { identityNumber } from '../../dist/shared/kernel/identity-number.js';
import { loadFile } from '../../dist/shared/loading/index.js';

const [rows = 100_000, rounds = 5] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'sharehub-bench-'));
const server = await openDatabaseServer({ dataDir: join(folder, 'data'), databaseUrl: process.env.DATABASE_URL });
await server.createDatabase('bench_loading');
const pool = new pg.Pool({ connectionString: server.url('bench_loading'), max: 2 });

const column = (name, type, more = {}) => ({ name, title: name, type, required: false, headers: [], ...more });
const spec = {
  ...{ schema: 'bench', table: 'Pupil', title: '学籍', key: ['number'], unique: [], indexes: [], history: false },
  columns: [
    column('number', 'text', { required: true }),
    column('identity', 'text', { format: 'IDENTITY_NUMBER' }),
    column('name', 'text'),
    column('school', 'text'),
    column('division', 'text', { format: 'DIVISION_CODE' }),
    column('bornOn', 'date'),
    column('score', 'numeric'),
  ],
};
const COLUMNS = `number text primary key, identity text, name text, school text, division text, "bornOn" date, score numeric`;
const BOOKKEEPING = `_hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text`;

const file = join(folder, 'pupils.csv');
const sha256 = await writeRows();
let loads = 0;
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
const shares = [];
for (let round = 0; round < rounds; round++) {
  await pool.query(`drop schema if exists bench cascade; create schema bench;
    create table bench.plain (${COLUMNS}); create table bench."Pupil" (${COLUMNS}, ${BOOKKEEPING}); checkpoint`);
  const copy = await timed(copyPlain);
  await pool.query('checkpoint');
  const first = await timed(() => load());
  const again = await timed(() => load());
  await pool.query(
    `update bench."Pupil" set score = score + 1 where right(number, 2) in ('00', '11', '22', '33', '44')`,
  );
  const changed = await timed(() => load());
  const full = await timed(() => load('FULL'));
  shares.push(copy / first);
  console.log(
    `COPY ${show(copy)}, first load ${show(first)} (${percent(copy / first)} of COPY's pace), ` +
      `unchanged ${show(again)}, 5% changed ${show(changed)}, full ${show(full)}`,
  );
}
clearInterval(watch);
shares.sort((a, b) => a - b);
console.log(
  `${rows} rows: median ${percent(shares[shares.length >> 1])} of COPY's pace; peak RSS ${Math.round(peak / 1e6)} MB`,
);
await pool.end();
await server.dropDatabase('bench_loading');
await server.stop();
await rm(folder, { recursive: true });

async function timed(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
async function copyPlain() {
  const client = await pool.connect();
  await pipeline(createReadStream(file), client.query(copyFrom('copy bench.plain from stdin csv header')));
  client.release();
}
async function load(mode = 'UPSERT') {
  const id = `L-${++loads}`;
  const reports = { problems: join(folder, 'problems.csv'), rows: join(folder, 'rows.csv') };
  const order = {
    id,
    key: id,
    file,
    sha256,
    format: 'CSV',
    mode: 'UPSERT',
    mostRejected: 0,
    mostVanished: 10,
    reports,
  };
  await loadFile(pool, spec, order, { timeZone: 'Asia/Shanghai' });
}
async function writeRows() {
  const hash = createHash('sha256');
  const out = createWriteStream(file);
  const write = async (text) => {
    hash.update(text);
    if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
  };
  await write(`${spec.columns.map(({ name }) => name).join(',')}\n`);
  let text = '';
  for (let at = 0; at < rows; at++) {
    const born = new Date(Date.UTC(2005, 0, 1 + (at % 3650))).toISOString().slice(0, 10);
    const identity = identityNumber('350503', born.replaceAll('-', ''), (at % 999) + 1);
    text += `S${String(at).padStart(9, '0')},${identity},张三丰${at % 100},泉州市第一实验小学,350503,${born},${(at % 1000) / 10}\n`;
    if (at % 1000 < 999 && at < rows - 1) continue;
    await write(text);
    text = '';
  }
  out.end();
  await finished(out);
  return hash.digest('hex');
}
function show(ms) {
  return `${Math.round(ms)} ms`;
}
function percent(share) {
  return `${Math.round(share * 100)} %`;
}
