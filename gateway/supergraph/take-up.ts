import { HubError } from '../../shared/kernel/index.js';
import type { PublishedSubgraph } from '../../shared/read-model/read-model.js';

export type Tried<T> = { readonly value: T } | { readonly error: unknown };
/** Prepares a graph of some versions. */
export type Attempt<T> = (versions: readonly PublishedSubgraph[]) => Promise<Tried<T>>;

/** A version that comes into force, or the retirement of a subgraph. */
interface Change {
  readonly subgraph: string;
  readonly version?: PublishedSubgraph;
}
interface Taken<T> {
  readonly prepared: T;
  readonly versions: readonly PublishedSubgraph[];
}
interface TakenUp<T> extends Taken<T> {
  /** Changes that do not go together with the versions. */
  readonly left: readonly (Change & { readonly error: unknown })[];
}

/** Differences of versions that are wanted to those that are served. */
export const listChanges = (served: readonly PublishedSubgraph[], wanted: readonly PublishedSubgraph[]): Change[] => [
  ...wanted
    .filter(({ id }) => !served.some((each) => each.id === id))
    .map((version) => ({ subgraph: version.subgraph, version })),
  ...served
    .filter((each) => !wanted.some(({ subgraph }) => subgraph === each.subgraph))
    .map(({ subgraph }) => ({ subgraph })),
];

/** Takes up changes as far as they go; one may need another one that comes later. Those that do not go together are tried in
 *  halves, so that a bad one among hundreds is found in a few attempts.
 *  @param known  error of all changes together, where they have been tried */
export async function takeUp<T>(
  from: Taken<T>,
  changes: readonly Change[],
  attempt: Attempt<T>,
  known?: unknown,
): Promise<TakenUp<T>> {
  let { prepared, versions } = from;
  const errors = new Map<string, unknown>();
  const take = async (some: readonly Change[], error?: unknown): Promise<readonly Change[]> => {
    if (some.length === 0) return [];
    const next = apply(versions, some);
    const tried = error === undefined ? await attempt(next) : { error };
    if ('value' in tried) {
      prepared = tried.value;
      versions = next;
      return [];
    }
    if (some.length === 1) {
      const [{ subgraph }] = some as readonly [Change];
      if (!errors.has(subgraph)) errors.set(subgraph, tried.error);
      return some;
    }
    const half = some.length >> 1;
    return [...(await take(some.slice(0, half))), ...(await take(some.slice(half)))];
  };
  let left = await take(changes, known);
  for (let before = changes.length; left.length > 0 && left.length < before;) {
    before = left.length;
    left = await take(left);
  }
  return { prepared, versions, left: left.map((change) => ({ ...change, error: errors.get(change.subgraph) })) };
}

function apply(versions: readonly PublishedSubgraph[], changes: readonly Change[]): readonly PublishedSubgraph[] {
  const changed = new Set(changes.map(({ subgraph }) => subgraph));
  return [
    ...versions.filter(({ subgraph }) => !changed.has(subgraph)),
    ...changes.flatMap(({ version }) => version ?? []),
  ];
}

/** @throws HubError NOT_READY, which says nothing of the versions */
export async function tryTo<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof HubError && error.code === 'NOT_READY') throw error;
    return { error };
  }
}

export function valueOf<T>(tried: Tried<T>): T {
  if ('value' in tried) return tried.value;
  throw tried.error;
}
