import { textIn, type Grant, type GrantMode, type Language, type Suspension } from '../../shared/kernel/index.js';
import { toConsentScope } from '../../shared/share/releases/describe-release.rule.js';
import type { AnswerError } from '../request/answer.js';
import type { Denial } from '../request/denial.js';

export interface Applicant {
  readonly scenario: string | undefined;
  /** Of the message; English where absent. */
  readonly language?: Language | undefined;
  /** Modes in which a department may apply for what is not shared; the first is offered. */
  readonly notSharedModes?: readonly GrantMode[] | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: number;
}

/** The error beside a refused item's null: what it is, whose it is, why it is withheld and how to apply.
 *  `apply.input` is ready to send: it starts an application, which then says what else it needs. @source share-rules section 3 */
export function toRefusalError(denial: Denial, at: string, applicant: Applicant): Omit<AnswerError, 'path'> {
  const { item, code, grant, mode, lock } = denial;
  return {
    message: textIn(denial.text, applicant.language ?? 'en'),
    extensions: {
      code,
      coordinate: at,
      item: item.coordinate,
      title: item.title,
      resource: item.resource?.code,
      shareType: item.shareType,
      provider: item.provider,
      basis: item.basis,
      condition: item.condition,
      ...(mode !== 'QUERY' && { mode }),
      grant: grant?.id,
      ...(lock && { lock: { id: lock.id, until: new Date(lock.until).toISOString() } }),
      ...(code === 'GRANT_SUSPENDED' && { suspensions: grant?.suspensions?.map(toSuspension) ?? [] }),
      ...(denial.release
        ? { consent: toConsentScope(denial.release) }
        : mayApply(code) && { apply: toApplication(denial, applicant) }),
      ...(code === 'GRANT_EXPIRED' && grant && { renew: toRenewal(grant, applicant) }),
    },
  };
}

/** An application changes nothing about an entry that is not published, a grant that a party has suspended, or one that only
 *  needs more time. */
const mayApply = (code: string): boolean =>
  !['NOT_PUBLISHED', 'GRANT_SUSPENDED', 'GRANT_EXPIRED', 'CLAIMS_TOO_MANY'].includes(code) &&
  !code.startsWith('VERIFICATION_');

const toSuspension = ({ party, reason, since }: Suspension) => ({
  party,
  reason,
  since: since === undefined ? null : new Date(since).toISOString(),
});

/** An application for the use that was refused, or where that cannot be granted in a mode that this jurisdiction has for the
 *  item. */
function toApplication(
  { item, mode: wanted, lacking }: Denial,
  { scenario, notSharedModes = ['VERIFY', 'STATISTICS'] }: Applicant,
) {
  const isNotShared = item.ownType === 'NOT_SHARED';
  const mode = wanted === 'QUERY' && isNotShared ? notSharedModes[0] : wanted;
  const needs =
    mode === 'QUERY' ? 'negotiation with the provider, and coordination by the authority' : 'a use that shows no value';
  return {
    mutation: 'startApplication',
    by: 'consumer',
    ...(isNotShared && { needs, modes: notSharedModes }),
    input: {
      scenario: scenario ?? null,
      mode,
      coordinates: lacking?.coordinates ?? [item.coordinate],
      ...(lacking && { verificationDetails: lacking.details }),
    },
  };
}

/** A renewal for as long as the grant lasted. */
function toRenewal({ id, from, until }: Grant, { now = until }: Applicant) {
  return {
    mutation: 'renewGrant',
    by: 'consumer',
    input: {
      id,
      until: new Date(now + Math.max(until - from, DAY)).toISOString(),
      reason: `Renewal of ${id}`,
      duty: null,
    },
  };
}
const DAY = 86_400_000;
