import { hashOf, lineStart, placeOf, type Place } from '../../record-line.js';
import type { ChainEnd } from '../../store/record-store.js';
import type { Finding } from '../finding.js';
import type { Vouch } from '../vouch.js';
import { isPlace, nameRowFault, type RowBreak } from './name-row-fault.js';
import type { Stretch } from '../../archive/stretch.js';

/** A record's line, wherever it comes from. */
export interface ChainLine {
  /** Holds the line, a character for each byte, up to its end. */
  readonly text: string;
  /** Where the line begins in the text. */
  readonly lineFrom: number;
  /** Its bytes. */
  readonly line: Buffer;
  /** Number that is said to be the record's, beside its line. */
  readonly seq: number;
}
export interface ChainOfRows {
  readonly writer: string;
  /** The end that the chain's own row states; absent for a chain that has no such row. */
  readonly end?: ChainEnd;
  /** Signed heads, in the order of their records. */
  readonly vouches: readonly Vouch[];
  /** The first month that is looked at is not the chain's first, or the last not its last. */
  readonly part: { readonly first: boolean; readonly last: boolean };
  /** Where the chain begins, when that is not at its first record. */
  readonly from?: { readonly seq: number; readonly prev: string };
}

/** One chain while its rows go by: each fits its hash, follows the one before it, and is the one that is vouched for. */
export class RowChain {
  private seq = 1;
  private prev = '';
  private begun: boolean;
  private broken?: RowBreak;
  private at = 0;
  private vouched = 0;
  /** Records that are as they were written, up to the first that is not. */
  records = 0;
  finding?: Finding;
  /** Some of the good records, for a comparison with the chain's files. */
  readonly marks: Vouch[] = [];

  constructor(readonly chain: ChainOfRows) {
    this.begun = !chain.part.first;
    if (chain.from) [this.seq, this.prev, this.vouched] = [chain.from.seq, chain.from.prev, chain.from.seq - 1];
  }

  /** Records behind the newest one that a signed head covers. */
  get unsigned(): number {
    return Math.max(0, Math.min(this.records, this.seq - 1 - this.vouched));
  }

  /** Records that should be there and are not, as far as that is known. */
  get missing(): number {
    const said = Math.max(this.chain.end?.seq ?? 0, this.chain.vouches.at(-1)?.seq ?? 0);
    return Math.max(0, said - this.seq + 1) + (this.finding || this.broken ? 1 : 0);
  }

  /** Takes the next row of the chain.
   *  @param from  the partition it is in
   *  @returns     whether it is the record that `follows`, so that its columns are worth looking at; one that does not
   *               belong there breaks the chain, but for a `foreign` record, which the caller may find a place for */
  take(row: ChainLine, from: string): 'follows' | 'not' | { readonly foreign: Place } {
    if (this.finding) return 'not';
    if (this.broken) {
      this.lookOn(row);
      return 'not';
    }
    if (!this.begun) this.begin(row);
    const { writer } = this.chain;
    const begin = lineStart({ writer, seq: this.seq, prev: this.prev });
    const digest = row.text.startsWith(begin, row.lineFrom) ? hashOf(row.line) : undefined;
    if (digest === undefined) {
      const found = placeIn(row);
      if (found && found.writer !== writer) return { foreign: found };
      this.break(found, from);
      return 'not';
    }
    this.follow(digest, from);
    return this.finding ? 'not' : 'follows';
  }

  /** Notes that another record stands where the next one belongs. */
  break(found: Place | undefined, from: string): void {
    const expected = { writer: this.chain.writer, seq: this.seq, prev: this.prev };
    this.broken = { file: from, expected, found, later: false, again: false };
  }

  /** Goes on behind the next record, of which no more is asked than its hash. */
  follow(hash: string, from: string): void {
    this.accept(this.seq, hash, from);
    if (this.finding) return;
    this.prev = hash;
    if (this.seq % MARKED === 0) this.marks.push({ seq: this.seq, hash, by: 'the database' });
    this.seq++;
    if (!this.differing) this.records++;
  }

  /** Number of the newest good record. */
  get newest(): number {
    return this.seq - 1;
  }

  /** Whether a place is the one behind the newest good record. */
  expects(place: Place): boolean {
    const { seq, prev, chain } = this;
    return !this.finding && !this.broken && isPlace(place, { writer: chain.writer, seq, prev });
  }

