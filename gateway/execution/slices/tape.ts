import { sizeOf, type RecordLayout } from './layout.js';

/** Cells at first; it grows by doubling. */
const FIRST_CELLS = 4096;

/** The answers of one operation's fetches as the subgraphs sent them, with the places of all values in them. Record 0 is none;
 *  record `ROOT` is the root of the data, and brings nothing by itself. */
export class Tape {
  cells = new Int32Array(FIRST_CELLS);
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

  private grow(): void {
    const larger = new Int32Array(Math.max(this.cells.length * 2, this.size));
    larger.set(this.cells);
    this.cells = larger;
  }
}

export const ROOT = 1;
