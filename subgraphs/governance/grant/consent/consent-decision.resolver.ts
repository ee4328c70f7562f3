import { GraphQLLocalDate } from 'graphql-scalars';
import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { endOfDay } from '../../../../shared/law/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import {
  findGroundsProblem,
  type GovernanceContext,
  type Grounds,
  GroundsArguments,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { findAccounts, hasServed } from '../../register/index.js';
import { checkAgreement, checkRefusal, checkRevocation, type ConsentProblem, type Decider } from './consent.rule.js';
import { ConsentStore, recordConsent } from './consent.store.js';
import { ConsentResult } from './consent.type.js';
import { OwnerConsent } from './owner-consent.entity.js';
import { say } from '../messages/index.js';

/** Decisions on consents: two persons of the owner agree, one refuses or takes back.
 *  @source share-rules section 1, rule 10 */
@Resolver(() => OwnerConsent)
export class ConsentDecisionResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => ConsentResult, {
    description:
      '同意\nBy two persons of the owner, one after the other; in force with the second. `until` may only shorten it.',
  })
  agreeToConsent(
    @Arg('id', () => String) id: string,
    @Arg('until', () => GraphQLLocalDate, { nullable: true, description: '截止日期' }) date: string | null | undefined,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ConsentResult> {
    const { now, timeZone } = context.own;
    const until = date == null ? undefined : endOfDay(date, timeZone);
    return decide(id, grounds, context, async (consent, decider, store) => {
      const problem = checkAgreement(consent, decider, until, now());
      if (problem) return problem;
      const shortened = until === undefined ? {} : { until: new Date(until) };
      const at = new Date(now());
      if (consent.firstBy == null)
        return { act: 'AGREE_TO_CONSENT', change: { ...shortened, firstAt: at, firstBy: decider.person } };
      const identity = await store.findIdentity(consent.item);
      return { act: 'GIVE_CONSENT', change: { ...shortened, identity, secondAt: at, secondBy: decider.person } };
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ConsentResult, { description: '不同意\nBy one person of the owner, with a reason.' })
  refuseConsent(
    @Arg('id', () => String) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ConsentResult> {
    return decide(id, grounds, context, (consent, decider) => {
      const problem = checkRefusal(consent, decider) ?? requireReason(grounds);
      if (problem) return problem;
      const change = {
        refusedAt: new Date(context.own.now()),
        refusedBy: decider.person,
        refusal: grounds.reason ?? null,
      };
      return { act: 'REFUSE_CONSENT', change };
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ConsentResult, {
    description:
      '撤回同意\nBy one person of the owner or the authority, for good; nothing is sent any more within a second.',
  })
  revokeConsent(
    @Arg('id', () => String) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ConsentResult> {
    const isAuthority = context.fetch.roles?.includes('authority') ?? false;
    return decide(id, grounds, context, (consent, decider) => {
      const problem =
        checkRevocation(consent, { department: decider.department, isAuthority }) ?? requireReason(grounds);
      if (problem || consent.revokedAt) return problem;
      const change = {
        revokedAt: new Date(context.own.now()),
        revokedBy: decider.person,
        revocation: grounds.reason ?? null,
      };
      return { act: 'REVOKE_CONSENT', change };
    });
  }
}

interface ConsentChange {
  readonly act: AuditAction;
  readonly change: Partial<OwnerConsent>;
}

/** Changes a consent that the caller has a part in.
 *  @param step  returns the change, a problem, or undefined where nothing is to be changed */
async function decide(
  id: string,
  grounds: Grounds,
  { em, fetch, own: { auditLog } }: GovernanceContext,
  step: (
    consent: OwnerConsent,
    decider: Decider,
    store: ConsentStore,
  ) => ConsentChange | ConsentProblem | undefined | Promise<ConsentChange | ConsentProblem | undefined>,
): Promise<ConsentResult> {
  const malformed = findGroundsProblem(grounds);
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  const { person, department, roles = [] } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('consent.decider'));
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<ConsentResult>> => {
    const store = new ConsentStore(em);
    const consent = await store.find(id);
    if (!consent || !(roles.includes('authority') || [consent.owner, consent.receiver].includes(department)))
      return { result: refuse('CONSENT_UNKNOWN', say('consent.unknown', { id })) };
    const accounts = await findAccounts(em, person);
    const isOfReceiver = await hasServed(em, accounts, consent.receiver, consent.proposedAt);
    const found = await step(consent, { department, person, accounts, isOfReceiver }, store);
    if (!found) return { result: { consent } };
    if ('code' in found) return { result: refuse(found.code, found.message) };
    return recordConsent(found.act, await store.change(id, found.change), grounds);
  });
}

const requireReason = ({ reason }: Grounds): ConsentProblem | undefined =>
  reason?.trim() ? undefined : { code: 'REASON_MISSING', message: say('reason.missing') };
