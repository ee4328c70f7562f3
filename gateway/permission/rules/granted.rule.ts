import { joinTexts, type Grant, type Sentence } from '../../../shared/kernel/index.js';
import { localDate } from '../../../shared/law/calendar/local-date.js';
import { rule } from '../../../shared/share/shield.js';
import {
  isForPerson,
  isForUse,
  isInForce,
  isSameItem,
  findLiveGrants,
  toReleases,
  type RuleInput,
} from '../decision.js';
import { Denial } from '../../request/denial.js';
import { labelOf, say } from '../../request/messages/index.js';

/** A conditional item is given under a live grant of this department and scenario that covers it, within its rows; and an
 *  item of whatever share type is compared or counted so.
 *  @source share-rules section 2, rows 3 and 4; QZ-5.2, QZ-5.4e, CZ-8, YN-13 */
export const hasGrant = rule('granted', { cache: 'no_cache' })((_parent, _args, input: RuleInput) =>
  requireCover(input, 'GRANT_REQUIRED'),
);

/** A not-shared item is given as a value only under a grant that records the authority's coordination.
 *  @source share-rules section 2, row 4; CZ-11, YN-18 */
export const hasCoordinatedGrant = rule('coordinated', { cache: 'no_cache' })((_parent, _args, input: RuleInput) =>
  requireCover(input, 'NOT_SHARED'),
);

function requireCover(input: RuleInput, none: 'GRANT_REQUIRED' | 'NOT_SHARED'): true | Denial {
  const { item, mode } = input;
  const live = findLiveGrants(input);
  if (toReleases(live, item).length > 0) return true;
  const label = labelOf(item);
  const [narrowed] = live;
  if (narrowed)
    return new Denial(
      'OUT_OF_SCOPE',
      item,
      say('item.notNarrowable', {
        grant: narrowed.id,
        gives: say(`gives.${mode}`),
        item: label,
        provider: item.provider,
      }),
      narrowed,
      mode,
    );
  return explainMissingGrant(input, none, label);
}

/** The denial for an item without a live grant. It names the closest grant, so that the caller knows which to renew. */
function explainMissingGrant(input: RuleInput, none: 'GRANT_REQUIRED' | 'NOT_SHARED', label: Sentence): Denial {
  const { item, mode, grants, now, scenario, timeZone = 'UTC' } = input;
  const fit = grants.filter((grant) => isForUse(input, grant));
  const own = fit.filter((grant) => isSameItem(input, grant));
  const others = own.find((grant) => isInForce(input, grant) && !isForPerson(input, grant));
  if (others)
    return new Denial(
      'PERSON_NOT_AUTHORISED',
      item,
      say('item.namedPersons', { grant: others.id, item: label }),
      others,
      mode,
    );
  const suspended = own.find((grant) => grant.suspended && now < grant.until);
  if (suspended)
    return new Denial(
      'GRANT_SUSPENDED',
      item,
      say('item.suspended', { grant: suspended.id, item: label, by: describeSuspensions(suspended, input) }),
      suspended,
      mode,
    );
  const expired = own.filter((grant) => grant.until <= now).sort((a, b) => b.until - a.until)[0];
  if (expired)
    return new Denial(
      'GRANT_EXPIRED',
      item,
      say('item.expired', { grant: expired.id, item: label, day: localDate(expired.until, timeZone) }),
      expired,
      mode,
    );
  const begins = own.find((grant) => !grant.suspended && now < grant.from);
  const other = fit.find((grant) => !isSameItem(input, grant));
  const changed = other ? say('item.otherItem', { grant: other.id }) : '';
  const later = begins ? say('item.begins', { grant: begins.id, day: localDate(begins.from, timeZone) }) : '';
  if (none === 'NOT_SHARED')
    return new Denial(
      'NOT_SHARED',
      item,
      say('item.notShared', {
        item: label,
        basis: item.basis.length > 0 ? say('item.basis', { basis: joinTexts(item.basis, ';') }) : '',
        later,
        changed,
      }),
    );
  return new Denial(
    'GRANT_REQUIRED',
    item,
    say('item.grantRequired', {
      ...{ item: label, needs: say(`needs.${mode}`), provider: item.provider, scenario: scenario ?? '' },
      ...{ later, changed },
    }),
    undefined,
    mode,
  );
}

/** Who suspended a grant, since when and why; only they lift it. */
function describeSuspensions({ suspensions = [] }: Grant, { item, department, timeZone = 'UTC' }: RuleInput): Sentence {
  const names = {
    CONSUMER: say('party.consumer', { department: department ?? '' }),
    PROVIDER: item.provider,
    PLATFORM: say('party.platform'),
  };
  const told = suspensions.map(({ party, reason, since }) =>
    say('suspended.by', {
      party: names[party],
      day: since === undefined ? '' : say('suspended.since', { day: localDate(since, timeZone) }),
      reason: reason === '' ? '' : say('suspended.because', { reason }),
    }),
  );
  if (told.length === 0) return say('suspended.byParty');
  return say(told.length === 1 ? 'suspended.askThem' : 'suspended.askEach', { told: joinTexts(told, ';') });
}
