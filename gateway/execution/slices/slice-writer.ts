import { ExactNumber, parseJsonExactly } from '../../../shared/kernel/exact-number.js';
import { WHOLE } from '../item-outcomes.js';
import type { ProjectionPass } from '../projection-pass.js';
import { ANEW, QUOTED } from './check-leaf.js';
import { DENIED, TEXT, type CopiedField, type CopiedObject } from './copied-object.js';
import { LEAF, OBJECT, OBJECTS } from './layout.js';
import { parseLeaf } from './represent-slices.js';
import { ROOT, type Tape } from './tape.js';

const LETTER_N = 110;
const [COMMA, OPEN_LIST, CLOSE_LIST, CLOSE, QUOTE] = [44, 91, 93, 125, 34];
const NULL = Buffer.from('null');

/** Bytes that are written into, kept from answer to answer; an answer is written in one go. */
let scratch = Buffer.allocUnsafeSlow(256 * 1024);
/** Bytes above which they are let go again. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** Longest range that is copied byte by byte, which is faster for short ones. */
const SHORT = 40;

/** Writes an answer by copying ranges of what the subgraphs sent.
 *  @returns undefined where something stands in it that only the projection of parsed data can tell: a null where none may be,
 *    a value of another type */
export function writeSlices(root: CopiedObject, tape: Tape, pass: ProjectionPass): Buffer | undefined {
  const writer = new SliceWriter(tape, pass);
  try {
    return writer.writeObject(root, ROOT, 0) ? writer.take() : undefined;
  } finally {
    if (scratch.length > KEPT_BYTES) scratch = Buffer.allocUnsafeSlow(256 * 1024);
  }
}

class SliceWriter {
  private out = scratch;
  private at = 0;

  constructor(
    private readonly tape: Tape,
    private readonly pass: ProjectionPass,
  ) {}

  take(): Buffer {
    return Buffer.from(this.out.subarray(0, this.at));
  }

