import { rule } from '../../../shared/share/shield.js';
import { Denial, type Question } from '../decision.js';

/** What no published entry of the catalogue has is given to nobody but its provider.
 *  @source HZ-5.4c, YN-9a, YN-9e; share-rules section 2 */
export const notPublished = rule('not-published', { cache: 'no_cache' })(
  (_parent, _args, { item }: Question) =>
    new Denial(
      'NOT_PUBLISHED',
      item,
      `${item.title} (${item.coordinate}) is in no published entry of the catalogue. Ask ${item.provider} to have it reviewed and published.`,
    ),
);
