import { hashOf, isSameChainPosition, lineStart, readChainPosition, type ChainPosition } from '../../record-line.js';
import type { ChainEnd } from '../../store/record-store.js';
import type { Finding } from '../finding.js';
import type { Attestation } from '../attestation.js';
import { nameRowFault, type RowBreak } from './name-row-fault.js';
import type { SequenceRange } from '../../archive/sequence-range.js';

/** A record's line, from the database or from an archive. */
export interface ChainLine {
  /** Holds the line, a character for each byte, up to its end. */
  readonly text: string;
  /** Offset of the line in the text. */
  readonly lineFrom: number;
  /** Its bytes. */
  readonly line: Buffer;
  /** The record's number as its row states it. */
  readonly seq: number;
}
export interface ChainOfRows {
  readonly writer: string;
  /** The end that the chain's own row states; absent for a chain that has no such row. */
  readonly end?: ChainEnd;
  /** Signed heads, in the order of their records. */
  readonly attestations: readonly Attestation[];
  /** The first month that is looked at is not the chain's first, or the last not its last. */
  readonly part: { readonly first: boolean; readonly last: boolean };
  /** First position of the chain, when that is not its first record. */
  readonly from?: { readonly seq: number; readonly prev: string };
}

/** One chain while its rows go by: each fits its hash, follows the one before it, and is the one that is vouched for. */
export class RowChain {
  private seq = 1;
  private prev = '';
  private begun: boolean;
  private rowBreak?: RowBreak;
  private at = 0;
  private attested = 0;
  /** Records that are as they were written, up to the first that is not. */
  records = 0;
  finding?: Finding;
  /** Some of the good records, for a comparison with the chain's files. */
  readonly marks: Attestation[] = [];

  constructor(readonly chain: ChainOfRows) {
    this.begun = !chain.part.first;
    if (chain.from) [this.seq, this.prev, this.attested] = [chain.from.seq, chain.from.prev, chain.from.seq - 1];
  }

  /** Records behind the newest one that a signed head covers. */
  get unsigned(): number {
    return Math.max(0, Math.min(this.records, this.seq - 1 - this.attested));
  }

  /** Records that should be there and are not, as far as that is known. */
  get missing(): number {
    const said = Math.max(this.chain.end?.seq ?? 0, this.chain.attestations.at(-1)?.seq ?? 0);
    return Math.max(0, said - this.seq + 1) + (this.finding || this.rowBreak ? 1 : 0);
  }

  /** Takes the next row of the chain.
   *  @param from  the partition it is in
   *  @returns     whether it is the record that `follows`, so that its columns are worth looking at; one that does not
   *               belong there breaks the chain, but for a `foreign` record, which the caller may find a place for */
  take(row: ChainLine, from: string): 'follows' | 'not' | { readonly foreign: ChainPosition } {
    if (this.finding) return 'not';
    if (this.rowBreak) {
      this.observeBehindBreak(row);
      return 'not';
    }
    if (!this.begun) this.begin(row);
    const { writer } = this.chain;
    const begin = lineStart({ writer, seq: this.seq, prev: this.prev });
    const digest = row.text.startsWith(begin, row.lineFrom) ? hashOf(row.line) : undefined;
    if (digest === undefined) {
      const found = chainPositionOf(row);
      if (found && found.writer !== writer) return { foreign: found };
      this.break(found, from);
      return 'not';
    }
    this.follow(digest, from);
    return this.finding ? 'not' : 'follows';
  }

  /** Notes that another record stands where the next one belongs. */
  break(found: ChainPosition | undefined, from: string): void {
    const expected = { writer: this.chain.writer, seq: this.seq, prev: this.prev };
    this.rowBreak = { file: from, expected, found, later: false, again: false };
  }

  /** Goes on behind the next record, of which no more is asked than its hash. */
  follow(hash: string, from: string): void {
    this.accept(this.seq, hash, from);
    if (this.finding) return;
    this.prev = hash;
    if (this.seq % MARKED === 0) this.marks.push({ seq: this.seq, hash, source: 'the database' });
    this.seq++;
    if (!this.differing) this.records++;
  }

  /** Number of the newest good record. */
  get newest(): number {
    return this.seq - 1;
  }

  /** True for the position behind the newest good record. */
  expects(chainPosition: ChainPosition): boolean {
    const { seq, prev, chain } = this;
    return !this.finding && !this.rowBreak && isSameChainPosition(chainPosition, { writer: chain.writer, seq, prev });
  }

