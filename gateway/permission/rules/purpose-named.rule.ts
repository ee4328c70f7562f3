import { rule } from '../../../shared/share/shield.js';
import { type RuleInput } from '../decision.js';
import { Denial } from '../../request/denial.js';
import { labelOf, say } from '../../request/messages/index.js';

/** A conditional item is given for a stated purpose only. @source QZ-2.2g, YN-16c */
export const namesPurpose = rule('purpose-named', { cache: 'no_cache' })((
  _parent,
  _args,
  { item, mode, department, scenario }: RuleInput,
) => {
  if (department === undefined) return new Denial('UNAUTHENTICATED', item, say('item.signIn', { item: labelOf(item) }));
  return (
    scenario !== undefined ||
    new Denial('PURPOSE_REQUIRED', item, say('item.namePurpose', { item: labelOf(item) }), undefined, mode)
  );
});
