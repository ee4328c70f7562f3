import { textIn, type Text } from '../kernel/index.js';

/** Everything that can be wrong with a row, and what the department reads about it. Codes are stable. */
export const ROW_RULES = {
  ROW_RAGGED: '列数与表头不一致',
  ROW_TOO_LONG: '本行过长',
  ROW_MALFORMED: '本行不是一个 JSON 对象',
  QUOTE_STRAY: '引号使用有误：含引号的值须整体加引号，内部引号写两遍',
  QUOTE_OPEN: '引号没有结束',
  HEADING_UNKNOWN: '未声明的数据项',
  VALUE_NESTED: '不是单一的值',
  CHARACTER_INVALID: '含有不可存储的字符',
  VALUE_MISSING: '必填项为空',
  VALUE_TOO_LONG: '值过长',
  INTEGER_INVALID: '不是整数，或者超出范围',
  NUMBER_INVALID: '不是数值',
  BOOLEAN_INVALID: '不是“是/否”（可写 是、否、true、false、1、0）',
  DATE_INVALID: '不是有效日期（如 2026-01-31）',
  TIME_INVALID: '不是有效时间（如 2026-01-31 08:30:00）',
  IDENTITY_NUMBER_INVALID: '公民身份号码有误（位数、日期或者校验码）',
  CREDIT_CODE_INVALID: '统一社会信用代码有误（位数、字符或者校验码）',
  DIVISION_CODE_INVALID: '行政区划代码有误（2、4、6、9 或者 12 位数字）',
  PHONE_INVALID: '电话号码有误',
  CODE_UNKNOWN: '不在代码表内',
  CELL_ERROR: '单元格是错误值（如 #N/A）',
  FORMULA_UNCALCULATED: '公式没有计算结果，请在 Excel 中重新保存',
  NUMBER_ROUNDED: '长数字在 Excel 中按数值存放，末位已丢失：请将该列设为“文本”格式后重新填写',
  KEY_DOUBLE: '主键在文件内重复',
  VALUE_DOUBLE: '应当唯一的值在文件内重复',
  VALUE_TAKEN: '应当唯一的值已属于另一条记录',
  KEY_KNOWN: '主键已存在，追加方式不得覆盖',
} as const;
export type RowRule = keyof typeof ROW_RULES;

/** Everything for which a file is refused as a whole. */
export const FILE_RULES = {
  FILE_EMPTY: '文件为空，没有表头或者数据',
  FILE_CHANGED: '文件内容与登记的校验值（SHA-256）或者大小不一致，请重新上传',
  FORMAT_WRONG: '文件内容与格式不符',
  ENCODING_UNSUPPORTED: '编码不支持，请另存为“CSV UTF-8”',
  ENCODING_INVALID: '既不是有效的 UTF-8，也不是有效的 GB18030',
  HEADING_EMPTY: '表头有空列名',
  HEADING_UNKNOWN: '表头有未声明的列',
  HEADING_MISSING: '表头缺少列',
  HEADING_DOUBLE: '表头有重复的列',
  SHEET_MISSING: '工作簿没有可见的工作表',
  CELLS_MERGED: '工作表有合并单元格，请取消合并',
  ROWS_TOO_MANY: '工作表超过 50 万行，请改用 CSV',
  ARCHIVE_UNSAFE: '工作簿展开后过大或者结构异常，已拒绝',
  WORKBOOK_PROTECTED: '工作簿是旧版 .xls 或者设有打开密码，请另存为不加密的 .xlsx',
  WORKBOOK_MALFORMED: '工作簿损坏，无法读取',
  ROWS_INVALID: '有不合格的行，整批未载入',
  VANISH_TOO_MANY: '全量载入将使过多的记录消失，疑似文件不完整，整批未载入',
  KEY_REUSED: '该幂等键已用于另一内容',
  LOAD_FAILED: '载入多次中断，请联系运维人员',
  TABLE_MISSING: '数据表尚未建立',
  TABLE_CHANGED: '数据表与已发布的声明不一致，稍后重试',
} as const;
export type FileRule = keyof typeof FILE_RULES;

