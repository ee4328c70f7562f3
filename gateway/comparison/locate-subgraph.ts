import type { Config } from '../../shared/config/config.js';
import { declaredProcess } from '../../shared/config/declared-process.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { HubError } from '../../shared/kernel/index.js';
import { publishedAddress } from '../../shared/read-model/declared-address.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { say } from '../request/messages/index.js';
import { moveSubgraphs, readSupergraphConfig } from '../supergraph/index.js';

/** Addresses as the operator and governance have them. */
export interface SubgraphPlaces {
  readonly config: Config;
  /** Addresses of subgraphs that do not run where the list says. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly snapshot: GovernanceSnapshot;
}

/** Finds where a subgraph is asked: on the operator's list, or as its department published it.
 *  @throws HubError SUBGRAPH_UNAVAILABLE for a subgraph that the operator lets not run */
export async function locateSubgraph(
  subgraph: string,
  { config, addresses, snapshot }: SubgraphPlaces,
): Promise<string> {
  const list = moveSubgraphs(await readSupergraphConfig(config.SUPERGRAPH_CONFIG), addresses);
  const listed = list.subgraphs.find(({ name }) => name === subgraph)?.url;
  const published = snapshot.subgraphs?.find((version) => version.subgraph === subgraph)?.url;
  const url =
    listed ??
    (published === undefined
      ? undefined
      : publishedAddress(
          published,
          readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS),
          declaredProcess(config, addresses),
        ));
  if (url === undefined) throw new HubError('SUBGRAPH_UNAVAILABLE', say('subgraph.unavailable', { subgraph }));
  return url;
}
