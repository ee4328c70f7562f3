import { normaliseCreditCode } from '../../kernel/credit-code.js';
import { isIdentityNumber, normaliseIdentityNumber } from '../../kernel/identity-number.js';
import type { RowRule } from '../load-rules.js';
import type { ColumnSpec } from '../../declaration/index.js';
import { readBoolean, readDate, readTime } from './read-values.js';

/** A value as it is stored, or the rule that it breaks. Null is no value. */
export type Checked = string | null | { readonly rule: RowRule };
export type ColumnCheck = (text: string) => Checked;

/** Longest value of a text item, characters. */
const LONGEST_TEXT = 100_000;

/** Compiles the check of a column: it takes the text of a cell and gives the value in the one form in which the table has
 *  it, so that every value which passes is one that the database takes. */
export function compileCheck(column: ColumnSpec, isKey: boolean): ColumnCheck {
  const check = valueCheck(column);
  const missing: Checked = column.required || isKey ? broken('VALUE_MISSING') : null;
  return (cell) => {
    const text = trimBlanks(cell);
    return text === '' ? missing : check(text);
  };
}

function valueCheck({ type, format, values }: ColumnSpec): ColumnCheck {
  if (values) {
    const known = new Set(values);
    return (text) => (known.has(text) ? text : broken('CODE_UNKNOWN'));
  }
  return format ? FORMATS[format] : TYPES[type];
}

const broken = (rule: RowRule): { readonly rule: RowRule } => BROKEN.get(rule) ?? keepBroken(rule);
const BROKEN = new Map<RowRule, { readonly rule: RowRule }>();
function keepBroken(rule: RowRule): { readonly rule: RowRule } {
  const made = { rule };
  BROKEN.set(rule, made);
  return made;
}

const TYPES: Readonly<Record<ColumnSpec['type'], ColumnCheck>> = {
  text: (text) =>
    text.length > LONGEST_TEXT
      ? broken('VALUE_TOO_LONG')
      : !text.includes('\0') && text.isWellFormed()
        ? text
        : broken('CHARACTER_INVALID'),
  integer: (text) => {
    const value = Number(text);
    return /^[+-]?\d{1,12}$/.test(text) && value >= -(2 ** 31) && value < 2 ** 31 ? text : broken('INTEGER_INVALID');
  },
  numeric: (text) => (/^[+-]?(\d{1,100}(\.\d{0,100})?|\.\d{1,100})$/.test(text) ? text : broken('NUMBER_INVALID')),
  double: (text) =>
    /^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,3})?$/i.test(text) && isDouble(Number(text), text)
      ? text
      : broken('NUMBER_INVALID'),
  boolean: (text) => readBoolean(text) ?? broken('BOOLEAN_INVALID'),
  date: (text) => readDate(text) ?? broken('DATE_INVALID'),
  timestamptz: (text) => readTime(text) ?? broken('TIME_INVALID'),
};

/** PostgreSQL refuses a number that is too small to be another than zero. */
const isDouble = (value: number, text: string): boolean =>
  Number.isFinite(value) && (value !== 0 || !/[1-9]/.test(text.replace(/e.*/i, '')));

const FORMATS: Readonly<Record<NonNullable<ColumnSpec['format']>, ColumnCheck>> = {
  IDENTITY_NUMBER: (text) =>
    isIdentityNumber(text) ? text : (normaliseIdentityNumber(text) ?? broken('IDENTITY_NUMBER_INVALID')),
  CREDIT_CODE: (text) => normaliseCreditCode(text)?.code ?? broken('CREDIT_CODE_INVALID'),
  DIVISION_CODE: (text) =>
    DIGITS.test(text) && DIVISION_LENGTHS.has(text.length) && PROVINCES.has(text.slice(0, 2))
      ? text
      : broken('DIVISION_CODE_INVALID'),
  PHONE: (text) => (PHONE.test(text) ? text : broken('PHONE_INVALID')),
};

/** Province, city, county, township or village. @source GB/T 2260, GB/T 10114 */
const DIVISION_LENGTHS: ReadonlySet<number> = new Set([2, 4, 6, 9, 12]);
const DIGITS = /^\d+$/;
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);
/** Mobile, with or without +86; or a number with its area code and an extension. */
const PHONE = /^(?:(?:\+?86[- ]?)?1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,6})?)$/;

/** Takes off blanks of all widths. Most cells have none, and are left as they are. */
function trimBlanks(cell: string): string {
  if (cell === '') return cell;
  return isBlank(cell.charCodeAt(0)) || isBlank(cell.charCodeAt(cell.length - 1)) ? cell.trim() : cell;
}
const isBlank = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0x3000 || code === 0xfeff || code === 0x2028 || code === 0x2029;
