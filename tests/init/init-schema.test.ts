import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runInit } from '../../cli/init/run-init.js';
import { parseDeclaration } from '../../shared/declaration/index.js';

let folder: string;
let into: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-init-schema-'));
  await mkdir((into = join(folder, 'into')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Choice {
  readonly keys?: Record<string, string[]>;
  readonly tables?: string[];
  readonly code?: boolean;
}
let count = 0;
async function init(sdl: string, { keys = {}, tables = [], code }: Choice = {}): Promise<string> {
  const name = `g${++count}`;
  const from = join(folder, `${name}.graphql`);
  await writeFile(from, sdl);
  const nothing = { department: undefined, source: undefined };
  await runInit({ name, into, from, tables, keys: new Map(Object.entries(keys)), code, ...nothing });
  return readFile(join(into, name, code ? 'subgraph.ts' : `${name}.yaml`), 'utf8');
}
async function refused(sdl: string, choice?: Choice): Promise<string> {
  const before = await readdir(into);
  const error = (await init(sdl, choice).catch((each: unknown) => each)) as { code: string };
  expect(await readdir(into)).toEqual(before);
  return error.code;
}

const PUPILS = `
  schema { query: Root }
  type Root { pupil(id: ID!): Pupil  pupils: PupilConnection }
  type PupilConnection { nodes: [Pupil] }
  type Mutation { drop: Boolean }
  """学籍信息"""
  type Pupil @key(fields: "number") @key(fields: "school { code }") {
    "学号" number: ID!
    "身份证号" idNumber: String!
    "姓名" name: String
    "联系电话" phone: String
    "行政区划" division: String
    "学段" stage: Stage!
    "均分" average: Decimal
    "学校" school: School
    "成绩" marks(term: Int): Float
    "旧编号" old: String @deprecated
    photo: Upload
    tags: [String!]!
  }
  enum Stage { PRIMARY MIDDLE }
  scalar Decimal
  scalar Upload
  "学校名录" type School { "代码" code: ID! "名称" title: String! }
  extend type School { "开办日期" founded: Date }
  scalar Date
  type Note { text: String }
`;

it('refuses what is no schema, and writes nothing', async () => {
  expect(await refused('')).toBe('SCHEMA_UNFIT');
  expect(await refused('type Pupil {')).toBe('SCHEMA_UNFIT');
  expect(await refused('query { a }')).toBe('SCHEMA_UNFIT');
  expect(await refused(`type A { a: ${'['.repeat(50_000)}Int${']'.repeat(50_000)} }`)).toBe('SCHEMA_UNFIT');
  expect(await refused('type Query { a: Int }')).toBe('TABLES_NONE');
  expect(await refused('type Pupil { name: String }')).toBe('TABLES_NONE');
  expect(await refused(PUPILS, { tables: ['Teacher'] })).toBe('TABLE_UNKNOWN');
  expect(await refused(PUPILS, { tables: ['Pupil'], keys: { '': ['school'] } })).toBe('KEY_UNKNOWN');
  const many = Array.from({ length: 21 }, (_, at) => `type T${at} { id: ID! }`).join(' ');
  expect(await refused(many)).toBe('TABLES_TOO_MANY');
});

it('drafts the types under their own names, with what they cannot hold as remarks', async () => {
  const text = await init(PUPILS);
  const { declaration, problems } = parseDeclaration(text, { allowProposals: true });
  expect(problems).toBeUndefined();
  const { Pupil, School } = declaration!.types;
  expect(Object.keys(declaration!.types)).toEqual(['Pupil', 'School']);
  expect(Pupil).toMatchObject({ title: '学籍信息', keys: [['number']], from: { hosted: {} } });
  expect(Object.keys(Pupil!.items)).toEqual([
    ...['number', 'idNumber', 'name', 'phone', 'division', 'stage', 'average'],
  ]);
  expect(Pupil!.items).toMatchObject({
    number: { title: '学号', type: 'ID', required: true },
    idNumber: { subject: 'PERSON', mask: 'IDENTITY' },
    stage: { values: [{ code: 'PRIMARY' }, { code: 'MIDDLE' }] },
    average: { type: 'Decimal' },
  });
  expect(School!.items).toMatchObject({ founded: { title: '开办日期', type: 'Date' } });
  for (const remark of [
    'school：与其他类型的关系',
    'marks：字段带有参数',
    'old：已标记为弃用',
    'photo：没有可以',
    'tags：列表',
  ])
    expect(text).toContain(remark);
  expect(text).toContain('未列入的表 Note');
  expect(text).toContain('主键由 ID! 字段推断');
});

it('opens nothing by itself: every share type is a proposal that is refused until a person has confirmed it', async () => {
  const text = await init(PUPILS);
  const codes = (parseDeclaration(text).problems ?? []).map(({ code }) => code);
  expect([...new Set(codes)]).toEqual(['RESOURCE_CODE_MISSING', 'SHARE_NOT_CONFIRMED']);
  expect(text).not.toContain('UNCONDITIONAL');
});

it('proposes names where those of the schema are none of an item', async () => {
  const { types } = parseDeclaration(await init('type pupil_info { ID_number: ID! xm: String }'), {
    allowProposals: true,
  }).declaration!;
  expect(Object.entries(types).map(([name, { items }]) => [name, Object.keys(items)])).toEqual([
    ['PupilInfo', ['idNumber', 'xm']],
  ]);
});

it('takes a key that the schema does not state, and one type of many', async () => {
  const text = await init(PUPILS, { tables: ['Note'], keys: { Note: ['text'] } });
  expect(Object.keys(parseDeclaration(text, { allowProposals: true }).declaration!.types)).toEqual(['Note']);
});

it("drafts the kit's classes", async () => {
  const text = await init(PUPILS, { code: true });
  expect(text).toContain("@Key('number')");
  expect(text).toMatch(/@Share\('CONDITIONAL'.*@Mask\('PHONE'\).*phone\?: string/);
  expect(text).not.toContain('UNCONDITIONAL');
});

it('writes nothing of a schema but names and titles into what is run', async () => {
  const text = await init(
    'type A { "标题`${process.exit(1)}` */ 1\\u2028x" id: ID! "\\"); process.exit(1); (\\"" b: String }',
    { code: true },
  );
  expect(text).not.toMatch(/^\s*process/m);
});
