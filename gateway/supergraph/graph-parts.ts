import type { MadeGraph } from './make-graph.js';
import { compareSchemas } from './schema/describe-schema.js';
import { compareTables, type TableDelta } from './table.js';

/** A graph as it crosses to another process, by what differs from a graph that the receiver has. */
export interface GraphParts extends Pick<
  MadeGraph,
  'version' | 'supergraphSdl' | 'subgraphs' | 'frame' | 'facts' | 'problems' | 'comparisons'
> {
  /** Version of the graph that it differs from; absent where it is whole. */
  readonly base?: string;
  readonly types: TableDelta;
  readonly whole: TableDelta;
  readonly consumer: TableDelta;
  readonly shares?: NonNullable<MadeGraph['shares']>['frame'];
  readonly items?: TableDelta;
  readonly releases?: TableDelta;
}

/** @param base  the graph that the receiver has */
export function toParts(
  { version, supergraphSdl, subgraphs, frame, facts, problems, comparisons, types, whole, consumer, shares }: MadeGraph,
  base?: MadeGraph,
): GraphParts {
  return {
    ...{ version, supergraphSdl, subgraphs, frame, facts, problems, comparisons },
    ...(base && { base: base.version }),
    types: compareTables(types, base?.types),
    whole: compareSchemas(whole, base?.whole),
    consumer: compareSchemas(consumer, base?.consumer),
    ...(shares && { shares: shares.frame, items: compareTables(shares.items, base?.shares?.items) }),
    ...(shares?.releases && { releases: compareTables(shares.releases, base?.shares?.releases) }),
  };
}
