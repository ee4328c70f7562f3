import type { Role } from '../../../../shared/kernel/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { cleanText } from '../../core/index.js';
import { toNarrowing } from '../draft/terms.type.js';
import { REVIEWERS, type DecisionInput } from './decision.type.js';
import type { ExecutableCommand, ReviewCommandRequest } from './execute-review-command.js';
import type { ProviderReview } from './provider-review.entity.js';
import { findOpenStep } from './review-state.rule.js';

/** The request of a reviewer's decision. */
export function toDecisionRequest(
  expectedVersion: number,
  input: DecisionInput,
  fetch: FetchContext,
): ReviewCommandRequest {
  const { verdict, dutyNeed, terms } = input;
  const bases = input.bases ?? [];
  const reason = input.reason == null ? undefined : cleanText(input.reason);
  return {
    expectedVersion,
    reason,
    basis: bases.map(({ provision }) => provision),
    command: (row): ExecutableCommand => {
      const as = input.as ? REVIEWERS[input.as] : findRole(row, fetch);
      if (verdict === 'AGREE') return { type: 'AGREE', as, narrowing: toNarrowing(terms), reason, dutyNeed };
      if (verdict === 'REFUSE') return { type: 'REFUSE', as, reason: reason ?? '', bases };
      return { type: 'ASK_CHANGES', as, reason: reason ?? '' };
    },
  };
}

/** The role of the open step that the caller acts in; outside it, the first reviewer's role that the caller has. */
function findRole({ process, state, provider }: ProviderReview, { department, roles = [] }: FetchContext): Role {
  const by: readonly Role[] = findOpenStep(process, state)?.by ?? [];
  const reviewers: readonly Role[] = Object.values(REVIEWERS);
  return (
    by.find((role) => roles.includes(role) && (role !== 'provider' || department === provider)) ??
    roles.find((role) => reviewers.includes(role)) ??
    'provider'
  );
}
