import type { Denial } from '../request/denial.js';
import { findParents, type Operation } from '../request/operation.js';
import type { Verdict } from '../request/verdict.js';

/** A verdict under which further sites are refused, with everything under them.
 *  @param refused  reasons by site index */
export function refuseSites({ sites }: Operation, verdict: Verdict, refused: ReadonlyMap<number, Denial>): Verdict {
  const closed = new Set([...verdict.closed, ...refused.keys()]);
  const reasons = new Map([...verdict.reasons, ...refused]);
  const parents = findParents(sites);
  // Parents stand before their children.
  for (const { index } of sites) {
    if (!closed.has(parents[index]!)) continue;
    closed.add(index);
    reasons.delete(index);
  }
  const denials = verdict.denials.slice();
  for (const site of reasons.keys()) denials[site >> 5]! |= 1 << (site & 31);
  const counted = verdict.counted?.filter(({ site }) => !closed.has(site));
  const charged = new Set(counted?.flatMap(({ charges }) => charges.flat()).map(({ id }) => id));
  const grants = verdict.grants.filter(({ id, quotaPerDay }) => quotaPerDay === undefined || charged.has(id));
  return { ...verdict, denials, denied: reasons.size, reasons, closed, counted, grants };
}
