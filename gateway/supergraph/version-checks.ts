import { HubError } from '../../shared/kernel/index.js';
import { parseOnce } from '../../shared/share/parse-once.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareProblem } from '../../shared/share/share-index.js';
import { readConsumerDocument } from '../plan/consumer-schema.js';
import { buildPlainSchema, withoutMachinery } from './build-consumer-schema.js';
import { compareGraphs, type ComparedGraph } from './compare-graphs.js';
import { composeGraph } from './compose-graph.js';
import { firstEnd, hashInput } from './input-hash.js';
import { lintCatalogue } from './lint-catalogue.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { readProblems } from './read-problems.js';
import { readShareRules } from './share-rules.js';

/** The graph that is published, under the rules of now. */
export interface PublishedGraph {
  readonly subgraphs: readonly LoadedSubgraph[];
  readonly policy: ReleasePolicy;
}
/** A version that is to be checked beside what is published. */
export interface CheckedVersion {
  readonly published: PublishedGraph;
  readonly subgraph: string;
  /** Absent for the end of the subgraph. */
  readonly version?: LoadedSubgraph | undefined;
  /** YYYY-MM-DD, by which removals of deprecated items are judged. */
  readonly today: string;
}
export interface Finding {
  readonly code: string;
  readonly severity: 'ERROR' | 'BREAKING' | 'OPENING' | 'NOTE';
  readonly coordinate?: string;
  readonly message: string;
}

type ReadGraph =
  (ComparedGraph & { readonly findings: readonly Finding[] }) | { readonly problems: readonly Finding[] };
interface KeptGraph {
  readonly key: string;
  readonly graph: ReadGraph;
  /** End of the first of its consents that ends, ms since the epoch: its findings are others from then on. */
  readonly until: number;
}

/** Graphs kept: the published one, and the last that was checked, which is the published one after its publication. */
const KEPT = 2;

/** Checks versions beside the graph that is published. That one is composed once, not for each check. */
export class VersionChecks {
  private kept: readonly KeptGraph[] = [];

  /** @param now  ms since the epoch */
  constructor(private readonly now: () => number = Date.now) {}

  /** Composes the published graph, so that a check of a version takes the time of that version alone. */
  prepare({ subgraphs, policy }: PublishedGraph): void {
    this.read(subgraphs, policy);
  }

  /** Composition, share rules with permits and consents, and the difference to what is published. */
  check({ published: { subgraphs, policy }, subgraph, version, today }: CheckedVersion): readonly Finding[] {
    const current = this.read(subgraphs, policy);
    const next = this.read(
      [...subgraphs.filter(({ name }) => name !== subgraph), ...(version ? [version] : [])],
      policy,
    );
    if ('problems' in next) return next.problems;
    if ('problems' in current)
      return [...next.findings, { code: 'CHECK_FAILED', severity: 'ERROR', message: NOT_COMPARABLE }];
    // What is wrong already, such as a consent of somebody else that has ended, is not this version's fault.
    const known = new Set(current.findings.map(keyOf));
    const problems = next.findings.filter((finding) => !known.has(keyOf(finding)));
    return [...problems, ...compareGraphs(current, next, today)];
  }

  private read(given: readonly LoadedSubgraph[], policy: ReleasePolicy): ReadGraph {
    // In one order, so that a version that was checked is known when it has been published.
    const subgraphs = given.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const now = this.now();
    const key = hashInput(subgraphs, policy);
    const known = this.kept.find((each) => each.key === key && now < each.until);
    const graph = known?.graph ?? readGraph(subgraphs, policy, now);
    const kept = known ?? { key, graph, until: firstEnd(policy.consents, now) };
    this.kept = [kept, ...this.kept.filter((each) => each.key !== key)].slice(0, KEPT);
    return graph;
  }
}

export const NOT_COMPARABLE =
  'The graph that is published does not compose at present, so that nothing can be compared with it. Ask the operator.';

function readGraph(subgraphs: readonly LoadedSubgraph[], policy: ReleasePolicy, now: number): ReadGraph {
  try {
    const { supergraphSdl } = composeGraph(subgraphs);
    const schema = buildPlainSchema(withoutMachinery(readConsumerDocument(parseOnce(supergraphSdl))));
    const { index, problems } = readShareRules(subgraphs, { supergraphSdl, schema }, { trust: { ...policy, now } });
    return { schema, index, findings: [...problems, ...lintCatalogue({ schema, index })].map(toFinding) };
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    return { problems: readProblems(cause) };
  }
}

const toFinding = ({ code, severity, message, coordinate }: ShareProblem): Finding => ({
  code,
  severity: severity === 'error' ? 'ERROR' : 'NOTE',
  message,
  ...(coordinate !== undefined && { coordinate }),
});

const keyOf = ({ code, message, coordinate = '' }: Finding): string => JSON.stringify([code, message, coordinate]);
