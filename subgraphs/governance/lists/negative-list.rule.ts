import type { Profile } from '../../../shared/law/index.js';
import { citesAcceptedKind } from '../catalogue/checks/provision-kind.rule.js';

/** Tells that an item that is not shared stands on the negative list: only with a provision of the kind that the law in
 *  force accepts. No other item may be called impossible to share.
 *  @param basis  provisions that the catalogue cites for the item
 *  @source JL-24i (law, regulation, rule), JL-24c */
export function standsOnNegativeList(basis: readonly string[], profile: Profile): boolean {
  const accepted = profile.basis?.negativeList?.value;
  return accepted ? citesAcceptedKind(basis, accepted) : basis.length > 0;
}
