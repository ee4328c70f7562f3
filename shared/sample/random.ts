/** Repeatable numbers for generated data: the same salt and index always give the same number, in any order of asking. */
export function pick(salt: number, index: number, below: number): number {
  let hash = Math.imul(index ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x27d4eb2f);
  return ((hash ^ (hash >>> 15)) >>> 0) % below;
}

/** One of a list, by salt and index. */
export const oneOf = <T>(list: readonly T[], salt: number, index: number): T => list[pick(salt, index, list.length)]!;
