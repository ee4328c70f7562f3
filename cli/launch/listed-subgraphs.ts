import { readSupergraphConfig } from '../../gateway/supergraph/index.js';
import type { Config } from '../../shared/config/config.js';
import { HubError } from '../../shared/kernel/index.js';
import { embeddedProviderPort } from '../../shared/openid/embedded-provider.js';
import { SUBGRAPHS, type SubgraphName } from '../../subgraphs/index.js';
import { movePort } from './ports.js';

const HIGHEST_PORT = 65_535;

export interface ListedSubgraph {
  readonly name: SubgraphName;
  readonly port: number;
}

/** The subgraphs of `supergraph.yaml` that this package holds, with the ports they are to take. Others on the list are
 *  somebody else's to run. */
export async function listedSubgraphs(config: Config): Promise<ListedSubgraph[]> {
  const { subgraphs } = await readSupergraphConfig(config.SUPERGRAPH_CONFIG);
  const own = subgraphs.filter(({ name }) => Object.hasOwn(SUBGRAPHS, name));
  if (own.length === 0)
    throw new HubError(
      'CONFIG_INVALID',
      `${config.SUPERGRAPH_CONFIG} lists none of ${Object.keys(SUBGRAPHS).join(', ')}.`,
    );
  return own.map(({ name, url }) => ({
    name: name as SubgraphName,
    port: movePort(Number(new URL(url).port), config),
  }));
}

/** Checks that every process finds a port.
 *  @throws HubError CONFIG_INVALID when the list cannot be read, or PORT leaves no ports for the processes beside the gateway */
export async function checkPorts(config: Config): Promise<void> {
  const listed = await listedSubgraphs(config);
  const highest = Math.max(...listed.map(({ port }) => port), embeddedProviderPort(config));
  if (highest <= HIGHEST_PORT) return;
  throw new HubError(
    'CONFIG_INVALID',
    `PORT ${config.PORT} is too high: the subgraphs and the OpenID provider take ports up to ${highest} with it. Choose one up to ${config.PORT - highest + HIGHEST_PORT}.`,
    { setting: 'PORT' },
  );
}
