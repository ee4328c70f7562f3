import type { Profile } from '../../../shared/law/profile/profile.js';

/** How a resource is on the platform. */
export type Mode = 'HOSTED' | 'INTERFACE' | 'ABSENT';

/** Finds the clauses by which a resource ought to be on the platform otherwise than it is.
 *  @returns undefined where it is as the law wants, or where the law wants nothing
 *  @source QZ-2.3a, QZ-2.3b, JL-19a, JL-19b, HZ-7.2a, HZ-7.2d, CZ-9.1b */
export function findAggregationGap(
  mode: Mode,
  isExempt: boolean,
  { aggregation }: Profile,
): readonly string[] | undefined {
  const hosting = aggregation?.hosting;
  if (!hosting || mode === 'HOSTED') return undefined;
  const isEnough = hosting.value.some((way) => way === 'CONNECTED' || way === 'DISPERSED');
  if (mode === 'INTERFACE' && isEnough) return undefined;
  const mayBeInterface =
    aggregation.exception?.value.includes('INTERFACE') && !aggregation.exception.value.includes('LEGAL_EVIDENCE');
  if (mode === 'INTERFACE' && (mayBeInterface || isExempt)) return undefined;
  if (isExempt && !aggregation.exception?.value.includes('INTERFACE')) return undefined;
  return mode === 'ABSENT' && isExempt ? (aggregation.exception?.clauses ?? []) : hosting.clauses;
}
