import { isUtf8 } from 'node:buffer';
import { LEAF, LEAVES, OBJECT, memberAt, sizeOf, TYPENAME, type Member, type RecordLayout } from './layout.js';
import type { Tape } from './tape.js';

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
const SPACE = 32;
const [LETTER_E, LETTER_F, LETTER_N, LETTER_T, LETTER_U] = [101, 102, 110, 116, 117];

const HEAD = Buffer.from('{"data":');
const NULL = Buffer.from('null');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
/** Characters behind a backslash, `u` apart. */
const ESCAPED: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));

/** No value of the expected form. */
export const UNEXPECTED = -1;

/** Reads an answer by its layout: one pass over the bytes, which finds where each value is and copies nothing. It reads what
 *  servers write for exactly these selections: members in their order, no others, no space between them. Anything else, be it
 *  right or wrong, is left to the parser.
 *  @source RFC 8259 */
export class Scanner {
  private at = 0;
  private readonly end: number;

  constructor(
    private readonly bytes: Buffer,
    private readonly tape: Tape,
  ) {
    this.end = bytes.length;
  }

  /** Reads a whole answer.
   *  @param readData  reads its data
   *  @returns false where it is not what is expected, or has errors */
  readAnswer(readData: () => boolean): boolean {
    return isUtf8(this.bytes) && this.skip(HEAD) && readData() && this.isRestHarmless();
  }