  /** Goes on behind records that were archived. */
  pass(stretch: Stretch, from: string): void {
    if (this.finding || this.broken) return;
    if (!this.begun) [this.seq, this.prev, this.begun] = [stretch.first, stretch.prev, true];
    const finding = { writer: this.chain.writer, file: from, seq: this.seq };
    if (stretch.first > this.seq) {
      const says = `the archive of ${from} begins with record ${stretch.first}`;
      this.finding = { ...finding, kind: 'dropped', until: stretch.first - 1, says };
    } else if (stretch.first < this.seq) {
      const says = `record ${stretch.first} is here, and in the archive of ${from}`;
      this.finding = { ...finding, kind: 'inserted', seq: stretch.first, says };
    } else if (stretch.prev !== this.prev) {
      const says = `the archive of ${from} goes on from another record ${this.seq - 1}`;
      this.finding = { ...finding, kind: 'altered', seq: Math.max(1, this.seq - 1), says };
    } else {
      while ((this.chain.vouches[this.at]?.seq ?? Infinity) < stretch.last) this.at++;
      this.accept(stretch.last, stretch.hash, from);
      // The manifest is signed: it vouches for what it names.
      this.vouched = Math.max(this.vouched, stretch.last);
      [this.seq, this.prev] = [stretch.last + 1, stretch.hash];
    }
  }

  /** Notes that a column says something else than the newest record. Whether the row was altered or put in shows later. */
  differs(column: string, from: string): void {
    if (this.differing) return;
    const seq = this.seq - 1;
    const says = `the column ${column} of record ${seq} does not say what the record says`;
    this.differing = { kind: 'altered', writer: this.chain.writer, file: from, seq, says };
    this.records--;
  }
  private differing?: Finding;

  /** Says what is wrong with the chain, when all its rows have gone by. */
  end(): Finding | undefined {
    const { differing } = this;
    if (this.broken) this.finding ??= nameRowFault(this.broken);
    this.finding ??= this.begun && !this.chain.part.last ? this.endFault() : undefined;
    if (differing && !(this.finding?.kind === 'inserted' && this.finding.seq === differing.seq))
      this.finding = differing;
    return this.finding;
  }

  private endFault(): Finding | undefined {
    const { writer, end, vouches } = this.chain;
    const [newest, last] = [vouches.at(-1), this.seq - 1];
    const cut = (until: number, by: string): Finding => ({
      ...{ kind: 'truncated', writer, seq: this.seq, until, says: `${by} vouches for ${until} records` },
    });
    if (!end) return last === 0 ? undefined : { kind: 'inserted', writer, seq: 1, says: 'there is no such chain' };
    if (newest && newest.seq > last) return cut(newest.seq, newest.by);
    if (end.seq > last) return cut(end.seq, "the chain's row");
    if (end.seq < last) {
      const says = `the chain's row says that it ends with record ${end.seq}`;
      return { kind: 'inserted', writer, seq: end.seq + 1, until: last, says };
    }
    if (end.hash === this.prev) return undefined;
    return { kind: 'altered', writer, seq: last, says: `record ${last} was rewritten: the chain's row names another` };
  }

  /** Where only some months are looked at, the first row that is whole says where they begin. */
  private begin(row: ChainLine): void {
    const place = placeIn(row);
    this.begun = true;
    [this.seq, this.prev] = place?.writer === this.chain.writer ? [place.seq, place.prev] : [row.seq, ''];
    const { vouches } = this.chain;
    while ((vouches[this.at]?.seq ?? Infinity) < this.seq - 1) this.at++;
    this.vouched = this.seq - 1;
    if (this.seq > 1) this.accept(this.seq - 1, this.prev, 'the month before');
  }

  private accept(seq: number, hash: string, file: string): void {
    const { vouches, writer } = this.chain;
    while ((vouches[this.at]?.seq ?? Infinity) < seq) this.at++;
    for (; vouches[this.at]?.seq === seq; this.at++) {
      const { by, hash: other } = vouches[this.at]!;
      if (other !== hash) {
        const first = Math.min(this.vouched + 1, seq);
        const range = first === seq ? `record ${seq} was` : `one of the records ${first} to ${seq} was`;
        const says = `${range} rewritten: ${by} names another`;
        this.finding = { kind: 'altered', writer, file, seq: first, until: seq, says };
        return;
      }
      this.vouched = seq;
    }
  }

  private lookOn(row: ChainLine): void {
    const broken = this.broken!;
    if (broken.after || (broken.later && broken.again)) return;
    const place = placeIn(row);
    if (!place) return;
    if (!broken.found) broken.after = place;
    broken.later ||= isPlace(place, broken.expected);
    broken.again ||= place.writer === broken.expected.writer && place.seq === broken.found?.seq;
  }
}

/** One record in so many is marked. */
const MARKED = 256;

/** Where the record of a row says that it stands; undefined when the record does not fit its hash. */
const placeIn = (row: ChainLine): Place | undefined => (hashOf(row.line) === undefined ? undefined : placeOf(row.line));
