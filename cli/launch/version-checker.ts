import {
  Composer,
  NOT_COMPARABLE,
  loadSubgraphs,
  moveSubgraphs,
  readProblems,
  readSupergraphConfig,
  sdlOverHttp,
  type CheckedVersion,
  type PublishedGraph,
} from '../../gateway/supergraph/index.js';
import type { Config } from '../../shared/config/config.js';
import { declaredProcess } from '../../shared/config/declared-process.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { HubError } from '../../shared/kernel/index.js';
import { localDate } from '../../shared/law/index.js';
import { publishedAddress } from '../../shared/read-model/declared-address.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import type { CheckVersion } from '../../worker/index.js';
import { governanceKeys } from '../governance-keys.js';

type Findings = Awaited<ReturnType<CheckVersion>>;

/** Checks submitted versions beside the subgraphs on the list and those that are published: composition, share rules with
 *  permits and consents, and the difference to what is published.
 *  @param addresses  addresses of subgraphs that do not run where the list says */
export async function versionChecker(config: Config, addresses: ReadonlyMap<string, string>): Promise<CheckVersion> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const fetchSdl = sdlOverHttp({ authorise: registrationHeaders(secret, governanceKeys(config)) });
  const origins = readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS);
  const declared = declaredProcess(config, addresses);
  const composer = new Composer({ timeoutMs: config.COMPOSE_TIMEOUT_MS, memoryMb: config.COMPOSE_MEMORY_MB });
  return async ({ subgraph, served }, published, policy) => {
    const list = moveSubgraphs(await readSupergraphConfig(config.SUPERGRAPH_CONFIG), addresses);
    const listed = await loadSubgraphs(list, { fetchSdl });
    const isListed = (name: string) => listed.some((entry) => entry.name === name);
    if (isListed(subgraph)) return [error('SUBGRAPH_PINNED', `${subgraph} is on the operator's own list.`)];
    const url = served && publishedAddress(served.url, origins, declared);
    if (served && url === undefined)
      return [error('HOST_NOT_LISTED', `The host of ${subgraph} is not listed (SUBGRAPH_HOSTS).`)];
    const others = published
      .filter((version) => !isListed(version.subgraph))
      .map((version) => ({
        name: version.subgraph,
        url: publishedAddress(version.url, origins, declared) ?? version.url,
        sdl: version.sdl,
      }));
    const version = served && url !== undefined ? { name: subgraph, url, sdl: served.sdl } : undefined;
    return checkAside(
      { composer, timeZone: config.TIME_ZONE },
      { subgraphs: [...listed, ...others], policy },
      { subgraph, version },
    );
  };
}

/** Composes in a process of its own: the worker goes on with what else it does, and whatever a schema does ends there. */
async function checkAside(
  { composer, timeZone }: { readonly composer: Composer; readonly timeZone: string },
  { subgraphs, policy: { publishers, consents } }: PublishedGraph,
  version: Pick<CheckedVersion, 'subgraph' | 'version'>,
): Promise<Findings> {
  const published = { subgraphs, policy: { publishers, consents } };
  const asFindings = (task: Promise<{ readonly findings: Findings }>) => task.catch(toFindings);
  // A task of its own, so that its time does not count for the version. The process keeps what comes of it.
  const { findings } = await asFindings(composer.run('published', published));
  if (findings.length > 0) return [error('CHECK_FAILED', NOT_COMPARABLE)];
  const today = localDate(Date.now(), timeZone);
  return (await asFindings(composer.run('check', { ...version, published, today }))).findings;
}

/** @throws `cause` where it says nothing of the subgraphs, so that they cannot be checked at present */
function toFindings(cause: unknown): { readonly findings: Findings } {
  if (cause instanceof HubError && cause.code === 'COMPOSITION_FAILED') return { findings: readProblems(cause) };
  throw cause;
}

const error = (code: string, message: string): Findings[number] => ({ code, severity: 'ERROR', message });
