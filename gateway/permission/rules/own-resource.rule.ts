import { rule } from '../../../shared/share/shield.js';
import type { ShareItem } from '../../../shared/share/share-index.js';
import type { Question } from '../decision.js';

/** Whether the item is this department's own: it alone answers for it. */
export const isOwn = ({ owner }: ShareItem, department: string | undefined): boolean =>
  owner !== undefined && owner !== '' && owner === department;

/** A provider reads its own resource, whatever its share type. @source share-rules section 2, row 1 */
export const ownResource = rule('own-resource', { cache: 'no_cache' })(
  (_parent, _args, { item, department }: Question) => isOwn(item, department),
);
