import { expect, it } from '@jest/globals';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { creditCode } from '../../shared/kernel/credit-code.js';
import ts from 'typescript';
import { codeFiles } from '../../cli/init/code-files.js';
import { declarationText } from '../../cli/init/declaration-text.js';
import { draftDeclaration } from '../../cli/init/draft-declaration.js';
import type { SourceColumn, SourceTable } from '../../cli/init/sources/source-table.js';

const people = [1, 2, 3, 4].map((each) => identityNumber('330106', '19900307', each));
const companies = [1, 2, 3, 4].map((each) => creditCode('91', '330106', `MA2B${each}234`));

const column = (name: string, comment?: string, more: Partial<SourceColumn> = {}): SourceColumn => ({
  ...{ name, comment, type: 'String', required: false, samples: [] },
  ...more,
});
const table = (name: string, columns: readonly SourceColumn[], more: Partial<SourceTable> = {}): SourceTable => ({
  ...{ name, columns, keys: [[columns[0]!.name]], indexed: [], references: [] },
  ...more,
});
const draft = async (...tables: readonly SourceTable[]) => {
  const drafted = await draftDeclaration(
    { tables, omitted: [] },
    { subgraph: 'education-files', department: 'education', database: 'edu-front' },
  );
  const text = declarationText(drafted);
  const { declaration, problems } = parseDeclaration(text, { allowProposals: true });
  expect(problems).toBeUndefined();
  return { text, types: declaration!.types, declaration: declaration!, drafted };
};
const item = async (each: SourceColumn, others: readonly SourceColumn[] = []) =>
  Object.values((await draft(table('t_x', [column('bh', '编号'), each, ...others]))).types['X']!.items)[1]!;

it('opens nothing: every share type is restricted, proposed, and refused until a person has confirmed it', async () => {
  const { text } = await draft(
    table('t_student', [
      column('xh', '学号'),
      column('sfzh', '身份证号', { samples: people }),
      column('bz', '备注'),
      column('jkzk', '健康状况'),
      column('school_code', '学校代码'),
    ]),
  );
  expect(text).not.toContain('UNCONDITIONAL');
  const { problems } = parseDeclaration(text);
  expect(problems?.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'RESOURCE_CODE_MISSING types.Student.resource.code',
    'SHARE_NOT_CONFIRMED types.Student.share.proposed',
    'SHARE_NOT_CONFIRMED types.Student.items.idNumber.share.proposed',
    'SHARE_NOT_CONFIRMED types.Student.items.health.share.proposed',
  ]);
  const confirmed = text.replaceAll(', proposed: true', '').replace('000000/', '301001/');
  expect(parseDeclaration(confirmed).problems).toBeUndefined();
});

it.each([
  ['shfzhm', undefined, { format: 'IDENTITY_NUMBER', mask: 'IDENTITY', subject: 'PERSON' }],
  ['x1', '公民身份号码', { format: 'IDENTITY_NUMBER', subject: 'PERSON' }],
  ['tyshxydm', undefined, { format: 'CREDIT_CODE', subject: 'ORGANISATION' }],
  ['xzqh', undefined, { format: 'DIVISION_CODE', scope: 'division' }],
  ['lxdh', undefined, { format: 'PHONE', mask: 'PHONE' }],
  ['xm', undefined, { mask: 'NAME', share: { type: 'CONDITIONAL' } }],
  ['home_address', undefined, { mask: 'ADDRESS', share: { type: 'CONDITIONAL' } }],
  ['zyzd', '主要诊断', { share: { type: 'NOT_SHARED', basis: ['个人信息保护法 第二十八条'] } }],
  ['nsr', '年收入（元）', { share: { type: 'NOT_SHARED' }, verifiable: true }],
])('recognises by its name or comment %s %s', async (name, comment, expected) => {
  expect(await item(column(name, comment))).toMatchObject(expected);
});

it('recognises numbers by their check digits, whatever the column is called', async () => {
  expect(await item(column('a1', '甲', { samples: people }))).toMatchObject({
    format: 'IDENTITY_NUMBER',
    mask: 'IDENTITY',
    share: { type: 'CONDITIONAL' },
  });
  expect(await item(column('a2', '乙', { samples: companies }))).toMatchObject({ format: 'CREDIT_CODE' });
  expect(await item(column('a3', '丙', { samples: ['330106', '330102', '110101'] }))).toMatchObject({
    format: 'DIVISION_CODE',
  });
  expect((await item(column('a4', '丁', { samples: ['123456', '654399', '330999'] }))).format).toBeUndefined();
});

