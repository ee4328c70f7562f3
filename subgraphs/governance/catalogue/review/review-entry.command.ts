import { joinTexts, type Role } from '../../../../shared/kernel/index.js';
import { wordOf, findGroundsProblem, type GovernanceContext } from '../../core/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { CatalogueResult } from '../entry/catalogue-result.js';
import { type EntryReference, executeEntryCommand, refuse, toRecorded } from '../entry/execute-entry-command.js';
import { refuseConflictOfInterest } from './conflict-of-interest.js';
import { type EntryReview, findWaitingStep, SECRECY_STEP } from './entry-review.rule.js';
import { say } from '../messages/index.js';

/** A reviewer's opinion; without approval it asks for changes and needs a reason. */
export interface Opinion {
  readonly approved: boolean;
  readonly reason?: string | undefined;
}

/** Examines an entry for secrecy, as its provider's person for secrecy or as a secrecy reviewer.
 *  @source HZ-7.3a, HZ-9.2b */
export async function examineSecrecy(
  context: GovernanceContext,
  reference: EntryReference,
  opinion: Opinion,
): Promise<CatalogueResult> {
  const { fetch } = context;
  const { approved, reason } = opinion;
  const isReviewer = fetch.roles?.includes('secrecy-reviewer') ?? false;
  const requirement = {
    on: 'open',
    states: ['SUBMITTED', 'APPROVED'],
    mayAct: ({ provider }: CatalogueResource) => isReviewer || provider === fetch.department,
  } as const;
  return (
    refuseOpinion(opinion) ??
    executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
      const role = isReviewer ? 'secrecy-reviewer' : 'provider';
      const conflict = await refuseConflictOfInterest(em, store, entry, role, fetch);
      if (conflict) return { result: conflict };
      const review = toReview(context, SECRECY_STEP, role, opinion);
      const reviews = [...entry.reviews, review];
      const state = approved ? undefined : ('CHANGES_REQUESTED' as const);
      const changed = await store.changeRevision(
        entry,
        { reviews },
        { act: 'EXAMINE_SECRECY', reason, ...(state && { state }) },
      );
      return toRecorded('EXAMINE_SECRECY', changed, { reason });
    })
  );
}

/** Decides in the step that waits for one of the caller's roles. @source HZ-5.2b, HZ-5.3c, HZ-5.4c, JL-15e, YN-9e */
export async function reviewEntry(
  context: GovernanceContext,
  reference: EntryReference,
  opinion: Opinion,
): Promise<CatalogueResult> {
  const { fetch } = context;
  const { approved, reason } = opinion;
  const requirement = { on: 'open', states: ['SUBMITTED'] } as const;
  return (
    refuseOpinion(opinion) ??
    executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
      const waiting = findWaitingStep(entry.process, entry.reviews);
      const role = waiting?.roles.find(
        (each) => fetch.roles?.includes(each) && (each !== 'provider' || fetch.department === entry.provider),
      );
      if (!waiting || !role) {
        const message = say('review.waits', {
          code: entry.code,
          roles: waiting
            ? joinTexts(
                waiting.roles.map((one) => wordOf('role', one)),
                ',',
              )
            : say('review.nobody'),
        });
        return { result: refuse('STEP_OF_ANOTHER', message, waiting?.step.clauses) };
      }
      const conflict = await refuseConflictOfInterest(em, store, entry, role, fetch);
      if (conflict) return { result: conflict };
      const reviews = [...entry.reviews, toReview(context, waiting.number, role, opinion)];
      const state = !approved
        ? 'CHANGES_REQUESTED'
        : findWaitingStep(entry.process, reviews)
          ? 'SUBMITTED'
          : 'APPROVED';
      const changed = await store.changeRevision(entry, { reviews }, { act: 'REVIEW_RESOURCE', state, reason });
      return toRecorded('REVIEW_RESOURCE', changed, { reason, basis: waiting.step.clauses });
    })
  );
}

function refuseOpinion({ approved, reason }: Opinion): CatalogueResult | undefined {
  if (!approved && reason === undefined) return refuse('REASON_MISSING', say('review.sayChanges'));
  const problem = findGroundsProblem({ reason });
  return problem ? refuse('GROUNDS_MALFORMED', problem) : undefined;
}

const toReview = (
  { fetch, own }: GovernanceContext,
  step: number,
  role: Role,
  { approved, reason }: Opinion,
): EntryReview => ({
  step,
  role,
  department: fetch.department,
  person: fetch.person,
  at: new Date(own.now()).toISOString(),
  approved,
  reason,
});
