import type { ShareIndex } from '../share-index.js';
import { findConsents } from './check-releases.js';
import type { Consent } from './release.js';

/** Says whether an item may be sent to a subgraph for a field that requires it, or for a type's key. What the graph does
 *  not know as a release is refused.
 *  @param forCoordinate  the derived field, or the type whose key it is part of
 *  @param now            milliseconds
 *  @returns              the consents that it rests on, to be recorded with the use; undefined where it must not be sent
 *  @source share-rules section 1, rule 10 */
export function findReleaseConsents(
  index: ShareIndex,
  item: string,
  subgraph: string,
  forCoordinate: string,
  consents: readonly Consent[],
  now: number,
): readonly Consent[] | undefined {
  if (!index.releases) return [];
  const releases = (index.releases.get(subgraph) ?? []).filter(
    (release) => release.item === item && release.forCoordinate === forCoordinate,
  );
  return releases.length > 0 ? findConsents(releases, consents, now) : undefined;
}

/** @returns whether `findReleaseConsents` allows it */
export const isReleaseAllowed = (...asked: Parameters<typeof findReleaseConsents>): boolean =>
  findReleaseConsents(...asked) !== undefined;
