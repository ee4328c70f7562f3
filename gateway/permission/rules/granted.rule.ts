import type { Grant } from '../../../shared/kernel/index.js';
import { localDate } from '../../../shared/law/calendar/local-date.js';
import { rule } from '../../../shared/share/shield.js';
import { isInForce, isForPerson, isSameItem, findLiveGrants, toReleases, type RuleInput } from '../decision.js';
import { Denial } from '../../request/denial.js';

/** A conditional item is given under a live grant of this department and scenario that covers it, within its rows.
 *  @source share-rules section 2, row 3; QZ-5.2, CZ-8, YN-13 */
export const hasGrant = rule('granted', { cache: 'no_cache' })((_parent, _args, input: RuleInput) =>
  requireCover(input, findLiveGrants(input), 'GRANT_REQUIRED'),
);

/** A not-shared item is given as a value only under a grant that records the authority's coordination.
 *  @source share-rules section 2, row 4; CZ-11, YN-18 */
export const hasCoordinatedGrant = rule('coordinated', { cache: 'no_cache' })((_parent, _args, input: RuleInput) =>
  requireCover(
    input,
    findLiveGrants(input).filter((grant) => grant.coordination),
    'NOT_SHARED',
  ),
);

function requireCover(input: RuleInput, live: readonly Grant[], none: 'GRANT_REQUIRED' | 'NOT_SHARED'): true | Denial {
  const { item } = input;
  if (toReleases(live, item).length > 0) return true;
  const label = `${item.title} (${item.coordinate})`;
  const [narrowed] = live;
  if (narrowed)
    return new Denial(
      'OUT_OF_SCOPE',
      item,
      `Grant ${narrowed.id} gives ${label} within rows, which its provider cannot narrow. Ask ${item.provider} to mark @scope on the type.`,
      narrowed,
    );
  return explainMissingGrant(input, none, label);
}

/** The denial for an item without a live grant. It names the closest grant, so that the caller knows which to renew. */
function explainMissingGrant(input: RuleInput, none: 'GRANT_REQUIRED' | 'NOT_SHARED', label: string): Denial {
  const { item, grants, now, scenario, timeZone = 'UTC' } = input;
  const fit = grants.filter((grant) => grant.mode === 'QUERY' && (none !== 'NOT_SHARED' || grant.coordination));
  const own = fit.filter((grant) => isSameItem(input, grant));
  const others = own.find((grant) => isInForce(input, grant) && !isForPerson(input, grant));
  if (others)
    return new Denial(
      'PERSON_NOT_AUTHORISED',
      item,
      `Grant ${others.id} for ${label} is for named persons of your department. Ask its data administrator.`,
      others,
    );
  const suspended = own.find((grant) => grant.suspended && now < grant.until);
  if (suspended)
    return new Denial(
      'GRANT_SUSPENDED',
      item,
      `Grant ${suspended.id} for ${label} is suspended ${describeSuspensions(suspended, input)}`,
      suspended,
    );
  const expired = own.filter((grant) => grant.until <= now).sort((a, b) => b.until - a.until)[0];
  if (expired)
    return new Denial(
      'GRANT_EXPIRED',
      item,
      `Grant ${expired.id} for ${label} ended on ${localDate(expired.until, timeZone)}. Renew it.`,
      expired,
    );
  const begins = own.find((grant) => !grant.suspended && now < grant.from);
  const other = fit.find((grant) => !isSameItem(input, grant));
  const changed = other
    ? ` Grant ${other.id} was decided for another item that stood under this name; apply again for this one.`
    : '';
  const later = begins ? ` Grant ${begins.id} begins on ${localDate(begins.from, timeZone)}.` : '';
  return none === 'NOT_SHARED'
    ? new Denial(
        'NOT_SHARED',
        item,
        `${label} is not shared${item.basis.length > 0 ? ` (${item.basis.join('; ')})` : ''}.${later}${changed}`,
      )
    : new Denial(
        'GRANT_REQUIRED',
        item,
        `${label} is shared conditionally. Apply to ${item.provider} under scenario ${scenario}.${later}${changed}`,
      );
}

/** Who suspended a grant, since when and why; only they lift it. */
function describeSuspensions({ suspensions = [] }: Grant, { item, department, timeZone = 'UTC' }: RuleInput): string {
  const names = { CONSUMER: `your own department (${department})`, PROVIDER: item.provider, PLATFORM: 'the platform' };
  const told = suspensions.map(({ party, reason, since }) => {
    const day = since === undefined ? '' : ` on ${localDate(since, timeZone)}`;
    return `by ${names[party]}${day}${reason === '' ? '' : `: ${reason}`}`;
  });
  if (told.length === 0) return 'by one of its parties.';
  return `${told.join('; ')}. Ask ${told.length === 1 ? 'them' : 'each of them'} to resume it; a new application does not.`;
}
