import type { ReviewProcess } from '../review-process.js';
import type { CitedBasis } from '../review-state.rule.js';
import { isBlank, reject, type Rejected } from './review-command.rule.js';

/** Checks that a refusal gives its reason, and rests on a provision where the law asks for one.
 *  @returns undefined when it does
 *  @source HZ-8.5g, CZ-11f, JL-24c, YN-13c, YN-16k, YN-17d */
export function checkRefusalGrounds(
  { refusal }: ReviewProcess,
  { reason, bases = [] }: { readonly reason: string; readonly bases?: readonly CitedBasis[] | undefined },
): Rejected | undefined {
  if (isBlank(reason)) return reject('REASON_MISSING', 'Say in `reason` why it is refused.', refusal.reasons);
  const { bases: required } = refusal;
  if (!required) return undefined;
  if (bases.some(({ kind, provision }) => required.anyOf.includes(kind) && !isBlank(provision))) return undefined;
  const message = `Cite in \`bases\` a provision of one of these: ${required.anyOf.join(', ')}.`;
  return reject('BASIS_MISSING', message, required.clauses);
}
