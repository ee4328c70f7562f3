import { createHmac, type KeyObject } from 'node:crypto';

/** A number that is the same whenever the same is counted, and that nobody without the secret can foretell.
 *  @param secret  of the statistics of one subgraph
 *  @param what    resource and measure: two measures of the same persons have unrelated noise
 *  @param key     of the persons and values counted
 *  @param size    persons
 *  @returns from 0 to below 1 */
export function keyedUniform(secret: KeyObject, what: string, key: bigint, size: number): number {
  const digest = createHmac('sha256', secret)
    .update(`${what}\0${key.toString(16)}\0${size}`)
    .digest();
  return (digest.readUIntBE(0, 6) * 32 + (digest[6]! >> 3)) / 2 ** 53;
}
