import type { Role } from '../../../../shared/kernel/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { cleanText } from '../../core/index.js';
import { REVIEWERS, type DecisionInput } from './decision.type.js';
import type { ReviewCommandRequest } from './execute-review-command.js';
import type { ReviewProcess } from './review-process.rule.js';
import { toNarrowing } from '../draft/terms.type.js';
import { findOpenStep, type ReviewState } from './review-state.rule.js';

const ACTS = { AGREE: 'AGREE_TO_SHARE', REFUSE: 'REFUSE_TO_SHARE', ASK_CHANGES: 'ASK_FOR_CHANGES' } as const;

/** A reviewer's decision. */
export function toDecisionRequest(version: number, input: DecisionInput, fetch: FetchContext): ReviewCommandRequest {
  const { verdict, bases, dutyNeed, terms } = input;
  const reason = input.reason == null ? undefined : cleanText(input.reason);
  const basis = (bases ?? []).map(({ provision }) => provision);
  return {
    ...{ version, act: ACTS[verdict], reason, basis },
    command: ({ process, provider, state }) => {
      const as = input.as ? REVIEWERS[input.as] : roleIn(process, state, provider, fetch);
      if (verdict === 'AGREE') return { type: 'AGREE', as, narrowing: toNarrowing(terms), reason, dutyNeed };
      if (verdict === 'REFUSE') return { type: 'REFUSE', as, reason: reason ?? '', bases };
      return { type: 'ASK_CHANGES', as, reason: reason ?? '' };
    },
  };
}

/** The role of the open step that the caller acts in; where it acts in none, the one that it does act in. */
function roleIn(
  process: ReviewProcess,
  state: ReviewState,
  provider: string,
  { department, roles = [] }: FetchContext,
): Role {
  const by: readonly Role[] = findOpenStep(process, state)?.by ?? [];
  const reviewers: readonly Role[] = Object.values(REVIEWERS);
  return (
    by.find((role) => roles.includes(role) && (role !== 'provider' || department === provider)) ??
    roles.find((role) => reviewers.includes(role)) ??
    'provider'
  );
}
