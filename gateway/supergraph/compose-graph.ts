import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import type { LoadedSubgraph } from './load-subgraphs.js';

/** One reason why the subgraphs do not make a graph. */
export interface CompositionProblem {
  /** Code of the federation specification's catalogue, e.g. `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly message: string;
  /** Subgraph it was found in, where it is one subgraph's. */
  readonly subgraph?: string;
}

/** Composes the subgraphs' own SDL, without its share directives, into a supergraph.
 *  @returns  the supergraph's SDL
 *  @throws HubError COMPOSITION_FAILED with every problem in `details.errors` */
export function composeGraph(subgraphs: readonly LoadedSubgraph[]): { supergraphSdl: string } {
  const problems: CompositionProblem[] = [];
  const services = subgraphs.flatMap(({ name, url, sdl }) => {
    const typeDefs = parseSdl(name, sdl, problems);
    return typeDefs ? [{ name, url, typeDefs: stripShareDirectives(typeDefs) }] : [];
  });
  if (subgraphs.length === 0) problems.push({ code: 'NO_SUBGRAPHS', message: 'There is no subgraph to compose.' });
  if (problems.length > 0) throw failed(problems);
  const supergraphSdl = compose(services);
  return { supergraphSdl };
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

function compose(services: readonly { name: string; url: string; typeDefs: DocumentNode }[]): string {
  let result: ReturnType<typeof composeServices>;
  let supergraphSdl: string | undefined;
  try {
    result = composeServices([...services]);
    supergraphSdl = result.supergraphSdl;
  } catch (cause) {
    throw failed([{ code: 'INVALID_GRAPHQL', message: (cause as Error).message }], cause);
  }
  if (result.errors || supergraphSdl === undefined) {
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
  return supergraphSdl;
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
