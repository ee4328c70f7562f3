import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../../shared/evidence/index.js';
import { joinTexts } from '../../../../../shared/kernel/index.js';
import { endOfDay } from '../../../../../shared/law/index.js';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
} from '../../../core/index.js';
import { findAccounts } from '../../../register/index.js';
import { MultiSourceCheck } from '../check/multi-source-check.entity.js';
import type { CheckProblem } from '../check/pairing.rule.js';
import { isParty } from '../check/visible-checks.js';
import { say } from '../../messages/index.js';
import { CheckConsent, type CheckConsentResult } from './check-consent.entity.js';
import { checkConfirmation, checkProposer, checkUntil, unfit } from './check-consent.rule.js';

/** Proposes the consent of the caller's department to a check. It is in force when another person has confirmed it. */
export async function proposeCheckConsent(
  { em, fetch, own }: GovernanceContext,
  checkId: string,
  lastDay: string,
): Promise<CheckConsentResult> {
  const { person, department: owner } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  const until = endOfDay(lastDay, own.timeZone);
  const problem = checkUntil(until, own.now());
  if (problem) return refuse(problem.code, problem.message);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CheckConsentResult>> => {
    const check = await em.findOne(MultiSourceCheck, { id: checkId }, { disableIdentityMap: true });
    if (!check || check.state === 'ENDED')
      return { result: refuse('CHECK_UNKNOWN', say('check.unknown', { id: checkId.slice(0, 40) })) };
    if (!isParty(check, fetch)) {
      const owners = joinTexts([check.leftOwner, check.rightOwner], ',');
      return { result: refuse('OTHER_DEPARTMENT', say('consent.owner', { owners })) };
    }
    const conflict = checkProposer(await findOthers(em, check, owner), await findAccounts(em, person));
    if (conflict) return { result: refuse(conflict.code, conflict.message) };
    const open = await em.findOne(CheckConsent, { checkId, owner, state: 'PROPOSED' });
    if (open) return { result: refuse('ALREADY_SUBMITTED', say('consent.known', { id: open.id })) };
    const id = await nextNumber(em, 'multi_source_consent_number', 'MK');
    const item = owner === check.leftOwner ? check.leftItem : check.rightItem;
    await em.insert(CheckConsent, {
      ...{ id, checkId, owner, item, until: new Date(until), state: 'PROPOSED' },
      ...{ proposedAt: new Date(own.now()), proposedBy: person },
    });
    return recorded(em, 'PROPOSE_CHECK_CONSENT', id, check);
  });
}

/** Confirms a consent: another person of the owner. It takes the place of an earlier one. */
export function confirmCheckConsent(context: GovernanceContext, id: string): Promise<CheckConsentResult> {
  const { now } = context.own;
  return decide(context, id, async ({ em, consent, check, person, accounts }) => {
    const others = await findOthers(em, check, consent.owner);
    const problem = checkConfirmation({ ...consent, others }, accounts, now());
    if (problem) return problem;
    const at = new Date(now());
    const { checkId, owner } = consent;
    await em.nativeUpdate(CheckConsent, { checkId, owner, state: 'GIVEN' }, { state: 'REPLACED', endedAt: at });
    await em.nativeUpdate(CheckConsent, { id }, { state: 'GIVEN', givenAt: at, givenBy: person });
    return 'GIVE_CHECK_CONSENT';
  });
}

/** Refuses what a colleague has proposed, or takes back one's own proposal. */
export function refuseCheckConsent(
  context: GovernanceContext,
  id: string,
  reason: string,
): Promise<CheckConsentResult> {
  return end(context, id, reason, 'PROPOSED', 'REFUSED');
}

/** Takes a consent back: one person of the owner, or of the authority. A run stops before its next batch. */
export function revokeCheckConsent(
  context: GovernanceContext,
  id: string,
  reason: string,
): Promise<CheckConsentResult> {
  return end(context, id, reason, 'GIVEN', 'REVOKED');
}

async function end(
  context: GovernanceContext,
  id: string,
  reason: string,
  from: 'PROPOSED' | 'GIVEN',
  to: 'REFUSED' | 'REVOKED',
): Promise<CheckConsentResult> {
  if (reason.trim() === '') return refuse('REASON_MISSING', say('reason.missing'));
  const malformed = findTextProblem('reason', reason, { max: 300 });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  return decide(
    context,
    id,
    async ({ em, consent, person }) => {
      if (consent.state !== from) return unfit(id, consent.state);
      const ended = { endedAt: new Date(context.own.now()), endedBy: person, reason: cleanText(reason) };
      await em.nativeUpdate(CheckConsent, { id }, { state: to, ...ended });
      return to === 'REFUSED' ? 'REFUSE_CHECK_CONSENT' : 'REVOKE_CHECK_CONSENT';
    },
    to === 'REVOKED',
  );
}

interface Decided {
  readonly em: EntityManager;
  readonly consent: CheckConsent;
  readonly check: MultiSourceCheck;
  readonly person: string;
  /** Every account of the person. */
  readonly accounts: readonly string[];
}

/** Changes a consent of the caller's department, or of another where the authority may do it too. The step makes the change and
 *  returns its act, or the reason against it. */
async function decide(
  { em, fetch, own }: GovernanceContext,
  id: string,
  step: (decided: Decided) => Promise<AuditAction | CheckProblem>,
  byAuthority = false,
): Promise<CheckConsentResult> {
  const { person, department, roles = [] } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CheckConsentResult>> => {
    const consent = await em.findOne(CheckConsent, { id }, { disableIdentityMap: true });
    if (!consent || !(consent.owner === department || (byAuthority && roles.includes('authority'))))
      return { result: refuse('CONSENT_UNKNOWN', say('consent.unknown', { id: id.slice(0, 40) })) };
    const check = await em.findOneOrFail(MultiSourceCheck, { id: consent.checkId }, { disableIdentityMap: true });
    const made = await step({ em, consent, check, person, accounts: await findAccounts(em, person) });
    return typeof made === 'string' ? recorded(em, made, id, check) : { result: refuse(made.code, made.message) };
  });
}

/** Persons with another part in the check than for this owner. */
async function findOthers(em: EntityManager, check: MultiSourceCheck, owner: string): Promise<readonly string[]> {
  const consents = await em.find(
    CheckConsent,
    { checkId: check.id, owner: { $ne: owner } },
    { disableIdentityMap: true },
  );
  return [check.definedBy, ...consents.flatMap(({ proposedBy, givenBy }) => [proposedBy, givenBy ?? []].flat())];
}

async function recorded(
  em: EntityManager,
  act: AuditAction,
  id: string,
  { id: checkId, authority, leftOwner, rightOwner }: MultiSourceCheck,
): Promise<Recorded<CheckConsentResult>> {
  const consent = await em.findOneOrFail(CheckConsent, { id }, { disableIdentityMap: true });
  const { owner, item, until, state, reason } = consent;
  return {
    result: { consent },
    decision: {
      act,
      object: `multi-source-check/${checkId}`,
      concerns: [authority, leftOwner, rightOwner],
      reason,
      terms: { consent: id, owner, item, until: until.toISOString(), state },
    },
  };
}
