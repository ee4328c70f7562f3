/** Two-sided p value of the Mann-Whitney test, by its normal approximation; fit for more than twenty samples. */
export function compareSamples(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))];
  all.sort((a, b) => a.value - b.value);
  const ranks = all.reduce((sum, { first }, i) => sum + (first ? i + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * (1 - normal(Math.abs(z)));
}

/** @source Abramowitz and Stegun 7.1.26 */
function normal(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - (tail * Math.exp(-x * x)) / 2;
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Times two kinds of calls in turn, each beginning as often as the other, so that what the one leaves behind does not help
 *  the other.
 *  @param samples  of each
 *  @returns milliseconds */
export async function timeInTurn(
  samples: number,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<{ readonly one: readonly number[]; readonly other: readonly number[] }> {
  const time = async (call: () => Promise<unknown>) => {
    const begun = performance.now();
    await call();
    return performance.now() - begun;
  };
  for (let i = 0; i < 25; i++) for (const call of [one, other]) await time(call);
  const times: { one: number[]; other: number[] } = { one: [], other: [] };
  for (let i = 0; i < samples; i++)
    for (const which of i % 2 ? (['one', 'other'] as const) : (['other', 'one'] as const))
      times[which].push(await time(which === 'one' ? one : other));
  return times;
}
