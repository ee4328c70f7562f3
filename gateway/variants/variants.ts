import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import type { GraphEngine } from '../execution/graph-engine.js';
import type { FetchLimits } from '../execution/subgraph-client.js';
import type { GraphHolder, Lease } from '../supergraph/graph-holder.js';
import { findVariantProblem, type VariantOpener } from './may-try.rule.js';
import { Variant, type OpenVariantGraph, type VariantRequest } from './variant.js';
import type { VariantLine } from './variant-link.js';
import { say } from '../request/messages/index.js';

/** Longest life of a variant, ms. */
const LIFE_MS = 8 * 3_600_000;
const OVER = 'Its time is over.';
/** Least time between two openings by one department, ms: each composes the whole graph. */
const PAUSE_MS = 1_000;

export interface VariantsOptions {
  /** The graph in force. */
  readonly holder: GraphHolder<GraphEngine>;
  readonly feed: Pick<GovernanceFeed, 'current'>;
  readonly openGraph: OpenVariantGraph;
  readonly limits: FetchLimits;
  /** Variants at once. */
  readonly most: number;
  readonly now?: () => number;
}

/** Subgraphs that departments try on machines of their own, in this process alone. A variant is asked for by name, by its own
 *  department; nobody else's request ever looks here. */
export class Variants {
  /** By department and name. */
  private readonly open = new Map<string, Variant>();
  /** Those whose graph is being composed, which have their place already, with department and name. */
  private readonly opening = new Map<Variant, string>();
  private readonly openedAt = new Map<string, number>();

  constructor(private readonly options: VariantsOptions) {}

  /** Opens a variant, in place of one that the same person has under this name.
   *  @param write  writes a line to the command that opened it
   *  @returns      ends it
   *  @throws HubError VARIANT_REFUSED, TOO_MANY_REQUESTS, NOT_READY */
  async start(
    caller: Caller | undefined,
    request: VariantRequest,
    write: (line: VariantLine) => void,
  ): Promise<(reason: string) => void> {
    const opener = toOpener(caller);
    await this.requireEntitled(request.subgraph, opener);
    const key = keyOf(opener.department, request.name);
    this.requireRoom(key, opener);
    const graph = this.options.holder.current?.graph;
    if (!graph) throw new HubError('NOT_READY', say('http.noGraph'));
    const { limits, openGraph } = this.options;
    const variant = new Variant(request, opener, limits, openGraph, write, this.now() + LIFE_MS);
    this.opening.set(variant, key);
    try {
      await variant.follow(graph);
    } finally {
      this.opening.delete(variant);
    }
    this.end(key, this.open.get(key), 'Another command of yours took its place.');
    this.open.set(key, variant);
    const timer = setTimeout(() => end(OVER), LIFE_MS);
    timer.unref();
    const end = (reason: string): void => {
      clearTimeout(timer);
      this.end(key, variant, reason);
    };
    const expiresAt = new Date(variant.expiresAt).toISOString();
    variant.tell({ type: 'open', name: request.name, secret: variant.secret, expiresAt });
    return end;
  }

  /** Takes a variant for one request; its release must follow.
   *  @throws HubError VARIANT_UNKNOWN where the caller's department has none of this name; VARIANT_REFUSED where it cannot
   *          be served beside what is published meanwhile */
  async acquire(
    name: string,
    caller: Caller | undefined,
  ): Promise<{ readonly lease: Lease<GraphEngine>; readonly release: () => void }> {
    const key = keyOf(caller?.department ?? '', name);
    const variant = caller && this.open.get(key);
    if (!variant) throw unknown(name);
    const graph = this.options.holder.current?.graph;
    const { subgraph } = variant.request;
    const problem = findVariantProblem(subgraph, variant.opener, await this.options.feed.current());
    // A timer stands still while the machine sleeps; the clock does not.
    const reason = this.now() >= variant.expiresAt ? OVER : problem?.in('en');
    if (reason !== undefined) this.end(key, variant, reason);
    if (reason !== undefined || !graph) throw unknown(name);
    await variant.follow(graph);
    const lease = variant.acquire();
    if (!lease) throw unknown(name);
    return { lease, release: () => variant.release(lease) };
  }

  /** Takes the answer of a department's machine to a fetch.
   *  @throws HubError VARIANT_UNKNOWN */
  answer(secret: string, id: number, status: number, text: string): void {
    const variant = [...this.open.values()].find((each) => each.secret === secret);
    if (!variant) throw unknown();
    variant.link.answer(id, status, text);
  }

  close(): void {
    for (const [key, variant] of [...this.open]) this.end(key, variant, 'The hub stops.');
  }

  private end(key: string, variant: Variant | undefined, reason: string): void {
    if (!variant || this.open.get(key) !== variant) return;
    this.open.delete(key);
    variant.tell({ type: 'end', reason });
    void variant.close();
  }

  private async requireEntitled(subgraph: string, opener: VariantOpener): Promise<void> {
    const problem = findVariantProblem(subgraph, opener, await this.options.feed.current());
    if (problem !== undefined) throw new HubError('VARIANT_REFUSED', problem);
  }

  private requireRoom(key: string, { department, person }: VariantOpener): void {
    const places = [...[...this.opening].map(([variant, at]) => [at, variant] as const), ...this.open];
    const taken = places.filter(([at]) => at === key);
    if (taken.some(([, variant]) => variant.opener.person !== person))
      throw new HubError('VARIANT_REFUSED', say('variant.colleague'));
    if (taken.length === 0 && new Set(places.map(([at]) => at)).size >= this.options.most)
      throw new HubError('TOO_MANY_REQUESTS', say('variant.most', { most: this.options.most }));
    const since = this.now() - (this.openedAt.get(department) ?? -Infinity);
    if (since < PAUSE_MS) throw new HubError('TOO_MANY_REQUESTS', say('variant.momentAgo'));
    this.openedAt.set(department, this.now());
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

function toOpener(caller: Caller | undefined): VariantOpener {
  if (caller?.person === undefined) throw new HubError('VARIANT_REFUSED', say('variant.person'));
  return { department: caller.department, person: caller.person };
}

const keyOf = (department: string, name: string): string => `${department}\0${name}`;

/** One of another department looks like none. */
const unknown = (name?: string): HubError =>
  new HubError(
    'VARIANT_UNKNOWN',
    name === undefined ? say('variant.none') : say('variant.noneOfName', { name: JSON.stringify(name) }),
  );
