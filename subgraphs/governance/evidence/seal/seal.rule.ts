import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

/** Longest time for which uses are sealed by one decision; a longer seal needs another decision. */
const LONGEST_MS = 3 * 366 * 24 * 60 * 60 * 1000;

interface SealTerms {
  readonly from: Date;
  readonly until: Date;
  readonly basis: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Checks a seal. It needs a provision and an end, and cannot cover uses that may have been told already.
 *  @returns every problem as a message for the authority; empty when the seal can be made */
export function findSealProblems({ from, until, basis, now }: SealTerms): Text[] {
  const problems: Text[] = [];
  if (basis.length === 0 || basis.some((provision) => provision.trim() === '')) problems.push(say('seal.basis'));
  if (!(from < until)) problems.push(say('seal.order'));
  if (!(until.getTime() > now)) problems.push(say('seal.future'));
  if (until.getTime() > now + LONGEST_MS) problems.push(say('seal.long'));
  return problems;
}
