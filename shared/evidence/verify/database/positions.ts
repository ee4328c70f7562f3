export type Range = readonly [first: number, last: number];

/** The positions that were seen. They are handed out without a gap, so one that nobody has tells of a record that is gone,
 *  also where its chain was made to look whole. */
export class Positions {
  private readonly ranges: [first: number, last: number][] = [];

  add(position: number): void {
    const newest = this.ranges.at(-1);
    if (newest && position === newest[1] + 1) newest[1] = position;
    else this.ranges.push([position, position]);
  }

  addAll(ranges: readonly Range[]): void {
    for (const [first, last] of ranges) this.ranges.push([first, last]);
  }

  /** Ranges of positions that were seen, in order. */
  list(): readonly Range[] {
    const merged: [number, number][] = [];
    for (const [first, last] of [...this.ranges].sort((a, b) => a[0] - b[0])) {
      const newest = merged.at(-1);
      if (newest && first <= newest[1] + 1) newest[1] = Math.max(newest[1], last);
      else merged.push([first, last]);
    }
    return merged;
  }

  /** Positions from 1 to the newest that nobody has. */
  holes(newest: number): readonly Range[] {
    const holes: Range[] = [];
    let next = 1;
    for (const [first, last] of this.list()) {
      if (first > next) holes.push([next, first - 1]);
      next = last + 1;
    }
    if (next <= newest) holes.push([next, newest]);
    return holes;
  }
}
