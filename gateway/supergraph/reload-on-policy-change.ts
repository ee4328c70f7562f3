import { setTimeout as wait } from 'node:timers/promises';
import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';

/** Reads the graph again when published subgraphs, permits or consents change: one that was refused may be let in now.
 *  @param reload  never rejects
 *  @param settled  called after that with every change of governance; never rejects
 *  @returns ends it */
export function reloadOnPolicyChange(
  feed: Pick<GovernanceFeed, 'current' | 'fresh' | 'subscribe'>,
  reload: () => Promise<unknown>,
  settled: () => Promise<void> = async () => undefined,
): () => void {
  let known = feed.fresh();
  return feed.subscribe(async () => {
    // A view that is outdated as soon as it is read may be confirmed later without another call, so it is waited for.
    const now = feed.fresh() ?? (await feed.current().catch(() => undefined));
    const isSame = now !== undefined && known !== undefined && isSamePolicy(now, known);
    known = now ?? known;
    if (!isSame) await reload();
    await settled();
  });
}

/** Longest wait for a graph that follows from a change, milliseconds. */
const FOLLOW_MS = 10_000;

/** Waits until the graph follows what changed since a view was read: who makes a change finds it served. A graph that takes longer
 *  follows later.
 *  @param reload  never rejects
 *  @param signal  aborted at the deadline of the request that made the change, which is told as made all the same */
export async function waitForGraph(
  feed: Pick<GovernanceFeed, 'current' | 'fresh'>,
  reload: () => Promise<unknown>,
  before: GovernanceSnapshot,
  signal: AbortSignal,
): Promise<void> {
  const now = feed.fresh() ?? (await feed.current().catch(() => undefined));
  if (now === undefined || isSamePolicy(now, before)) return;
  const done = new AbortController();
  const late = wait(FOLLOW_MS, undefined, { signal: AbortSignal.any([done.signal, signal]) }).catch(() => undefined);
  await Promise.race([reload(), late]);
  done.abort();
}

const isSamePolicy = (now: GovernanceSnapshot, known: GovernanceSnapshot): boolean =>
  now.publishers === known.publishers &&
  now.consents === known.consents &&
  now.successions === known.successions &&
  now.subgraphs === known.subgraphs;
