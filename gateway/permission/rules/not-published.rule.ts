import { rule } from '../../../shared/share/shield.js';
import { type RuleInput } from '../decision.js';
import { Denial } from '../../request/denial.js';
import { labelOf, say } from '../../request/messages/index.js';

/** An item in no published entry of the catalogue is given to its provider only.
 *  @source HZ-5.4c, YN-9a, YN-9e; share-rules section 2 */
export const refuseUnpublished = rule('not-published', { cache: 'no_cache' })(
  (_parent, _args, { item }: RuleInput) =>
    new Denial('NOT_PUBLISHED', item, say('item.notPublished', { item: labelOf(item), provider: item.provider })),
);
