import { listBands, type Band, type ClaimRule } from './claim-rule.js';
import { normaliseName, normaliseText } from './normalise-name.js';

/** A claim: about the item's value, or about a band of it. Values are in the form in which they travel: texts, numbers,
 *  booleans. */
export interface Claim {
  readonly value: unknown;
  readonly isBand: boolean;
}

/** True when a record's value confirms the claim. No value confirms nothing.
 *  @param value  the record's, as it would be written into an answer */
export function matchesClaim(value: unknown, claim: Claim, rule: ClaimRule): boolean {
  if (value === null || value === undefined) return false;
  if (claim.isBand)
    return liesIn(
      listBands(rule).find(({ name }) => name === claim.value),
      value,
    );
  if (rule.within > 0) return distance(value, claim.value) <= rule.within;
  const [held, claimed] = [toComparable(value, rule), toComparable(claim.value, rule)];
  return held !== undefined && held === claimed;
}

function liesIn(band: Band | undefined, value: unknown): boolean {
  const number = toNumber(value);
  if (!band || Number.isNaN(number)) return false;
  return band.isBelow ? number < band.limit : number >= band.limit;
}

const distance = (one: unknown, other: unknown): number => Math.abs(toNumber(one) - toNumber(other));
const toNumber = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && DECIMAL.test(value) ? Number(value) : NaN;

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Text by which two values are compared; undefined for what cannot be. */
export function toComparable(value: unknown, { form }: Pick<ClaimRule, 'form'>): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return plainNumber(String(value));
  if (typeof value === 'string') return form === 'NAME' ? normaliseName(value) : plainNumber(normaliseText(value));
  return undefined;
}

/** A decimal in one form: 1.50 and 1.5 are one number. Identifiers keep their zeros, which stand in front. */
const plainNumber = (text: string): string =>
  /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
