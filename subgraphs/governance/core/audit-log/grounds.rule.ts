import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

const LONGEST_TEXT = 500;
const MOST_PROVISIONS = 20;

/** Reason and legal basis of a decision. */
export interface Grounds {
  readonly reason?: string | null | undefined;
  /** Clauses and other provisions. */
  readonly basis?: readonly string[] | null | undefined;
}

/** Finds a problem of the grounds of a decision. Grounds are evidence, so they are refused rather than cut off.
 *  @returns a sentence for the person who decides; undefined when they can be recorded */
export function findGroundsProblem({ reason, basis }: Grounds): Text | undefined {
  const provisions = basis ?? [];
  if (reason?.trim() === '') return say('grounds.reason');
  if (provisions.length > MOST_PROVISIONS) return say('grounds.provisions', { most: MOST_PROVISIONS });
  return [reason ?? '', ...provisions].some((text) => text.length > LONGEST_TEXT)
    ? say('grounds.long', { most: LONGEST_TEXT })
    : undefined;
}
