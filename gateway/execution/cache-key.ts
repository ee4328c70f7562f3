import { limitKey } from '../operation/limit-fields.js';
import type { Denials } from '../request/denials.js';
import type { PreparedOperation } from '../request/operation.js';
import { nameCharges, type CountedSite, type ReleaseLimits } from '../request/verdict.js';

/** Denials and limits are part of the key: a plan that fetches a denied site, or a projection that writes a value whole,
 *  must never serve a caller who may not have it. */
export function cacheKey(
  operation: PreparedOperation,
  denials: Denials,
  bits: number,
  limits: ReleaseLimits,
  counted: readonly CountedSite[],
  labels: ReadonlySet<string>,
): string {
  let key = bits === 0 ? operation.id : `${operation.id}|${bits}`;
  for (let i = 0; i < denials.length; i++) if (denials[i] !== 0) key += `|${i}:${denials[i]}`;
  for (const { site, charges } of counted) key += `|${site}=${nameCharges(charges)}`;
  for (const label of labels) key += `|%${label}`;
  return key + limitKey(limits);
}
