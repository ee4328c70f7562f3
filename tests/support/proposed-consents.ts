import type { Consent } from '../../shared/share/releases/release.js';
import type { SubgraphShares } from '../../shared/share/statements.js';

/** A consent for everything that somebody proposes with `@derivable`, as if every owner had agreed. */
export const consentToProposals = (subgraphs: readonly SubgraphShares[]): Consent[] => {
  const fields = subgraphs.flatMap((shares) => shares.fields);
  return fields.flatMap(({ coordinate: item, provider: owner, derivableInto }) =>
    fields
      .filter(({ coordinate, requires }) => requires !== undefined && derivableInto.includes(coordinate))
      .map(({ coordinate, provider: receiver, subgraph: receiverSubgraph }) => ({
        id: `${owner} ${item} ${coordinate}`,
        item,
        owner,
        receiver,
        receiverSubgraph,
        use: 'REQUIRES' as const,
        coordinate,
        purpose: 'as proposed',
        until: Number.MAX_SAFE_INTEGER,
      })),
  );
};
