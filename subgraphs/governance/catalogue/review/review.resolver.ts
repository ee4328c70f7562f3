import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, findGroundsProblem } from '../../core/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import { decided, onEntry, refuse, refused } from '../entry/entry-commands.js';
import { isOwnCause, OWN_CAUSE } from './own-cause.js';
import { SECRECY_STEP, waitingStep, type Review } from './review.rule.js';
import { VERSION } from '../entry/version-argument.js';

const APPROVE = [
  'approve',
  () => Boolean,
  { description: '是否同意\nFalse asks for changes, with `reason`.' },
] as const;
const REASON = ['reason', () => String, { nullable: true, description: '意见' }] as const;

/** Review of entries before they are in force. @source HZ-5.2b, HZ-5.3c, HZ-5.4c, HZ-7.3a, JL-15e, YN-9e */
@Resolver()
export class ReviewResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '保密审查\nBy the provider’s person for secrecy, or a secrecy reviewer (HZ-7.3a, HZ-9.2b).',
  })
  examineSecrecy(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Arg(...APPROVE) approved: boolean,
    @Arg(...REASON) given: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const { fetch, own } = context;
    const reason = given ?? undefined;
    const reviewer = fetch.roles?.includes('secrecy-reviewer') ?? false;
    const mine = ({ provider }: CatalogueResource) => reviewer || provider === fetch.department;
    const wrong = wrongReview(approved, reason);
    if (wrong) return Promise.resolve(wrong);
    return onEntry(
      context,
      { code, version },
      { on: 'open', states: ['SUBMITTED', 'APPROVED'], mine },
      async (entry, store) => {
        if (fetch.person === undefined || fetch.person === entry.submittedBy) return refused(...OWN_CAUSE);
        const role: Role = reviewer ? 'secrecy-reviewer' : 'provider';
        const review: Review = {
          step: SECRECY_STEP,
          role,
          department: fetch.department,
          person: fetch.person,
          at: new Date(own.now()).toISOString(),
          approved,
          reason,
        };
        const changed = await store.change(
          entry,
          { reviews: [...entry.reviews, review] },
          {
            ...{ act: 'EXAMINE_SECRECY', reason },
            ...(!approved && { state: 'CHANGES_REQUESTED' as const }),
          },
        );
        return decided('EXAMINE_SECRECY', changed, { reason });
      },
    );
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '审核目录条目\nThe step that waits; several roles of one step decide jointly.',
  })
  reviewResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Arg(...APPROVE) approved: boolean,
    @Arg(...REASON) given: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const { fetch, own } = context;
    const reason = given ?? undefined;
    const wrong = wrongReview(approved, reason);
    if (wrong) return Promise.resolve(wrong);
    const chosen = { on: 'open', states: ['SUBMITTED'], mine: () => true } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      const waiting = waitingStep(entry.process, entry.reviews);
      const role = waiting?.roles.find(
        (each) => fetch.roles?.includes(each) && (each !== 'provider' || fetch.department === entry.provider),
      );
      if (!waiting || !role)
        return refused(
          'STEP_OF_ANOTHER',
          `${code} waits for ${waiting?.roles.join(', ') ?? 'nobody'}.`,
          waiting?.step.clauses,
        );
      if (await isOwnCause(em, entry, role, fetch)) return refused(...OWN_CAUSE);
      const review: Review = {
        step: waiting.number,
        role,
        department: fetch.department,
        person: fetch.person,
        at: new Date(own.now()).toISOString(),
        approved,
        reason,
      };
      const reviews = [...entry.reviews, review];
      const state = !approved ? 'CHANGES_REQUESTED' : waitingStep(entry.process, reviews) ? 'SUBMITTED' : 'APPROVED';
      const changed = await store.change(entry, { reviews }, { act: 'REVIEW_RESOURCE', state, reason });
      return decided('REVIEW_RESOURCE', changed, { reason, basis: waiting.step.clauses });
    });
  }
}

function wrongReview(approved: boolean, reason: string | undefined): CatalogueResult | undefined {
  if (!approved && reason === undefined) return refuse('REASON_MISSING', 'Say in `reason` what is to be changed.');
  const wrong = findGroundsProblem({ reason });
  return wrong ? refuse('GROUNDS_MALFORMED', wrong) : undefined;
}
