import { createHmac, type KeyObject } from 'node:crypto';
import { toComparable } from './matches-claim.js';

/** How the values of two departments' items are compared. */
export type ComparisonForm = 'EXACT' | 'NAME' | 'DATE' | 'NUMBER';
export interface ComparisonRule {
  readonly form: ComparisonForm;
  /** Numbers that differ by at most this agree; those that differ by a twentieth more do not. */
  readonly within: number;
}

/** Steps of a number's scale on either side within which two numbers agree. */
const STEPS = 20;

/** Digests of a value under the key of one batch: the first stands for it, and those of a number's neighbours follow. Two values
 *  agree where the first digest of one is among those of the other.
 *  @param item  the same for both sides
 *  @returns     undefined for no value, and for one that cannot be compared */
export function digestsOf(
  value: unknown,
  { form, within }: ComparisonRule,
  item: string,
  key: KeyObject,
): readonly string[] | undefined {
  const digest = (text: string) => createHmac('sha256', key).update(`${item}\0${text}`).digest('base64url');
  if (value === null || value === undefined) return undefined;
  if (form === 'NUMBER') {
    const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
    if (!Number.isFinite(number)) return undefined;
    if (within === 0) return [digest(String(number))];
    const steps = Number.isInteger(within) && within <= STEPS ? within : STEPS;
    const place = Math.round((number * steps) / within);
    const around = Array.from({ length: 2 * steps }, (_, n) => (n < steps ? n - steps : n - steps + 1));
    return [place, ...around.map((step) => place + step)].map((each) => digest(String(each)));
  }
  const text = toComparable(value, { form: form === 'NAME' ? 'NAME' : 'EXACT' });
  return text === undefined || text === '' ? undefined : [digest(form === 'DATE' ? text.slice(0, 10) : text)];
}
