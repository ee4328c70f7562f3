/** Numbers from 0 to below 1, the same in every run: an attack that succeeds once in twenty must not fail a build by chance. */
export const random = seeded(20260801);

/** @source Mulberry32, Tommy Ettinger */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 64 bits of a text: fast, and as good as any where nobody attacks the hash itself. */
export function hash64(text: string): bigint {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  for (let round = 0; round < 2; round++) {
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  }
  return (BigInt(other >>> 0) << 32n) | BigInt(one >>> 0);
}
