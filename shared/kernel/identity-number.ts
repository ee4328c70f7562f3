import { isCalendarDay } from './calendar-day.js';
import { toPlainIdentifier } from './typed-text.js';

/** Citizen identity numbers (公民身份号码): six digits of the county, the birth date, a sequence number that is odd for
 *  men, and a check character. @source GB 11643-1999; YN-12b, HZ-7.3c */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** Builds a valid number.
 *  @param county    six digits
 *  @param birth     `YYYYMMDD`
 *  @param sequence  1 to 999; odd for men, even for women */
export function identityNumber(county: string, birth: string, sequence: number): string {
  const body = county + birth + String(sequence).padStart(3, '0');
  return body + checkCharacter(body);
}

/** True for a well-formed number: a real date and the right check character. */
export function isIdentityNumber(text: string): boolean {
  return /^[1-9]\d{16}[\dX]$/.test(text) && isDate(text.slice(6, 14)) && text[17] === checkCharacter(text);
}

/** Check character of the first seventeen digits. */
function checkCharacter(text: string): string {
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += WEIGHTS[at]! * (text.charCodeAt(at) - 48);
  return CHECKS[sum % 11]!;
}

const isDate = (digits: string): boolean =>
  isCalendarDay(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));

/** The one form of a number as people type it: capital X, no blanks, eighteen characters.
 *  @returns  undefined when it is no valid number
 *  @source GB 11643-1999; GB 11643-1989 for fifteen digits, where 996 to 999 number people born before 1900 */
export function normaliseIdentityNumber(typed: string): string | undefined {
  const text = toPlainIdentifier(typed);
  if (isIdentityNumber(text)) return text;
  if (!/^\d{15}$/.test(text)) return undefined;
  const century = Number(text.slice(12)) >= 996 ? '18' : '19';
  const body = `${text.slice(0, 6)}${century}${text.slice(6)}`;
  const full = body + checkCharacter(body);
  return isIdentityNumber(full) ? full : undefined;
}

/** Every form in which a provider may keep a number: eighteen characters with a capital or a small X, fifteen digits.
 *  @param number  a valid number in its one form */
export function formsOfIdentityNumber(number: string): readonly string[] {
  const short = number.slice(0, 6) + number.slice(8, 17);
  return [...new Set([number, number.toLowerCase(), ...(normaliseIdentityNumber(short) === number ? [short] : [])])];
}
