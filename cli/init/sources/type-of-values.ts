import { readDate, readTime } from '../../../shared/loading/checks/read-values.js';
import type { SourceColumn } from './source-table.js';

/** True for a column whose numbers are names of something, and are never counted with. */
export const isIdentifierName = (name: string): boolean =>
  /(号|码|编号|代码|编码|标识|证件)$/.test(name) ||
  /(^|[^a-z])(id|no|num|code|bh|dm|hm|xh|sfzh|key)$/i.test(name) ||
  /(Id|No|Code)$/.test(name);

/** Digits of a whole number that stays one when the file grows. */
const MOST_DIGITS = 7;
const WORDS_OF_YES: ReadonlySet<string> = new Set(['是', '否', '有', '无', 'true', 'false']);

/** The type that holds the values of a file's column; text wherever another type could lose something.
 *  @param samples  values that are not empty */
export function typeOfValues(name: string, samples: readonly string[]): SourceColumn['type'] {
  const all = (test: (value: string) => boolean) => samples.length > 0 && samples.every(test);
  if (all((value) => WORDS_OF_YES.has(value.toLowerCase()))) return 'Boolean';
  // Eight digits are a date only where the column says so.
  const isDateName = /日期|时间|年月日|(date|day|time|rq|sj|_on|_at)$/i.test(name);
  const mayBeDate = (value: string) => /[-/.年:]/.test(value) || isDateName;
  if (all((value) => mayBeDate(value) && readDate(value) !== undefined)) return 'Date';
  if (all((value) => mayBeDate(value) && (readTime(value) ?? readDate(value)) !== undefined)) return 'DateTime';
  if (isIdentifierName(name) || samples.some((value) => /^[+-]?0\d/.test(value))) return 'String';
  if (all((value) => /^-?\d+$/.test(value))) return all((value) => value.length <= MOST_DIGITS) ? 'Int' : 'Decimal';
  if (all((value) => /^-?\d+(\.\d+)?$/.test(value))) return 'Decimal';
  return 'String';
}
