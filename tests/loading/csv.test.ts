import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import type { TableSpec } from '../../shared/declaration/index.js';
import { HEADING, ID_NUMBERS } from './support/pupils.js';
import { readFile } from './support/read-file.js';

const [ID, OTHER_ID] = ID_NUMBERS;
const rowOf = (number: string, name = '张三') => [number, ID, name, '2015-03-01', '98.5'];
const csv = (...lines: string[]) => `${[HEADING, ...lines].join('\n')}\n`;
const GOOD = rowOf('S1').join(',');

describe('a CSV file', () => {
  it.each([
    ['is empty', '', 'FILE_EMPTY', ''],
    ['has an unknown heading', `${HEADING},备注\n`, 'HEADING_UNKNOWN', '备注'],
    ['lacks a heading', '学号,身份证号,姓名,成绩\n', 'HEADING_MISSING', '出生日期（bornOn）'],
    ['has a heading twice', `${HEADING},xh\n`, 'HEADING_DOUBLE', 'xh'],
    ['has an empty heading', '学号,,身份证号\n', 'HEADING_EMPTY', '第 2 列'],
    ['is a workbook', Buffer.from('PK\x03\x04rest'), 'FORMAT_WRONG', '.xlsx'],
    ['is binary', Buffer.from([1, 0, 2, 0, 3]), 'FORMAT_WRONG', '二进制'],
    ['is UTF-16', Buffer.from(`\ufeff${HEADING}\n`, 'utf16le'), 'ENCODING_UNSUPPORTED', 'CSV UTF-8'],
    [
      'is no text',
      Buffer.concat([Buffer.from(csv(GOOD)), Buffer.from([0xff, 0xff, 0x0a])]),
      'ENCODING_INVALID',
      '第 3 行',
    ],
  ])('that %s is refused and told why', async (_, content, code, words) => {
    expect(await readFile('CSV', content)).toEqual({ code, message: expect.stringContaining(words) });
  });

  it('that begins as UTF-8 is not read as anything else further down', async () => {
    const broken = Buffer.concat([Buffer.from(csv(GOOD)), Buffer.from('S2,'), Buffer.from([0xb0, 0xa1, 0x0a])]);
    expect(await readFile('CSV', broken)).toMatchObject({
      code: 'ENCODING_INVALID',
      message: expect.stringContaining('第 3 行'),
    });
  });

  it('rejects a row with too few or too many fields, and reads on', async () => {
    expect(await readFile('CSV', csv('S1,x', GOOD, `${GOOD},more`))).toEqual([
      '2 ROW_RAGGED',
      rowOf('S1'),
      '4 ROW_RAGGED',
    ]);
  });

  it('rejects a row with a stray quote, and reads on', async () => {
    const lines = ['S0,a"b,c,d,e', '"S0"x,a,b,c,d', GOOD];
    expect(await readFile('CSV', csv(...lines))).toEqual(['2 QUOTE_STRAY', '3 QUOTE_STRAY', rowOf('S1')]);
  });

  it('rejects the row alone in which a quote is not closed', async () => {
    const rest = Array.from({ length: 3_000 }, (_, at) => rowOf(`S${at}`).join(','));
    const rows = await readFile('CSV', csv(`"S,${GOOD}`, ...rest));
    expect(rows).toHaveLength(3_001);
    expect(rows).toMatchObject({ 0: '2 QUOTE_OPEN', 1: rowOf('S0'), 3_000: rowOf('S2999') });
  });

  it('counts lines by the file, also behind values of several lines', async () => {
    const lines = [`S1,${ID},"张\n三",2015-03-01,98.5`, '', 'S2,x'];
    expect(await readFile('CSV', csv(...lines))).toEqual([rowOf('S1', '张\n三'), '5 ROW_RAGGED']);
  });

  it.each([
    ['UTF-8', Buffer.from(csv(GOOD))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${csv(GOOD)}`)],
    ['UTF-8 with returns', Buffer.from(csv(GOOD).replaceAll('\n', '\r\n'))],
    ['tabs', Buffer.from(csv(GOOD).replaceAll(',', '\t'))],
    ['names of items', Buffer.from(csv(GOOD).replace(HEADING, 'studentNumber,IDNUMBER,name,bornOn,Score'))],
    ['columns of the source', Buffer.from(csv(GOOD).replace('学号', 'XH'))],
    ['a heading of full width', Buffer.from(csv(GOOD).replace('学号', 'ｘｈ '))],
  ])('is read: %s', async (_, content) => {
    expect(await readFile('CSV', content)).toEqual([rowOf('S1')]);
  });

  it('is read from GB18030, with characters that older tables have in the private area', async () => {
    const text = (hex: string) => Buffer.from(hex, 'hex');
    const heading = text('d1a7bac52cc9edb7ddd6a4bac52cd0d5c3fb2cb3f6c9fac8d5c6da2cb3c9bca80a');
    const row = (name: string) =>
      Buffer.concat([Buffer.from(`S1,${ID},`), text(name), Buffer.from(',2015-03-01,98.5\n')]);
    // 张三; U+20087, of two bytes; a character of four bytes; the ellipsis that lies elsewhere in older tables.
    expect(
      await readFile('CSV', Buffer.concat([heading, row('d5c5c8fd'), row('fe51'), row('95328236'), row('a6d9')])),
    ).toEqual([rowOf('S1', '张三'), rowOf('S1', '\u{20087}'), rowOf('S1', '\u{20000}'), rowOf('S1', '\ufe10')]);
  });

  it('that has a byte which no Chinese encoding knows is refused', async () => {
    const content = Buffer.concat([Buffer.from(csv(GOOD)), Buffer.from([0xd5, 0xc5, 0x80, 0x0a])]);
    expect(await readFile('CSV', content)).toMatchObject({ code: 'ENCODING_INVALID' });
  });

  it('gives back whatever a writer of CSV has written', async () => {
    const spec = { ...TEXTS };
    const cell = fc
      .string({ unit: fc.constantFrom('a', '"', ',', '\n', '\t', ';', '张', ' x', '\\') })
      .map((text) => text.trim());
    const rows = fc.array(fc.tuple(fc.constant('key'), cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const read = await readFile('CSV', stringify([['a', 'b', 'c'], ...written]), spec);
        expect(read).toEqual(written.map((row) => row.map((text) => (text === '' ? null : text))));
      }),
      { numRuns: 100 },
    );
  });
});

const TEXTS: TableSpec = {
  ...{ schema: 'texts', table: 'Text', title: '文本', key: ['a'], unique: [], indexes: [], history: false },
  columns: ['a', 'b', 'c'].map((name) => ({ name, title: name, type: 'text', required: false, headers: [name] })),
};

describe('a value', () => {
  const kinds: TableSpec = {
    ...TEXTS,
    key: ['text'],
    columns: [
      { name: 'text', title: '文本', type: 'text', required: false, headers: [] },
      { name: 'integer', title: '整数', type: 'integer', required: false, headers: [] },
      { name: 'double', title: '小数', type: 'double', required: false, headers: [] },
      { name: 'boolean', title: '是否', type: 'boolean', required: false, headers: [] },
      { name: 'date', title: '日期', type: 'date', required: false, headers: [] },
      { name: 'time', title: '时间', type: 'timestamptz', required: false, headers: [] },
      { name: 'credit', title: '信用代码', type: 'text', required: false, headers: [], format: 'CREDIT_CODE' },
      { name: 'division', title: '区划', type: 'text', required: false, headers: [], format: 'DIVISION_CODE' },
      { name: 'phone', title: '电话', type: 'text', required: false, headers: [], format: 'PHONE' },
      { name: 'code', title: '代码', type: 'text', required: false, headers: [], values: ['1', '2'] },
      { name: 'person', title: '身份证号', type: 'text', required: false, headers: [], format: 'IDENTITY_NUMBER' },
    ],
  };
  const readOne = async (name: string, value: string) => {
    const object = JSON.stringify({ text: 'key', [name]: value });
    const [row] = (await readFile('NDJSON', object, kinds)) as readonly (readonly (string | null)[] | string)[];
    return typeof row === 'string'
      ? row.split(' ').at(-1)
      : row![kinds.columns.findIndex((each) => each.name === name)];
  };

  it.each([
    ['text', ' ', 'VALUE_MISSING'],
    ['text', 'a\0b', 'CHARACTER_INVALID'],
    ['text', '\ud800', 'CHARACTER_INVALID'],
    ['text', 'x'.repeat(100_001), 'VALUE_TOO_LONG'],
    ['integer', '2147483648', 'INTEGER_INVALID'],
    ['integer', '1.5', 'INTEGER_INVALID'],
    ['integer', '1,000', 'INTEGER_INVALID'],
    ['double', 'NaN', 'NUMBER_INVALID'],
    ['double', '1e999', 'NUMBER_INVALID'],
    ['double', '1e-999', 'NUMBER_INVALID'],
    ['boolean', 'maybe', 'BOOLEAN_INVALID'],
    ['date', '2023-02-29', 'DATE_INVALID'],
    ['date', '0000-01-01', 'DATE_INVALID'],
    ['date', '31/12/2023', 'DATE_INVALID'],
    ['date', '2023-01-01 08:00', 'DATE_INVALID'],
    ['time', '2023-01-01 24:00', 'TIME_INVALID'],
    ['time', '2023-01-01 08:00:00+99:00', 'TIME_INVALID'],
    ['credit', '91350100M000100Y44', 'CREDIT_CODE_INVALID'],
    ['division', '990101', 'DIVISION_CODE_INVALID'],
    ['division', '35050', 'DIVISION_CODE_INVALID'],
    ['phone', '12345', 'PHONE_INVALID'],
    ['code', '3', 'CODE_UNKNOWN'],
    ['person', OTHER_ID.slice(0, 17) + '5', 'IDENTITY_NUMBER_INVALID'],
    ['person', '110105194902300021', 'IDENTITY_NUMBER_INVALID'],
  ])('of %s: %j breaks %s', async (name, value, rule) => {
    expect(await readOne(name, value)).toBe(rule);
  });

  it.each([
    ['text', '\u3000中\u3000', '中'],
    ['integer', '-12', '-12'],
    ['boolean', '是', 'true'],
    ['boolean', 'F', 'false'],
    ['date', '2024/2/29', '2024-02-29'],
    ['date', '20240229', '2024-02-29'],
    ['date', '2024年2月29日', '2024-02-29'],
    ['date', '2024-02-29 00:00:00', '2024-02-29'],
    ['time', '2024-02-29T8:05Z', '2024-02-29 08:05:00Z'],
    ['time', '2024-02-29', '2024-02-29'],
    ['credit', '91350100m000100y43', '91350100M000100Y43'],
    ['division', '350503001', '350503001'],
    ['phone', '0595-22500000', '0595-22500000'],
    ['code', '2', '2'],
    ['person', ID.toLowerCase(), ID],
  ])('of %s: %j is stored as %j', async (name, value, stored) => {
    expect(await readOne(name, value)).toBe(stored);
  });
});

describe('a file of JSON lines', () => {
  it('keeps numbers of many digits as they are written', async () => {
    const line = `{"学号": 12345678901234567890, "身份证号": "${ID}", "score": 98.5, "bornOn": null}`;
    expect(await readFile('NDJSON', line)).toEqual([['12345678901234567890', ID, null, null, '98.5']]);
  });

  it('rejects lines that are no plain object, and reads on', async () => {
    const lines = ['[]', '{"a"', '{"nickname": "x"}', '{"name": {"first": "x"}, "studentNumber": "S1"}', '', '{}'];
    expect(await readFile('NDJSON', lines.join('\n'))).toEqual([
      '1 ROW_MALFORMED',
      '2 ROW_MALFORMED',
      '3 HEADING_UNKNOWN',
      '4 身份证号 VALUE_MISSING, 姓名 VALUE_NESTED',
      '6 学号 VALUE_MISSING, 身份证号 VALUE_MISSING',
    ]);
  });
});
