import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';

/** Reads the graph again when published subgraphs, permits or consents change: one that was refused may be let in now.
 *  @param reload  never rejects
 *  @returns ends it */
export function reloadOnPolicyChange(
  feed: Pick<GovernanceFeed, 'current' | 'fresh' | 'subscribe'>,
  reload: () => Promise<unknown>,
): () => void {
  let known = feed.fresh();
  return feed.subscribe(async () => {
    // A view that is outdated as soon as it is read may be confirmed later without another call, so it is waited for.
    const now = feed.fresh() ?? (await feed.current().catch(() => undefined));
    const isSame = now !== undefined && known !== undefined && isSamePolicy(now, known);
    known = now ?? known;
    if (!isSame) await reload();
  });
}

const isSamePolicy = (now: GovernanceSnapshot, known: GovernanceSnapshot): boolean =>
  now.publishers === known.publishers && now.consents === known.consents && now.subgraphs === known.subgraphs;
