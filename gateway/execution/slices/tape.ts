import { sizeOf, type RecordLayout } from './layout.js';

/** Cells at first; it grows by doubling. */
const FIRST_CELLS = 1_024;
/** Cells that are kept for another operation: of so many tapes, and of none that has grown larger. */
const KEPT_TAPES = 64;
const KEPT_CELLS = 32 * 1_024;
const kept: Int32Array[] = [];

/** The answers of one operation's fetches as the subgraphs sent them, with the places of all values in them. Record 0 is none;
 *  record `ROOT` is the root of the data, and brings nothing by itself. */
export class Tape {
  cells = kept.pop() ?? new Int32Array(FIRST_CELLS);
  /** Bytes of each fetch of the plan, by number. */
  readonly bodies: Buffer[] = [];
  private size = ROOT;

  constructor(root: RecordLayout) {
    this.reserve(sizeOf(root));
  }

  /** A new record, in which every cell is 0. */
  reserve(size: number): number {
    const record = this.size;
    this.size += size;
    if (this.size > this.cells.length) this.grow();
    return record;
  }

  /** Lets the cells go. Nothing may read or write the tape any more. */
  release(): void {
    const { cells } = this;
    if (kept.length >= KEPT_TAPES || cells.length > KEPT_CELLS) return;
    cells.fill(0, 0, this.size);
    this.cells = RELEASED;
    kept.push(cells);
  }

  private grow(): void {
    const larger = new Int32Array(Math.max(this.cells.length * 2, this.size));
    larger.set(this.cells);
    this.cells = larger;
  }
}

export const ROOT = 1;
const RELEASED = new Int32Array(0);
