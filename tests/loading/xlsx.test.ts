import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringTable } from '../../shared/loading/files/xlsx/string-table.js';
import { HEADING, ID_NUMBERS, PUPILS } from './support/pupils.js';
import { readFile } from './support/read-file.js';
import { workbook, zip, type SheetParts } from './support/zip.js';

const [ID] = ID_NUMBERS;
const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const headingRow = `<row r="1">${HEADING.split(',')
  .map((title, at) => text(`${'ABCDE'[at]}1`, title))
  .join('')}</row>`;
const row = (...cells: string[]) => `<row r="2">${text('A2', 'S1')}${text('B2', ID)}${cells.join('')}</row>`;
const read = (rows: string, more: Partial<SheetParts> = {}) =>
  readFile('XLSX', workbook({ rows: headingRow + rows, ...more }));

describe('a workbook', () => {
  it.each([
    ['is none', Buffer.from('学号,姓名'), 'WORKBOOK_MALFORMED'],
    ['is of the old format', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'WORKBOOK_PROTECTED'],
    [
      'has merged cells',
      workbook({ rows: headingRow, after: '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>' }),
      'CELLS_MERGED',
    ],
    ['has a document type', withDoctype(), 'ARCHIVE_UNSAFE'],
    ['has no sheet', zip({ 'xl/workbook.xml': '<workbook/>' }), 'SHEET_MISSING'],
    ['has no row', workbook({ rows: '' }), 'FILE_EMPTY'],
    ['is cut off', workbook({ rows: headingRow }).subarray(0, 300), 'WORKBOOK_MALFORMED'],
    ['lacks a heading', workbook({ rows: `<row r="1">${text('A1', '学号')}</row>` }), 'HEADING_MISSING'],
    ['unfolds to gigabytes', bomb(), 'ARCHIVE_UNSAFE'],
    [
      'names a string that there is not',
      workbook({ rows: `${headingRow}<row r="2"><c r="A2" t="s"><v>7</v></c></row>` }),
      'WORKBOOK_MALFORMED',
    ],
  ])('that %s is refused and told why', async (_, content, code) => {
    expect(await readFile('XLSX', content)).toMatchObject({ code });
  });

  it('with more rows than a workbook may have is refused, and CSV proposed', async () => {
    const rows = '<row><c t="b"><v>1</v></c></row>'.repeat(500_001);
    expect(await read(rows)).toMatchObject({ code: 'ROWS_TOO_MANY', message: expect.stringContaining('CSV') });
  });

  it.each([
    ['an error', '<c r="C2" t="e"><v>#N/A</v></c>', '2 姓名 CELL_ERROR'],
    ['a formula without a value', '<c r="C2"><f>A2</f></c>', '2 姓名 FORMULA_UNCALCULATED'],
    ['a number of 18 digits', '<c r="C2"><v>110101199001011234</v></c>', '2 姓名 NUMBER_ROUNDED'],
    ['a number of 18 digits with an exponent', '<c r="C2"><v>1.1010119900101123E+17</v></c>', '2 姓名 NUMBER_ROUNDED'],
    ['a date beyond the calendar', '<c r="D2" s="1"><v>99999999</v></c>', '2 出生日期 CELL_ERROR'],
    ['more than the heading', text('F2', 'x'), '2 ROW_RAGGED'],
  ])('rejects a row whose cell holds %s', async (_, cell, problem) => {
    expect(await read(row(cell), { formats: [0, 14] })).toEqual([problem]);
  });

  it.each([
    ['a shared string', '<c r="C2" t="s"><v>0</v></c>', 2, '张三'],
    ['rich text, without its reading', '<c r="C2" t="s"><v>1</v></c>', 2, '李四'],
    ['text with spaces and breaks', '<c r="C2" t="s"><v>2</v></c>', 2, '王\n五'],
    ['a number for text', '<c r="C2"><v>123456789012345</v></c>', 2, '123456789012345'],
    ['a fraction as it is shown', '<c r="E2"><v>0.30000000000000004</v></c>', 4, '0.3'],
    ['a small number', '<c r="E2"><v>1E-7</v></c>', 4, '0.0000001'],
    ['the value of a formula', '<c r="E2"><f>1+1</f><v>2</v></c>', 4, '2'],
    ['text of a formula', '<c r="C2" t="str"><f>A1</f><v>张</v></c>', 2, '张'],
    ['a date', '<c r="D2" s="1"><v>42064</v></c>', 3, '2015-03-01'],
    ['a date of its own format', '<c r="D2" s="2"><v>42064</v></c>', 3, '2015-03-01'],
    ['a date before the day that never was', '<c r="D2" s="1"><v>59</v></c>', 3, '1900-02-28'],
    ['a date as text', '<c r="D2" t="d"><v>2015-03-01</v></c>', 3, '2015-03-01'],
    ['a number that is red', '<c r="E2" s="3"><v>5</v></c>', 4, '5'],
  ])('is read with %s', async (_, cell, at, value) => {
    const strings = [
      '<t>张三</t>',
      '<r><t>李</t></r><r><t>四</t></r><rPh sb="0" eb="1"><t>リ</t></rPh>',
      '<t xml:space="preserve"> 王\n五 </t>',
    ];
    const formats = [0, 14, 'yyyy"年"m"月"d"日"', '[Red]0.00'];
    const expected: (string | null)[] = ['S1', ID, null, null, null];
    expected[at] = value;
    expect(await read(row(cell), { strings, formats })).toEqual([expected]);
  });

  it('of which days are counted from 1904 has its dates right', async () => {
    const dated = await read(row('<c r="D2" s="0"><v>40602</v></c>'), { formats: [14], is1904: true });
    expect(dated).toEqual([['S1', ID, null, '2015-03-01', null]]);
  });

  it('numbers rows as the sheet does, and passes over empty ones', async () => {
    const rows = `<row r="4"/><row r="9">${text('A9', 'S1')}</row>`;
    expect(await read(rows)).toEqual(['9 身份证号 VALUE_MISSING']);
  });

  it('keeps a long number in a column of measured values', async () => {
    const spec = {
      ...PUPILS,
      columns: PUPILS.columns.map((each) => (each.name === 'score' ? { ...each, type: 'double' as const } : each)),
    };
    const content = workbook({ rows: headingRow + row('<c r="E2"><v>12345678901234567890</v></c>') });
    expect(await readFile('XLSX', content, spec)).toEqual([['S1', ID, null, null, '12345678901234567890']]);
  });
});

describe('strings beyond what memory should hold', () => {
  it('are read back from a file, which is removed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sharehub-strings-'));
    const table = new StringTable(join(folder, 'strings'), 10);
    const words = Array.from({ length: 50_000 }, (_, at) => `第${at}个${'字'.repeat(at % 7)}`);
    for (const word of words) table.add(word);
    expect(readdirSync(folder)).toEqual(['strings']);
    for (const at of [0, 5, 49_999, 20_000, 3_276, 20_001]) expect(table.get(at)).toBe(words[at]);
    expect(table.get(50_000)).toBeUndefined();
    expect(table.get(Number.NaN)).toBeUndefined();
    table.close();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

function withDoctype(): Buffer {
  const declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><workbook/>';
  return zip({ 'xl/workbook.xml': declared });
}

/** 400 MB of blanks in half a megabyte. */
function bomb(): Buffer {
  return zip({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(400_000_000, 32) });
}
