import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { runInit, type InitOptions } from '../../cli/init/run-init.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const PASSWORD = 'pw-9f3e2';
const database = testDatabaseName('init');
const reader = `${database}_reader`;
const idNumber = identityNumber('330106', '19900307', 1);

let server: DatabaseServer;
let admin: pg.Client;
let owner: string;
let from: string;
let into: string;

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  owner = server.url(database);
  admin = new pg.Client({ connectionString: owner });
  await admin.connect();
  await admin.query(`
    create type stage as enum ('PRIMARY', '初中');
    create table xs_school (id bigint primary key, xxmc text not null);
    create table xs_student (xh varchar(20) primary key, sfzh char(18) not null unique, 姓名 text, xxid bigint references xs_school,
      stage stage, csrq date, cj numeric(8,2), rksj timestamptz, raw jsonb, mm text, lxdh text, "a b" text);
    comment on table xs_student is '学生信息表：全市在籍学生';
    comment on column xs_student.xh is '学号';
    comment on column xs_student.cj is '成绩';
    comment on column xs_student.rksj is '入库时间';
    create index on xs_student (xxid);
    create view v_student as select xh, 姓名, 'x'::text as same from xs_student;
    create view v_broken as select xh, 1 / (length(xh) - length(xh)) as nothing from xs_student;
    create table secret_table (id int primary key);
    insert into xs_school values (1, '第一小学'), (9007199254740993, '第二小学');
    insert into xs_student (xh, sfzh, 姓名, xxid) values ('001', '${idNumber}', '张三', 9007199254740993), ('002', '${identityNumber('330106', '19900307', 2)}', '李四', 1);
    create role ${reader} login password '${PASSWORD}';
    grant select on xs_school, xs_student, v_student, v_broken to ${reader}`);
  const url = new URL(owner);
  [url.username, url.password] = [reader, PASSWORD];
  from = url.href;
});
afterAll(async () => {
  await admin?.query(`drop owned by ${reader}; drop role ${reader}`);
  await admin?.end();
  await server?.dropDatabase(database);
  await server?.stop();
});
beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'sharehub-init-'));
});
afterAll(() => rm(into, { recursive: true, force: true }));

let count = 0;
const init = async (more: Partial<InitOptions> = {}) => {
  const name = more.name ?? `a${++count}`;
  const none = { department: undefined, source: undefined, tables: [], keys: new Map() };
  const { files, draft } = await runInit({ name, into, from, ...none, ...more });
  const texts = await Promise.all(files.map((file) => readFile(join(into, name, file), 'utf8')));
  return {
    draft,
    files,
    all: texts.join('\n'),
    yaml: texts[0]!,
    parsed: parseDeclaration(texts[0]!, { allowProposals: true }),
  };
};
const refused = async (more: Partial<InitOptions>) => {
  const before = await readdir(into);
  const error = (await init(more).catch((each: unknown) => each)) as { code: string; message: string };
  expect(await readdir(into)).toEqual(before);
  expect(error.message).not.toMatch(new RegExp(`${PASSWORD}|${reader}|select|at /`));
  return `${error.code}: ${error.message}`;
};

it('refuses what cannot work, with a code, and writes nothing', async () => {
  const wrong = (change: (url: URL) => void) => {
    const url = new URL(from);
    change(url);
    return url.href;
  };
  const { port } = await freePort();
  expect(await refused({ from: wrong((url) => (url.port = String(port))) })).toMatch(
    /^SOURCE_UNREACHABLE: .*nothing listens there/,
  );
  expect(await refused({ from: wrong((url) => (url.pathname = '/no_such')) })).toMatch(
    /^SOURCE_REFUSED: .*does not exist/,
  );
  expect(await refused({ from: 'postgres://' })).toMatch(/^SOURCE_KIND_UNKNOWN/);
  expect(await refused({ from: 'oracle://u:secret@h/d' })).toMatch(/^SOURCE_KIND_UNKNOWN: --from takes/);
  expect(await refused({ tables: ['no_such'] })).toMatch(/^TABLE_UNKNOWN: .*Found: .*xs_student/);
  expect(await refused({ tables: ['secret_table'] })).toMatch(/^SOURCE_REFUSED: The user may not read secret_table/);
  expect(await refused({ tables: ['v_student'] })).toMatch(/^KEY_MISSING: .*--key v_student=.*Columns: xh, 姓名, same/);
  expect(await refused({ tables: ['v_student'], keys: new Map([['', ['no']]]) })).toMatch(/^KEY_UNKNOWN/);
  expect(await refused({ tables: ['v_student'], keys: new Map([['', ['same']]]) })).toMatch(/^KEY_NOT_UNIQUE/);
  expect(await refused({ name: '../x' })).toMatch(/^NAME_INVALID/);
  expect(await refused({ name: 'Edu' })).toMatch(/^NAME_INVALID/);
  expect(await refused({ source: 'postgres://u:p@h/d' })).toMatch(/^DRAFT_INVALID/);
  await mkdir(join(into, 'there'));
  expect(await refused({ name: 'there' })).toMatch(/^FOLDER_EXISTS/);
});

it('drafts what it may read, and leaves the rest out by name', async () => {
  const { parsed, all, files } = await init({ name: 'edu', department: 'education', source: 'edu-front' });
  expect(files).toEqual(['edu.yaml', 'README.md', 'edu.test.mjs']);
  const { types, department } = parsed.declaration!;
  expect(department).toBe('education');
  expect(types['Student']).toMatchObject({
    title: '学生信息表',
    from: { database: 'edu-front', table: 'xs_student' },
    keys: [['studentNumber'], ['idNumber']],
    items: {
      studentNumber: { title: '学号', column: 'xh', required: true },
      idNumber: { format: 'IDENTITY_NUMBER', subject: 'PERSON', required: true },
      name: { title: '姓名', mask: 'NAME' },
      xxid: { type: 'ID' },
      phone: { title: '联系电话', column: 'lxdh' },
      stage: { values: [{ code: 'PRIMARY' }, { code: '初中' }] },
      bornOn: { type: 'Date' },
      score: { type: 'Decimal' },
      rukuTime: { type: 'DateTime' },
    },
    relations: { xsSchool: { key: { id: 'xxid' }, type: 'XsSchool' } },
    lists: { students: ['idNumber', 'xxid'] },
  });
  for (const left of ['v_student：没有主键', 'v_broken：', 'secret_table：账号没有读取权限', 'raw：', 'mm：', 'a b：'])
    expect(all).toContain(left);
  for (const value of [PASSWORD, reader, '127.0.0.1', idNumber, '张三', '第一小学']) expect(all).not.toContain(value);
});

it('takes a key for a view that states none, once a query has proved it', async () => {
  const { parsed, yaml } = await init({ tables: ['v_student'], keys: new Map([['v_student', ['xh']]]) });
  expect(parsed.declaration!.types).toMatchObject({
    Student: { keys: [['studentNumber']], from: { table: 'v_student' } },
  });
  expect(yaml).toContain('# 主键由 --key 指定');
});

it('begins with an example where there is nothing', async () => {
  const { parsed } = await init({ from: undefined });
  expect(Object.values(parsed.declaration!.types)[0]).toMatchObject({ from: { hosted: {} } });
});

/** A port at which nothing listens. */
async function freePort(): Promise<AddressInfo> {
  const listener = createServer();
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  const address = listener.address() as AddressInfo;
  await new Promise((closed) => listener.close(closed));
  return address;
}
