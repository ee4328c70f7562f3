import { isHubSubgraph } from '../../kernel/index.js';
import { describeRelease, toConsentScope } from './describe-release.rule.js';
import type { ShareProblem } from '../share-index.js';
import type { SubgraphShares } from '../statements.js';
import { covers, isLive, type Consent, type Publishers, type Release, type ReleaseUse } from './release.js';

/** Code of the problem that a release without consent is. */
export const RELEASE_CODES: Readonly<Record<ReleaseUse, string>> = {
  KEY: 'KEY_NOT_RELEASED',
  REQUIRES: 'INPUT_NOT_RELEASED',
  ARGUMENT: 'INPUT_NOT_RELEASED',
  OVERRIDE: 'OVERRIDE_NOT_CONSENTED',
  SHAREABLE: 'COPY_NOT_CONSENTED',
  PROVIDES: 'PROVIDES_NOT_CONSENTED',
  ROOT_FIELD: 'FOREIGN_ROOT_FIELD',
  TYPE: 'FOREIGN_ITEM',
};

/** Tests that a live consent covers a release that needs one.
 *  @returns the consents that it rests on, none where it needs none; undefined where it is not allowed */
export function findConsents(
  releases: readonly Release[],
  consents: readonly Consent[],
  now: number,
): readonly Consent[] | undefined {
  const used: Consent[] = [];
  for (const release of releases) {
    if (!release.needsConsent) continue;
    const consent = consents.find((each) => isLive(each, now) && covers(each, release));
    if (!consent) return undefined;
    used.push(consent);
  }
  return used;
}

/** Refuses every release that needs a consent and has none, and says which one is missing.
 *  @param now  milliseconds
 *  @source share-rules section 1, rules 9 and 10 */
export const checkReleases = (
  releases: readonly Release[],
  publishers: Publishers,
  consents: readonly Consent[],
  now: number,
): ShareProblem[] =>
  releases
    .filter((release) => findConsents([release], consents, now) === undefined)
    .map((release) => toProblem(release, publishers.has(release.receiverSubgraph), lapsed(release, consents)));

function toProblem(release: Release, isRegistered: boolean, lapse: string): ShareProblem {
  const { item, owner, use, receiverSubgraph, forCoordinate } = release;
  const missing = toConsentScope(release);
  const account = describeRelease(release).in('en');
  return {
    code: RELEASE_CODES[use],
    severity: 'error',
    policy: true,
    subgraph: receiverSubgraph,
    coordinate: forCoordinate,
    item,
    ...(owner === ''
      ? { message: `${account}, and no subgraph answers for ${item}.` }
      : {
          owner,
          // Nobody can consent to a receiver that nobody knows.
          ...(isRegistered && { missing }),
          message: `${account}; it is ${owner}'s, which ${lapse}.${isRegistered ? ` Missing consent: ${JSON.stringify(missing)}` : ''}`,
        }),
  };
}

const lapsed = (release: Release, consents: readonly Consent[]): string =>
  consents.some((consent) => covers(consent, release))
    ? 'has consented no longer: the consent ended or was revoked'
    : 'has not consented';

/** Refuses subgraphs that nobody registered, and every department that a subgraph names as provider without a permit to
 *  publish for it.
 *  @source share-rules section 1, rule 9 */
export function checkPublishers(subgraphs: readonly SubgraphShares[], publishers: Publishers): ShareProblem[] {
  const registered = new Set([...publishers.values()].flat());
  return subgraphs.flatMap(({ subgraph, providers }): ShareProblem[] => {
    // The hub publishes for nobody.
    if (isHubSubgraph(subgraph)) return [];
    const own = publishers.get(subgraph);
    if (!own)
      return [
        {
          code: 'PUBLISHER_UNKNOWN',
          severity: 'error',
          policy: true,
          subgraph,
          message: `Nobody registered for which departments subgraph ${subgraph} publishes.`,
        },
      ];
    return (
      providers
        // A subgraph that happens to be called like a department does not speak for it either.
        .filter(({ provider, implied }) => !own.includes(provider) && (!implied || registered.has(provider)))
        .map(({ at, provider }) => ({
          code: 'FOREIGN_ITEM',
          severity: 'error',
          policy: true,
          subgraph,
          coordinate: at,
          item: at,
          owner: provider,
          message: `Subgraph ${subgraph} publishes ${at} as an item of ${provider}; it is registered for ${own.join(', ') || 'nobody'}.`,
        }))
    );
  });
}
