import { HubError } from '../../shared/kernel/index.js';
import type { Graph } from './graph.js';
import { say } from '../request/messages/index.js';

export interface Closable {
  close(): void | Promise<void>;
}
/** A graph and the engine that runs operations on it. */
export interface ActiveGraph<E> {
  readonly graph: Graph;
  readonly engine: E;
}
/** The result of an attempt to swap the graph. */
export type SwapResult =
  | { readonly kind: 'swapped'; readonly graph: Graph; readonly previous?: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly error: HubError };

/** The graph in force. An operation holds the graph it began with until it ends, through any number of swaps; an engine
 *  is closed when its graph has been replaced and the last operation on it has ended. */
export class GraphHolder<E extends Closable> {
  #slot: Slot<E> | undefined;
  #swaps: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #listeners = new Set<(graph: ActiveGraph<E>) => void>();
  readonly #closing = new Set<Promise<void>>();

  /** The graph in force, for reading; use `acquire` to run an operation on it. */
  get current(): ActiveGraph<E> | undefined {
    return this.#slot;
  }

  /** Takes the graph in force for one operation; `release` must follow.
   *  @returns undefined while no graph is in force */
  acquire(): Lease<E> | undefined {
    const slot = this.#slot;
    if (slot) slot.users++;
    return slot;
  }

  release(lease: Lease<E>): void {
    const slot = lease as Slot<E>;
    slot.users--;
    this.#closeIfUnused(slot);
  }

  /** Called with every graph that comes into force, before operations reach it; a listener that throws refuses it. */
  subscribe(listener: (graph: ActiveGraph<E>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Replaces the graph by what `load` opens. Swaps run one after another. Never rejects: whatever goes wrong, the old
   *  graph goes on serving and the outcome says why.
   *  @param load  opens the next graph; undefined when its source has not changed */
  swap(load: () => Promise<ActiveGraph<E> | undefined>): Promise<SwapResult> {
    const swap = this.#swaps.then(() => this.#swap(load));
    this.#swaps = swap;
    return swap;
  }

  async #swap(load: () => Promise<ActiveGraph<E> | undefined>): Promise<SwapResult> {
    let next: ActiveGraph<E> | undefined;
    try {
      next = await load();
      if (!next) return { kind: 'unchanged' };
      const previous = this.#slot;
      if (this.#closed) throw new HubError('NOT_READY', say('http.stopping'));
      for (const listener of this.#listeners) listener(next);
      this.#slot = { graph: next.graph, engine: next.engine, users: 0 };
      if (previous) this.#closeIfUnused(previous);
      return { kind: 'swapped', graph: next.graph, previous: previous?.graph.version };
    } catch (cause) {
      // The reason of the refusal counts, not a failure to close what was refused.
      if (next) await Promise.resolve(next.engine.close()).catch(() => {});
      const error =
        cause instanceof HubError
          ? cause
          : new HubError(
              'COMPOSITION_FAILED',
              `The graph was refused: ${String((cause as Error)?.message ?? cause)}`,
              {},
              { cause },
            );
      return { kind: 'refused', error };
    }
  }

  #closeIfUnused(slot: Slot<E>): void {
    if (slot.users > 0 || slot === this.#slot || slot.closed) return;
    slot.closed = true;
    // A replaced engine is not used again, so a failure to close it changes nothing for a request.
    const closing = Promise.resolve()
      .then(() => slot.engine.close())
      .catch(() => {})
      .then(() => void this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  /** Takes the graph out of force and waits until idle engines are closed. Operations in flight keep theirs. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#swaps;
    const slot = this.#slot;
    this.#slot = undefined;
    if (slot) this.#closeIfUnused(slot);
    await Promise.all(this.#closing);
  }
}

/** One operation's claim on a graph. */
export type Lease<E> = ActiveGraph<E>;

interface Slot<E> extends ActiveGraph<E> {
  users: number;
  closed?: boolean;
}
