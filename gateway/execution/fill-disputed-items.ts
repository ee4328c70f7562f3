import type { Coordinate } from '../../shared/kernel/index.js';
import type { DisputedPlace } from '../request/answer.js';
import { describeDispute } from '../request/describe-dispute.js';
import type { PreparedOperation } from '../request/operation.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';
import { Failure } from './failure.js';
import type { Json } from './fetch-shape.js';

/** Root field with the items under correction of its own answer, for clients that drop extensions. Governance answers it with
 *  an empty list. */
const DISPUTED_ITEMS: Coordinate = 'Query.disputedItems';

/** Puts the items under correction into the data of an operation that asks for them.
 *  @param isAsked  true for a site that takes part and is allowed
 *  @returns        false where it does not ask, or there are none: the answer is written already */
export function fillDisputedItems(
  { selections, sites }: PreparedOperation,
  bits: number,
  isAsked: (site: number) => boolean,
  data: Json,
  places: readonly DisputedPlace[],
): boolean {
  const asked = [...listFields(selections, bits)].filter(
    ({ site }) => sites[site]?.coordinate === DISPUTED_ITEMS && isAsked(site),
  );
  const shown = places.flatMap(describeDispute);
  if (asked.length === 0 || shown.length === 0) return false;
  for (const { inner, selections: below = [] } of asked) {
    if (data[inner] instanceof Failure) continue;
    data[inner] = shown.map(({ path, ...dispute }) =>
      toObject({ ...dispute, path: path.map(String) }, [...listFields(below, bits)]),
    );
  }
  return true;
}

const toObject = (values: Json, fields: readonly FieldSelection[]): Json =>
  Object.fromEntries(fields.map(({ inner, name }) => [inner, values[name] ?? null]));

function* listFields(selections: readonly Selection[], bits: number): Generator<FieldSelection> {
  for (const selection of selections) {
    if (!isActive(selection, bits)) continue;
    if (selection.kind === 'field') yield selection;
    else yield* listFields(selection.selections, bits);
  }
}
