import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { readShareNames } from '../../shared/share/share-spec.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { checkCarriedOut } from '../../shared/share/unsupported-directives.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { withoutCredentials } from './subgraph-wire.js';

/** One reason why the subgraphs do not make a graph. */
export interface CompositionProblem {
  /** Code of the federation specification's catalogue, e.g. `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly message: string;
  /** Subgraph it was found in, where it is one subgraph's. */
  readonly subgraph?: string;
}

/** The graph composed of all subgraphs. */
export interface ComposedGraph {
  readonly supergraphSdl: string;
  /** The consumers' schema: no federation machinery, nothing `@inaccessible`. */
  readonly publicSdl: string;
}

/** Composes the subgraphs' own SDL, without its share directives, into a supergraph. Credentials in their addresses stay
 *  outside: a supergraph is printed, hashed and compared.
 *  @throws HubError COMPOSITION_FAILED with every problem in `details.errors` */
export function composeGraph(subgraphs: readonly LoadedSubgraph[]): ComposedGraph {
  const problems: CompositionProblem[] = [];
  const services = subgraphs.flatMap(({ name, url, sdl }) => {
    const typeDefs = parseSdl(name, sdl, problems);
    if (typeDefs) problems.push(...checkLinks(name, typeDefs));
    return typeDefs ? [{ name, url: withoutCredentials(url), typeDefs: stripShareDirectives(typeDefs) }] : [];
  });
  if (subgraphs.length === 0) problems.push({ code: 'NO_SUBGRAPHS', message: 'There is no subgraph to compose.' });
  if (problems.length > 0) throw failed(problems);
  return compose(services);
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

function compose(services: readonly { name: string; url: string; typeDefs: DocumentNode }[]): ComposedGraph {
  let result: ReturnType<typeof composeServices>;
  try {
    result = composeServices([...services]);
    // Both are printed when first asked for, which can fail too.
    const { supergraphSdl, publicSdl } = result;
    if (!result.errors && supergraphSdl !== undefined && publicSdl !== undefined) return { supergraphSdl, publicSdl };
  } catch (cause) {
    throw failed([{ code: 'INVALID_GRAPHQL', message: (cause as Error).message }], cause);
  }
  throw failed(
    (result.errors ?? []).map((error) => {
      const { code, subgraphName } = error.extensions as { code?: string; subgraphName?: string };
      return {
        code: code ?? 'COMPOSITION_ERROR',
        message: error.message,
        ...(subgraphName && { subgraph: subgraphName }),
      };
    }),
  );
}

function failed(errors: readonly CompositionProblem[], cause?: unknown): HubError {
  const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
  const list = errors.slice(0, 3).map((error) => `${error.code}: ${error.message}`);
  return new HubError(
    'COMPOSITION_FAILED',
    `The subgraphs do not compose, ${count}. ${list.join(' | ')}${errors.length > 3 ? ' | …' : ''}`,
    { errors },
    { cause },
  );
}