it('believes values rather than names, and keeps the item closed all the same', async () => {
  const wrong = people.map((number) => `${number.slice(0, 17)}${number.endsWith('1') ? '2' : '1'}`);
  const { text, types } = await draft(
    table('t_x', [column('bh', '编号'), column('sfzh', '身份证号', { samples: wrong })]),
  );
  expect(types['X']!.items['idNumber']!.format).toBeUndefined();
  expect(types['X']!.items['idNumber']).toMatchObject({
    mask: 'IDENTITY',
    share: { type: 'CONDITIONAL', proposed: true },
  });
  expect(text).toMatch(/# 注意: 列名像公民身份号码，但抽样的 4 个值中有 \d 个不合格/);
  for (const number of [...people, ...wrong]) expect(text).not.toContain(number);
});

it("does not take another person's number for the record's subject", async () => {
  const { types } = await draft(
    table('t_x', [
      column('bh', '编号'),
      column('jhrsfzh', '监护人身份证号', { samples: people }),
      column('sfzh', '身份证号', { samples: people }),
    ]),
  );
  expect(types['X']!.items['guardianIdNumber']!.subject).toBeUndefined();
  expect(types['X']!.items['idNumber']!.subject).toBe('PERSON');
});

it('leaves out passwords and what no type holds, and says so', async () => {
  const { text, types } = await draft(
    table('t_x', [
      column('bh', '编号'),
      column('login_password', '登录密码'),
      column('doc', '文书', { unfit: '没有可以准确表示其值的类型（bytea）' }),
    ]),
  );
  expect(Object.keys(types['X']!.items)).toEqual(['number']);
  expect(text).toContain('# 未列入的列 login_password：疑似口令');
  expect(text).toContain('# 未列入的列 doc：没有可以准确表示其值的类型（bytea）');
});

it.each([
  ['birth_date', '出生日期', 'bornOn'],
  ['学生姓名', undefined, 'studentName'],
  ['xsxm', '学生姓名', 'studentName'],
  ['BedCount', '床位数', 'bedCount'],
  ['床位数', undefined, 'chuangweishu'],
  ['2nd', '第二', 'item2nd'],
  ['then', '然后', 'then2'],
])('names %s %s', async (name, comment, expected) => {
  const { types } = await draft(table('t_x', [column('bh', '编号'), column(name, comment)]));
  expect(Object.keys(types['X']!.items)[1]).toBe(expected);
});

it('gives no two items one name or heading', async () => {
  const { types } = await draft(
    table('t_x', [
      column('bh', '编号'),
      column('xm', '姓名'),
      column('name', '姓名'),
      column('姓名'),
      column('XM2', 'name'),
    ]),
  );
  expect(new Set(Object.keys(types['X']!.items)).size).toBe(5);
});

it('writes names and comments of the source as text, whatever they hold', async () => {
  const hostile = '学号\n    share: { type: UNCONDITIONAL } # \u202e"}], &a *b';
  const { text, types } = await draft(
    table('t_x', [column('bh', hostile), column('yes', 'no: true'), column('a', '"'), column('b', '\\ {}')], {
      comment: hostile,
    }),
  );
  expect(text).not.toMatch(/^\s*share: \{ type: UNCONDITIONAL/m);
  expect(Object.values(types).map(({ share }) => share?.type)).toEqual(['CONDITIONAL']);
});

it('relates tables by their foreign keys, and reads long numbers exactly', async () => {
  const school = table(
    't_school',
    [column('id', '主键', { type: 'Decimal', required: true }), column('xxmc', '学校名称')],
    { comment: '学校信息表' },
  );
  const student = table(
    't_student',
    [column('xh', '学号'), column('school_id', '学校', { type: 'Decimal' }), column('je', '金额', { type: 'Decimal' })],
    {
      references: [{ table: 't_school', columns: { school_id: 'id' } }],
      indexed: ['school_id'],
    },
  );
  const { types } = await draft(school, student);
  expect(types['Student']).toMatchObject({
    from: { database: 'edu-front', table: 't_student' },
    relations: { school: { type: 'School', key: { id: 'schoolId' } } },
    lists: { students: ['schoolId'] },
    lookups: { student: ['studentNumber'] },
    items: { schoolId: { type: 'ID' }, amount: { type: 'Decimal' } },
  });
  expect(types['School']!.title).toBe('学校信息表');
});

it('writes the draft as code too, which whatever the source says stays code', async () => {
  const { drafted } = await draft(
    table('t_student', [
      column('xh', '学号'),
      column('lxdh', '"); process.exit(1); // `${1}`'),
      column('nsr', '年收入', { type: 'Decimal' }),
      column('rs', '人数\n*/ evil()', { type: 'Int' }),
    ]),
  );
  const { 'subgraph.ts': code, 'subgraph.test.ts': test } = codeFiles(drafted);
  for (const text of [code!, test!]) {
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  }
  expect(code).toContain(`@Resource({ code: '000000/000001', name: "t_student", provider: "education" })`);
  expect(code).toMatch(/@Share\('NOT_SHARED', \{ basis: \["个人信息保护法 第二十八条"\] \}\)/);
  // Its records are in no table that the kit could compare with.
  expect(code).not.toContain('Verifiable');
  expect(code).not.toContain('UNCONDITIONAL');
});
