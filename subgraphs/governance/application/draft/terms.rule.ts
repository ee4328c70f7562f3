import type { Coordinate, GrantMode, Mask, Text, VerificationDetail } from '../../../../shared/kernel/index.js';
import { endOfYearFrom } from '../../../../shared/law/calendar/local-date.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The terms of sharing: those that are asked for, and after each decision those that are left. */
export interface Terms {
  readonly mode: GrantMode;
  readonly coordinates: readonly Coordinate[];
  /** Division code prefixes; absent means every row. */
  readonly rows?: readonly string[] | undefined;
  /** Instants, ms since the epoch; without `from` it begins with the decision. */
  readonly from?: number | undefined;
  readonly until: number;
  /** No end was asked for: it lasts a year from the decision, and `until` is what that would be from the submission. */
  readonly lasts?: 'YEAR' | undefined;
  readonly quotaPerDay?: number | undefined;
  /** Answers of verification beyond one outcome for all claims together; never empty. */
  readonly verificationDetails?: readonly VerificationDetail[] | undefined;
  readonly masks: Readonly<Record<Coordinate, Mask>>;
  /** Conditions that decisions add, in words. */
  readonly conditions: readonly string[];
}
/** Changes that a decision makes to the terms; it can only make them narrower. */
export type Narrowing = { readonly [Name in keyof Terms]?: Terms[Name] | undefined };

/** Narrows terms by a decision.
 *  @returns the terms that are left, or in `wider` everything in which the decision would give more than was asked for
 *  @source HZ-8.5c, QZ-2.2d, CZ-11e, YN-16j (the limits of the answer are the limits of the grant) */
export function narrowTerms(
  terms: Terms,
  by: Narrowing,
): { readonly terms: Terms } | { readonly wider: readonly Text[] } {
  const wider: Text[] = [];
  if (by.mode !== undefined && by.mode !== terms.mode)
    wider.push(say('terms.otherMode', { asked: wordOf('mode', terms.mode), given: wordOf('mode', by.mode) }));
  for (const at of by.coordinates ?? [])
    if (!terms.coordinates.includes(at)) wider.push(say('terms.notAsked', { item: at }));
  if (by.coordinates?.length === 0 && terms.coordinates.length > 0) wider.push(say('terms.noItem'));
  for (const row of by.rows ?? [])
    if (terms.rows && !terms.rows.some((asked) => row.startsWith(asked)))
      wider.push(say('terms.rowsNotAsked', { rows: row }));
  if (by.rows?.length === 0) wider.push(say('terms.noRow'));
  if (by.until !== undefined && by.until > terms.until) wider.push(say('terms.shorter'));
  if (by.from !== undefined && terms.from !== undefined && by.from < terms.from) wider.push(say('terms.later'));
  if ((by.until ?? terms.until) <= (by.from ?? terms.from ?? -Infinity)) wider.push(say('terms.endsFirst'));
  if (by.quotaPerDay !== undefined && (by.quotaPerDay < 1 || by.quotaPerDay > (terms.quotaPerDay ?? Infinity)))
    wider.push(say('terms.quota', { most: terms.quotaPerDay ?? say('terms.anyNumber') }));
  for (const detail of by.verificationDetails ?? [])
    if (!terms.verificationDetails?.includes(detail))
      wider.push(say('terms.detailNotAsked', { detail: wordOf('verificationDetail', detail) }));
  const coordinates = by.coordinates
    ? terms.coordinates.filter((at) => by.coordinates!.includes(at))
    : terms.coordinates;
  for (const at of Object.keys(by.masks ?? {}))
    if (!coordinates.includes(at as Coordinate)) wider.push(say('terms.masked', { item: at }));
  if (wider.length > 0) return { wider };
  // A key without a value would be stored as null.
  const [rows, from] = [by.rows ?? terms.rows, by.from ?? terms.from];
  const details = terms.verificationDetails?.filter((one) => by.verificationDetails?.includes(one) ?? true) ?? [];
  const quotas = [terms.quotaPerDay, by.quotaPerDay].filter((quota) => quota !== undefined);
  return {
    terms: {
      mode: terms.mode,
      coordinates,
      ...(rows && { rows }),
      ...(from != null && { from }),
      until: by.until ?? terms.until,
      ...(by.until === undefined && terms.lasts && { lasts: terms.lasts }),
      ...(quotas.length > 0 && { quotaPerDay: Math.min(...quotas) }),
      ...(details.length > 0 && { verificationDetails: details }),
      masks: pickMasks({ ...by.masks, ...keepMasks(terms.masks, by.masks) }, coordinates),
      conditions: [...terms.conditions, ...(by.conditions ?? [])],
    },
  };
}

/** Settles the end of terms for which none was asked: the end of the day a year after they begin, in the jurisdiction's zone.
 *  @param now  instant of the decision, ms since the epoch */
export function settlePeriod({ lasts, ...terms }: Terms, now: number, timeZone: string): Terms {
  return lasts ? { ...terms, until: endOfYearFrom(Math.max(terms.from ?? now, now), timeZone) } : terms;
}

type Masks = Terms['masks'];
const entries = (masks: Masks = {}) => Object.entries(masks) as [Coordinate, Mask][];
/** Masks of earlier decisions that the later one does not make stricter: one de-identified form is never exchanged for
 *  another. */
const keepMasks = (masks: Masks, by?: Masks): Masks =>
  Object.fromEntries(entries(masks).filter(([at]) => by?.[at] !== 'HIDDEN'));
const pickMasks = (masks: Masks, coordinates: readonly Coordinate[]): Masks =>
  Object.fromEntries(entries(masks).filter(([at]) => coordinates.includes(at)));

/** Reports whether less is given than was asked for. */
export const reducesTerms = (asked: Terms, given: Terms): boolean =>
  given.coordinates.length < asked.coordinates.length ||
  (given.rows != null && JSON.stringify(given.rows) !== JSON.stringify(asked.rows)) ||
  given.until < asked.until ||
  (given.from ?? -Infinity) > (asked.from ?? -Infinity) ||
  (given.quotaPerDay ?? Infinity) < (asked.quotaPerDay ?? Infinity) ||
  (given.verificationDetails?.length ?? 0) < (asked.verificationDetails?.length ?? 0) ||
  Object.keys(given.masks).length > Object.keys(asked.masks).length;
