import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { loadFile, LoadRefusal, type LoadOrder, type LoadOutcome } from '../../shared/loading/index.js';
import type { TableSpec } from '../../shared/declaration/index.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';
import { HEADING, PUPILS } from './support/pupils.js';

const DATABASE = testDatabaseName('loading');
const HISTORY: TableSpec = { ...PUPILS, table: 'Kept', history: true };
const UNIQUE: TableSpec = { ...PUPILS, table: 'Unique', unique: [['idNumber']] };
const BOOKKEEPING =
  '_hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text not null';
const COLUMNS = '"studentNumber" text, "idNumber" text, name text, "bornOn" date, score numeric';

let server: DatabaseServer;
let pool: pg.Pool;
let folder: string;
beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(DATABASE);
  pool = openTestPool({ connectionString: server.url(DATABASE), max: 5 });
  folder = await mkdtemp(join(tmpdir(), 'sharehub-loading-'));
  await pool.query(`create schema "education-files"`);
});
afterAll(async () => {
  await pool.end();
  await server.dropDatabase(DATABASE);
  await server.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  for (const table of ['Pupil', 'Kept', 'Unique']) {
    await pool.query(`drop table if exists "education-files"."${table}"`);
    await pool.query(
      `create table "education-files"."${table}" (${COLUMNS}, ${BOOKKEEPING}, primary key ("studentNumber"))`,
    );
  }
  await pool.query('drop table if exists "education-files"."Kept_history"');
  await pool.query(`create table "education-files"."Kept_history" (${COLUMNS}, _from timestamptz, _to timestamptz)`);
  await pool.query(`create unique index on "education-files"."Unique" ("idNumber") where _deleted_at is null`);
});

const rowOf = (number: string, name = '张三', at = 0) =>
  `${number},${identityNumber('350503', '20150301', at + 1)},${name},2015-03-01,98.5`;
const csv = (...lines: string[]) => `${[HEADING, ...lines].join('\n')}\n`;
const many = (count: number, name = '张三') =>
  csv(...Array.from({ length: count }, (_, at) => rowOf(`S${at}`, name, at % 900)));

async function orderOf(content: string | Buffer, more: Partial<LoadOrder> = {}): Promise<LoadOrder> {
  const id = `L-${randomUUID()}`;
  const file = join(folder, id);
  await writeFile(file, content);
  return {
    id,
    key: id,
    file,
    sha256: createHash('sha256').update(content).digest('hex'),
    format: 'CSV',
    mode: 'UPSERT',
    mostRejected: 0,
    mostVanished: 10,
    reports: { problems: `${file}.problems.csv`, rows: `${file}.rows.csv` },
    ...more,
  };
}
const run = (order: LoadOrder, spec = PUPILS): Promise<LoadOutcome | LoadRefusal> =>
  loadFile(pool, spec, order, { timeZone: 'Asia/Shanghai' }).catch((error: unknown) => {
    if (error instanceof LoadRefusal) return error;
    throw error;
  });
const load = async (content: string | Buffer, more: Partial<LoadOrder> = {}, spec = PUPILS) =>
  run(await orderOf(content, more), spec);
const stored = async (table = 'Pupil') =>
  (
    await pool.query<{ row: string }>(
      `select concat_ws(' ', "studentNumber", name, case when _deleted_at is not null then 'gone' end) as row
         from "education-files"."${table}" order by "studentNumber"`,
    )
  ).rows.map(({ row }) => row);
const counts = (some: Partial<LoadOutcome>) => expect.objectContaining(some);