  /** Goes on behind records that were archived. */
  pass(range: SequenceRange, from: string): void {
    if (this.finding || this.rowBreak) return;
    if (!this.begun) [this.seq, this.prev, this.begun] = [range.first, range.prev, true];
    const finding = { writer: this.chain.writer, file: from, seq: this.seq };
    if (range.first > this.seq) {
      const message = `the archive of ${from} begins with record ${range.first}`;
      this.finding = { ...finding, kind: 'dropped', until: range.first - 1, message };
    } else if (range.first < this.seq) {
      const message = `record ${range.first} is here, and in the archive of ${from}`;
      this.finding = { ...finding, kind: 'inserted', seq: range.first, message };
    } else if (range.prev !== this.prev) {
      const message = `the archive of ${from} goes on from another record ${this.seq - 1}`;
      this.finding = { ...finding, kind: 'altered', seq: Math.max(1, this.seq - 1), message };
    } else {
      while ((this.chain.attestations[this.at]?.seq ?? Infinity) < range.last) this.at++;
      this.accept(range.last, range.hash, from);
      // The manifest is signed: it vouches for what it names.
      this.attested = Math.max(this.attested, range.last);
      [this.seq, this.prev] = [range.last + 1, range.hash];
    }
  }

  /** Notes that a column says something else than the newest record. Whether the row was altered or put in shows later. */
  differs(column: string, from: string): void {
    if (this.differing) return;
    const seq = this.seq - 1;
    const message = `the column ${column} of record ${seq} does not say what the record says`;
    this.differing = { kind: 'altered', writer: this.chain.writer, file: from, seq, message };
    this.records--;
  }
  private differing?: Finding;

  /** Says what is wrong with the chain, when all its rows have gone by. */
  end(): Finding | undefined {
    const { differing } = this;
    if (this.rowBreak) this.finding ??= nameRowFault(this.rowBreak);
    this.finding ??= this.begun && !this.chain.part.last ? this.endFault() : undefined;
    if (differing && !(this.finding?.kind === 'inserted' && this.finding.seq === differing.seq))
      this.finding = differing;
    return this.finding;
  }

  private endFault(): Finding | undefined {
    const { writer, end, attestations } = this.chain;
    const [newest, last] = [attestations.at(-1), this.seq - 1];
    const cut = (until: number, source: string): Finding => ({
      kind: 'truncated',
      writer,
      seq: this.seq,
      until,
      message: `${source} vouches for ${until} records`,
    });
    if (!end) return last === 0 ? undefined : { kind: 'inserted', writer, seq: 1, message: 'there is no such chain' };
    if (newest && newest.seq > last) return cut(newest.seq, newest.source);
    if (end.seq > last) return cut(end.seq, "the chain's row");
    if (end.seq < last) {
      const message = `the chain's row says that it ends with record ${end.seq}`;
      return { kind: 'inserted', writer, seq: end.seq + 1, until: last, message };
    }
    if (end.hash === this.prev) return undefined;
    return {
      kind: 'altered',
      writer,
      seq: last,
      message: `record ${last} was rewritten: the chain's row names another`,
    };
  }

  /** Begins at the first whole row, since only some months are looked at. */
  private begin(row: ChainLine): void {
    const chainPosition = chainPositionOf(row);
    this.begun = true;
    [this.seq, this.prev] =
      chainPosition?.writer === this.chain.writer ? [chainPosition.seq, chainPosition.prev] : [row.seq, ''];
    const { attestations } = this.chain;
    while ((attestations[this.at]?.seq ?? Infinity) < this.seq - 1) this.at++;
    this.attested = this.seq - 1;
    if (this.seq > 1) this.accept(this.seq - 1, this.prev, 'the month before');
  }

  private accept(seq: number, hash: string, file: string): void {
    const { attestations, writer } = this.chain;
    while ((attestations[this.at]?.seq ?? Infinity) < seq) this.at++;
    for (; attestations[this.at]?.seq === seq; this.at++) {
      const { source, hash: other } = attestations[this.at]!;
      if (other !== hash) {
        const first = Math.min(this.attested + 1, seq);
        const range = first === seq ? `record ${seq} was` : `one of the records ${first} to ${seq} was`;
        const message = `${range} rewritten: ${source} names another`;
        this.finding = { kind: 'altered', writer, file, seq: first, until: seq, message };
        return;
      }
      this.attested = seq;
    }
  }

  private observeBehindBreak(row: ChainLine): void {
    const rowBreak = this.rowBreak!;
    if (rowBreak.after || (rowBreak.later && rowBreak.again)) return;
    const chainPosition = chainPositionOf(row);
    if (!chainPosition) return;
    if (!rowBreak.found) rowBreak.after = chainPosition;
    rowBreak.later ||= isSameChainPosition(chainPosition, rowBreak.expected);
    rowBreak.again ||= chainPosition.writer === rowBreak.expected.writer && chainPosition.seq === rowBreak.found?.seq;
  }
}

/** One record in so many is marked. */
const MARKED = 256;

/** Position stated by the record of a row; undefined when the record does not fit its hash. */
const chainPositionOf = (row: ChainLine): ChainPosition | undefined =>
  hashOf(row.line) === undefined ? undefined : readChainPosition(row.line);
