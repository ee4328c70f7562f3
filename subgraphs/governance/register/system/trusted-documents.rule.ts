import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

const MOST = 500;

/** Finds what is wrong with the hashes of the operations that a system may run.
 *  @returns undefined when nothing is */
export function findDocumentsProblem(hashes: readonly string[]): Text | undefined {
  if (hashes.length > MOST) return say('documents.most', { most: MOST });
  if (new Set(hashes).size < hashes.length) return say('documents.twice');
  const wrong = hashes.findIndex((hash) => !/^[0-9a-f]{64}$/.test(hash));
  return wrong < 0 ? undefined : say('documents.entry', { number: wrong + 1 });
}
