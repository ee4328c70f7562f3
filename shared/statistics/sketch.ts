/** A sketch of a set of persons: sixteen slots of four bits in 64. A person is in the slot that the lowest four bits of their
 *  record key name, with the next four bits of it, and a set is the XOR of its persons. So each person who is in one of two
 *  sets changes one slot at most, and sketches of parts make up that of the whole. */
const SLOTS = 16;
const BITS = 4n;

/** At least so many persons are in one of two sets and not in the other. */
export function changesBetween(one: bigint, other: bigint): number {
  let changed = 0;
  for (let rest = one ^ other; rest !== 0n; rest >>= BITS) if ((rest & 15n) !== 0n) changed++;
  return changed;
}

/** Sketch of one person, as databases make it too. */
export const sketchOf = (key: bigint): bigint => ((key >> BITS) & 15n) << ((key & BigInt(SLOTS - 1)) * BITS);

/** Sketches as text of sixteen digits. */
export const sketchText = (sketch: bigint): string => sketch.toString(16).padStart(SLOTS, '0');
export const readSketch = (text: string): bigint => BigInt(`0x${text}`);
