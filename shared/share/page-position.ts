import type { Coordinate } from '../kernel/index.js';
import { shareTypeOf, type FieldStatement } from './statements.js';

const FIELDS: ReadonlySet<Coordinate> = new Set<Coordinate>([
  'PageInfo.hasNextPage',
  'PageInfo.hasPreviousPage',
  'PageInfo.startCursor',
  'PageInfo.endCursor',
]);

/** True for a field of `PageInfo`, the type that the Cursor Connections specification reserves in every schema. All
 *  subgraphs publish it and it says nothing of any record, so it belongs to no provider and to no catalogue entry. A field
 *  that the specification does not name, or that is restricted, is an item like any other. */
export const isPagePosition = (statement: FieldStatement): boolean =>
  FIELDS.has(statement.coordinate) && shareTypeOf(statement) === 'UNCONDITIONAL';
