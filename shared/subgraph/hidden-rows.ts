import type { Cuts } from './row-cut.js';

/** Rows of a table that the caller of a fetch must not see at all. */
export interface HiddenRows {
  /** Divisions that a row must lie in. */
  readonly cuts: Cuts;
  /** Identifiers of subjects whose rows are withheld. */
  readonly identifiers: readonly string[];
}
