import { rule } from '../../../shared/share/shield.js';
import type { Question } from '../decision.js';

/** A provider reads its own resource, whatever its share type. @source share-rules section 2, row 1 */
export const ownResource = rule('own-resource', { cache: 'no_cache' })(
  (_parent, _args, { item, department }: Question) => item.provider !== '' && department === item.provider,
);
