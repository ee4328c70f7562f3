import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { endOfDay } from '../../../../shared/law/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../../shared/subgraph/index.js';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  readsEverything,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { isPermitted } from '../../register/index.js';
import { checkProposal } from './consent.rule.js';
import { ConsentStore, recordConsent } from './consent.store.js';
import { ConsentInput, ConsentResult } from './consent.type.js';
import { OwnerConsent, OwnerConsentConnection } from './owner-consent.entity.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';

/** Consents of owners to what is released to other departments' subgraphs: asked for by the receiver or offered by the owner.
 *  @source share-rules section 1, rule 10 */
@Resolver(() => OwnerConsent)
export class ConsentResolver {
  @Share('UNCONDITIONAL')
  @Query(() => OwnerConsentConnection, {
    nullable: true,
    description: '查询提供部门同意\nThose of the own department, as owner or receiver; all for authority and auditor.',
  })
  consents(
    @Filters('OwnerConsent.owner') @Arg('owner', () => String, { nullable: true }) owner: string | null | undefined,
    @Filters('OwnerConsent.receiver')
    @Arg('receiver', () => String, { nullable: true })
    receiver: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<OwnerConsent>> {
    const where: RowCondition<OwnerConsent>[] = [
      visibleConsents(fetch),
      ...(owner == null ? [] : [{ owner }]),
      ...(receiver == null ? [] : [{ receiver }]),
    ];
    return rows.connection(OwnerConsent, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => OwnerConsent, { nullable: true, description: '按编号查询提供部门同意' })
  async consentOf(
    @Filters('OwnerConsent.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OwnerConsent | null> {
    return (await rows.find(OwnerConsent, { $and: [{ id }, visibleConsents(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ConsentResult, {
    description: '提出同意申请\nBy the department that is to receive the item, or by its owner. It gives nothing yet.',
  })
  async proposeConsent(
    @Arg('input', () => ConsentInput) input: ConsentInput,
    @Ctx() { em, fetch, own: { auditLog, now, timeZone } }: GovernanceContext,
  ): Promise<ConsentResult> {
    const { person, department } = fetch;
    if (person === undefined) return refuse('OFFICER_REQUIRED', say('consent.proposer'));
    const textProblem = findTextProblem('purpose', input.purpose, { max: 300 });
    if (textProblem) return refuse('CONSENT_MALFORMED', textProblem);
    const until = endOfDay(input.until, timeZone);
    const problem = checkProposal(input, department, until, now());
    if (problem) return refuse(problem.code, problem.message);
    const { item, owner, receiver, receiverSubgraph, use, coordinate } = input;
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<ConsentResult>> => {
      const store = new ConsentStore(em);
      if (!(await isPermitted(em, receiverSubgraph, receiver)))
        return {
          result: refuse('SUBGRAPH_UNKNOWN', say('consent.noPermit', { subgraph: receiverSubgraph, receiver })),
        };
      // A type stands in the catalogue as an entry; the gateway tests whose it is.
      const owners = use === 'TYPE' ? [owner] : await store.findOwners(item);
      if (!owners.includes(owner))
        return {
          result:
            owners.length === 0
              ? refuse('ITEM_UNKNOWN', say('consent.itemUnknown', { item }))
              : refuse('OTHER_DEPARTMENT', say('consent.otherOwner', { item, owners: joinTexts(owners, ','), owner })),
        };
      const consent = await store.add({
        ...{ item, owner, receiver, receiverSubgraph, use, coordinate, purpose: cleanText(input.purpose) },
        ...{ until: new Date(until), proposedAt: new Date(now()), proposedBy: person, proposingDepartment: department },
      });
      return recordConsent('PROPOSE_CONSENT', consent, {});
    });
  }
}

/** A department sees the consents that it has part in; authority and auditor see all. */
const visibleConsents = (fetch: SubgraphContext['fetch']): RowCondition<OwnerConsent> =>
  readsEverything(fetch) ? {} : { $or: [{ owner: fetch.department }, { receiver: fetch.department }] };
