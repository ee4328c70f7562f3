import { QUALITY_DIMENSIONS } from '../../../../shared/share/quality/quality-rule.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { isOwner, LEAST_SHOWN } from '../visible-quality.js';
import type { QualityRate } from './resource-quality.entity.js';
import { roundDown, type Rates } from './score.rule.js';

interface Rated {
  readonly provider: string;
  readonly rowCount?: number | null;
  readonly rate?: number | null;
  readonly rates: Rates;
}

/** The rate that a caller may see: exact for the owner; for others whole percent, and none of few records. */
export function visibleRate(of: Rated, fetch: FetchContext): number | null {
  if (of.rate == null || isOwner(of, fetch)) return of.rate ?? null;
  return (of.rowCount ?? 0) < LEAST_SHOWN ? null : roundDown(of.rate);
}

export function visibleRates(of: Rated, fetch: FetchContext): QualityRate[] {
  const isOwn = isOwner(of, fetch);
  if (!isOwn && (of.rowCount ?? 0) < LEAST_SHOWN) return [];
  return QUALITY_DIMENSIONS.flatMap((dimension) => {
    const rate = of.rates[dimension];
    return rate === undefined ? [] : [{ dimension, rate: isOwn ? rate : roundDown(rate) }];
  });
}

/** Number of records, for the owner and, where they are many, for those who oversee. */
export const visibleRows = (of: Rated, fetch: FetchContext, oversees: boolean): number | null =>
  isOwner(of, fetch) || (oversees && (of.rowCount ?? 0) >= LEAST_SHOWN) ? (of.rowCount ?? null) : null;
