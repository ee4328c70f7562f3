import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { readShareNames } from '../../shared/share/share-spec.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { checkCarriedOut } from '../../shared/share/unsupported-directives.js';
import { printConsumerSchema } from '../plan/consumer-schema.js';
import { isStackExceeded, tooDeep } from './composer/limits.js';
import { toCompositionError, toProblem } from './composition-error.js';
import { withHubSubgraphs } from './hub-comparisons.js';
import { refuseUnreachable } from './refuse-unreachable.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { repairSubgraph, repairSupergraph } from './repairs/index.js';
import type { CompositionProblem, SubgraphDocument } from './repairs/repair.js';
import { withoutCredentials } from './subgraph-wire.js';

/** The graph composed of all subgraphs. */
export interface ComposedGraph {
  readonly supergraphSdl: string;
  /** The consumers' schema: no federation machinery, nothing `@inaccessible`. Printed whenever it is asked for.
   *  @throws HubError COMPOSITION_FAILED */
  readonly publicSdl: string;
}

/** Composes the subgraphs' own SDL, without its share directives, into a supergraph. Credentials in their addresses stay
 *  outside: a supergraph is printed, hashed and compared.
 *  @throws HubError COMPOSITION_FAILED with every problem in `details.errors` */
export function composeGraph(subgraphs: readonly LoadedSubgraph[]): ComposedGraph {
  const problems: CompositionProblem[] = [];
  const services = withHubSubgraphs(subgraphs).flatMap(({ name, url, sdl }) => {
    const prepared = prepare(name, sdl);
    problems.push(...prepared.problems);
    return prepared.typeDefs ? [{ name, url: withoutCredentials(url), typeDefs: prepared.typeDefs }] : [];
  });
  if (subgraphs.length === 0) problems.push({ code: 'NO_SUBGRAPHS', message: 'There is no subgraph to compose.' });
  if (problems.length > 0) throw toCompositionError(problems);
  return compose(services);
}

/** A subgraph as the composer gets it. */
interface PreparedSubgraph {
  /** Absent where it cannot be read. */
  readonly typeDefs?: DocumentNode;
  readonly problems: readonly CompositionProblem[];
}

/** Most characters of SDL of which this is kept, some twenty bytes of memory for each: those of hundreds of subgraphs. */
const KEPT_SDL = 10_000_000;
/** By name and SDL. A new graph has one other subgraph, and all the others are as they were. */
const known = new LRUCache<string, PreparedSubgraph>({
  maxSize: KEPT_SDL,
  sizeCalculation: (_prepared, key) => key.length,
});

/** Reads a subgraph's SDL, takes the share directives out, and repairs what the composer has gaps for. */
function prepare(name: string, sdl: string): PreparedSubgraph {
  const key = `${name}\n${sdl}`;
  let prepared = known.get(key);
  if (!prepared) {
    const problems: CompositionProblem[] = [];
    const document = parseSdl(name, sdl, problems);
    if (document) problems.push(...checkLinks(name, document));
    const typeDefs = document && repairSubgraph({ name, typeDefs: stripShareDirectives(document) }, problems).typeDefs;
    known.set(key, (prepared = { problems, ...(typeDefs && { typeDefs }) }));
  }
  return prepared;
}

/** Parses one subgraph's SDL, adding to `problems` when it is none. */
function parseSdl(subgraph: string, sdl: string, problems: CompositionProblem[]): DocumentNode | undefined {
  if (sdl.trim() === '') {
    problems.push({ code: 'INVALID_GRAPHQL', message: `[${subgraph}] Its SDL is empty.`, subgraph });
    return undefined;
  }
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    if (isStackExceeded(cause)) {
      const message = `[${subgraph}] Its SDL is nested too deeply.`;
      problems.push({ code: 'COMPOSITION_TOO_DEEP', message, subgraph });
      return undefined;
    }
    const at = cause instanceof GraphQLError ? cause.locations?.[0] : undefined;
    const where = at ? ` (line ${at.line}, column ${at.column})` : '';
    problems.push({ code: 'INVALID_GRAPHQL', message: `[${subgraph}] ${(cause as Error).message}${where}`, subgraph });
    return undefined;
  }
}

/** Problems that a composer would ignore, or report line by line because it does not know our directives.
 *  @source share-rules section 1, rule 11 */
function checkLinks(subgraph: string, document: DocumentNode): CompositionProblem[] {
  const { problems } = readShareNames(document, subgraph);
  return [...problems.filter(({ code }) => code === 'SHARE_SPEC_UNKNOWN'), ...checkCarriedOut(subgraph, document)].map(
    ({ code, message }) => ({ code, message, subgraph }),
  );
}

function printPublic(supergraphSdl: string): string {
  try {
    return printConsumerSchema(parse(supergraphSdl, { noLocation: true }));
  } catch (cause) {
    throw toCompositionError([{ code: 'INVALID_GRAPHQL', message: (cause as Error).message }], cause);
  }
}

interface Service extends SubgraphDocument {
  readonly url: string;
}

function compose(services: readonly Service[]): ComposedGraph {
  let result: ReturnType<typeof composeServices>;
  let composed: ComposedGraph | undefined;
  try {
    // The planner says what cannot be reached; the composer's own rule refuses fields that it can plan.
    result = composeServices([...services], { disableValidationRules: ['SatisfiabilityRule'] });
    // It is printed when first asked for, which can fail too.
    const { supergraphSdl } = result;
    if (!result.errors && supergraphSdl !== undefined) {
      const repaired = repairSupergraph(supergraphSdl, services);
      composed = {
        supergraphSdl: repaired,
        get publicSdl() {
          return printPublic(repaired);
        },
      };
    }
  } catch (cause) {
    if (isStackExceeded(cause)) throw tooDeep();
    throw toCompositionError([{ code: 'INVALID_GRAPHQL', message: (cause as Error).message }], cause);
  }
  if (composed) {
    refuseUnreachable(composed.supergraphSdl);
    return composed;
  }
  throw toCompositionError((result.errors ?? []).map(toProblem));
}
