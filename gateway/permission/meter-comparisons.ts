import type { Coordinate } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import type { Answer } from '../request/answer.js';
import { Denial, type GuessLock } from '../request/denial.js';
import { labelOf, say } from '../request/messages/index.js';
import { takesPart, type Operation } from '../request/operation.js';
import type { Verdict } from '../request/verdict.js';
import { findComparisons, findItemised, isFailed, isMatch, type Comparison } from './comparisons.js';
import type { GuessLedger } from './guess-ledger.js';
import type { Decider } from './decider.js';
import { conditionsUnder, type DecisionContext } from './decision-context.js';
import { refuseSites } from './refuse-sites.js';
import { isOwnItem } from './rules/own-resource.rule.js';

/** A verdict in which comparisons beyond the limits of guessing are refused, and what is to be done with the answer. */
export interface Metered {
  readonly verdict: Verdict;
  /** Takes back what was counted of claims that the answer confirms, and of those that came to nothing: all of them without an
   *  answer. */
  readonly learn: (answer: Answer | undefined) => Promise<void>;
}

/** Counts claims about restricted items before anything is asked: each alias and each row by itself, the same claims once. A
 *  place that makes too many is refused whole, and asks nothing.
 *  @param system  through which the department asks */
export async function meterComparisons(
  operation: Operation,
  verdict: Verdict,
  context: DecisionContext,
  system: string,
  decider: Decider,
  guesses: GuessLedger,
): Promise<Metered> {
  const { department } = context;
  if (verdict.throughArguments.VERIFY.length === 0 || department === undefined) return { verdict, learn: NOTHING };
  const bits = conditionsUnder(operation, context);
  const itemised = findItemised(operation, (site) => takesPart(site, bits) && !verdict.closed.has(site.index));
  const isMetered = (at: Coordinate) => {
    const item = decider.index.byCoordinate.get(at);
    const inForce = item && decider.itemInForce(item, context);
    return inForce === undefined || (inForce.shareType !== 'UNCONDITIONAL' && !isOwnItem(inForce, department));
  };
  const found = findComparisons(operation, decider.index, context.variables, isMetered, itemised);
  const comparisons = found.filter(({ site }) => !verdict.closed.has(site));
  if (comparisons.length === 0) return { verdict, learn: NOTHING };
  const itemOf = (at: Coordinate): ShareItem => decider.index.byCoordinate.get(at)!;
  try {
    const { refused, run } = await guesses.begin({ department, system }, comparisons, (at) => itemOf(at).provider);
    const closed = new Map([...refused].map(([{ site }, { item, lock }]) => [site, toDenial(itemOf(item), lock)]));
    const asked = comparisons.filter(({ site }) => !closed.has(site));
    return {
      verdict: closed.size > 0 ? refuseSites(operation, verdict, closed) : verdict,
      learn: async (answer) => {
        const parsed: unknown = answer && JSON.parse(answer.data);
        const { MATCH, FAILED, TOLD } = Object.groupBy(asked, (one) => {
          if (!answer || isFailed(operation, one, parsed, answer.errors)) return 'FAILED';
          return isMatch(operation, one, parsed) ? 'MATCH' : 'TOLD';
        });
        // The same claims may have been told at another place.
        const told = new Set(TOLD?.map(textOf));
        const untold = (some: readonly Comparison[] = []) => some.filter((one) => !told.has(textOf(one)));
        // What cannot be taken back stays counted.
        await guesses.settle(department, run, untold(MATCH), untold(FAILED)).catch(() => undefined);
      },
    };
  } catch {
    const closed = new Map(comparisons.map(({ site, items }) => [site, toUncounted(itemOf(items[0]!))]));
    return { verdict: refuseSites(operation, verdict, closed), learn: NOTHING };
  }
}

const textOf = ({ subject, claims }: Comparison): string => `${subject}\0${claims}`;

const NOTHING = async (): Promise<void> => undefined;

function toDenial(item: ShareItem, lock: GuessLock | undefined): Denial {
  const told = { item: labelOf(item), provider: item.provider };
  if (!lock) return new Denial('CLAIMS_TOO_MANY', item, say('item.claimsTooMany', told), undefined, 'VERIFY');
  const until = new Date(lock.until).toISOString();
  const message = say('item.guessesLocked', { ...told, lock: lock.id, until });
  return new Denial('VERIFICATION_LOCKED', item, message, undefined, 'VERIFY', undefined, lock);
}

function toUncounted(item: ShareItem): Denial {
  const message = say('item.guessesUncounted', { item: labelOf(item) });
  return new Denial('VERIFICATION_UNAVAILABLE', item, message, undefined, 'VERIFY');
}
