import type { ReviewProcess } from './review-process.rule.js';
import {
  isBlank,
  refuse,
  type Actor,
  type ReviewContext,
  type ReviewCommand,
  type Outcome,
} from './review-command.rule.js';
import type { RoleDecision, ReviewState } from './review-state.rule.js';

/** A refusal says why, and rests on a provision where the law asks for one.
 *  @source HZ-8.5g, CZ-11f, JL-24c, YN-13c, YN-16k, YN-17d */
export function unfounded(
  { refusal }: ReviewProcess,
  { reason, bases = [] }: { reason: string; bases?: readonly { kind: string; provision: string }[] | undefined },
): Outcome | undefined {
  if (isBlank(reason)) return refuse('REASON_MISSING', 'Say in `reason` why it is refused.', refusal.reasons);
  const { bases: asked } = refusal;
  if (!asked) return undefined;
  const fit = bases.some(({ kind, provision }) => asked.anyOf.some((basis) => basis === kind) && !isBlank(provision));
  return fit
    ? undefined
    : refuse(
        'BASIS_MISSING',
        `Cite in \`bases\` a provision of one of these: ${asked.anyOf.join(', ')}.`,
        asked.clauses,
      );
}

/** One part of the open step is refused. Where another role of the step decides last, it hears this and decides. */
export function decline(
  review: ReviewState,
  of: ReviewContext,
  command: Extract<ReviewCommand, { type: 'REFUSE' }>,
  actor: Actor,
): Outcome {
  const against = unfounded(of.process, command);
  if (against) return against;
  const { as, reason, bases = [] } = command;
  const decision: RoleDecision = {
    ...{ step: review.step, as, verdict: 'REFUSE', department: actor.department, by: actor.id, at: of.now },
    ...{ reason, bases },
  };
  const decisions = [...review.decisions.filter((other) => other.step !== review.step || other.as !== as), decision];
  const { final } = of.process.steps[review.step]!;
  if (final !== undefined && final !== as) return { review: { ...review, decisions } };
  return {
    review: {
      ...review,
      status: 'REFUSED',
      decisions,
      refusal: { by: actor.id, reason, bases },
      since: of.now,
      stopped: review.stopped ?? of.now,
    },
  };
}
