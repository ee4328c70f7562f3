import { rule } from '../../../shared/share/shield.js';
import { Denial, type Question } from '../decision.js';

/** What is given under conditions is given for a stated purpose. @source QZ-2.2g, YN-16c */
export const purposeNamed = rule('purpose-named', { cache: 'no_cache' })((
  _parent,
  _args,
  { item, department, scenario }: Question,
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
