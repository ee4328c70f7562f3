import type { Coordinate } from '../../shared/kernel/index.js';
import type { AnsweredItems } from '../request/answer.js';
import { findParents, type Site } from '../request/operation.js';

/** Bits that a pass sets for a site. A site without any was never reached: there is no record above it. */
export const WHOLE = 1;
export const MASKED = 2;
export const FAILED = 4;
/** Refused by its row or its provider; the pass has the code. */
export const REFUSED = 8;

/** Names what became of the items of an operation. Most answers of an operation end alike, and share one list. */
export class ItemOutcomes {
  private readonly parents: Int32Array;
  private seen: Uint8Array | undefined;
  private listed: AnsweredItems | undefined;

  /** @param asked  indices of the sites that take part and are allowed */
  constructor(
    private readonly sites: readonly Site[],
    private readonly asked: readonly number[],
  ) {
    this.parents = findParents(sites);
  }

  /** @param found    bits of each site
   *  @param refused  codes of the sites that have `REFUSED` */
  list(found: Uint8Array, refused: ReadonlyMap<number, string>): AnsweredItems {
    if (refused.size === 0 && this.seen && Buffer.compare(this.seen, found) === 0) return this.listed!;
    const listed = this.name(found, refused);
    if (refused.size === 0) [this.seen, this.listed] = [found, listed];
    return listed;
  }

  private name(found: Uint8Array, refused: ReadonlyMap<number, string>): AnsweredItems {
    const outcomes = found.slice();
    const strongest = new Map<Coordinate, number>();
    for (const index of this.asked) {
      const parent = this.parents[index]!;
      // Nothing was reached below a failure, so what it would have brought is lost with it.
      if (outcomes[index] === 0 && parent >= 0) outcomes[index] = outcomes[parent]! & FAILED;
      const { coordinate } = this.sites[index]!;
      strongest.set(coordinate, (strongest.get(coordinate) ?? 0) | outcomes[index]!);
    }
    const [released, masked, absent, unavailable]: Coordinate[][] = [[], [], [], []];
    for (const [coordinate, bits] of strongest) {
      if (bits & WHOLE) released!.push(coordinate);
      else if (bits & MASKED) masked!.push(coordinate);
      else if (bits & FAILED) unavailable!.push(coordinate);
      else if (!(bits & REFUSED)) absent!.push(coordinate);
    }
    const codes = new Map(
      [...refused].map(([index, code]) => {
        const { coordinate } = this.sites[index]!;
        return [`${coordinate} ${code}`, { coordinate, code }];
      }),
    );
    return {
      released: released!,
      masked: masked!,
      absent: absent!,
      unavailable: unavailable!,
      refused: [...codes.values()],
    };
  }
}
