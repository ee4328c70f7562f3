import type { GovernanceOwn } from '../../core/index.js';
import { findTakenNames } from '../checks/item-names.rule.js';
import type { CatalogueItem } from './catalogue-item.entity.js';
import type { CatalogueResult } from './catalogue-result.js';
import { isStateSecret, validateDescription, type Problem } from './description.rule.js';
import { refuse } from './execute-entry-command.js';
import type { ResourceDetails } from './resource-input.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';

const SECRET = say('entry.secret');

/** Refuses a description that cannot be kept, with all that is wrong with it; undefined for one that can.
 *  @param more  problems that were found elsewhere
 *  @source HZ-7.3b, YN-2a */
export function refuseDescription(
  details: ResourceDetails,
  { profile }: Pick<GovernanceOwn, 'profile'>,
  more: readonly Problem[] = [],
): CatalogueResult | undefined {
  if (isStateSecret(details))
    return refuse('STATE_SECRET', SECRET, profile.stateSecrets?.clauses ?? ['HZ-7.3b', 'YN-2a']);
  const problems = [...validateDescription(details), ...more];
  return problems.length > 0 ? refuse('RESOURCE_MALFORMED', joinTexts(problems, ' '), [], problems) : undefined;
}

/** Refuses descriptions of items that an entry cannot have beside those that it has; undefined where it can have all. */
export function refuseItems(
  code: string,
  items: readonly CatalogueItem[],
  described: ResourceDetails['items'] = [],
): CatalogueResult | undefined {
  const unknown = described.flatMap(({ coordinate }) =>
    coordinate !== undefined && !items.some((item) => item.coordinate === coordinate) ? [coordinate] : [],
  );
  if (unknown.length > 0) return refuse('ITEM_UNKNOWN', say('entry.noItem', { code, items: joinTexts(unknown, ',') }));
  const names = described.flatMap(({ coordinate, name }) => (coordinate === undefined && name ? [name] : []));
  const taken = findTakenNames(items, names);
  return taken.length > 0 ? refuse('RESOURCE_MALFORMED', joinTexts(taken, ' '), [], taken) : undefined;
}
