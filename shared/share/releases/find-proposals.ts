import type { Coordinate } from '../../kernel/index.js';
import { shareTypeOf, type FieldStatement, type SubgraphShares } from '../statements.js';
import { TypeGraph } from '../type-graph.js';
import { toConsentScope } from './describe-release.rule.js';
import { findReleases } from './find-releases.js';
import { Ownership } from './ownership.js';
import type { ConsentScope, Publishers, Release } from './release.js';

/** A consent that the owner's schema proposes. */
export interface ConsentProposal extends ConsentScope {
  /** Departments of the receiving subgraph; the consent may be to any of them. */
  readonly receivers: readonly string[];
  /** Title of the derived field. */
  readonly title: string;
}

/** Consents that owners propose with `@derivable`, and that something needs: the item is restricted, a subgraph of another
 *  department requires it for that field, and the statement stands in a subgraph that publishes for the owner. What any
 *  other subgraph says of the item proposes nothing.
 *  @source share-rules section 1, rules 9 and 10 */
export function findProposals(subgraphs: readonly SubgraphShares[], publishers: Publishers): ConsentProposal[] {
  const ownership = new Ownership(subgraphs, new TypeGraph(subgraphs), publishers);
  const statements = subgraphs.flatMap(({ fields }) => fields);
  const items = new Map(
    statements.flatMap((statement) => {
      const shareType = shareTypeOf(statement);
      const isSource = ownership.sourcesOf(statement.coordinate).some((claim) => claim.statement === statement);
      return shareType && isSource ? [[statement.coordinate, { shareType }] as const] : [];
    }),
  );
  return findReleases(subgraphs, ownership, items)
    .filter((release) => isProposed(release, ownership, publishers))
    .map((release) => ({
      ...toConsentScope(release),
      receivers: release.receiverDepartments,
      title: titleOf(release, statements),
    }));
}

const isProposed = (release: Release, ownership: Ownership, publishers: Publishers): boolean =>
  release.use === 'REQUIRES' &&
  release.needsConsent &&
  // Nobody can consent to a receiver that nobody knows.
  publishers.has(release.receiverSubgraph) &&
  ownership
    .sourcesOf(release.item as Coordinate)
    .some(
      ({ statement, subgraph }) =>
        publishers.get(subgraph)?.includes(release.owner) === true &&
        statement.derivableInto.includes(release.forCoordinate),
    );

const titleOf = ({ forCoordinate, receiverSubgraph }: Release, statements: readonly FieldStatement[]): string =>
  statements.find(({ coordinate, subgraph }) => coordinate === forCoordinate && subgraph === receiverSubgraph)?.title ??
  forCoordinate;
