import type { ClauseId } from './clause-id.js';

type Marked = readonly [ClauseId, ...ClauseId[]];

/** Marks the test that it stands in: that test fails when one of these clauses is no longer kept. It does nothing when
 *  the test runs; the table of clauses is made from the source (`markersIn`). */
export function shows(..._clauses: Marked): void {
  // Read from the source.
}

/** Marks a test that shows a part of these clauses. partly.yaml says which part is not shown. */
export function showsPartOf(..._clauses: Marked): void {
  // Read from the source.
}
