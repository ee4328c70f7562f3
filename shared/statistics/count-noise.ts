import { COUNT_NOISE_MAX, COUNT_NOISE_VARIANCE } from './parameters.js';

/** Probabilities of the noise of a count, from -10 to 10: the discrete normal distribution of mean 0 that is cut at 10 and
 *  has a variance of 10. */
export const COUNT_NOISE: readonly number[] = distributionOf(COUNT_NOISE_MAX, COUNT_NOISE_VARIANCE);

/** Noise of a count by the inverse of its distribution.
 *  @param uniform  from 0 to below 1
 *  @returns whole number from -10 to 10 */
export function countNoise(uniform: number): number {
  let cumulated = 0;
  for (let at = 0; at < COUNT_NOISE.length; at++) {
    cumulated += COUNT_NOISE[at]!;
    if (uniform < cumulated) return at - COUNT_NOISE_MAX;
  }
  return COUNT_NOISE_MAX;
}

/** The smallest error that is not exceeded with this probability. */
export function countErrorWithin(probability: number): number {
  let within = 0;
  for (let error = 0; error <= COUNT_NOISE_MAX; error++) {
    within += COUNT_NOISE[COUNT_NOISE_MAX + error]! + (error === 0 ? 0 : COUNT_NOISE[COUNT_NOISE_MAX - error]!);
    if (within >= probability) return error;
  }
  return COUNT_NOISE_MAX;
}

function distributionOf(max: number, variance: number): number[] {
  const weighted = (spread: number) => {
    const weights = Array.from({ length: 2 * max + 1 }, (_, at) => Math.exp(-((at - max) ** 2) / (2 * spread)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const varianceOf = (probabilities: readonly number[]) =>
    probabilities.reduce((sum, probability, at) => sum + probability * (at - max) ** 2, 0);
  // Cutting narrows a distribution, so the spread is somewhat more than the variance.
  let [low, high] = [variance, 4 * variance];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (varianceOf(weighted(middle)) < variance) low = middle;
    else high = middle;
  }
  return weighted((low + high) / 2);
}
