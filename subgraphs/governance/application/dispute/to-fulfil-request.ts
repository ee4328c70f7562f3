import type { Coordinate } from '../../../../shared/kernel/index.js';
import { queryIn, Refusal } from '../../core/index.js';
import type { ReviewCommandRequest } from '../review/execute-review-command.js';

/** The request to close a review of data outside the catalogue, since the data is published now. An item that every
 *  department may read needs no grant; one that is not shared cannot be given so.
 *  @source YN-17b, YN-17c */
export function toFulfilRequest(expectedVersion: number, coordinates: readonly string[]): ReviewCommandRequest {
  return {
    expectedVersion,
    command: async ({ provider, process, state }, em) => {
      const rows = await queryIn(em)(
        'select coordinate, share_type from published_item where coordinate = any($1::text[]) and provider = $2',
        [coordinates, provider],
      );
      const shareTypes = new Map(rows.map(({ coordinate, share_type: type }) => [String(coordinate), String(type)]));
      const unpublished = coordinates.filter((at) => !shareTypes.has(at));
      if (coordinates.length === 0 || unpublished.length > 0)
        return Refusal.because(
          'ENTRY_NOT_LIVE',
          `Name items of ${provider} that are published; the request is closed only then.`,
          process.becomesEntry,
          unpublished.map((at) => `${at} is not published.`),
        );
      const withheld = coordinates.filter((at) => shareTypes.get(at) === 'NOT_SHARED');
      if (withheld.length > 0) {
        const message = `${withheld.join(', ')} is published as not shared, so it cannot be given.`;
        return Refusal.because('NOT_SHARED', message);
      }
      const given = coordinates.filter((at) => shareTypes.get(at) === 'CONDITIONAL') as Coordinate[];
      return { type: 'FULFIL', terms: { ...state.terms, coordinates: given } };
    },
  };
}