describe('a load that is refused', () => {
  it.each([
    ['a row is wrong', csv(rowOf('S1'), 'S2,1,x,y,z'), {}, 'ROWS_INVALID'],
    ['a key stands in the file twice', csv(rowOf('S1'), rowOf('S1', '李四')), {}, 'ROWS_INVALID'],
    ['a key is known that was to be added', csv(rowOf('S0', '李四'), rowOf('S1')), { mode: 'APPEND' }, 'ROWS_INVALID'],
    ['too many rows are wrong', csv(rowOf('S1'), 'S2,1', 'S3,1'), { mostRejected: 50 }, 'ROWS_INVALID'],
    ['a full load would take away too much', csv(rowOf('S1')), { mode: 'FULL' }, 'VANISH_TOO_MANY'],
    ['a full load has a wrong row', csv(rowOf('S0'), 'S2,1'), { mode: 'FULL', mostRejected: 90 }, 'ROWS_INVALID'],
    ['the file has no rows', csv(), {}, 'FILE_EMPTY'],
    ['the file is another one', csv(rowOf('S1')), { sha256: '0'.repeat(64) }, 'FILE_CHANGED'],
    ['a heading is unknown', csv().replace('姓名', '名字'), {}, 'HEADING_UNKNOWN'],
  ] as const)('since %s leaves the table as it was', async (_, content, more, code) => {
    await load(csv(rowOf('S0')));
    expect(await load(content, more)).toMatchObject({ code });
    expect(await stored()).toEqual(['S0 张三']);
  });

  it.each([
    ['a row is wrong', csv(rowOf('S1'), 'S2,1,x,y,z'), {}, 'ROWS_INVALID'],
    ['a key stands in the file twice', csv(rowOf('S1'), rowOf('S1', '李四')), {}, 'ROWS_INVALID'],
    ['the file is another one', csv(rowOf('S1')), { sha256: '0'.repeat(64) }, 'FILE_CHANGED'],
  ] as const)('since %s leaves an empty table empty', async (_, content, more, code) => {
    expect(await load(content, more)).toMatchObject({ code });
    expect(await stored()).toEqual([]);
  });

  it('says when the table is not there, or another one than was declared', async () => {
    expect(await load(csv(rowOf('S1')), {}, { ...PUPILS, table: 'Nothing' })).toMatchObject({ code: 'TABLE_MISSING' });
    const columns = PUPILS.columns.map((each) =>
      each.name === 'score' ? { ...each, type: 'integer' as const } : each,
    );
    const refusal = await load(csv(rowOf('S1')), {}, { ...PUPILS, columns });
    expect(refusal).toMatchObject({ code: 'TABLE_CHANGED', detail: '成绩' });
  });

  it('reports each problem by line, item and reason, with its value masked', async () => {
    const order = await orderOf(csv(rowOf('S1'), 'S2,350503201503010018,张三,2015-02-30,98.5', ',1,=1+1,2015-03-01,x'));
    expect(await run(order)).toMatchObject({
      message: '有不合格的行，整批未载入：共 3 行，不合格 2 行，问题 5 处',
      english: 'There are wrong rows; nothing was loaded: 2 of 3 rows are wrong; problems: 5',
    });
    expect((await readFile(order.reports.problems, 'utf8')).split('\r\n')).toEqual([
      '\ufeff行号,数据项,规则,值（已脱敏）,原因,Reason',
      '3,身份证号,IDENTITY_NUMBER_INVALID,350*************18,公民身份号码有误（位数、日期或者校验码）,"no identity number (length, date or check character)"',
      '3,出生日期,DATE_INVALID,201*****30,不是有效日期（如 2026-01-31）,no date (such as 2026-01-31)',
      '4,学号,VALUE_MISSING,,必填项为空,a required value is empty',
      '4,身份证号,IDENTITY_NUMBER_INVALID,*,公民身份号码有误（位数、日期或者校验码）,"no identity number (length, date or check character)"',
      '4,成绩,NUMBER_INVALID,*,不是数值,no number',
      '',
    ]);
    expect(await readFile(order.reports.rows, 'utf8')).toContain(`,1,'=1+1,2015-03-01,x,4,学号：必填项为空；`);
  });

  it('names the lines of both rows where a key is double', async () => {
    const order = await orderOf(csv(rowOf('S1'), rowOf('S2'), rowOf('S1', '李四')));
    await run(order);
    const report = await readFile(order.reports.problems, 'utf8');
    expect(report).toContain('\n2,学号,KEY_DOUBLE,**,主键在文件内重复');
    expect(report).toContain('\n4,学号,KEY_DOUBLE,**,主键在文件内重复');
    expect(report).not.toContain('\n3,');
  });
});

