import { readSupergraphConfig, sdlOverHttp } from '../../gateway/supergraph/index.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import type { KeyVersions } from '../../shared/trust/subgraph-keys.js';

/** Reads the SDL that a subgraph publishes itself, with the registration context; governance makes catalogue entries of it.
 *  @param list     file with the graph's list of subgraphs
 *  @param running  addresses of the subgraphs that were started here, which may differ from the list's
 *  @param versions  reads which keys there are
 *  @returns        undefined for a subgraph that is not on the list */
export function registeredSdl(
  list: string,
  secret: string,
  running: ReadonlyMap<string, string>,
  versions: () => Promise<KeyVersions>,
): (subgraph: string) => Promise<string | undefined> {
  const fetchSdl = sdlOverHttp({ authorise: registrationHeaders(secret, versions) });
  return async (subgraph) => {
    const { subgraphs } = await readSupergraphConfig(list);
    const listed = subgraphs.find(({ name }) => name === subgraph);
    if (!listed) return undefined;
    const { schema, url } = listed;
    const headers = schema.kind === 'url' ? schema.headers : {};
    return fetchSdl(subgraph, running.get(subgraph) ?? (schema.kind === 'url' ? schema.url : url), headers);
  };
}
