import {
  buildConsumerSchema,
  lintCatalogue,
  composeGraph,
  loadSubgraphs,
  readShareRules,
  readSupergraphConfig,
  sdlOverHttp,
  type ComposedGraph,
  type FetchSdl,
  type LoadedSubgraph,
} from '../gateway/supergraph/index.js';
import { readConfig } from '../shared/config/config.js';
import type { Release, ReleasePolicy } from '../shared/share/releases/release.js';
import type { ShareProblem } from '../shared/share/share-index.js';
import { SHARE_SPEC } from '../shared/share/share-spec.js';
import { knownHubSecret } from '../shared/trust/hub-secret.js';
import { registrationHeaders } from '../shared/trust/registration.js';
import { keyVersionsOf } from './probe/read-key.js';

/** Composed subgraphs, and what their share rules come to. */
export interface CheckedGraph {
  readonly subgraphs: readonly LoadedSubgraph[];
  readonly supergraphSdl: string;
  /** Absent where no subgraph states share types, so that the graph can be served in permissive mode only. */
  readonly shares?: {
    readonly problems: readonly ShareProblem[];
    /** Notes on catalogue entries, such as a code used twice. They refuse nothing. */
    readonly notes: readonly ShareProblem[];
    readonly releases: readonly Release[];
  };
}

/** Composes the subgraphs on a list and checks what they say of sharing, and what the hub would send to whom.
 *  @param policy  read when it is needed
 *  @throws HubError CONFIG_INVALID or COMPOSITION_FAILED */
export async function checkGraph(
  config: string,
  policy: () => ReleasePolicy,
  fetchSdl?: FetchSdl,
): Promise<CheckedGraph> {
  const list = await readSupergraphConfig(config);
  const subgraphs = await loadSubgraphs(list, { fetchSdl: fetchSdl ?? (await sdlAsHub()) });
  const composed = composeGraph(subgraphs);
  const { supergraphSdl } = composed;
  if (!subgraphs.some(({ sdl }) => sdl.includes(SHARE_SPEC))) return { subgraphs, supergraphSdl };
  return { subgraphs, supergraphSdl, shares: checkShares(subgraphs, composed, policy()) };
}

/** Checks composed subgraphs under the given permits and consents. */
export function checkShares(
  subgraphs: readonly LoadedSubgraph[],
  { supergraphSdl, publicSdl }: ComposedGraph,
  policy: ReleasePolicy,
): NonNullable<CheckedGraph['shares']> {
  const schema = buildConsumerSchema(publicSdl);
  const composed = { supergraphSdl, schema };
  const { index, problems } = readShareRules(subgraphs, composed, { trust: { ...policy, now: Date.now() } });
  return { problems, notes: lintCatalogue({ schema, index }), releases: [...(index.releases?.values() ?? [])].flat() };
}

/** Subgraphs show their SDL to nobody but the hub. */
async function sdlAsHub(): Promise<FetchSdl> {
  const config = readConfig();
  const secret = await knownHubSecret(config.DATA_DIR, config.HUB_SECRET);
  return sdlOverHttp(
    secret === undefined ? {} : { authorise: registrationHeaders(secret, () => keyVersionsOf(config)) },
  );
}
