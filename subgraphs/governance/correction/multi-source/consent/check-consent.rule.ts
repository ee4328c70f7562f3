import type { CheckProblem } from '../check/pairing.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Longest time for which an owner consents, days. */
const LONGEST_DAYS = 1_830;
const DAY_MS = 86_400_000;

/** Checks the end of a consent, ms since the epoch. */
export function checkUntil(until: number, now: number): CheckProblem | undefined {
  if (until <= now) return { code: 'PERIOD_WRONG', message: say('consent.over') };
  return until - now > LONGEST_DAYS * DAY_MS ? { code: 'PERIOD_WRONG', message: say('consent.long') } : undefined;
}

/** A consent as its decision finds it, with everybody who had another part in the check. */
export interface ConsentCase {
  readonly id: string;
  readonly state: string;
  readonly until: Date;
  readonly proposedBy: string;
  /** Who defined the check, and who acted for the other owner. */
  readonly others: readonly string[];
}

/** Checks that a person may confirm: another than the one who proposed it, and nobody with another part in the check.
 *  @param accounts  every account of the person */
export function checkConfirmation(
  { id, state, until, proposedBy, others }: ConsentCase,
  accounts: readonly string[],
  now: number,
): CheckProblem | undefined {
  if (state !== 'PROPOSED') return unfit(id, state);
  if ([proposedBy, ...others].some((person) => accounts.includes(person)))
    return { code: 'SAME_PERSON', message: say('consent.samePerson') };
  return until.getTime() <= now ? { code: 'PERIOD_WRONG', message: say('consent.ended') } : undefined;
}

/** Checks that a person may propose: nobody who defined the check or acted for the other owner. */
export const checkProposer = (others: readonly string[], accounts: readonly string[]): CheckProblem | undefined =>
  others.some((person) => accounts.includes(person))
    ? { code: 'SAME_PERSON', message: say('consent.samePerson') }
    : undefined;

export const unfit = (id: string, state: string): CheckProblem => ({
  code: 'STATE_UNFIT',
  message: say('consent.state', { id, state: wordOf('checkConsent', state) }),
});
