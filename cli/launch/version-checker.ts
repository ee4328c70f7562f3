import {
  compareGraphs,
  composeGraph,
  buildConsumerSchema,
  lintCatalogue,
  loadSubgraphs,
  moveSubgraphs,
  readShareRules,
  readSupergraphConfig,
  sdlOverHttp,
  type ComparedGraph,
  type CompositionProblem,
  type LoadedSubgraph,
} from '../../gateway/supergraph/index.js';
import type { Config } from '../../shared/config/config.js';
import { declaredProcess } from '../../shared/config/declared-process.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { HubError } from '../../shared/kernel/index.js';
import { publishedAddress } from '../../shared/read-model/declared-address.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareProblem } from '../../shared/share/share-index.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import type { CheckVersion } from '../../worker/index.js';

type Findings = Awaited<ReturnType<CheckVersion>>;

/** Checks submitted versions beside the subgraphs on the list and those that are published: composition, share rules with
 *  permits and consents, and the difference to what is published.
 *  @param addresses  addresses of subgraphs that do not run where the list says */
export async function versionChecker(config: Config, addresses: ReadonlyMap<string, string>): Promise<CheckVersion> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const fetchSdl = sdlOverHttp({ authorise: registrationHeaders(secret) });
  const origins = readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS);
  const declared = declaredProcess(config, addresses);
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
    const before = [...listed, ...others];
    const after = [
      ...before.filter(({ name }) => name !== subgraph),
      ...(served && url !== undefined ? [{ name: subgraph, url, sdl: served.sdl }] : []),
    ];
    return compare(before, after, policy);
  };
}

function compare(before: readonly LoadedSubgraph[], after: readonly LoadedSubgraph[], policy: ReleasePolicy): Findings {
  const next = tryToRead(after, policy);
  if ('problems' in next) return next.problems;
  const current = tryToRead(before, policy);
  if ('problems' in current) return [...next.findings, error('CHECK_FAILED', NOT_COMPARABLE)];
  // What is wrong already, such as a consent of somebody else that has ended, is not this version's fault.
  const known = new Set(current.findings.map(keyOf));
  const problems = next.findings.filter((finding) => !known.has(keyOf(finding)));
  return [...problems, ...compareGraphs(current, next, new Date().toISOString().slice(0, 10))];
}

const NOT_COMPARABLE =
  'The graph that is published does not compose at present, so that nothing can be compared with it. Ask the operator.';

type ReadGraph = (ComparedGraph & { readonly findings: Findings }) | { readonly problems: Findings };

function tryToRead(subgraphs: readonly LoadedSubgraph[], policy: ReleasePolicy): ReadGraph {
  try {
    const { supergraphSdl, publicSdl } = composeGraph(subgraphs);
    const schema = buildConsumerSchema(publicSdl);
    const { index, problems } = readShareRules(
      subgraphs,
      { supergraphSdl, schema },
      { trust: { ...policy, now: Date.now() } },
    );
    return { schema, index, findings: [...problems, ...lintCatalogue({ schema, index })].map(toFinding) };
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    const { errors = [{ code: cause.code, message: cause.message }] } = cause.details as {
      errors?: readonly CompositionProblem[];
    };
    return {
      problems: errors.map(({ code, message, coordinate }) => ({
        ...error(code, message),
        ...(coordinate !== undefined && { coordinate }),
      })),
    };
  }
}

const toFinding = ({ code, severity, message, coordinate }: ShareProblem): Findings[number] => ({
  code,
  severity: severity === 'error' ? 'ERROR' : 'NOTE',
  message,
  ...(coordinate !== undefined && { coordinate }),
});

const keyOf = ({ code, message, coordinate = '' }: Findings[number]): string =>
  JSON.stringify([code, message, coordinate]);

const error = (code: string, message: string): Findings[number] => ({ code, severity: 'ERROR', message });
