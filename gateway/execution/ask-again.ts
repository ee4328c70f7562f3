import { LRUCache } from 'lru-cache';
import type { InternalPart } from '../plan/query-plan.js';
import type { LeftOut } from './complete-answer.js';
import { InternalParts, toKeys, type FailedParts } from './failed-parts.js';
import type { Failure } from './failure.js';
import type { CompiledFetch, FetchText } from './fetch-step.js';
import type { FetchShape, Json } from './fetch-shape.js';
import { leaveOutParts, toPartTree, type PartTree } from './reduce-request.js';

/** An answer with its failures in their places, in the plan's keys. */
export interface ReadAnswer {
  readonly data: Json;
  readonly failed: FailedParts | undefined;
  /** Failures without a place. */
  readonly unplaced: readonly Failure[];
  /** It has no data at all. */
  readonly isLost: boolean;
}

/** Parts that were left out of an answer. */
export interface LeftParts {
  readonly parts: readonly InternalPart[];
  /** Places at which each is known to fail. */
  readonly counts: ReadonlyMap<InternalPart, number>;
}

/** A query is asked again so many times at most: without what failed, and then without any input. */
const SECOND_REQUESTS = 2;
/** Texts kept of a fetch without some of its parts. */
const KEPT_TEXTS = 16;

/** Asks a query again where a key or an input that nobody asked for failed, and a null took along what was asked beside it:
 *  without that part. What needs the part fails, and nothing else. */
export class AskAgain {
  private readonly kept = new LRUCache<string, CompiledFetch>({ max: KEPT_TEXTS });

  private constructor(readonly parts: InternalParts) {}

  /** @param shape  of the whole fetch, in the plan's keys
   *  @returns      undefined for a mutation, and where everything is asked for */
  static of({ internal = [], operationKind }: FetchText, shape: FetchShape, ofEntities: boolean): AskAgain | undefined {
    if (internal.length === 0 || operationKind === 'mutation') return undefined;
    return new AskAgain(new InternalParts(internal, shape, ofEntities));
  }

  /** @param first     the answer so far
   *  @param ask       asks without some parts for what is lost; undefined when there is no answer
   *  @param complete  gives the first answer what it lost
   *  @returns         what was left out in the end; undefined where nothing was */
  async complete(
    first: ReadAnswer,
    ask: (parts: PartTree, failed: FailedParts) => Promise<ReadAnswer | undefined>,
    complete: (second: ReadAnswer, left: LeftOut) => void,
  ): Promise<LeftParts | undefined> {
    const counts = new Map<InternalPart, number>();
    let left: LeftParts | undefined;
    const needs = new Set<number>();
    const causes = new Map<string, Failure>();
    let { failed } = first;
    for (let n = 1; failed && n <= SECOND_REQUESTS; n++) {
      for (const need of failed.needs) needs.add(need);
      for (const [part, failure] of failed.causes) causes.set(part, causes.get(part) ?? failure);
      for (const [part, count] of failed.counts) counts.set(part, (counts.get(part) ?? 0) + count);
      const parts = this.parts.withoutUse(needs, n === SECOND_REQUESTS, counts);
      const second = await ask(toPartTree(parts), failed);
      if (!second) break;
      left = { parts, counts };
      complete(second, { parts: toPartTree(parts.map(({ path }) => ({ path: toKeys(path) }))), causes });
      ({ failed } = second);
    }
    return left;
  }

  /** The request without some parts.
   *  @param node  the request, or some calls of it */
  compile<T extends FetchText>(node: T, parts: PartTree, compile: (node: T) => CompiledFetch): CompiledFetch {
    const text = leaveOutParts({ ...node, isSecond: true }, parts);
    const known = this.kept.get(text.operation);
    if (known) return known;
    const compiled = compile(text);
    this.kept.set(text.operation, compiled);
    return compiled;
  }
}
