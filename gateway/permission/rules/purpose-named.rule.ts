import { rule } from '../../../shared/share/shield.js';
import { type RuleInput } from '../decision.js';
import { Denial } from '../../request/denial.js';

/** A conditional item is given for a stated purpose only. @source QZ-2.2g, YN-16c */
export const namesPurpose = rule('purpose-named', { cache: 'no_cache' })((
  _parent,
  _args,
  { item, department, scenario }: RuleInput,
) => {
  if (department === undefined)
    return new Denial(
      'UNAUTHENTICATED',
      item,
      `${item.title} (${item.coordinate}) is given to departments; sign in first.`,
    );
  return (
    scenario !== undefined ||
    new Denial(
      'PURPOSE_REQUIRED',
      item,
      `${item.title} (${item.coordinate}) is given for a stated purpose. Name the scenario in the share-scenario header.`,
    )
  );
});
