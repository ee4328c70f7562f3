import type { GovernanceOwn } from '../../core/index.js';
import type { CatalogueResult } from './catalogue-result.js';
import { isStateSecret, validateDescription, type Problem } from './description.rule.js';
import { refuse } from './execute-entry-command.js';
import type { ResourceDetails } from './resource-input.js';

const SECRET = 'State secrets are not on this platform. Use the channels of the law on secrecy; nothing was kept.';

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
  return problems.length > 0 ? refuse('RESOURCE_MALFORMED', problems.join(' '), [], problems) : undefined;
}