/** The same in English. */
export const ROW_RULES_IN_ENGLISH: Readonly<Record<RowRule, string>> = {
  ROW_RAGGED: 'the row has another number of columns than the headings',
  ROW_TOO_LONG: 'the row is too long',
  ROW_MALFORMED: 'the line is no JSON object',
  QUOTE_STRAY: 'a quotation mark is out of place: quote the whole value, and double the marks within it',
  QUOTE_OPEN: 'a quotation mark is not closed',
  HEADING_UNKNOWN: 'an item that is not declared',
  VALUE_NESTED: 'not a single value',
  CHARACTER_INVALID: 'has characters that cannot be stored',
  VALUE_MISSING: 'a required value is empty',
  VALUE_TOO_LONG: 'the value is too long',
  INTEGER_INVALID: 'no whole number, or out of range',
  NUMBER_INVALID: 'no number',
  BOOLEAN_INVALID: 'neither yes nor no (是, 否, true, false, 1, 0)',
  DATE_INVALID: 'no date (such as 2026-01-31)',
  TIME_INVALID: 'no time (such as 2026-01-31 08:30:00)',
  IDENTITY_NUMBER_INVALID: 'no identity number (length, date or check character)',
  CREDIT_CODE_INVALID: 'no unified social credit code (length, characters or check character)',
  DIVISION_CODE_INVALID: 'no division code (2, 4, 6, 9 or 12 digits)',
  PHONE_INVALID: 'no telephone number',
  CODE_UNKNOWN: 'not in the code list',
  CELL_ERROR: 'the cell is an error (such as #N/A)',
  FORMULA_UNCALCULATED: 'the formula has no result: save the file in Excel again',
  NUMBER_ROUNDED:
    'Excel kept a long number as a number and lost its last digits: set the column to text and type it again',
  KEY_DOUBLE: 'the key is in the file twice',
  VALUE_DOUBLE: 'a value that must be unique is in the file twice',
  VALUE_TAKEN: 'a value that must be unique belongs to another record',
  KEY_KNOWN: 'the key is known, and appending changes nothing',
};
const FILE_RULES_IN_ENGLISH: Readonly<Record<FileRule, string>> = {
  FILE_EMPTY: 'The file is empty: it has no headings or no rows',
  FILE_CHANGED: 'The file is not the announced one (SHA-256 or size). Upload it again',
  FORMAT_WRONG: 'The file is not of the stated format',
  ENCODING_UNSUPPORTED: 'The encoding is not supported. Save it as CSV UTF-8',
  ENCODING_INVALID: 'The file is neither UTF-8 nor GB18030',
  HEADING_EMPTY: 'A column has no heading',
  HEADING_UNKNOWN: 'There are columns that are not declared',
  HEADING_MISSING: 'Columns are missing',
  HEADING_DOUBLE: 'A column is there twice',
  SHEET_MISSING: 'The workbook has no visible sheet',
  CELLS_MERGED: 'The sheet has merged cells. Split them',
  ROWS_TOO_MANY: 'The sheet has more than 500,000 rows. Use CSV',
  ARCHIVE_UNSAFE: 'The workbook unpacks to too much, or is not built as one',
  WORKBOOK_PROTECTED: 'The workbook is an old .xls, or has a password. Save it as .xlsx without one',
  WORKBOOK_MALFORMED: 'The workbook is damaged',
  ROWS_INVALID: 'There are wrong rows; nothing was loaded',
  VANISH_TOO_MANY: 'A full load would take too many records away; the file seems cut off, and nothing was loaded',
  KEY_REUSED: 'The idempotency key was used for another content',
  LOAD_FAILED: 'The load broke off several times. Ask the operator',
  TABLE_MISSING: 'The table is not there yet',
  TABLE_CHANGED: 'The table is not as the published declaration says. Try again later',
};

/** A file that is not loaded at all. Nothing of it is in the table. Its message is the Chinese one. */
export class LoadRefusal extends Error {
  readonly detail: string | undefined;
  readonly english: string;

  /** @param detail  what exactly, such as the headings concerned
   *  @param line    line of the file, from 1, where there is one */
  constructor(
    readonly code: FileRule,
    detail?: Text,
    readonly line?: number,
  ) {
    const chinese = detail === undefined ? undefined : textIn(detail, 'zh');
    const at = line === undefined ? '' : `第 ${line} 行：`;
    super(`${at}${FILE_RULES[code]}${chinese === undefined ? '' : `：${chinese}`}`);
    this.name = 'LoadRefusal';
    this.detail = chinese;
    const where = line === undefined ? '' : `Line ${line}: `;
    this.english = `${where}${FILE_RULES_IN_ENGLISH[code]}${detail === undefined ? '.' : `: ${textIn(detail, 'en')}`}`;
  }
}
