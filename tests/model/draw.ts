/** A finite supply of choices. Beyond its end every choice is the first one, so that a shorter or smaller supply makes a
 *  simpler thing: fast-check shrinks what a test found by shrinking the numbers. */
export class Draw {
  private next = 0;

  constructor(private readonly supply: readonly number[]) {}

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return (this.supply[this.next++] ?? 0) % Math.max(count, 1);
  }

  /** True in so many of a hundred cases; false when the supply is used up. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Each of the list with this chance, in its order. */
  some<T>(list: readonly T[], percent: number): T[] {
    return list.filter(() => this.chance(percent));
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  /** Choices that a seed stands for. */
  static seeded(seed: number, count = 4_000): Draw {
    let state = seed >>> 0;
    // The generator Mulberry32.
    const next = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) >>> 0;
    };
    return new Draw(Array.from({ length: count }, next));
  }
}
