import { randomBytes } from 'node:crypto';
import { QualityRefusal } from '../../../../shared/read-model/quality-check.js';
import type { RuleCounts } from '../../../../shared/share/quality/quality-request.js';
import { qualityTables } from '../tables.js';
import type { QualityRoom, RuleRow } from './quality-room.js';

/** Digests are compared by their first digits, so that few are at hand at a time. */
const BUCKETS = Array.from({ length: 16 }, (_, at) => at.toString(16));

/** Judges whether values are known to the department that keeps what they name. Both sides give digests under a key that is made
 *  for this rule and this run and is forgotten with it: neither department sees a value, a digest or a number of the other, and
 *  the hub sees no value. A target that is no longer shared with everybody is not asked. */
export async function judgeReferences(
  { pool, door, signal }: Pick<QualityRoom, 'pool' | 'door' | 'signal'>,
  subgraph: string,
  type: string,
  rules: readonly RuleRow[],
): Promise<RuleCounts[]> {
  const results: RuleCounts[] = [];
  for (const { id, definition } of rules) {
    const target = await qualityTables(pool)
      .selectFrom('quality_item')
      .select(['subgraph', 'type', 'item', 'share_type'])
      .where('coordinate', '=', definition.target ?? '')
      .executeTakeFirst();
    if (target?.share_type !== 'UNCONDITIONAL') {
      results.push({ id, reason: 'TARGET_UNFIT' });
      continue;
    }
    const key = randomBytes(32).toString('hex');
    let [checked, failed] = [0, 0];
    try {
      for (const bucket of BUCKETS) {
        signal?.throwIfAborted();
        const ask = { ask: 'DIGESTS' as const, key, bucket };
        const own = await door.digests(subgraph, { ...ask, type, item: definition.item });
        if (own.digests.length === 0) continue;
        const { digests } = await door.digests(target.subgraph, { ...ask, type: target.type, item: target.item });
        const known = new Set(digests.map(([digest]) => digest));
        for (const [digest, records] of own.digests) {
          checked += records;
          if (!known.has(digest)) failed += records;
        }
      }
      results.push({ id, checked, failed });
    } catch (error) {
      if (!(error instanceof QualityRefusal)) throw error;
      results.push({ id, reason: error.reason });
    }
  }
  return results;
}
