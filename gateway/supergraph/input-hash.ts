import { createHash } from 'node:crypto';
import type { Consent, ReleasePolicy } from '../../shared/share/releases/release.js';
import type { LoadedSubgraph } from './load-subgraphs.js';

/** Hash of everything that a graph is made of but the time.
 *  @param policy  absent in permissive mode */
export function hashInput(subgraphs: readonly LoadedSubgraph[], policy: ReleasePolicy | undefined): string {
  const hash = createHash('sha256');
  for (const { name, url, sdl } of subgraphs) hash.update(JSON.stringify([name, url, sdl]));
  return hash
    .update(JSON.stringify(policy ? [[...policy.publishers], policy.consents, policy.successions ?? []] : null))
    .digest('hex');
}

/** End of the first of the consents that ends after `now`, ms since the epoch: a graph is another one from then on. */
export const firstEnd = (consents: readonly Consent[], now: number): number =>
  Math.min(...consents.map(({ until }) => until).filter((until) => until > now), Infinity);
