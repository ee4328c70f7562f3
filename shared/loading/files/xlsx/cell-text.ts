const DAY_MS = 86_400_000;
/** Last day that a spreadsheet knows: 9999-12-31. */
const LAST_SERIAL = 2_958_466;

/** A number of a cell as text, without an exponent, and rounded to the 15 digits that a spreadsheet keeps.
 *  @returns  undefined for a whole number of more digits: its last ones are gone */
export function numberText(raw: string): string | undefined {
  if (/^-?\d{1,15}$/.test(raw)) return raw;
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (Math.abs(value) >= 1e15) return undefined;
  const rounded = Number(value.toPrecision(15));
  return withoutExponent(String(rounded));
}

/** A small number as its decimals. Large ones have no exponent here. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const digits = mantissa.replace(/[-.]/g, '');
  return `${mantissa.startsWith('-') ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}

/** A day number as date, with the time where there is one.
 *  @param is1904  days are counted from 1904-01-01 */
export function dateText(serial: number, is1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < LAST_SERIAL)) return undefined;
  const seconds = Math.round(serial * 86_400);
  const day = Math.floor(seconds / 86_400);
  const clock = new Date((seconds % 86_400) * 1_000).toISOString().slice(11, 19);
  if (day === 0 && !is1904) return clock;
  // 1900 is taken for a leap year: day 60 was never, and the days before it are one less.
  if (day === 60 && !is1904) return undefined;
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(epoch + day * DAY_MS).toISOString().slice(0, 10);
  return clock === '00:00:00' ? date : `${date} ${clock}`;
}

/** Built-in number formats that show dates or times. @source ECMA-376 part 1, 18.8.30 */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** True for a number format that shows a date or a time.
 *  @param code  its own code, where it is not built in */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  return /[ymdhs年月日时分秒]/i.test(first.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').replace(/general/i, ''));
}
