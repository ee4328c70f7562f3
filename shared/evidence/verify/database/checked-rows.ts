import type { Manifest } from '../../archive/manifest.js';
import { hashOf, type StoredRecord } from '../../record-line.js';
import type { Finding } from '../finding.js';
import type { Attestation } from '../attestation.js';
import { CopiedRow } from './copied-row.js';
import type { CountedDays } from './counted-days.js';
import type { KnownSets } from './known-sets.js';
import { RecordLineScanner } from './record-line-scanner.js';
import { NO_CHAIN } from './months.js';
import { Positions } from './positions.js';
import type { StoredChain } from './read-chains.js';
import { matchesScannedLine, findDifferingColumn } from './row-against-line.js';
import { RowChain, type ChainOfRows } from './row-chain.js';

/** Rows of all chains, as they go by in the order of their positions. */
export class CheckedRows {
  private readonly chains = new Map<string, RowChain>();
  private readonly positions = new Positions();
  private readonly members = new RecordLineScanner();
  private row = new CopiedRow();
  private readonly part: ChainOfRows['part'];
  readonly sets: KnownSets;
  private readonly days: CountedDays | undefined;
  /** Rows that went by. */
  records = 0;

  /** @param of  `days`, where the records are counted too */
  constructor(of: {
    chains: readonly StoredChain[];
    part: ChainOfRows['part'];
    sets: KnownSets;
    days?: CountedDays | undefined;
  }) {
    this.days = of.days;
    this.part = of.part;
    this.sets = of.sets;
    for (const { writer, end, attestations } of of.chains)
      this.chains.set(writer, new RowChain({ writer, end, attestations, part: of.part }));
  }

  /** Takes what has come of a partition's rows; those of one before have come whole.
   *  @param from  the partition */
  take(chunk: Buffer, from: string): void {
    if (from !== this.from) [this.row, this.from] = [new CopiedRow(), from];
    this.row.feed(chunk);
    while (this.row.advance()) this.check(from);
  }
  private from = '';

  /** Takes the records of a month that a signed manifest stands for. */
  pass({ chains, positions, month }: Manifest): void {
    this.positions.addAll(positions);
    for (const range of chains) this.chainOf(range.writer).pass(range, month);
  }

  /** Records that are as they were written, each chain's up to its first that is not. */
  get good(): number {
    return [...this.chains.values()].reduce((sum, { records }) => sum + records, 0);
  }

  /** Some of the good records of a chain. */
  marksOf(writer: string): readonly Attestation[] {
    return this.chainOf(writer).marks;
  }

  get unsigned(): number {
    return [...this.chains.values()].reduce((sum, { unsigned }) => sum + unsigned, 0);
  }

  /** Says what is wrong, when all rows have gone by.
   *  @param newest  the newest position that was handed out; absent when only some months were looked at */
  end(newest: number | undefined): Finding[] {
    const findings = [...this.chains.values()].map((chain) => chain.end()).filter((finding) => finding !== undefined);
    const holes = newest === undefined ? [] : this.positions.holes(newest);
    const gone = holes.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const explained = [...this.chains.values()].reduce((sum, { missing }) => sum + missing, 0);
    if (gone > explained) {
      const [first, last] = holes[0]!;
      const which = first === last ? `position ${first}` : `positions ${first} to ${last}`;
      const message = `the record at ${which} is gone, and its chain was made to look whole`;
      findings.push({ kind: 'truncated', writer: NO_CHAIN, file: 'evidence.ledger', seq: 0, message });
    }
    return findings;
  }

  private check(from: string): void {
    const { row } = this;
    this.records++;
    this.positions.add(row.big('position'));
    const chain = this.chainOf(row.latin1('writer')!);
    const taken = chain.take(row, from);
    if (taken === 'not') return;
    if (taken === 'follows') {
      const column = this.difference(chain.newest);
      if (column !== undefined) chain.differs(column, from);
      return;
    }
    // The record is another chain's: either its column was altered, or it was put in here.
    const own = this.chains.get(taken.foreign.writer);
    if (own?.expects(taken.foreign)) {
      own.follow(hashOf(row.line)!, from);
      own.differs('writer', from);
    } else chain.break(taken.foreign, from);
  }

  /** The first column that does not say what its record says. */
  private difference(seq: number): string | undefined {
    const { row, members } = this;
    const items = row.int('items');
    const scanned = members.scan(row.text, row.lineFrom);
    const simple = scanned && row.seq === seq && matchesScannedLine(row, members);
    if (simple && this.sets.fits(members, items)) {
      this.days?.addScanned(row, members, items!);
      return undefined;
    }
    const record = JSON.parse(row.line.toString()) as StoredRecord;
    const column = simple ? undefined : findDifferingColumn(row, record);
    if (column !== undefined) return column;
    if (record.kind === 'access') this.days?.add(record, items ?? 0);
    const fits =
      record.kind === 'access'
        ? this.sets.fitsRecord(record, { items, position: row.big('position'), ...(scanned && { members }) })
        : items === undefined;
    return fits ? undefined : 'items';
  }

  private chainOf(writer: string): RowChain {
    let chain = this.chains.get(writer);
    if (!chain) this.chains.set(writer, (chain = new RowChain({ writer, attestations: [], part: this.part })));
    return chain;
  }
}
