import type { ReviewProcess } from '../review-process.js';
import type { CitedBasis } from '../review-state.rule.js';
import { isBlank, reject, type Rejected } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { joinTexts } from '../../../../../shared/kernel/index.js';

/** Checks that a refusal gives its reason, and rests on a provision where the law asks for one.
 *  @returns undefined when it does
 *  @source HZ-8.5g, CZ-11f, JL-24c, YN-13c, YN-16k, YN-17d */
export function checkRefusalGrounds(
  { refusal }: ReviewProcess,
  { reason, bases = [] }: { readonly reason: string; readonly bases?: readonly CitedBasis[] | undefined },
): Rejected | undefined {
  if (isBlank(reason)) return reject('REASON_MISSING', say('refuse.reason'), refusal.reasons);
  const { bases: required } = refusal;
  if (!required) return undefined;
  if (bases.some(({ kind, provision }) => required.anyOf.includes(kind) && !isBlank(provision))) return undefined;
  const message = say('refuse.bases', { kinds: joinTexts(required.anyOf, ',') });
  return reject('BASIS_MISSING', message, required.clauses);
}
