import { rule } from '../../../shared/share/shield.js';
import type { ShareItem } from '../../../shared/share/share-index.js';
import type { RuleInput } from '../decision.js';

/** True when the department is the item's own provider. */
export const isOwnItem = ({ owner }: ShareItem, department: string | undefined): boolean =>
  owner !== undefined && owner !== '' && owner === department;

/** A provider reads its own resource, whatever its share type. @source share-rules section 2, row 1 */
export const isOwnResource = rule('own-resource', { cache: 'no_cache' })(
  (_parent, _args, { item, department }: RuleInput) => isOwnItem(item, department),
);
