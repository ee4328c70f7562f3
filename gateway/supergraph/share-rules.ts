import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { HubError, parseCoordinate } from '../../shared/kernel/index.js';
import { buildShareIndex, type Trust } from '../../shared/share/build-share-index.js';
import { succeedShares } from '../../shared/share/succession/succeed-shares.js';
import { checkComposed } from '../../shared/share/releases/check-composed.js';
import { RELEASE_CODES } from '../../shared/share/releases/check-releases.js';
import type { ShareIndex, ShareProblem } from '../../shared/share/share-index.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { readShares } from './read-shares.js';
import { findHubComparisons, withHubSubgraphs } from './hub-comparisons.js';

/** Refuses a graph whose share statements must not be published.
 *
 *  A release without permit or consent refuses a new graph, so that the old one serves on. It refuses neither the first graph
 *  of a gateway nor a graph that releases only what the one in force does: a consent that ended must not keep the hub from
 *  starting, nor other departments from publishing. Such a release is stopped all the same, at every request; see
 *  `ItemsInForceCache`.
 *  @param permissive  problems are only logged
 *  @throws HubError SHARE_RULES_INVALID naming every problem */
export function shareRulesCheck(
  permissive: boolean,
  logger: Logger,
): (problems: readonly ShareProblem[], inForce: ShareIndex | undefined) => void {
  return (problems, inForce) => {
    const errors = problems.filter((problem) => problem.severity === 'error' && !isStoppedInstead(problem, inForce));
    for (const problem of problems)
      if (permissive || !errors.includes(problem)) logger.warn({ problem }, problem.message);
    if (errors.length > 0 && !permissive) {
      throw new HubError(
        'SHARE_RULES_INVALID',
        `The graph must not be published: ${errors.map(({ code, message }) => `[${code}] ${message}`).join(' | ')}`,
        { errors },
      );
    }
  };
}

/** True for a release that is stopped at each request, so that the graph need not be refused for it. */
const isStoppedInstead = (problem: ShareProblem, inForce: ShareIndex | undefined): boolean =>
  problem.policy === true &&
  (!inForce ||
    (inForce.releases?.get(problem.subgraph) ?? []).some(
      (release) =>
        RELEASE_CODES[release.use] === problem.code &&
        release.item === problem.item &&
        release.owner === (problem.owner ?? '') &&
        release.forCoordinate === problem.coordinate,
    ));

/** Result of composing subgraphs. */
export interface ComposedSchema {
  readonly supergraphSdl: string;
  /** The consumers' schema of it. */
  readonly schema: GraphQLSchema;
}
export interface ShareRulesOptions {
  readonly permissive?: boolean;
  /** Permitted publishers and the owners' consents to releases; when absent, releases are not checked. */
  readonly trust?: Trust;
}

/** The share index of loaded subgraphs with everything that is wrong with it. */
export function readShareRules(
  subgraphs: readonly LoadedSubgraph[],
  { supergraphSdl, schema }: ComposedSchema,
  { permissive = false, trust }: ShareRulesOptions = {},
): { index: ShareIndex; problems: readonly ShareProblem[] } {
  const shares = withHubSubgraphs(subgraphs).map((subgraph) =>
    succeedShares(readShares(subgraph), trust?.successions ?? []),
  );
  const { index, problems } = buildShareIndex(schema, shares, {
    uncatalogued: permissive ? 'unconditional' : 'refuse',
    trust,
  });
  return {
    index,
    problems: [
      ...problems,
      ...findHubComparisons(subgraphs).problems,
      ...(trust?.publishers ? checkComposed(supergraphSdl, shares) : []),
    ],
  };
}

/** The index of a graph whose SDL nobody catalogued: every item unconditional. Permissive mode only. */
export const buildOpenIndex = (schema: GraphQLSchema): ShareIndex =>
  buildShareIndex(schema, [], { uncatalogued: 'unconditional' }).index;

/** The statutory identifier of each type that has one, so that access records can name whose records were given. */
export function readSubjects(
  shares: ShareIndex | undefined,
): ReadonlyMap<string, { field: string; kind: 'PERSON' | 'ORGANISATION' }> {
  const subjects = new Map<string, { field: string; kind: 'PERSON' | 'ORGANISATION' }>();
  for (const item of shares?.items ?? []) {
    const { type, field } = parseCoordinate(item.coordinate);
    if (item.subject) subjects.set(type, { field, kind: item.subject });
  }
  return subjects;
}
