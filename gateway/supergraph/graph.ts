import { createHash } from 'node:crypto';
import { Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import { parseOnce } from '../../shared/share/parse-once.js';
import { HubError } from '../../shared/kernel/index.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { argument } from '../../shared/share/share-spec.js';
import type { HubComparison } from './hub-comparisons.js';
import type { LoadedSubgraph } from './load-subgraphs.js';

/** One version of everything that is served: what is planned, what is seen and what may be released. Immutable. */
export interface Graph {
  /** Hash of the supergraph and the share rules, hex: the schema version of the access record. */
  readonly version: string;
  readonly supergraphSdl: string;
  /** The consumers' schema. */
  readonly schema: GraphQLSchema;
  /** Absent only in permissive mode. */
  readonly shares?: ShareIndex;
  /** By subgraph name. */
  readonly subgraphs: ReadonlyMap<string, GraphSubgraph>;
  /** The subgraphs that it was composed of here. */
  readonly loaded?: readonly LoadedSubgraph[] | undefined;
  /** Subgraphs of the hub's own, which compare claims for others. */
  readonly comparisons?: readonly HubComparison[] | undefined;
}
export interface GraphSubgraph {
  readonly name: string;
  /** Address that operations are sent to. */
  readonly url: string;
  /** Its value of the supergraph's `join__Graph`. */
  readonly id: string;
}

/** Hash that names one version of a graph, 32 hex digits. */
export const graphVersion = (
  supergraphSdl: string,
  shares?: ShareIndex,
  comparisons: readonly HubComparison[] = [],
): string =>
  createHash('sha256')
    .update(supergraphSdl)
    .update('\0')
    .update(shares?.version ?? '')
    .update(comparisons.length > 0 ? JSON.stringify(comparisons) : '')
    .digest('hex')
    .slice(0, 32);

/** The subgraphs that a supergraph names.
 *  @param addresses  their addresses with credentials, which a supergraph that was composed here does not hold
 *  @throws HubError COMPOSITION_FAILED when the text is empty, not GraphQL, or not a supergraph */
export function subgraphsOf(
  supergraphSdl: string,
  addresses: readonly Pick<GraphSubgraph, 'name' | 'url'>[] = [],
): Map<string, GraphSubgraph> {
  const enumeration = parseSupergraph(supergraphSdl).definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  const values = enumeration?.kind === Kind.ENUM_TYPE_DEFINITION ? (enumeration.values ?? []) : [];
  const subgraphs = values.flatMap((value): GraphSubgraph[] => {
    const directive = value.directives?.find(({ name }) => name.value === 'join__graph');
    const name = directive && argument(directive, 'name');
    const url = directive && argument(directive, 'url');
    return typeof name === 'string' ? [{ name, url: typeof url === 'string' ? url : '', id: value.name.value }] : [];
  });
  if (subgraphs.length === 0)
    throw refused('it names no subgraphs (no join__Graph), so it is not a federation 2 supergraph');
  const without = subgraphs
    .filter(({ url }) => !/^https?:\/\//.test(url) || !URL.canParse(url))
    .map(({ name }) => name);
  if (without.length > 0) throw refused(`it has no http address for ${without.join(', ')}`);
  const urls = new Map(addresses.map(({ name, url }) => [name, url]));
  return new Map(subgraphs.map((each) => [each.name, { ...each, url: urls.get(each.name) ?? each.url }]));
}

function parseSupergraph(sdl: string): DocumentNode {
  if (sdl.trim() === '') throw refused('it is empty');
  try {
    return parseOnce(sdl);
  } catch (cause) {
    throw refused(`it is not GraphQL, or only half of it is there: ${(cause as Error).message}`, cause);
  }
}

const refused = (why: string, cause?: unknown): HubError =>
  new HubError('COMPOSITION_FAILED', `The supergraph was refused: ${why}.`, {}, { cause });
