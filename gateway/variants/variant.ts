import { randomBytes, type KeyObject } from 'node:crypto';
import { HubError } from '../../shared/kernel/index.js';
import type { VariantSubgraph } from '../execution/open-engine.js';
import type { GraphEngine } from '../execution/graph-engine.js';
import type { FetchLimits } from '../execution/subgraph-client.js';
import { GraphHolder, type ActiveGraph, type Lease } from '../supergraph/graph-holder.js';
import type { Graph } from '../supergraph/graph.js';
import type { LoadedSubgraph } from '../supergraph/load-subgraphs.js';
import type { VariantOpener } from './may-try.rule.js';
import { VariantLink, type VariantLine } from './variant-link.js';
import { say } from '../request/messages/index.js';

/** Address of a variant's subgraph in its graph. Nothing is ever sent there. */
const NO_ADDRESS = 'http://variant.invalid/graphql';

export interface VariantRequest {
  readonly subgraph: string;
  /** Name by which the department's requests ask for it. */
  readonly name: string;
  readonly sdl: string;
  /** Key under which its contexts are signed: this variant's alone. */
  readonly key: KeyObject;
}
/** Opens the graph of a variant, and its engine. */
export type OpenVariantGraph = (
  base: Graph,
  own: LoadedSubgraph,
  subgraph: VariantSubgraph,
  opener: VariantOpener,
) => Promise<ActiveGraph<GraphEngine>>;

/** The graph in force with one subgraph as it runs on a machine of its department. */
export class Variant {
  /** Whoever knows it answers for the subgraph. */
  readonly secret = randomBytes(32).toString('base64url');
  readonly link: VariantLink;
  private readonly holder = new GraphHolder<GraphEngine>();
  private base: string | undefined;
  private following: Promise<void> | undefined;

  constructor(
    readonly request: VariantRequest,
    readonly opener: VariantOpener,
    limits: FetchLimits,
    private readonly openGraph: OpenVariantGraph,
    private readonly write: (line: VariantLine) => void,
    /** Milliseconds since the epoch. */
    readonly expiresAt: number,
  ) {
    this.link = new VariantLink(request.subgraph, limits, write);
  }

  /** Takes up the graph in force, where it is another one than before.
   *  @throws HubError VARIANT_REFUSED naming every problem; nothing is served then */
  async follow(graph: Graph): Promise<void> {
    await this.following;
    if (this.base === graph.version) return;
    this.following = this.takeUp(graph).finally(() => (this.following = undefined));
    await this.following;
  }

  private async takeUp(graph: Graph): Promise<void> {
    const { subgraph: name, sdl, key } = this.request;
    const own = { name, url: NO_ADDRESS, sdl };
    const result = await this.holder.swap(() =>
      this.openGraph(graph, own, { name, client: this.link, key }, this.opener),
    );
    if (result.kind === 'refused') throw toRefusal(result.error);
    this.base = graph.version;
  }

  acquire(): Lease<GraphEngine> | undefined {
    return this.holder.acquire();
  }

  release(lease: Lease<GraphEngine>): void {
    this.holder.release(lease);
  }

  tell(line: VariantLine): void {
    this.write(line);
  }

  /** Requests under way end without the subgraph. */
  async close(): Promise<void> {
    this.link.end();
    await this.holder.close();
  }
}

/** A problem of a graph, for whoever runs the subgraph. */
interface GraphProblem {
  readonly code: string;
  readonly message: string;
}

function toRefusal({ code, message, details }: HubError): HubError {
  const { errors = [{ code, message }] } = details as { errors?: readonly GraphProblem[] };
  const problems = errors.map((problem) => ({ code: problem.code, message: problem.message }));
  return new HubError('VARIANT_REFUSED', say('variant.refusedGraph'), { problems });
}
