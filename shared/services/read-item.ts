import { DateTime } from 'luxon';
import { ExactNumber } from '../kernel/exact-number.js';
import { readBoolean, readDate, readTime } from '../loading/checks/read-values.js';

/** An item of a type whose rows a service gives. */
export interface ServiceItem {
  readonly name: string;
  /** Its place in a row, by JSON pointer. */
  readonly at: string;
  readonly type: 'String' | 'ID' | 'Int' | 'Float' | 'Decimal' | 'Boolean' | 'Date' | 'DateTime';
  readonly required: boolean;
  /** The only values there are. */
  readonly values?: readonly string[] | undefined;
}

/** Value of an item that is not of its type, in place of the value. */
export const UNFIT = Symbol('unfit value');

/** Reads a value as the type of its item says, and nothing into it: a text that is no number is none.
 *  @param item      as it is declared
 *  @param value     of the JSON document; undefined where it has none
 *  @param timeZone  of times that name none, IANA name
 *  @returns         UNFIT where it is of another type, or missing where it is required */
export function readItem({ type, required, values }: ServiceItem, value: unknown, timeZone: string): unknown {
  if (value === null || value === undefined) return required ? UNFIT : null;
  if (typeof value === 'object' && !(value instanceof ExactNumber)) return UNFIT;
  const text = typeof value === 'string' ? value : typeof value === 'number' ? plainText(value) : textOf(value);
  if (text === undefined) return UNFIT;
  if (type !== 'String' && type !== 'ID' && text.trim() === '') return required ? UNFIT : null;
  if (typeof value === 'boolean' && type !== 'Boolean') return UNFIT;
  const read = READERS[type](text.trim(), text, timeZone) ?? UNFIT;
  return values && !values.includes(read as string) ? UNFIT : read;
}

const textOf = (value: unknown): string | undefined =>
  value instanceof ExactNumber ? value.text : typeof value === 'boolean' ? String(value) : undefined;

/** A number without an exponent, which JavaScript writes from 1e21 on and below 1e-6. */
const plainText = (value: number): string =>
  /e/.test(String(value)) ? value.toFixed(Math.abs(value) < 1 ? 40 : 0).replace(/(\.\d*?)0+$/, '$1') : String(value);

type Reader = (text: string, whole: string, timeZone: string) => unknown;

const asText: Reader = (_, whole) => (whole.length <= 100_000 && whole.isWellFormed() ? whole : undefined);

const READERS: Readonly<Record<ServiceItem['type'], Reader>> = {
  String: asText,
  ID: asText,
  Int: (text) => {
    const value = Number(text);
    return /^-?\d{1,10}$/.test(text) && value >= -(2 ** 31) && value < 2 ** 31 ? value : undefined;
  },
  Float: (text) =>
    /^-?\d{1,40}(\.\d{1,100})?(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text))
      ? Number(text)
      : undefined,
  Decimal: (text) => (/^-?\d{1,60}(\.\d{1,40})?$/.test(text) ? text : undefined),
  Boolean: (text) => {
    const read = readBoolean(text);
    return read === undefined ? undefined : read === 'true';
  },
  Date: (text) => readDate(text),
  DateTime: (text, _, timeZone) => {
    // Milliseconds since 1970, as many a program writes instants.
    if (/^\d{12,13}$/.test(text)) return new Date(Number(text));
    const time = readTime(text);
    const instant = time === undefined ? undefined : DateTime.fromSQL(time, { zone: timeZone, setZone: true });
    return instant?.isValid ? instant.toJSDate() : undefined;
  },
};
