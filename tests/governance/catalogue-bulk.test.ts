import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readWholeFile } from '../../shared/loading/index.js';
import { shows } from '../conformance/shows.js';
import { workbook } from '../loading/support/zip.js';
import type { Loose } from '../support/system.js';
import { guideRows, type SheetRow, toCsv, toXlsx } from './support/catalogue-sheet.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;
let governance: GovernanceUnderTest;
let [administrator, leader, secrecy, authority, other]: Ask[] = [];

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'hangzhou' });
  const medical = (person: string) =>
    governance.as({ department: 'medical-security', person, roles: ['provider', 'consumer'] });
  administrator = medical('luo.xin');
  leader = medical('medical-security.leader');
  secrecy = medical('medical-security.contact');
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  other = governance.as({ department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const IMPORT = `mutation ($content: String!, $dryRun: Boolean!, $plan: String) {
  importCatalogue(content: $content, dryRun: $dryRun, plan: $plan) {
    import { dryRun added changed untouched plan faults { row column value code message }
      entries { code outcome version itemsAdded itemsChanged itemsRemoved attributes { attribute before after } } }
    refusal { code message } } }`;
async function take(who: Ask | undefined, file: Buffer, dryRun = false, plan?: string): Promise<Loose> {
  const variables = { content: file.toString('base64'), dryRun, plan };
  const { data, errors } = await who!(IMPORT, { variables });
  return data?.importCatalogue ?? { denied: errors[0]?.extensions.code, errors };
}
async function give(who: Ask | undefined, format: string, encoding = 'UTF_8', provider = 'medical-security') {
  const { data } = await who!(
    `{ catalogueFile(provider: "${provider}", format: ${format}, encoding: ${encoding}) { name content entries rows } }`,
  );
  const file = Buffer.from(data.catalogueFile.content, 'base64');
  const { headings, rows } = await readWholeFile(file, 10_000);
  const values = rows.map(({ cells }): SheetRow =>
    Object.fromEntries(headings.map((name, at) => [name, cells[at] ?? ''])),
  );
  return { file, values, entries: data.catalogueFile.entries as number, rows: data.catalogueFile.rows as number };
}
const drafts = () => governance.rows(`select code from catalogue_resource where code like '202001/%'`);
const faultsOf = async (file: Buffer) =>
  (await take(administrator, file, true)).import.faults.map(
    ({ row, column, code }: Loose) => `${row ?? ''} ${column ?? ''} ${code}`,
  );
const changed = (change: SheetRow, at = 1, rows = guideRows(1)) =>
  toCsv(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));

describe('a file is not taken in', () => {
  const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
  it.each([
    ['is empty', Buffer.alloc(0), ' FILE_EMPTY'],
    ['is a PDF', Buffer.from('%PDF-1.7'), ' FORMAT_WRONG'],
    ['is an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), ' WORKBOOK_UNREADABLE'],
    ['is a cut-off workbook', Buffer.from('PK\u0003\u0004abc'), ' WORKBOOK_UNREADABLE'],
    [
      'has another encoding',
      Buffer.concat([Buffer.from('信息资源名称,'), Buffer.from([0xff, 0xff])]),
      ' ENCODING_INVALID',
    ],
    [
      'has merged cells',
      workbook({
        rows: `<row r="1">${text('A1', '项')}</row>`,
        after: '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>',
      }),
      ' CELLS_MERGED',
    ],
    ['has too many rows', Buffer.from(`信息资源名称\n${'x\n'.repeat(10_001)}`), ' ROWS_TOO_MANY'],
    ['is too large', Buffer.alloc(2_000_001, 'x'), ' FILE_TOO_LARGE'],
  ])('that %s', async (_, file, fault) => {
    expect(await faultsOf(file)).toEqual([expect.stringContaining(fault.trim())]);
  });

  it('with wrong, double or missing headings, each told', async () => {
    const faults = await faultsOf(Buffer.from('信息资源名称,秘密,信息资源名称,更新周期\n1,2,3,4\n'));
    expect(faults).toContain('1 秘密 HEADING_UNKNOWN');
    expect(faults).toContain('1 信息资源名称 HEADING_DOUBLE');
    expect(faults).toContain(' 信息资源代码 HEADING_MISSING');
  });

  it('with wrong values, all of them told at once, and nothing kept', async () => {
    const [first, ...rest] = guideRows(2);
    const wrong = {
      ...first!,
      更新周期: '偶尔',
      数据类型: 'Q',
      数据长度: '0',
      职能编号: 'X-1',
      数据分级: '机密',
      信息资源提供方: '市民政局',
      项: '99',
    };
    const file = toCsv([
      wrong,
      ...rest.slice(0, 4).map((row) => ({
        ...row,
        更新周期: '偶尔',
        职能编号: 'X-1',
        数据分级: '机密',
        信息资源提供方: '市民政局',
        项: '99',
      })),
      ...rest.slice(4),
    ]);
    const { import: report, refusal } = await take(administrator, file);
    expect(refusal.code).toBe('FILE_UNFIT');
    expect(report.faults.map(({ row, column, code }: Loose) => `${row} ${column} ${code}`).sort()).toEqual([
      '2 信息资源提供方 OTHER_DEPARTMENT',
      '2 数据分级 STATE_SECRET',
      '2 数据类型 VALUE_UNKNOWN',
      '2 数据长度 NUMBER_INVALID',
      '2 更新周期 VALUE_UNKNOWN',
      '2 职能编号 DUTY_UNKNOWN',
      '2 项 VALUE_CONTRADICTS',
    ]);
    expect(report.faults.find(({ column }: Loose) => column === '更新周期')).toMatchObject({ value: '偶尔' });
    expect(await drafts()).toEqual([]);
  });

  it.each([
    ['two items of one name, however they are written', { 信息项名称: ' 信息项 1' }, '3 信息项名称 ITEM_DOUBLE'],
    ['an item without a name', { 信息项名称: '' }, '3 信息项名称 VALUE_MISSING'],
    ['two resources under one code', { 信息资源名称: '另一资源' }, '3 信息资源名称 CODE_DOUBLE'],
    ['rows of a resource that differ', { 共享范围: '全市' }, '3 共享范围 ROWS_DIFFER'],
    ['no code', { 信息资源代码: '' }, '3 信息资源代码 VALUE_MISSING'],
    ['a wrong code', { 信息资源代码: 'A/1' }, '3 信息资源代码 CODE_MALFORMED'],
    ['an invisible character', { 信息项名称: 'a\u202eb' }, '3 信息项名称 TEXT_UNFIT'],
    ['a share type that there is not', { 共享类型: '随便' }, '3 共享类型 VALUE_UNKNOWN'],
  ])('with %s', async (_, change, fault) => {
    expect(await faultsOf(changed(change))).toEqual([fault]);
  });

  it('with a formula, an error or a rounded code in a cell', async () => {
    const cells = Object.keys(guideRows(1)[0]!);
    const letter = (heading: string) => String.fromCharCode(65 + cells.indexOf(heading));
    const heading = `<row r="1">${cells.map((name, at) => `<c r="${at < 26 ? '' : 'A'}${String.fromCharCode(65 + (at % 26))}1" t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`;
    const row = `<row r="2">${text(`${letter('信息资源代码')}2`, '202001/000001')}<c r="${letter('信息资源名称')}2"><f>A1</f><v>1</v></c><c r="${letter('信息资源摘要')}2" t="e"><v>#N/A</v></c></row>`;
    const faults = await faultsOf(workbook({ rows: heading + row }));
    expect(faults).toEqual(expect.arrayContaining(['2 信息资源名称 CELL_FORMULA', '2 信息资源摘要 CELL_ERROR']));
  });

  it('by who may not edit entries, or with the code of another department', async () => {
    expect(await take(leader, toCsv(guideRows(1)))).toMatchObject({ denied: 'OPERATION_DENIED' });
    expect(await take(authority, toCsv(guideRows(1)))).toMatchObject({ denied: 'OPERATION_DENIED' });
    const theirs = changed({ 信息资源代码: '101001/000001' }, 0, guideRows(1).slice(0, 1));
    expect(await faultsOf(theirs)).toContain('2 信息资源代码 OTHER_DEPARTMENT');
  });
});

const steps = async (who: Ask | undefined, field: string, more = '') => {
  const rows = await governance.rows(
    `select code, version from catalogue_resource where code like '202001/%' and superseded_at is null order by code`,
  );
  const { data, errors } = await who!(
    `mutation ($entries: [EntryVersion!]!) { done: ${field}(entries: $entries${more}) { resource { code state } refusal { code message details } } }`,
    { variables: { entries: rows } },
  );
  if (errors?.length) return errors[0]?.extensions.code;
  return [
    ...new Set(
      data.done.map(({ resource, refusal }: Loose) => resource?.state ?? `${refusal.code} ${refusal.details}`),
    ),
  ].join();
};

describe('a department’s catalogue', () => {
  it('comes from one file, is reviewed in bulk by four eyes, and is given back without a loss (CZ-7a, QZ-4.2a)', async () => {
    shows('CZ-7a', 'QZ-4.2a', 'HZ-5.4c');
    const file = await toXlsx(guideRows(8));
    const tried = await take(administrator, file, true);
    expect(tried.import).toMatchObject({ dryRun: true, added: 8, changed: 0, untouched: 0, faults: [] });
    expect(await drafts()).toEqual([]);
    const { import: done, refusal } = await take(administrator, file, false, tried.import.plan);
    expect([refusal, done.added, done.entries.length]).toEqual([null, 8, 8]);
    expect(await drafts()).toHaveLength(8);

    expect(await steps(authority, 'publishResources')).toMatch(/^STATE_UNFIT/);
    expect(await steps(administrator, 'submitResources')).toBe('SUBMITTED');
    expect(await steps(administrator, 'reviewResources', ', approve: true')).toBe('OPERATION_DENIED');
    expect(await steps(leader, 'reviewResources', ', approve: true')).toBe('SUBMITTED');
    expect(await steps(authority, 'reviewResources', ', approve: true')).toBe('APPROVED');
    expect(await steps(secrecy, 'examineSecrecyOfResources', ', approve: true')).toBe('APPROVED');
    expect(await steps(authority, 'publishResources')).toBe('PUBLISHED');

    for (const [format, encoding] of [['XLSX'], ['CSV'], ['CSV', 'GBK']] as const) {
      const back = await give(other, format, encoding);
      const values = back.values.filter((row) => row['信息资源代码']!.startsWith('202001/'));
      expect([back.entries, values.length]).toEqual([9, 40]);
      for (const [at, row] of guideRows(8).entries())
        expect(values[at]).toMatchObject({
          ...row,
          信息资源摘要: `${format === 'CSV' ? "'" : ''}${row['信息资源摘要']}`,
          信息资源格式分类: '电子文档',
          开放属性依据: '个人信息保护法 第十条\n医疗保障法\n第二条',
          开放属性: row['是否向社会开放'] === '否' ? '不予开放' : '有条件开放',
          目录状态: '已发布',
        });
      const again = await take(administrator, back.file, true);
      expect(again.import).toMatchObject({ added: 0, changed: 0, untouched: 9, faults: [] });
    }
    const gbk = (await give(other, 'CSV', 'GBK')).file;
    expect(iconv.decode(gbk, 'gbk').split(',')[0]).toBe('信息资源分类');
  });

  it('is changed by a file: a new revision with what differs, and what no row names is taken out', async () => {
    const rows = (await give(administrator, 'CSV')).values.filter((row) => row['信息资源代码'] === '202001/000001');
    const edited = rows.slice(0, 4).map((row, at) => ({
      ...row,
      共享范围: '全市各部门',
      ...(at === 1 && { 数据长度: '14,4' }),
      ...(at === 3 && { 信息项名称: '新的信息项' }),
    }));
    const file = toCsv(edited, 'gb18030');
    const tried = (await take(administrator, file, true)).import;
    expect(tried).toMatchObject({ changed: 1, faults: [] });
    expect(tried.entries[0]).toMatchObject({ outcome: 'CHANGED', itemsAdded: 1, itemsChanged: 1, itemsRemoved: 2 });
    expect(tried.entries[0].attributes).toContainEqual({
      attribute: 'shareScope',
      before: '民政部门',
      after: '全市各部门',
    });
    expect((await take(administrator, file, false, 'another')).refusal.code).toBe('STALE_VERSION');
    expect((await take(administrator, file, false, tried.plan)).refusal).toBeNull();
    const states = await governance.rows(
      `select revision, state from catalogue_resource where code = '202001/000001' and superseded_at is null order by 1`,
    );
    expect(states).toEqual([
      { revision: 1, state: 'PUBLISHED' },
      { revision: 2, state: 'DRAFT' },
    ]);
    const own = (await give(administrator, 'XLSX')).values.filter((row) => row['信息资源代码'] === '202001/000001');
    expect(own.map((row) => `${row['信息项名称']} ${row['数据长度']}`)).toEqual([
      '信息项1 18',
      '信息项2 14,4',
      '信息项3 18',
      '新的信息项 18',
    ]);
    expect((await give(other, 'CSV')).values.filter((row) => row['共享范围'] === '全市各部门')).toEqual([]);
    expect(await faultsOf(toCsv(edited.map((row) => ({ ...row, 主题: '健康' }))))).toEqual(['2 版本号 STALE_VERSION']);
    await steps(administrator, 'submitResources');
    const submitted = edited.map((row) => ({ ...row, 版本号: '', 主题: '健康' }));
    expect(await faultsOf(toCsv(submitted))).toEqual(['2 信息资源代码 STATE_UNFIT']);
  });

  it('takes nothing in where one of many entries is wrong', async () => {
    const rows = guideRows(3, 900);
    const file = toCsv(rows.map((row, at) => (at === 14 ? { ...row, 共享类型: '随便' } : row)));
    expect((await take(administrator, file)).refusal.code).toBe('FILE_UNFIT');
    expect((await drafts()).filter(({ code }) => code.startsWith('202001/0009'))).toEqual([]);
  });

  it('that a subgraph serves keeps what its schema states, and goes out and in again', async () => {
    const police = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['provider'] });
    const { file, values } = await give(police, 'XLSX', 'UTF_8', 'public-security');
    expect((await take(police, file, true)).import).toMatchObject({ added: 0, changed: 0, faults: [] });
    const code = values[0]!['信息资源代码']!;
    const rows = values.filter((row) => row['信息资源代码'] === code);
    const renamed = rows.map((row) => ({ ...row, 信息资源名称: '另一名称', 主题: '人口' }));
    const { import: report } = await take(police, toCsv(renamed), true);
    expect(report.faults.map((fault: Loose) => fault.code)).toEqual(['STATED_IN_SCHEMA']);
    const themed = await take(police, toCsv(rows.map((row) => ({ ...row, 主题: '人口' }))));
    expect(themed.import).toMatchObject({ changed: 1, faults: [] });
  });
});