  /** @returns false where it cannot be written so */
  writeObject({ fields, row, subject }: CopiedObject, record: number, depth: number): boolean {
    const { tape, pass } = this;
    const { cells } = tape;
    // A range of one fetch's bytes that is still to be copied.
    let pending: Buffer | undefined;
    let [from, to] = [0, 0];
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]!;
      if (field.kind === LEAF) {
        const own = field.link === 0 ? record : cells[record + field.link]!;
        const bytes = tape.bodies[field.fetch]!;
        const begin = own === 0 ? 0 : cells[own + field.offset]!;
        const end = own === 0 ? 0 : cells[own + field.offset + 1]!;
        const isNull = own === 0 || bytes[begin] === LETTER_N;
        if (isNull && field.nonNull) return false;
        const form = isNull ? ANEW : field.check!(bytes, begin, end);
        if (!isNull) pass.note(field.sites, field.gives);
        if (own !== 0 && form !== QUOTED && (isNull || form !== ANEW)) {
          if (pending !== undefined && field.follows) to = end;
          else {
            if (pending !== undefined) this.copy(pending, from, to);
            if (!field.isHeadFetched) this.copy(field.head, 0, field.head.length);
            pending = bytes;
            from = field.isHeadFetched ? begin - field.head.length : begin;
            to = end;
          }
          continue;
        }
        if (pending !== undefined) this.copy(pending, from, to);
        pending = undefined;
        this.copy(field.head, 0, field.head.length);
        if (isNull) this.copy(NULL, 0, NULL.length);
        else if (form === QUOTED) this.writeQuoted(bytes, begin, end);
        else if (!this.writeAnew(field, bytes, begin, end)) return false;
        continue;
      }
      if (pending !== undefined) this.copy(pending, from, to);
      pending = undefined;
      pass.path[depth] = field.key;
      this.copy(field.head, 0, field.head.length);
      if (field.kind === TEXT) continue;
      if (field.kind === DENIED) pass.deny(field.sites, depth + 1);
      else if (!this.writeBranch(field, record, depth + 1)) return false;
    }
    if (pending !== undefined) this.copy(pending, from, to);
    this.put(CLOSE);
    pass.rows[row] = (pass.rows[row] ?? 0) + 1;
    if (subject) {
      const own = subject.link === 0 ? record : cells[record + subject.link]!;
      if (own !== 0) {
        const bytes = tape.bodies[subject.fetch]!;
        const id = readIdentifier(bytes, cells[own + subject.offset]!, cells[own + subject.offset + 1]!);
        if (id !== undefined) pass.subjects.add(subject.prefix + id);
      }
    }
    return true;
  }

  /** A list, or an object. */
  private writeBranch(field: CopiedField, record: number, depth: number): boolean {
    const { tape, pass } = this;
    const { kind, below } = field;
    const own = field.link === 0 ? record : tape.cells[record + field.link]!;
    const first = own === 0 ? 0 : tape.cells[own + field.offset]!;
    const second = own === 0 ? -1 : tape.cells[own + field.offset + 1]!;
    if (kind === OBJECT) {
      if (first === 0) return this.writeNull(field);
      pass.note(field.sites, WHOLE);
      return this.writeObject(below!, first, depth);
    }
    if (kind === OBJECTS) {
      if (second < 0) return this.writeNull(field);
      this.put(OPEN_LIST);
      if (second > 0) pass.note(field.sites, WHOLE);
      let index = 0;
      for (let each = first; each !== 0; each = tape.cells[each]!) {
        if (index > 0) this.put(COMMA);
        pass.path[depth] = index++;
        if (!this.writeObject(below!, each, depth + 1)) return false;
      }
      this.put(CLOSE_LIST);
      return true;
    }
    const bytes = tape.bodies[field.fetch]!;
    if (own === 0 || bytes[first] === LETTER_N) return this.writeNull(field);
    return this.writeLeaves(field, bytes.toString('utf8', first, second));
  }

  private writeNull({ nonNull }: CopiedField): boolean {
    this.copy(NULL, 0, NULL.length);
    return !nonNull;
  }

  private writeLeaves({ leaf, itemNonNull, sites }: CopiedField, list: string): boolean {
    const texts: string[] = [];
    for (const item of parseJsonExactly(list) as unknown[]) {
      const text = leaf!(item) ?? (item === null && !itemNonNull ? 'null' : undefined);
      if (text === undefined || (itemNonNull && text === 'null')) return false;
      texts.push(text);
    }
    if (texts.length > 0) this.pass.note(sites, WHOLE);
    this.writeText(`[${texts.join(',')}]`);
    return true;
  }

  private writeAnew(field: CopiedField, bytes: Buffer, begin: number, end: number): boolean {
    const { leaf, mask } = field;
    const value = parseLeaf(bytes.toString('utf8', begin, end));
    const shown = mask ? mask(value) : value;
    // Hidden whole, which is not the same as absent.
    if (mask && shown === null) return this.writeNull(field);
    const text = leaf!(shown);
    if (text === undefined || text === 'null') return false;
    this.writeText(text);
    return true;
  }

  private writeQuoted(bytes: Buffer, begin: number, end: number): void {
    this.put(QUOTE);
    this.copy(bytes, begin, end);
    this.put(QUOTE);
  }

  private writeText(text: string): void {
    const bytes = Buffer.from(text);
    this.copy(bytes, 0, bytes.length);
  }

  private put(code: number): void {
    if (this.at === this.out.length) this.grow(1);
    this.out[this.at++] = code;
  }

  private copy(bytes: Buffer, begin: number, end: number): void {
    const length = end - begin;
    if (this.at + length > this.out.length) this.grow(length);
    const { out, at } = this;
    if (length > SHORT) bytes.copy(out, at, begin, end);
    else for (let i = 0; i < length; i++) out[at + i] = bytes[begin + i]!;
    this.at = at + length;
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.out.length * 2, this.at + by));
    this.out.copy(larger, 0, 0, this.at);
    scratch = this.out = larger;
  }
}

/** A subject's identifier; undefined where it is none. */
function readIdentifier(bytes: Buffer, begin: number, end: number): string | undefined {
  const text = bytes.toString('utf8', begin, end);
  if (text.startsWith('"') && !text.includes('\\')) return text.slice(1, -1);
  const id = parseLeaf(text);
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  return id instanceof ExactNumber ? id.text : undefined;
}
