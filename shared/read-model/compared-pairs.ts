import type { UsedConsent } from '../evidence/index.js';
import type { ComparisonRule } from '../share/claims/comparison-digests.js';

/** One side of a check: whose records are read, and which item of them. */
export interface ComparedSide {
  readonly subgraph: string;
  /** Department code. */
  readonly owner: string;
  readonly type: string;
  /** Field of the item. */
  readonly field: string;
  /** Field that identifies the subject; it is the key of the records. */
  readonly subjectField: string;
}
/** One page of subjects that two departments' items are compared of. */
export interface PairsRequest {
  /** Names the request in records and logs. */
  readonly requestId: string;
  /** Department that defined the check, and the purpose that it stated. */
  readonly department: string;
  readonly purpose: string;
  readonly consents: readonly UsedConsent[];
  readonly subjectKind: 'PERSON' | 'ORGANISATION';
  /** The side whose records are listed. */
  readonly driver: ComparedSide & { readonly listField: string };
  readonly other: ComparedSide;
  readonly rule: ComparisonRule;
  /** Where the page begins; at the beginning where absent. */
  readonly after?: string | undefined;
  /** Most subjects. */
  readonly size: number;
  /** Version of the graph that is in force, by which the record tells whose items were compared. */
  readonly graphVersion?: string | undefined;
}
export type PairOutcome = 'AGREED' | 'MISMATCHED' | 'ABSENT';
export interface ComparedPair {
  /** In its one form. */
  readonly identifier: string;
  readonly outcome: PairOutcome;
}
/** Result of a page. Neither a value nor a digest of one is in it. */
export interface ComparedPairs {
  readonly pairs: readonly ComparedPair[];
  /** Shares of the values that the five commonest cover, 0 to 1: of the side that was listed, and of the other. */
  readonly commonest: readonly [number, number];
  /** Where the next page begins; absent after the last. */
  readonly next?: string | undefined;
}

/** Reads a page of both sides inside the hub, compares, records it, and forgets the values.
 *  @throws HubError when a side cannot be read, or the use cannot be recorded; then nothing was told */
export type ComparePairs = (request: PairsRequest) => Promise<ComparedPairs>;
