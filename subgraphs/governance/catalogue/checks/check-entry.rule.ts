import { checkAttributes } from './attributes.rule.js';
import type { CatalogueLaw } from './catalogue-law.type.js';
import type { CheckFinding } from './check-finding.rule.js';
import type { CheckedEntry, Surroundings } from './checked-entry.type.js';
import {
  checkCode,
  checkDuty,
  checkName,
  checkOpennessBasis,
  checkProvisionMethod,
  checkSecrecy,
  checkUpdateCycle,
} from './form.rule.js';
import { checkItemNames } from './item-names.rule.js';
import { checkBasicItems, checkRestrictions, checkShareTypes } from './share-types.rule.js';
import { checkSingleSource, checkSupplement } from './sources.rule.js';

type Check = (entry: CheckedEntry, law: CatalogueLaw, surroundings: Surroundings) => CheckFinding[];

const CHECKS: readonly Check[] = [
  checkSecrecy,
  checkAttributes,
  checkItemNames,
  checkShareTypes,
  checkBasicItems,
  checkRestrictions,
  checkCode,
  checkName,
  checkProvisionMethod,
  checkUpdateCycle,
  checkOpennessBasis,
  checkDuty,
  checkSingleSource,
  checkSupplement,
];

/** Finds everything that is wrong or doubtful with an entry under the law in force, in one go.
 *  @source CZ-7a, JL-15b, QZ-4.2a, YN-9b (the guide as a set of rules) */
export const checkEntry: Check = (entry, law, surroundings) =>
  CHECKS.flatMap((check) => check(entry, law, surroundings));
