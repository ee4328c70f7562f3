import { loadSubgraphs, moveSubgraphs, readSupergraphConfig, sdlOverHttp } from '../../gateway/supergraph/index.js';
import type { Config } from '../../shared/config/config.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import type { ReadSchemas } from '../../worker/index.js';
import { governanceKeys } from '../governance-keys.js';

/** Reads what each subgraph on the list publishes, with the registration context; one that is down is left out.
 *  @param addresses  addresses of subgraphs that do not run where the list says */
export async function listedSchemas(config: Config, addresses: ReadonlyMap<string, string>): Promise<ReadSchemas> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const fetchSdl = sdlOverHttp({ authorise: registrationHeaders(secret, governanceKeys(config)) });
  return async () => {
    const list = moveSubgraphs(await readSupergraphConfig(config.SUPERGRAPH_CONFIG), addresses);
    const reads = await Promise.allSettled(
      list.subgraphs.map((entry) => loadSubgraphs({ ...list, subgraphs: [entry] }, { fetchSdl })),
    );
    const schemas = reads.flatMap((read) => (read.status === 'fulfilled' ? read.value : []));
    return { schemas, complete: schemas.length === list.subgraphs.length };
  };
}
