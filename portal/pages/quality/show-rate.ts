/** A rate as percent, rounded down: 100% is said only of what is all right.
 *  @returns undefined where there is none */
export const showRate = (rate: number | null | undefined): string | undefined =>
  rate == null ? undefined : `${(Math.floor(rate * 10_000) / 100).toFixed(2).replace(/\.?0+$/, '')}%`;
