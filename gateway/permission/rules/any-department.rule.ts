import { rule } from '../../../shared/share/shield.js';
import { type RuleInput } from '../decision.js';
import { Denial } from '../../request/denial.js';
import { labelOf, say } from '../../request/messages/index.js';

/** An unconditional item is given to every authenticated department. @source share-rules section 2; QZ-5.2d */
export const isAnyDepartment = rule('any-department', { cache: 'no_cache' })(
  (_parent, _args, { item, department }: RuleInput) =>
    department !== undefined || new Denial('UNAUTHENTICATED', item, say('item.signIn', { item: labelOf(item) })),
);

/** The anonymous caller of a permissive gateway is let through; only for trying the engine. */
export const isAnyone = rule('anyone', { cache: 'no_cache' })(() => true);