  /** Reads an object.
   *  @returns its record, 0 for null, or `UNEXPECTED` */
  readObject(layout: RecordLayout): number {
    if (this.bytes[this.at] === LETTER_N) return this.skip(NULL) ? 0 : UNEXPECTED;
    if (this.bytes[this.at++] !== OPEN) return UNEXPECTED;
    const { members } = layout;
    const record = this.tape.reserve(sizeOf(layout));
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!;
      if (i > 0 && this.bytes[this.at++] !== COMMA) return UNEXPECTED;
      if (!this.skip(member.head) || !this.readMember(member, record + memberAt(i), layout.type)) return UNEXPECTED;
    }
    return this.bytes[this.at++] === CLOSE ? record : UNEXPECTED;
  }

  /** Reads the lists of entities of calls, in their order.
   *  @returns the records of each, 0 for null; undefined where it is not what is expected */
  readEntities(calls: readonly EntityList[]): readonly Int32Array[] | undefined {
    if (this.bytes[this.at++] !== OPEN) return undefined;
    const lists: Int32Array[] = [];
    for (const { head, layout, count } of calls) {
      if (lists.length > 0 && this.bytes[this.at++] !== COMMA) return undefined;
      if (!this.skip(head) || this.bytes[this.at++] !== OPEN_LIST) return undefined;
      const records = new Int32Array(count);
      for (let i = 0; i < count; i++) {
        if (i > 0 && this.bytes[this.at++] !== COMMA) return undefined;
        const record = this.readObject(layout);
        if (record === UNEXPECTED) return undefined;
        records[i] = record;
      }
      if (this.bytes[this.at++] !== CLOSE_LIST) return undefined;
      lists.push(records);
    }
    return this.bytes[this.at++] === CLOSE ? lists : undefined;
  }

  /** @param cell  the first of the member's two cells */
  private readMember({ kind, layout }: Member, cell: number, type: string): boolean {
    const begin = this.at;
    if (kind === LEAF) {
      if (!this.skipLeaf()) return false;
    } else if (kind === LEAVES) {
      if (!this.skipLeaves()) return false;
    } else if (kind === TYPENAME) return this.skipName(type);
    else if (kind === OBJECT) {
      const record = this.readObject(layout!);
      if (record === UNEXPECTED) return false;
      this.tape.cells[cell] = record;
      return true;
    } else return this.readObjects(layout!, cell);
    const { cells } = this.tape;
    cells[cell] = begin;
    cells[cell + 1] = this.at;
    return true;
  }

  private readObjects(layout: RecordLayout, cell: number): boolean {
    if (this.bytes[this.at] === LETTER_N) {
      this.tape.cells[cell + 1] = -1;
      return this.skip(NULL);
    }
    if (this.bytes[this.at++] !== OPEN_LIST) return false;
    if (this.bytes[this.at] === CLOSE_LIST) {
      this.at++;
      return true;
    }
    for (let before = cell, count = 1; ; count++) {
      const record = this.readObject(layout);
      // A null in a list is rare, and no record.
      if (record <= 0) return false;
      this.tape.cells[before] = record;
      before = record;
      const next = this.bytes[this.at++];
      if (next === COMMA) continue;
      this.tape.cells[cell + 1] = count;
      return next === CLOSE_LIST;
    }
  }

  /** A scalar that is no list and no object. */
  private skipLeaf(): boolean {
    const first = this.bytes[this.at]!;
    if (first === QUOTE) return this.skipString();
    if (first === LETTER_N) return this.skip(NULL);
    if (first === LETTER_T) return this.skip(TRUE);
    if (first === LETTER_F) return this.skip(FALSE);
    return this.skipNumber();
  }

  private skipLeaves(): boolean {
    if (this.bytes[this.at] === LETTER_N) return this.skip(NULL);
    if (this.bytes[this.at++] !== OPEN_LIST) return false;
    if (this.bytes[this.at] === CLOSE_LIST) {
      this.at++;
      return true;
    }
    for (;;) {
      if (!this.skipLeaf()) return false;
      const next = this.bytes[this.at++];
      if (next !== COMMA) return next === CLOSE_LIST;
    }
  }

  private skipString(): boolean {
    const { bytes, end } = this;
    for (let at = this.at + 1; at < end; at++) {
      const code = bytes[at]!;
      if (code === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (code < SPACE) return false;
      if (code !== BACKSLASH) continue;
      const escaped = bytes[++at];
      if (escaped === undefined) return false;
      if (escaped === LETTER_U) {
        if (!/^[\da-fA-F]{4}$/.test(bytes.toString('latin1', at + 1, at + 5))) return false;
        at += 4;
      } else if (!ESCAPED.has(escaped)) return false;
    }
    return false;
  }

  private skipNumber(): boolean {
    if (this.bytes[this.at] === MINUS) this.at++;
    const first = this.bytes[this.at];
    if (!this.skipDigits() || (first === ZERO && this.at - this.digitsFrom > 1)) return false;
    if (this.bytes[this.at] === POINT) {
      this.at++;
      if (!this.skipDigits()) return false;
    }
    if ((this.bytes[this.at]! | SPACE) !== LETTER_E) return true;
    const sign = this.bytes[++this.at];
    if (sign === MINUS || sign === 43) this.at++;
    return this.skipDigits();
  }

  private digitsFrom = 0;
  private skipDigits(): boolean {
    this.digitsFrom = this.at;
    while (isDigit(this.bytes[this.at])) this.at++;
    return this.at > this.digitsFrom;
  }

  /** `"Type"`, and nothing else. */
  private skipName(type: string): boolean {
    const { at } = this;
    this.at += type.length + 2;
    return (
      this.bytes[at] === QUOTE &&
      this.bytes[this.at - 1] === QUOTE &&
      this.bytes.toString('latin1', at + 1, this.at - 1) === type
    );
  }

  private skip(expected: Buffer): boolean {
    const { bytes, at } = this;
    for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** True where nothing but extensions follows the data. */
  private isRestHarmless(): boolean {
    if (this.at === this.end - 1) return this.bytes[this.at] === CLOSE;
    const rest = this.bytes.toString('utf8', this.at, this.end).trimEnd();
    if (rest === '}') return true;
    try {
      const members = rest.startsWith(',"') ? (JSON.parse(`{${rest.slice(1)}`) as object) : {};
      return Object.keys(members).length > 0 && !Object.hasOwn(members, 'errors') && !Object.hasOwn(members, 'data');
    } catch {
      return false;
    }
  }
}

/** A list of entities as it is expected. */
export interface EntityList {
  /** `"alias":` */
  readonly head: Buffer;
  readonly layout: RecordLayout;
  readonly count: number;
}

const isDigit = (code: number | undefined): boolean => code !== undefined && code >= ZERO && code <= NINE;
