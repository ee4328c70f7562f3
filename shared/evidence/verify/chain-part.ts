import type { Segment } from '../log/evidence-folder.js';

/** The segments of a chain that are to be checked, and the numbers between which these must be whole. */
export interface ChainPart {
  readonly segments: readonly Segment[];
  /** Number of the first record that must be there. */
  readonly first: number;
  /** Number of the record that must follow; absent at the chain's end. */
  readonly next?: number;
}
export interface ChainPartRequest {
  /** Leaves out segments that end before, or begin well after; milliseconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
  /** Number of the newest record whose segment may be gone, 0 when none may. */
  readonly released: number;
}

/** A record is written within this time after the request came, milliseconds; generously. */
const WRITTEN_WITHIN = 3_600_000;

/** Of a chain what can hold records of a time and was not released whole. */
export function selectChainPart(
  chain: readonly Segment[],
  { from = -Infinity, to = Infinity, released }: ChainPartRequest,
): ChainPart {
  const isLeft = (segment: Segment, after: Segment) =>
    after.begun < from || (after.first <= released + 1 && after.first > segment.first);
  let begin = 0;
  while (chain[begin + 1] && isLeft(chain[begin]!, chain[begin + 1]!)) begin++;
  let end = begin;
  while (chain[end] && chain[end]!.begun <= to + WRITTEN_WITHIN) end++;
  const own = chain[begin]?.first ?? Infinity;
  const first = begin > 0 || own <= released ? own : released + 1;
  return { segments: chain.slice(begin, end), first, next: chain[end]?.first };
}
