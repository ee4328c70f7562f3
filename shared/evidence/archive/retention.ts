import { HubError } from '../../kernel/index.js';
import { monthAfter } from './month.js';

/** Retention periods of evidence. */
export interface Retention {
  /** Whole years from the time of a record; absent where it is never deleted. */
  readonly years?: number;
  /** The clauses, or the setting, that say so. */
  readonly basis: readonly string[];
}
/** Period required by the law in force; absent where its text says nothing. */
export interface RetentionLaw {
  readonly value: { readonly atLeastYears: number } | 'NO_DELETION';
  readonly clauses: readonly string[];
}
/** Setting of the operator: the law alone counts, a number of years, or nothing is deleted. */
export type RetentionSetting = 'profile' | 'long-term' | number;

/** The longer of what the law asks and what the operator has set. Where neither gives a period, nothing is deleted.
 *  @source QZ-8.4e, YN-40b */
export function retentionOf(setting: RetentionSetting, law: RetentionLaw | undefined): Retention {
  if (law?.value === 'NO_DELETION') return { basis: law.clauses };
  if (setting === 'long-term') return { basis: ['EVIDENCE_RETENTION=long-term'] };
  if (setting !== 'profile') {
    const basis = [...(law?.clauses ?? []), `EVIDENCE_RETENTION=${setting}`];
    return { years: Math.max(setting, law?.value.atLeastYears ?? 0), basis };
  }
  if (!law) return { basis: ['EVIDENCE_RETENTION=profile, and the profile gives no period'] };
  return { years: Math.max(LEAST, law.value.atLeastYears), basis: law.clauses };
}
/** Years, whatever a profile of one's own says. @source QZ-8.4e */
const LEAST = 3;

/** @param month  YYYY-MM
 *  @param today  local date, YYYY-MM-DD
 *  @throws HubError EVIDENCE_RETAINED when a record of the month must still be kept */
export function assertExpired(month: string, { years, basis }: Retention, today: string): void {
  const details = { month, basis };
  if (years === undefined)
    throw new HubError('EVIDENCE_RETAINED', `Evidence is never deleted here (${basis.join(', ')}).`, details);
  const next = monthAfter(month);
  const until = `${Number(next.slice(0, 4)) + years}${next.slice(4)}-01`;
  if (today < until) {
    const message = `Evidence of ${month} is kept until ${until}, ${years} years (${basis.join(', ')}).`;
    throw new HubError('EVIDENCE_RETAINED', message, { ...details, until });
  }
}
