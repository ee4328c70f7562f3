import type { EvidenceEvent, ChainPosition } from '../../shared/evidence/index.js';
import type { ChainEnd } from '../../shared/evidence/store/index.js';

/** A record that is about to be stored. */
export interface Written {
  readonly event: EvidenceEvent;
  readonly place: ChainPosition;
  /** Its line, with the line end. */
  readonly line: string;
  readonly hash: string;
}

/** Store of a log's chain. One call at a time. */
export interface ChainStore {
  /** Whose chain it is; another's after `settle` where this one was lost to somebody else. */
  readonly writer: string;
  /** Number of the newest record that a signed head covers; undefined where somebody else signs. */
  readonly signed: number | undefined;
  /** Makes sure that nothing is left of a failed write that could come between.
   *  @returns  the end of the chain, behind which the next record goes */
  settle(): Promise<ChainEnd>;
  /** Resolves when the records are on stable storage, with what stands behind the chain's end afterwards. */
  store(batch: readonly Written[]): Promise<void>;
  /** Finds out whether records could be stored again after a failure. @throws why not */
  tryAgain(): Promise<void>;
  /** Signs the chain's end. */
  sign(): Promise<void>;
  /** Signs the chain's end and lets it go. */
  close(): Promise<void>;
}
