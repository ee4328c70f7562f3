import { endOfYearFrom } from '../../../../shared/law/calendar/local-date.js';
import type { FormValues } from './form-values.js';
import type { ReviewPlan } from './plan-reviews.rule.js';
import type { Terms } from './terms.rule.js';

/** The terms that a complete form asks of one provider, for a year where it names no end.
 *  @param masks  masks that a renewed grant has
 *  @param now    ms since the epoch */
export function toTerms(
  { mode, rows, from, until, quotaPerDay, verificationDetails = [] }: FormValues,
  { coordinates }: ReviewPlan,
  masks: Terms['masks'],
  now: number,
  timeZone: string,
): Terms {
  const begins = from === undefined ? undefined : Date.parse(from);
  const wanted: readonly string[] = coordinates;
  return {
    mode: mode!,
    coordinates,
    ...(rows && { rows }),
    ...(begins !== undefined && { from: begins }),
    ...(until === undefined
      ? { until: endOfYearFrom(begins ?? now, timeZone), lasts: 'YEAR' as const }
      : { until: Date.parse(until) }),
    ...(quotaPerDay !== undefined && { quotaPerDay }),
    ...(verificationDetails.length > 0 && { verificationDetails: [...new Set(verificationDetails)] }),
    masks: Object.fromEntries(Object.entries(masks).filter(([at]) => wanted.includes(at))),
    conditions: [],
  };
}
