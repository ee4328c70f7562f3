import type { Coordinate } from '../kernel/index.js';
import { shareTypeOf, type FieldStatement } from './statements.js';

/** Type that a field must give; any where it is `undefined`. */
const FIELDS: ReadonlyMap<Coordinate, string | undefined> = new Map<Coordinate, string | undefined>([
  ['PageInfo.hasNextPage', undefined],
  ['PageInfo.hasPreviousPage', undefined],
  ['PageInfo.startCursor', undefined],
  ['PageInfo.endCursor', undefined],
  ['Verification.outcome', 'VerificationOutcome'],
  ['Verification.comparedBy', 'ComparedBy'],
  ['Verification.outcomes', 'ItemVerification'],
  ['ItemVerification.item', 'ID'],
  ['ItemVerification.outcome', 'VerificationOutcome'],
]);

/** True for a field of a type that all subgraphs publish alike: `PageInfo`, which the Cursor Connections specification reserves
 *  in every schema, and `Verification`, the outcome of a comparison, with those of its items. It holds no item of any record, so it belongs to no
 *  provider and to no catalogue entry. Another field of such a type, or a restricted one, is an item like any other. */
export function isCommonField(statement: FieldStatement): boolean {
  const { coordinate, returns } = statement;
  if (!FIELDS.has(coordinate) || shareTypeOf(statement) !== 'UNCONDITIONAL') return false;
  return (FIELDS.get(coordinate) ?? returns) === returns;
}
