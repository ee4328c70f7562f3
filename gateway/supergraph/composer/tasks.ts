import { toParts, type GraphParts } from '../graph-parts.js';
import { firstEnd, hashInput } from '../input-hash.js';
import { makeGraph, type GraphInput, type MadeGraph } from '../make-graph.js';
import { VersionChecks, type CheckedVersion, type Finding, type PublishedGraph } from '../version-checks.js';

/** A graph that is wanted by its difference to the one that the asker has. */
export type GraphTask = GraphInput & { readonly base?: string | undefined };

/** What the composing process does, by name. Every value crosses to another process. */
export class Tasks {
  /** Graphs that were made last, of which an asker may have one. */
  private made: readonly MadeGraph[] = [];
  private readonly checks = new VersionChecks();

  /** A graph that was made before it is wanted. */
  private ahead: { readonly hash: string; readonly until: number; readonly made: MadeGraph } | undefined;

  graph({ base, ...input }: GraphTask): GraphParts {
    const known = this.made.find(({ version }) => version === base);
    const made = this.takeAhead(input) ?? makeGraph(input);
    this.made = known && known.version !== made.version ? [known, made] : [made];
    return toParts(made, known);
  }

  /** Makes a graph that may be wanted next.
   *  @throws HubError COMPOSITION_FAILED */
  prepare(graph: PublishedGraph): Record<string, never> {
    const now = Date.now();
    const hash = hashInput(graph.subgraphs, graph.policy);
    if (this.ahead?.hash === hash && now < this.ahead.until) return {};
    this.ahead = undefined;
    this.ahead = { hash, until: firstEnd(graph.policy.consents, now), made: makeGraph(graph) };
    return {};
  }

  private takeAhead(input: GraphInput): MadeGraph | undefined {
    const { ahead } = this;
    if (!ahead || !('subgraphs' in input) || Date.now() >= ahead.until) return undefined;
    if (hashInput(input.subgraphs, input.policy) !== ahead.hash) return undefined;
    this.ahead = undefined;
    return ahead.made;
  }

  /** Makes the published graph ready for checks of versions. */
  published(graph: PublishedGraph): { readonly findings: readonly Finding[] } {
    this.checks.prepare(graph);
    // Its own faults are no version's; those that a version brings are found by comparison.
    return { findings: [] };
  }

  check(version: CheckedVersion): { readonly findings: readonly Finding[] } {
    return { findings: this.checks.check(version) };
  }
}

export type TaskName = 'graph' | 'prepare' | 'published' | 'check';

/** A task that is sent. */
export interface TaskMessage {
  readonly task: TaskName;
  readonly input: unknown;
}
/** What comes back: the members of the result one by one, so that none is so large that reading it delays a request, then the
 *  end; or a refusal. */
export type ResultMessage =
  | { readonly kind: 'member'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly details: unknown }
  | { readonly kind: 'too deep' }
  /** After the end of a task: so much is kept that the process is better started again. */
  | { readonly kind: 'grown' };
