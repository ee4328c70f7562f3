import type { GovernanceSnapshot, PublishedSubgraph } from '../../shared/read-model/read-model.js';
import type { Graph } from './graph.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import type { PublishedGraph } from './version-checks.js';

export interface GraphAheadPorts {
  /** The graph in force. */
  readonly current: () => Graph | undefined;
  readonly readPolicy: () => Promise<GovernanceSnapshot>;
  /** Address at which a version runs; undefined where the operator lets none run. */
  readonly addressOf: (version: PublishedSubgraph) => string | undefined;
  /** Makes a graph and keeps it, in a process of its own.
   *  @throws HubError COMPOSITION_FAILED */
  readonly prepare: (graph: PublishedGraph) => Promise<unknown>;
}

/** Has the graph made that comes into force when the version that was checked last is published, so that its publication waits for no
 *  composition. Nothing of it is served before, and nobody need be told of its faults: whatever is published is looked at anew. */
export class GraphAhead {
  private last: readonly unknown[] = [];

  constructor(private readonly ports: GraphAheadPorts) {}

  /** Makes it where that has not been tried. Never rejects. */
  async prepare(): Promise<void> {
    try {
      const { upcoming, publishers, consents, successions } = await this.ports.readPolicy();
      const graph = this.ports.current();
      const tried = [upcoming, publishers, consents, successions, graph];
      if (tried.every((each, at) => each === this.last[at])) return;
      this.last = tried;
      const url = upcoming && this.ports.addressOf(upcoming);
      if (!upcoming || url === undefined || !graph?.loaded) return;
      const { subgraph: name, sdl } = upcoming;
      const subgraphs = withSubgraph(graph.loaded, { name, url, sdl });
      await this.ports.prepare({ subgraphs, policy: { publishers, consents, ...(successions && { successions }) } });
    } catch {
      // It is composed when it is published, and refused with its reasons then.
    }
  }
}

/** Subgraphs of a graph with one of them in another version, or one more: in the order in which its publication brings them. */
export const withSubgraph = (subgraphs: readonly LoadedSubgraph[], own: LoadedSubgraph): readonly LoadedSubgraph[] => [
  ...subgraphs.filter(({ name }) => name !== own.name),
  own,
];
