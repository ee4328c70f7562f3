declare global {
  interface JSON {
    rawJSON(text: string): object;
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/** A number with more digits than a JavaScript number keeps, as it was written. `JSON.stringify` writes it so again. Only
 *  types whose numbers have a bound of their own, Int and Float, make a JavaScript number of it. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toJSON(): object {
    return JSON.rawJSON(this.text);
  }

  valueOf(): number {
    return Number(this.text);
  }

  get isInteger(): boolean {
    return /^-?\d+$/.test(this.text);
  }
}

/** Digits from which on a JavaScript number may change a number; the point counts for one. */
const LONG = /[\d.]{16}/;
/** Finds a number in JSON text that may have to be kept as it is written: a long one, or one with a large exponent. Most text
 *  has none, and is parsed four times faster so. A match inside a string costs time only. */
const MAY_CHANGE = /[:,[\s]-?(?:[\d.]{16}|[\d.]{1,15}[eE][+-]?\d{3})/;

/** The number that a literal stands for: exact where a JavaScript number would change it.
 *  @param source  digits of a JSON number or of a GraphQL literal */
export function toNumber(source: string): number | ExactNumber {
  const value = Number(source);
  const overflows = !Number.isFinite(value) || (value === 0 && /[1-9]/.test(source.replace(/[eE].*$/, '')));
  return overflows || (LONG.test(source) && String(value) !== source) ? new ExactNumber(source) : value;
}

/** Parses JSON, and keeps the digits of every number.
 *  @throws SyntaxError */
export function parseJsonExactly(text: string): unknown {
  if (!MAY_CHANGE.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, (_, value, { source }) =>
      typeof value === 'number' && source !== undefined ? toNumber(source) : value,
    );
  } catch (error) {
    // Nested deeper than a reviver can walk; such a value is refused or cut where it is used.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}
