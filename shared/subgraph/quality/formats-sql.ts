import type { QualityFormat } from '../../share/quality/quality-rule.js';
import type { Literals } from './literals.js';
import type { QualityWords } from './quality-words.js';

type FormatSql = (text: string, words: QualityWords, literals: Literals) => string;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT = '[0-9A-HJ-NPQRTUWXY]';
const PROVINCES =
  '11|12|13|14|15|21|22|23|31|32|33|34|35|36|37|41|42|43|44|45|46|50|51|52|53|54|61|62|63|64|65|71|81|82';

const character = (text: string, at: number): string => `substr(${text}, ${at}, 1)`;
/** Value of a digit; of another character some number. */
const digit = (text: string, at: number): string => `(ascii(${character(text, at)}) - 48)`;

/** A citizen identity number: its form, a real birth date, and the check character. @source GB 11643-1999 */
const identityNumber: FormatSql = (text, words, literals) => {
  const form = `^[1-9][0-9]{5}[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$`;
  const sum = WEIGHTS.map((weight, at) => `${weight} * ${digit(text, at + 1)}`).join(' + ');
  const year = [7, 8, 9, 10].map((at, place) => `${10 ** (3 - place)} * ${digit(text, at)}`).join(' + ');
  const [month, day] = [`substr(${text}, 11, 2)`, `substr(${text}, 13, 2)`];
  const isLeap = `(mod(${year}, 4) = 0 and (mod(${year}, 100) <> 0 or mod(${year}, 400) = 0))`;
  const isDay = `case when ${month} in ('04', '06', '09', '11') then ${day} <= '30'
    when ${month} = '02' then ${day} <= '28' or (${day} = '29' and ${isLeap}) else ${day} <= '31' end`;
  return `case when ${words.matches(text, literals.of(form))} then
    ${character(text, 18)} = substr('10X98765432', 1 + mod(${sum}, 11), 1) and (${isDay}) else false end`;
};

/** A unified social credit code: its alphabet and its check character. The organisation part of codes that were issued before
 *  2016 may have none. @source GB 32100-2015 */
const creditCode: FormatSql = (text, words, literals) => {
  let weight = 1;
  const parts: string[] = [];
  for (let at = 1; at <= 17; at++, weight = (weight * 3) % 31)
    parts.push(`${weight} * (${words.placeOf(character(text, at), `'${CREDIT_ALPHABET}'`)} - 1)`);
  const check = `substr('${CREDIT_ALPHABET}', 1 + mod(31 - mod(${parts.join(' + ')}, 31), 31), 1)`;
  return `case when ${words.matches(text, literals.of(`^${CREDIT}{2}[0-9]{6}${CREDIT}{10}$`))}
    then ${character(text, 18)} = ${check} else false end`;
};

/** @source GB/T 2260, GB/T 10114 */
const divisionCode: FormatSql = (text, words, literals) =>
  words.matches(text, literals.of(`^(${PROVINCES})([0-9]{2}|[0-9]{4}|[0-9]{7}|[0-9]{10}){0,1}$`));

const phone: FormatSql = (text, words, literals) =>
  words.matches(
    text,
    literals.of('^(([+]{0,1}86[- ]{0,1}){0,1}1[3-9][0-9]{9}|0[0-9]{2,3}[- ]{0,1}[0-9]{7,8}([-转][0-9]{1,6}){0,1})$'),
  );

/** Conditions that a text meets, by the standard of its form. */
export const FORMAT_SQL: Readonly<Record<QualityFormat, FormatSql>> = {
  IDENTITY_NUMBER: identityNumber,
  CREDIT_CODE: creditCode,
  DIVISION_CODE: divisionCode,
  PHONE: phone,
};
