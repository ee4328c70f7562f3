import type { Text } from '../../../../shared/kernel/index.js';
import { cleanText, findTextProblem, type TextLimits } from '../../core/text.rule.js';
import { say } from '../messages/index.js';
import type { ImportFaultCode } from './import-fault.rule.js';

/** A cell's text read as a value, or why it is none. */
export type CellReading = { readonly value: unknown } | { readonly code: ImportFaultCode; readonly message: Text };

/** How values of one kind stand in the cells of a file. Writing and reading again gives the same value. */
export interface CellKind {
  /** @returns the empty text for an absent value */
  readonly write: (value: unknown) => string;
  /** @param text     cleaned, and not empty
   *  @param heading  of the column, for messages */
  readonly read: (text: string, heading: string) => CellReading;
  /** The value of an empty cell. */
  readonly empty: unknown;
}

/** A cell's text in the form that is compared and kept. */
export const cleanCell = (text: string): string => cleanText(text.replace(/\r\n?/g, '\n'));

export const textCell = (limits: TextLimits = {}): CellKind => ({
  write: (value) => (typeof value === 'string' ? cleanCell(value) : ''),
  read: (text, heading) => {
    const problem = findTextProblem(heading, text, limits);
    return problem ? { code: 'TEXT_UNFIT', message: problem } : { value: text };
  },
  empty: null,
});

/** One of a closed list of words.
 *  @param words  value and its Chinese word; what stands in a word behind a line end is a comment
 *  @param more   further words that are read */
export const wordCell = (
  words: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): CellKind => {
  const nameOf = (value: string): string => words[value]?.split('\n')[0] ?? value;
  const values = new Map<string, string>(Object.entries(more));
  for (const value of Object.keys(words)) values.set(value.toLowerCase(), value).set(nameOf(value), value);
  return {
    write: (value) => (typeof value === 'string' ? nameOf(value) : ''),
    read: (text) => {
      const value = values.get(text) ?? values.get(text.toLowerCase());
      if (value !== undefined) return { value };
      return {
        code: 'VALUE_UNKNOWN',
        message: say('bulk.unknownValue', { known: Object.keys(words).map(nameOf).join('、') }),
      };
    },
    empty: null,
  };
};

export const flagCell: CellKind = {
  write: (value) => (value === true ? '是' : value === false ? '否' : ''),
  read: (text) => {
    const value = { 是: true, 否: false, true: true, false: false, '1': true, '0': false }[text.toLowerCase()];
    return value === undefined
      ? { code: 'VALUE_UNKNOWN', message: say('bulk.unknownValue', { known: '是、否' }) }
      : { value };
  },
  empty: false,
};

const MOST_TEXTS = 20;
/** Several texts: one in a line, or parted by semicolons where all stand in one line. */
export const listCell: CellKind = {
  write: (value) => {
    const texts = (Array.isArray(value) ? (value as string[]) : []).map(cleanText).filter((text) => text !== '');
    // Of a single text, semicolons that part nothing are doubled.
    return texts.length === 1 ? texts[0]!.replace(/[;；]/g, '$&$&') : texts.join('\n');
  },
  read: (text, heading) => {
    const parts = text.includes('\n')
      ? text.split('\n')
      : text.split(/(?<![;；])[;；](?![;；])/).map((part) => part.replace(/([;；])\1/g, '$1'));
    const texts = parts.map(cleanText).filter((each) => each !== '');
    if (texts.length > MOST_TEXTS)
      return { code: 'TEXT_UNFIT', message: say('entry.mostTexts', { name: heading, most: MOST_TEXTS }) };
    const problem = texts.map((each) => findTextProblem(heading, each, { max: 200 })).find((each) => each);
    return problem ? { code: 'TEXT_UNFIT', message: problem } : { value: texts };
  },
  empty: [],
};

/** Length of an item's values, and of a number its decimal places behind a comma: `12,2`. */
export interface ItemSize {
  readonly length: number | null;
  readonly scale: number | null;
}
export const sizeCell: CellKind = {
  write: (value) => {
    const { length, scale } = (value ?? {}) as Partial<ItemSize>;
    return length == null ? '' : scale == null ? String(length) : `${length},${scale}`;
  },
  read: (text) => {
    const [, length, scale] = /^(\d{1,7})(?:[,，](\d{1,2}))?$/.exec(text) ?? [];
    const size = { length: Number(length), scale: scale === undefined ? null : Number(scale) };
    const isFit =
      length !== undefined && size.length >= 1 && size.length <= 1_000_000 && (size.scale ?? 0) <= size.length;
    return isFit ? { value: size } : { code: 'NUMBER_INVALID', message: say('bulk.size') };
  },
  empty: { length: null, scale: null } satisfies ItemSize,
};