describe('a load', () => {
  it('adds new rows, changes others, and writes nothing of those that stay as they are', async () => {
    expect(await load(csv(rowOf('S1'), rowOf('S2')))).toEqual(counts({ rows: 2, inserted: 2 }));
    const before = await pool.query(`select ctid, xmin from "education-files"."Pupil" where "studentNumber" = 'S1'`);
    const outcome = await load(csv(rowOf('S1'), rowOf('S2', '李四'), rowOf('S3')));
    expect(outcome).toEqual(counts({ rows: 3, inserted: 1, updated: 1, unchanged: 1, deleted: 0 }));
    expect(await stored()).toEqual(['S1 张三', 'S2 李四', 'S3 张三']);
    const after = await pool.query(`select ctid, xmin from "education-files"."Pupil" where "studentNumber" = 'S1'`);
    expect(after.rows).toEqual(before.rows);
  });

  it('of the full table marks as gone what the file does not have, and takes it up again', async () => {
    await load(csv(rowOf('S1'), rowOf('S2')));
    const outcome = await load(csv(rowOf('S1')), { mode: 'FULL', mostVanished: 50 });
    expect(outcome).toEqual(counts({ unchanged: 1, deleted: 1 }));
    expect(await stored()).toEqual(['S1 张三', 'S2 张三 gone']);
    expect(await load(csv(rowOf('S2')), { mode: 'APPEND' })).toEqual(counts({ updated: 1 }));
    expect(await stored()).toEqual(['S1 张三', 'S2 张三']);
  });

  it('keeps what a record was before, where history is declared', async () => {
    await load(csv(rowOf('S1'), rowOf('S2'), rowOf('S3')), {}, HISTORY);
    await load(csv(rowOf('S1', '李四'), rowOf('S2')), { mode: 'FULL', mostVanished: 50 }, HISTORY);
    const { rows } = await pool.query<{ was: string }>(
      `select h."studentNumber" || ' ' || h.name as was from "education-files"."Kept_history" h
        where _from < _to and not exists (select from "education-files"."Kept" k
          where k."studentNumber" = h."studentNumber" and k._loaded_at < h._to and k._deleted_at is null)
        order by 1`,
    );
    expect(rows.map(({ was }) => was)).toEqual(['S1 张三', 'S3 张三']);
  });

  it('with some rows rejected, where that is allowed, loads the others; the corrected report loads the rest', async () => {
    const broken = rowOf('S3').replace('2015-03-01', '2015-03-99');
    const order = await orderOf(csv(rowOf('S1'), rowOf('S2'), broken, rowOf('S4')), { mostRejected: 25 });
    expect(await run(order)).toEqual(counts({ rows: 4, inserted: 3, rejected: 1, problems: 1 }));
    expect(await stored()).toEqual(['S1 张三', 'S2 张三', 'S4 张三']);
    const corrected = (await readFile(order.reports.rows, 'utf8')).replace('2015-03-99', '2015-03-09');
    expect(await load(corrected, { mode: 'APPEND' })).toEqual(counts({ rows: 1, inserted: 1 }));
    expect(await stored()).toEqual(['S1 张三', 'S2 张三', 'S3 张三', 'S4 张三']);
  });

  it('is made once: the same content under its key gives the outcome of then, other content is refused', async () => {
    const key = 'monthly-2026-11';
    const first = await load(csv(rowOf('S1')), { key });
    await pool.query(`delete from "education-files"."Pupil"`);
    expect(await load(csv(rowOf('S1')), { key })).toEqual(first);
    expect(await stored()).toEqual([]);
    expect(await load(csv(rowOf('S2')), { key })).toMatchObject({ code: 'KEY_REUSED' });
  });

  it('beside another of the same table waits for it', async () => {
    await load(csv(rowOf('S0')));
    const loads = ['甲', '乙', '丙', '丁'].map(async (name) => run(await orderOf(many(2_000, name))));
    const outcomes = (await Promise.all(loads)) as LoadOutcome[];
    expect(outcomes.map(({ inserted }) => inserted).sort()).toEqual([0, 0, 0, 1_999]);
    const { rows } = await pool.query(`select distinct name from "education-files"."Pupil"`);
    expect(rows).toHaveLength(1);
  });

  it('does not let two records have a value that only one may have', async () => {
    await load(csv(rowOf('S1', '张三', 1), rowOf('S2', '李四', 2)), {}, UNIQUE);
    const order = await orderOf(csv(rowOf('S3', '王五', 1), rowOf('S4', '赵六', 3), rowOf('S5', '赵六', 3)), {
      mostRejected: 0,
    });
    expect(await run(order, UNIQUE)).toMatchObject({ code: 'ROWS_INVALID' });
    const report = await readFile(order.reports.problems, 'utf8');
    expect(report).toContain('\n2,身份证号,VALUE_TAKEN,');
    expect(report).toContain('\n3,身份证号,VALUE_DOUBLE,');
    expect(report).toContain('\n4,身份证号,VALUE_DOUBLE,');
    expect(await stored('Unique')).toEqual(['S1 张三', 'S2 李四']);
  });

  it('stores values as they are written', async () => {
    const name = '"反\\斜\t线\n""引"" \\N"';
    await load(csv(rowOf('S1', name), rowOf('S2', '\\N')));
    const { rows } = await pool.query<{ name: string }>(`select name from "education-files"."Pupil" order by 1 desc`);
    expect(rows.map((row) => row.name).sort()).toEqual(['\\N', '反\\斜\t线\n"引" \\N']);
  });

  it('ends when it is given up, and nothing of it stays', async () => {
    const order = await orderOf(many(50_000));
    const stop = new AbortController();
    const loading = loadFile(pool, PUPILS, order, {
      timeZone: 'Asia/Shanghai',
      signal: stop.signal,
      onProgress: ({ rows }) => rows > 5_000 && stop.abort(),
    });
    await expect(loading).rejects.toThrow('aborted');
    expect(await stored()).toEqual([]);
    expect(await run(order)).toEqual(counts({ inserted: 50_000 }));
  });
});

describe('a process that is killed', () => {
  it.each([
    ['READING', [], 0],
    ['READING', [rowOf('S1', '李四')], 1],
    ['MERGING', [], 0],
    ['MERGING', [rowOf('S1', '李四')], 1],
    ['COMMITTED', [rowOf('S1', '李四')], 20_000],
  ])('while %s has loaded all or nothing, and the next one ends what it began', async (moment, before, there) => {
    if (before.length > 0) await load(csv(...before));
    const order = await orderOf(many(20_000));
    const args = [server.url(DATABASE), JSON.stringify(PUPILS), JSON.stringify(order), moment];
    const { signal } = spawnSync(process.execPath, ['tests/loading/support/load-and-die.mjs', ...args]);
    expect(signal).toBe('SIGKILL');
    expect(await stored()).toHaveLength(there);
    expect(await run(order)).toEqual(
      counts({ rows: 20_000, inserted: 20_000 - before.length, updated: before.length }),
    );
    expect(new Set(await stored()).size).toBe(20_000);
  });
});
