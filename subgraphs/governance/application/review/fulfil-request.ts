import type { EntityManager } from '@mikro-orm/postgresql';
import type { Coordinate } from '../../../../shared/kernel/index.js';
import { queryIn, Refusal } from '../../core/index.js';
import type { ReviewCommandRequest } from './execute-review-command.js';

/** What was asked for outside the catalogue is in it now. An item that every department may read needs no grant; one that
 *  is not shared cannot be given so. @source YN-17b, YN-17c */
export function toFulfilRequest(
  em: EntityManager,
  version: number,
  coordinates: readonly string[],
): ReviewCommandRequest {
  return {
    ...{ version, act: 'FULFIL_REQUEST' },
    command: async ({ provider, process, state }) => {
      const rows = await queryIn(em)(
        'select coordinate, share_type from published_item where coordinate = any($1::text[]) and provider = $2',
        [coordinates, provider],
      );
      const live = new Map(rows.map(({ coordinate, share_type: type }) => [String(coordinate), String(type)]));
      const findMissingRoles = coordinates.filter((at) => !live.has(at));
      if (coordinates.length === 0 || findMissingRoles.length > 0)
        return Refusal.because(
          'ENTRY_NOT_LIVE',
          `Name items of ${provider} that are published; the request is closed only then.`,
          process.becomesEntry,
          findMissingRoles.map((at) => `${at} is not published.`),
        );
      const withheld = coordinates.filter((at) => live.get(at) === 'NOT_SHARED');
      if (withheld.length > 0)
        return Refusal.because(
          'NOT_SHARED',
          `${withheld.join(', ')} is published as not shared, so it cannot be given.`,
        );
      const given = coordinates.filter((at) => live.get(at) === 'CONDITIONAL') as Coordinate[];
      return { type: 'FULFIL', terms: { ...state.terms, coordinates: given } };
    },
  };
}
