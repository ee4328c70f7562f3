import { attributesAreThere } from './attributes.rule.js';
import {
  closednessHasBasis,
  codeIsWellFormed,
  formatFitsMethod,
  holdsNoSecrets,
  nameIsOfData,
  servesDuty,
  updateCycleIsKnown,
} from './form.rule.js';
import { baseIsUnconditional, restrictionsHaveGrounds, shareTypesAreKnown } from './share-types.rule.js';
import { hasOneSource, supplementAdds } from './sources.rule.js';
import type { CatalogueLaw, CheckedEntry, Finding, Neighbour } from './finding.rule.js';

/** What an entry is compared with. */
export interface Surroundings {
  readonly neighbours: readonly Neighbour[];
  /** Names of registered systems. */
  readonly systems: readonly string[];
}

/** Everything that is wrong or doubtful with an entry under the law in force, told at once.
 *  @source CZ-7a, JL-15b, QZ-4.2a, YN-9b (the guide as a set of rules) */
export function checkEntry(entry: CheckedEntry, law: CatalogueLaw, { neighbours, systems }: Surroundings): Finding[] {
  const checks = [
    ...[holdsNoSecrets, attributesAreThere, shareTypesAreKnown, baseIsUnconditional, restrictionsHaveGrounds],
    ...[codeIsWellFormed, nameIsOfData(systems), formatFitsMethod, updateCycleIsKnown, closednessHasBasis, servesDuty],
    ...[hasOneSource(neighbours), supplementAdds(neighbours)],
  ];
  return checks.flatMap((check) => check(entry, law));
}
