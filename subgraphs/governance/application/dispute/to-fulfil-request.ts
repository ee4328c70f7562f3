import { joinTexts, type Coordinate, type ShareType } from '../../../../shared/kernel/index.js';
import { findPublishedItems } from '../../catalogue/index.js';
import { Refusal } from '../../core/index.js';
import type { ReviewCommandRequest } from '../review/execute-review-command.js';
import { say } from '../messages/index.js';

/** The request to close a review of data outside the catalogue, since the data is published now. An item that every
 *  department may read needs no grant; one that is not shared cannot be given so.
 *  @source YN-17b, YN-17c */
export function toFulfilRequest(expectedVersion: number, coordinates: readonly string[]): ReviewCommandRequest {
  return {
    expectedVersion,
    command: async ({ provider, process, state }, em) => {
      const items = (await findPublishedItems(em, coordinates)).filter((item) => item.provider === provider);
      const shareTypes = new Map<string, ShareType>(items.map(({ coordinate, shareType }) => [coordinate, shareType]));
      const unpublished = coordinates.filter((at) => !shareTypes.has(at));
      if (coordinates.length === 0 || unpublished.length > 0)
        return Refusal.because(
          'ENTRY_NOT_LIVE',
          say('fulfil.nameItems', { provider }),
          process.becomesEntry,
          unpublished.map((at) => say('fulfil.notPublished', { item: at })),
        );
      const withheld = coordinates.filter((at) => shareTypes.get(at) === 'NOT_SHARED');
      if (withheld.length > 0) {
        const message = say('fulfil.notShared', { items: joinTexts(withheld, ',') });
        return Refusal.because('NOT_SHARED', message);
      }
      const given = coordinates.filter((at): at is Coordinate => shareTypes.get(at) === 'CONDITIONAL');
      return { type: 'FULFIL', terms: { ...state.terms, coordinates: given } };
    },
  };
}
