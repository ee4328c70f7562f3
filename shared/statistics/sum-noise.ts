import { SUM_NOISE_MAX } from './parameters.js';

/** Noise of a sum, in bounds of its measure, by the inverse of the normal distribution of standard deviation 1 that is cut
 *  at 3.
 *  @param uniform  from 0 to below 1
 *  @returns from -3 to 3 */
export const sumNoise = (uniform: number): number =>
  Math.max(-SUM_NOISE_MAX, Math.min(SUM_NOISE_MAX, inverseNormal(TAIL + uniform * (1 - 2 * TAIL))));

/** The error that is not exceeded with this probability, in bounds of the measure. */
export const sumErrorWithin = (probability: number): number => inverseNormal(0.5 + (probability / 2) * (1 - 2 * TAIL));

/** Coefficients of a rational approximation of relative error below 1.2e-9. @source Peter J. Acklam, 2003 */
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
const EDGE = 0.02425;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

function inverseNormal(probability: number): number {
  if (probability > 0.5) return -inverseNormal(1 - probability);
  if (probability < EDGE) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return polynomial(C, q) / polynomial([...D, 1], q);
  }
  const q = probability - 0.5;
  return (polynomial(A, q * q) * q) / polynomial([...B, 1], q * q);
}

/** Probability below -3. */
const TAIL = 0.0013498980316300933;
