import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { runInit, type InitOptions } from '../../cli/init/run-init.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { testMariaDbUrl } from '../support/config.js';
import { testDatabaseName } from '../support/test-database.js';

const database = testDatabaseName('init_mysql');
const reader = `r_${process.pid}`;
const PASSWORD = 'pw-9f3e2';
const idNumber = identityNumber('330106', '19900307', 1);
let admin: Connection;
let from: string;
let into: string;

beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'sharehub-init-'));
  admin = await createConnection({ uri: testMariaDbUrl(), multipleStatements: true });
  await admin
    .query(
      `create database ${database} character set utf8mb4; use ${database};
    create table xs_school (id bigint unsigned primary key, xxmc varchar(100) not null) comment '学校信息表';
    create table xs_student (xh varchar(20) primary key comment '学号', sfzh char(18) not null unique, 姓名 varchar(50),
      xxid bigint unsigned, jd enum('PRIMARY', '初''中'), csrq date, cj decimal(8,2), rksj datetime, nd year, raw json, tp blob,
      rs int unsigned, sfjs bit(1), unique key part (姓名(1)), foreign key (xxid) references xs_school (id)) comment '学生信息表';
    create view v_student as select xh, 姓名, 'x' as same from xs_student;
    create table gone (xh varchar(20)); create view v_broken as select xh from gone; drop table gone;
    create table secret_table (id int primary key);
    insert into xs_school values (18446744073709551615, '第一小学');
    insert into xs_student (xh, sfzh, 姓名) values ('001', '${idNumber}', '张三'), ('002', '${identityNumber('330106', '19900307', 2)}', '李四');
    create user ${reader}@'%' identified by '${PASSWORD}';
    grant select on ${database}.xs_school to ${reader}@'%'; grant select on ${database}.xs_student to ${reader}@'%';
    grant select on ${database}.v_student to ${reader}@'%'; grant select on ${database}.v_broken to ${reader}@'%'`,
    )
    .catch(async (error: unknown) => {
      await admin.end();
      throw error;
    });
  const url = new URL(testMariaDbUrl());
  [url.username, url.password, url.pathname] = [reader, PASSWORD, `/${database}`];
  from = url.href;
});
afterAll(async () => {
  await admin?.query(`drop user if exists ${reader}@'%'; drop database if exists ${database}`).catch(() => undefined);
  await admin?.end().catch(() => undefined);
  await rm(into, { recursive: true, force: true });
});

let count = 0;
const init = async (more: Partial<InitOptions> = {}) => {
  const name = `m${++count}`;
  const { files } = await runInit({
    ...{ name, into, from, department: undefined, source: undefined, tables: [], keys: new Map() },
    ...more,
  });
  const texts = await Promise.all(files.map((file) => readFile(join(into, name, file), 'utf8')));
  return { all: texts.join('\n'), types: parseDeclaration(texts[0]!, { allowProposals: true }).declaration!.types };
};
const refused = async (more: Partial<InitOptions>) => {
  const before = await readdir(into);
  const error = (await init(more).catch((each: unknown) => each)) as { code: string; message: string };
  expect(await readdir(into)).toEqual(before);
  expect(error.message).not.toMatch(new RegExp(`${PASSWORD}|${reader}|select`));
  return `${error.code}: ${error.message}`;
};

it('refuses what cannot work, with a code, and writes nothing', async () => {
  const wrong = (part: 'port' | 'password' | 'pathname', value: string) => {
    const url = new URL(from);
    url[part] = value;
    return url.href;
  };
  expect(await refused({ from: wrong('port', '1') })).toMatch(/^SOURCE_UNREACHABLE: .*nothing listens there/);
  expect(await refused({ from: wrong('password', 'other') })).toMatch(/^SOURCE_REFUSED: .*password was refused/);
  expect(await refused({ from: wrong('pathname', '/no_such') })).toMatch(/^SOURCE_REFUSED/);
  expect(await refused({ tables: ['no_such'] })).toMatch(/^TABLE_UNKNOWN/);
  expect(await refused({ tables: ['v_student'] })).toMatch(/^KEY_MISSING/);
  expect(await refused({ tables: ['v_broken'], keys: new Map([['', ['xh']]]) })).toMatch(/^SOURCE_REFUSED/);
  expect(await refused({ tables: ['v_student'], keys: new Map([['', ['same']]]) })).toMatch(/^KEY_NOT_UNIQUE/);
});

it('drafts what it may read; one broken view stops nothing', async () => {
  const { types, all } = await init();
  expect(types['Student']).toMatchObject({
    title: '学生信息表',
    keys: [['studentNumber'], ['idNumber']],
    items: {
      studentNumber: { title: '学号', column: 'xh' },
      idNumber: { format: 'IDENTITY_NUMBER', subject: 'PERSON' },
      xxid: { type: 'ID' },
      jd: { values: [{ code: 'PRIMARY' }, { code: "初'中" }] },
      bornOn: { type: 'Date' },
      cj: { type: 'Decimal' },
      rksj: { type: 'DateTime' },
      nd: { type: 'Int' },
      rs: { type: 'Decimal' },
      sfjs: { type: 'Boolean' },
    },
    relations: { school: { type: 'School', key: { id: 'xxid' } } },
  });
  for (const left of ['v_student：没有主键', 'v_broken：', 'tp：']) expect(all).toContain(left);
  for (const value of [PASSWORD, reader, '127.0.0.1', idNumber, '张三', 'secret_table'])
    expect(all).not.toContain(value);
});

it('takes a key for a view that states none, once a query has proved it', async () => {
  const { types } = await init({ tables: ['v_student'], keys: new Map([['v_student', ['xh']]]) });
  expect(types).toMatchObject({ Student: { keys: [['studentNumber']], from: { table: 'v_student' } } });
});
