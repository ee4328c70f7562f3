import type { Text } from '../../../shared/kernel/index.js';
import { say } from './messages/index.js';

/** Bounds of the time for which a key and the one before it hold together, hours. */
export const OVERLAP_HOURS = { least: 1, most: 90 * 24, usual: 7 * 24 } as const;
/** Keys of one subgraph that may hold at the same time. */
const MOST_KEYS = 3;

export interface RotationFacts {
  readonly subgraph: string;
  readonly overlapHours: number;
  /** The hub serves it with its own secret, so that no key was handed out. */
  readonly servedByHub: boolean;
  /** Older keys that still hold. */
  readonly older: number;
}
export interface RotationProblem {
  readonly code: 'OVERLAP_WRONG' | 'KEY_NOT_HANDED_OUT' | 'ROTATION_RUNNING';
  readonly message: Text;
}

/** Decides whether the key of a subgraph may be rotated now. @source share-rules section 4 */
export function checkRotation({
  subgraph,
  overlapHours,
  servedByHub,
  older,
}: RotationFacts): RotationProblem | undefined {
  const { least, most } = OVERLAP_HOURS;
  if (!Number.isInteger(overlapHours) || overlapHours < least || overlapHours > most)
    return { code: 'OVERLAP_WRONG', message: say('key.overlap', { least, most }) };
  if (servedByHub)
    return {
      code: 'KEY_NOT_HANDED_OUT',
      message: say('key.ownSubgraph', { subgraph }),
    };
  if (older + 1 >= MOST_KEYS)
    return {
      code: 'ROTATION_RUNNING',
      message: say('key.older', { older, subgraph }),
    };
  return undefined;
}
