import type { Peer } from '../tracing/trace.js';
import type { Coordinate, Text } from '../../shared/kernel/index.js';
import type { ResourceFreshness } from '../../shared/read-model/read-freshness.js';
import type { Dispute } from '../../shared/read-model/read-model.js';

/** A GraphQL error as it is written into the answer. */
export interface AnswerError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
}

/** An error that is worded when the answer is. */
export interface PlacedError extends Omit<AnswerError, 'message'> {
  readonly message: Text;
}

/** One request to a subgraph, for the access record, metrics and tests. */
export interface FetchTrace {
  readonly subgraph: string;
  readonly peer: Peer;
  readonly milliseconds: number;
  /** Error code when it failed. */
  readonly failure?: string;
  /** Items sent along: keys, and inputs that the subgraph requires. */
  readonly sent?: readonly Coordinate[];
  /** Items that were read to be compared inside the hub. */
  readonly compared?: readonly Coordinate[];
}

/** What became of the items that were asked for and allowed, each named once. An item counts as released when a value of
 *  it is in the answer, in one place at least. @source share-rules section 5 */
export interface AnsweredItems {
  readonly released: readonly Coordinate[];
  /** Given in their de-identified form only. */
  readonly masked: readonly Coordinate[];
  /** Nothing was there to give: no record, or no value in it. */
  readonly absent: readonly Coordinate[];
  /** Lost to a failure. */
  readonly unavailable: readonly Coordinate[];
  /** Refused while the answer was written: rows outside the grant, and refusals that only the provider can decide. */
  readonly refused: readonly { readonly coordinate: Coordinate; readonly code: string }[];
}
export const NO_ITEMS: AnsweredItems = { released: [], masked: [], absent: [], unavailable: [], refused: [] };

/** Something the caller should know about an answer that is otherwise good; written under `extensions.warnings`. */
export interface AnswerWarning {
  readonly code: string;
  readonly message: string;
}

/** A place of an answer whose item is under correction. */
export interface DisputedPlace {
  /** Absent where the item was asked for and nothing was there. */
  readonly path?: readonly (string | number)[];
  readonly dispute: Dispute;
  /** The value as it was written, JSON text; undefined where it is masked, so that it proves nothing. */
  readonly text?: string | undefined;
}

/** The result of executing one operation. */
export interface Answer {
  /** The `data` member as JSON text, exactly the requested keys in order; `null` as text when the root was nulled. */
  readonly data: string;
  /** The same in UTF-8, where it was written so. */
  readonly bytes?: Buffer;
  readonly errors: readonly AnswerError[];
  readonly warnings?: readonly AnswerWarning[];
  /** Places whose item is under correction; absent where there are none. */
  readonly disputed?: readonly DisputedPlace[];
  /** Freshness of the resources of the answer; absent where the request does not ask. */
  readonly freshness?: readonly ResourceFreshness[];
  readonly fetches: readonly FetchTrace[];
  readonly items: AnsweredItems;
  /** Objects written, by type name. */
  readonly rows: Readonly<Record<string, number>>;
  /** Identifiers of the subjects whose records were written, `KIND:value`, at most `SUBJECT_LIMIT`. */
  readonly subjects: readonly string[];
  /** Subjects seen in all, also beyond the limit. */
  readonly subjectCount: number;
  /** Coordinates that the fetches asked for and the caller did not: keys, required inputs, subjects. */
  readonly internal: readonly Coordinate[];
}
