import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runInit } from '../../cli/init/run-init.js';
import { parseDeclaration, tableSpecs } from '../../shared/declaration/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { workbook } from '../loading/support/zip.js';

let folder: string;
let into: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-init-file-'));
  await mkdir((into = join(folder, 'into')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
const write = async (content: string | Buffer, name = '学籍信息.csv') => {
  const file = join(folder, `${++count}`, name);
  await mkdir(join(folder, `${count}`));
  await writeFile(file, content);
  return file;
};
const init = async (from: string, keys: Record<string, string[]> = {}, tables: string[] = []) => {
  const name = `f${++count}`;
  const options = {
    name,
    into,
    from,
    tables,
    keys: new Map(Object.entries(keys)),
    department: undefined,
    source: undefined,
  };
  await runInit(options);
  const text = await readFile(join(into, name, `${name}.yaml`), 'utf8');
  const { declaration, problems } = parseDeclaration(text, { allowProposals: true });
  expect(problems).toBeUndefined();
  return { text, declaration: declaration!, type: Object.entries(declaration!.types)[0]! };
};
const refused = async (content: string | Buffer | undefined, ...more: [Record<string, string[]>?, string[]?]) => {
  const before = await readdir(into);
  const file = content === undefined ? join(folder, 'none.csv') : await write(content);
  const error = (await init(file, ...more).catch((each: unknown) => each)) as { code: string; message: string };
  expect(await readdir(into)).toEqual(before);
  return error.code;
};

it('refuses what is no table, and writes nothing', async () => {
  expect(await refused(undefined)).toBe('SOURCE_UNREADABLE');
  expect(await refused('')).toBe('FILE_EMPTY');
  expect(await refused('\n\n')).toBe('FILE_EMPTY');
  expect(await refused(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('FORMAT_WRONG');
  expect(await refused(Buffer.from([0x89, 0x50, 0, 0, 0, 1]))).toBe('FORMAT_WRONG');
  expect(await refused(Buffer.from('a,b\n\xff\xff,1', 'latin1'))).toBe('ENCODING_INVALID');
  expect(await refused('编号,姓名\n1\n2\n')).toBe('FORMAT_WRONG');
  expect(await refused('编号,,姓名\n1,2,3\n')).toBe('HEADING_EMPTY');
  expect(await refused('编号,编号\n1,2\n')).toBe('HEADING_DOUBLE');
  expect(await refused('姓名,成绩\n张三,1\n张三,2\n')).toBe('KEY_MISSING');
  expect(await refused('编号,姓名\n1,a\n1,b\n')).toBe('KEY_MISSING');
  expect(await refused('编号,姓名\n1,a\n1,b\n', { '': ['编号'] })).toBe('KEY_NOT_UNIQUE');
  expect(await refused('编号,姓名\n1,a\n', { '': ['学号'] })).toBe('KEY_UNKNOWN');
  expect(await refused('编号,姓名\n1,a\n', {}, ['t'])).toBe('TABLE_UNKNOWN');
});

const people = [1, 2, 3, 4].map((each) => identityNumber('330106', '19900307', each));
const rows = people.map(
  (number, at) => `00${at},${number},张${at},330106,2010-09-0${at + 1},${at}.50,${at},是,1380013800${at}`,
);
const CSV = `学号,身份证号,姓名,行政区划,入学日期,成绩,年龄（岁）,是否寄宿,联系电话\n${rows.join('\n')}\n`;

it.each([
  ['UTF-8', Buffer.from(CSV)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${CSV}`)],
])('drafts a hosted table from a CSV file in %s', async (_encoding, content) => {
  const { text, declaration, type } = await init(await write(content));
  const [name, { title, items, keys, lists, from }] = type;
  expect([name, title, keys, from]).toEqual([
    'Enrolment',
    '学籍信息',
    [['studentNumber']],
    { hosted: { history: false } },
  ]);
  expect(items).toMatchObject({
    studentNumber: { type: 'String', required: true },
    idNumber: { format: 'IDENTITY_NUMBER', subject: 'PERSON' },
    division: { format: 'DIVISION_CODE', scope: 'division' },
    score: { type: 'Decimal' },
    age: { type: 'Int', column: '年龄（岁）' },
    phone: { type: 'String', format: 'PHONE' },
  });
  expect(Object.values(items).map(({ type: each }) => each)).toContain('Boolean');
  expect(lists).toEqual({ enrolments: ['division'] });
  expect(text).toContain('主键是建议：在全部 4 行中无重复');
  for (const value of people) expect(text).not.toContain(value);
  // The file's own headings are those that a load takes.
  const accepted = tableSpecs(declaration)[0]!.columns.flatMap(({ headers }) => headers);
  for (const heading of CSV.split('\n')[0]!.split(',')) expect(accepted).toContain(heading);
});

it('reads a file in GBK, and begins with headings alone', async () => {
  const gbk = Buffer.concat([Buffer.from([0xb1, 0xe0, 0xba, 0xc5]), Buffer.from(',note\n1,x\n')]); // 编号
  expect((await init(await write(gbk))).type[1].keys).toEqual([['number']]);
  expect((await init(await write('编号,姓名\n'))).type[1].items).toMatchObject({ name: { type: 'String' } });
});

it('drafts from a workbook, and believes no number that it has rounded', async () => {
  const cell = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const heading = `<row r="1">${cell('A1', '学号')}${cell('B1', '身份证号')}</row>`;
  const content = workbook({
    rows: `${heading}<row r="2">${cell('A2', 'S1')}<c r="B2"><v>110101199001011234</v></c></row>`,
  });
  const { type, text } = await init(await write(content, '学生信息.xlsx'));
  expect(type).toMatchObject(['Student', { keys: [['studentNumber']], items: { idNumber: { type: 'String' } } }]);
  expect(text).not.toContain('1101011990');
});

it('takes numbers that name things for text, whatever they look like', async () => {
  const { type } = await init(
    await write('学校代码,邮编,人数,金额\n330106001,031200,12,123456789012\n330106002,310000,9,1\n', 'school.csv'),
  );
  expect(Object.values(type[1].items).map((item) => item.type)).toEqual(['String', 'String', 'Int', 'Decimal']);
});
