import type { InternalPart } from '../plan/query-plan.js';
import { Failure } from './failure.js';
import type { FetchShape, Json } from './fetch-shape.js';
import type { CompiledFetch } from './fetch-step.js';
import { CONFLICT_PREFIX } from './separate-conflicting-keys.js';
import { ERROR_LIMIT } from './subgraph-errors.js';

/** A request, as far as the places of its errors go. */
type SentFetch = Pick<CompiledFetch, 'shape' | 'movesUp'>;

/** Keys and inputs that failed in an answer, and took along what is still wanted without them. */
export interface FailedParts {
  /** Jumps that cannot be made without them. */
  readonly needs: ReadonlySet<number>;
  /** Items of the lists of entities that are null by them, by the list's response key. */
  readonly items: ReadonlyMap<string, ReadonlySet<number>>;
  /** The failure of each, by its response keys. */
  readonly causes: ReadonlyMap<string, Failure>;
  /** Places at which each failed. */
  readonly counts: ReadonlyMap<InternalPart, number>;
}

/** The parts of a fetch that the planner added, and where they stand in it. */
export class InternalParts {
  /** By response keys alone: of several types one may be asked for what is internal of another. */
  private readonly byKeys: ReadonlyMap<string, readonly InternalPart[]>;

  /** @param parts  at least one
   *  @param shape  of the whole fetch, in the plan's keys
   *  @param ofEntities  its root fields are entity calls */
  constructor(
    parts: readonly InternalPart[],
    readonly shape: FetchShape,
    private readonly ofEntities: boolean,
  ) {
    this.byKeys = Map.groupBy(parts, ({ path }) => nameOf(toKeys(path)));
  }

  /** @param data    of an answer, with its failures in their places
   *  @param errors  of that answer
   *  @param isLost  the answer has no data at all
   *  @param sent    the request that it answers
   *  @returns       undefined where asking again would bring nothing */
  findFailed(data: Json, errors: unknown, isLost: boolean, sent: SentFetch): FailedParts | undefined {
    if (!Array.isArray(errors)) return undefined;
    const lost = errors
      .slice(0, ERROR_LIMIT)
      .flatMap((error) => this.findLost(data, (error as Json | null)?.path, isLost, sent) ?? []);
    const needs = new Set(lost.flatMap(({ parts }) => needsOf(parts)));
    const worth = lost.filter(({ above }) => this.isWanted(above, needs));
    if (worth.length === 0) return undefined;
    const items = new Map<string, Set<number>>();
    for (const { item: [list, index] = [] } of worth)
      if (list !== undefined && index !== undefined)
        (items.get(list) ?? items.set(list, new Set()).get(list)!).add(index);
    const counts = new Map<InternalPart, number>();
    for (const { parts } of lost) for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
    return { needs, items, causes: new Map(lost.map(({ name, failure }) => [name, failure])), counts };
  }

  /** Parts of which every jump that needs them is lost. Keys stay as long as they do not fail themselves: records are asked by
   *  them for what was left out.
   *  @param all     every input besides
   *  @param failed  parts that are known to fail */
  withoutUse(needs: ReadonlySet<number>, all: boolean, failed: ReadonlyMap<InternalPart, unknown>): InternalPart[] {
    return [...this.byKeys.values()]
      .flat()
      .filter((part) => (part.isKey && !failed.has(part) ? false : all || part.needs.every((need) => needs.has(need))));
  }

  /** The part at an error's place, when it made a place above it null. */
  private findLost(data: Json, path: unknown, isLost: boolean, sent: SentFetch) {
    if (!Array.isArray(path)) return undefined;
    const own = path.map((key: unknown) =>
      typeof key === 'string' ? key.replace(CONFLICT_PREFIX, '') : typeof key === 'number' ? key : '',
    );
    const keys = own.filter((key) => typeof key === 'string');
    const name = nameOf(keys);
    const parts = this.byKeys.get(name)?.filter((part) => isFetchedAt(part, path, sent.shape)) ?? [];
    if (parts.length === 0) return undefined;
    let value: unknown = data;
    for (const [index, key] of path.entries()) {
      if (typeof key !== 'string' && typeof key !== 'number') return undefined;
      value = (value as Json)[key];
      if (value instanceof Failure) {
        // Something else took that place along, or nothing was taken along.
        if (
          !sent.movesUp(path as (string | number)[], isLost ? 0 : index + 1) ||
          (!isLost && index === path.length - 1)
        )
          return undefined;
        const above = own.slice(0, index + 1).filter((each) => typeof each === 'string');
        const item = typeof own[1] === 'number' ? ([String(own[0]), own[1]] as const) : undefined;
        return { name, parts, failure: value, above, item };
      }
      if (typeof value !== 'object' || value === null) return undefined;
    }
    return undefined;
  }

  /** True where something is asked of a lost place that does not need what failed. */
  private isWanted(above: readonly string[], needs: ReadonlySet<number>): boolean {
    // A list of entities is asked for by nobody: their fields are.
    const isList = this.ofEntities && above.length === 1;
    if (!isList && !this.byKeys.has(nameOf(above))) return true;
    let shape: FetchShape | undefined = this.shape;
    for (const key of above) shape = shape?.below[shape.keys.indexOf(key)];
    return (shape?.keys ?? []).some((key) => {
      if (key === '__typename') return isList;
      const parts = this.byKeys.get(nameOf([...above, key]));
      return !parts || needsOf(parts).some((need) => !needs.has(need));
    });
  }
}

/** The same, of a request for some of the items only.
 *  @param of  those items, by the list's response key */
export const atItems = (failed: FailedParts, of: ReadonlyMap<string, readonly number[]>): FailedParts => ({
  ...failed,
  items: new Map(
    [...failed.items].map(([list, items]) => [list, new Set([...items].map((index) => of.get(list)![index]!))]),
  ),
});

const needsOf = (parts: readonly InternalPart[]): number[] => parts.flatMap(({ needs }) => needs);
/** The response keys among the steps of a part. */
export const toKeys = (path: readonly string[]): string[] => path.filter((step) => !step.startsWith('...'));
const nameOf = (path: readonly unknown[]): string => path.join('.');

/** True where a part may be what a request fetched at a place: parts of several types may stand under the same keys.
 *  @param path  as sent */
function isFetchedAt({ path: steps }: InternalPart, path: readonly unknown[], sent: FetchShape): boolean {
  const keys = path.filter((key) => typeof key === 'string');
  let shape: FetchShape | undefined = sent;
  let type: string | undefined;
  for (const step of steps) {
    if (step.startsWith('...')) {
      type = step.slice(3);
      continue;
    }
    const index: number = shape?.keys.indexOf(keys.shift() ?? '') ?? -1;
    const on = shape?.on[index];
    if (on && type !== undefined && !on.includes(type)) return false;
    shape = shape?.below[index];
    type = undefined;
  }
  return true;
}
