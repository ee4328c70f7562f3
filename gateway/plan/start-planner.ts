import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { HubError } from '../../shared/kernel/index.js';
import { cleanPlannerSchema, requireSubgraphs } from './clean-planner-schema.js';
import { PlannerDied, PlannerLink } from './planner-link.js';
import type { PlannerReply, PlannerRequest } from './planner-messages.js';
import { orderSubgraphs } from './subgraph-order.js';
import { DEFAULT_PLANNER_OPTIONS, type PlannedGraph, type Planner, type PlannerOptions } from './planner.js';

/** A request without its number. */
type Ask = PlannerRequest extends infer R ? (R extends PlannerRequest ? Omit<R, 'id'> : never) : never;

/** Documents remembered as deadly. */
const DEADLY_LIMIT = 1_000;

/** Starts the planner process. */
export function startPlanner(options: Partial<PlannerOptions> = {}): Planner {
  return new PlannerHost({ ...DEFAULT_PLANNER_OPTIONS, ...options });
}

class PlannerHost implements Planner {
  private link: PlannerLink | undefined;
  private readonly graphs = new Map<number, string>();
  private readonly loaded = new Set<number>();
  private readonly deadly = new LRUCache<string, true>({ max: DEADLY_LIMIT });
  private queue: Promise<unknown> = Promise.resolve();
  private requests = 0;
  private versions = 0;
  private closed = false;

  constructor(private readonly options: PlannerOptions) {}

  get pid(): number | undefined {
    return this.link?.pid;
  }

  async loadGraph(supergraph: string): Promise<PlannedGraph> {
    requireSubgraphs(supergraph);
    const graph = ++this.versions;
    const ordered = orderSubgraphs(supergraph);
    const reply = await this.inTurn(() => this.load(graph, ordered.supergraph)).catch((error) => {
      if (!(error instanceof PlannerDied)) throw error;
      this.fault(`loading a graph: ${error.message}`);
      throw notTaken('the planner could not work with it', error);
    });
    if (reply.kind !== 'loaded')
      throw notTaken(reply.kind === 'refused' ? reply.reason : 'the planner did not load it');
    const consumerSchema = cleanPlannerSchema(reply.consumerSchema);
    this.graphs.set(graph, ordered.supergraph);
    return {
      supergraph,
      consumerSchema,
      plan: async (query) => ordered.restore(await this.plan(graph, query)),
      close: () => this.forget(graph),
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.link?.close();
  }

  private async plan(graph: number, query: string) {
    const key = createHash('sha256').update(`${graph}\0${query}`).digest('base64');
    if (this.deadly.has(key)) throw unplannable('it was refused before');
    for (let attempt = 1; ; attempt++) {
      try {
        const reply = await this.inTurn(async () => {
          await this.reload(graph);
          return this.attempt({ kind: 'plan', graph, query }, this.options.planTimeout);
        });
        if (reply.kind === 'planned') return reply.plan;
        throw unplannable(reply.kind === 'refused' ? reply.reason : 'unexpected reply');
      } catch (error) {
        if (!(error instanceof PlannerDied)) throw error;
        this.fault(`planning: ${error.message}`);
        if (attempt < 2 && !this.closed) continue;
        this.deadly.set(key, true);
        throw unplannable(error.message);
      }
    }
  }

  /** Loads a graph into a process that was started after it. */
  private async reload(graph: number): Promise<void> {
    if (this.link?.alive && this.loaded.has(graph)) return;
    const supergraph = this.graphs.get(graph);
    if (supergraph === undefined) throw unplannable('the graph was closed');
    await this.load(graph, supergraph);
  }

  private async load(graph: number, supergraph: string): Promise<PlannerReply> {
    const reply = await this.attempt({ kind: 'load', graph, supergraph }, this.options.loadTimeout);
    if (reply.kind === 'loaded') this.loaded.add(graph);
    return reply;
  }

  private forget(graph: number): void {
    if (!this.graphs.delete(graph)) return;
    if (!this.loaded.delete(graph) || this.closed) return;
    // A planner that died meanwhile has forgotten the graph too.
    this.inTurn(() => this.attempt({ kind: 'drop', graph }, this.options.planTimeout)).catch(() => undefined);
  }

  private async attempt(ask: Ask, timeout: number): Promise<PlannerReply> {
    if (this.closed) throw new HubError('NOT_READY', 'The hub is stopping.');
    if (!this.link?.alive) {
      this.loaded.clear();
      this.link = new PlannerLink((text) => this.fault(text.trim().slice(0, 500)));
    }
    return this.link.ask({ ...ask, id: ++this.requests }, timeout);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work, work);
    // Each caller gets the failure of its own turn; the queue goes on.
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private fault(text: string): void {
    this.options.onFault?.(text);
  }
}

const notTaken = (reason: string, cause?: unknown) =>
  new HubError('COMPOSITION_FAILED', `The supergraph cannot be served: ${reason}.`, { reason }, { cause });

/** The planner's own words stay in the cause: they may quote the graph's inner parts. */
const unplannable = (reason: string) =>
  new HubError('INTERNAL', 'The hub cannot plan this operation.', {}, { cause: new Error(reason) });
