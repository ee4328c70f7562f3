import { isHigherLevel } from '../../register/department/level.rule.js';
import { unfounded } from '../review/refuse.rule.js';
import { narrowTerms } from '../draft/terms.rule.js';
import {
  isBlank,
  notEntitled,
  refuse,
  type Actor,
  type ReviewContext,
  type ReviewCommand,
  type Outcome,
} from '../review/review-command.rule.js';
import {
  advanceReview,
  findEscalationStep,
  type RoleDecision,
  type StepRole,
  type ReviewState,
} from '../review/review-state.rule.js';

/** The applicant does not accept a refusal: it goes the way that the law has for it.
 *  @source HZ-8.5h, CZ-11g, YN-18a */
export function contest(
  review: ReviewState,
  of: ReviewContext,
  { reason }: Extract<ReviewCommand, { type: 'OBJECT' }>,
  actor: Actor,
): Outcome {
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied objects to the answer.');
  if (review.status !== 'REFUSED') return refuse('OUT_OF_ORDER', `It is ${review.status}; a refusal is objected to.`);
  if (isBlank(reason)) return refuse('REASON_MISSING', 'Say in `reason` why the data is needed all the same.');
  const next = of.process.escalation[review.level + 1];
  if (!next) return refuse('FINAL', 'The regulation in force has no further step after this refusal.');
  const contested: StepRole[] = review.decisions.filter(({ verdict }) => verdict === 'REFUSE');
  const { refusal: _, clock: __, stopped: ___, ...still } = review;
  return {
    review: {
      ...still,
      status: next.step,
      level: review.level + 1,
      contested: [...review.contested, ...contested.map(({ step, as }) => ({ step, as }))],
      decisions: review.decisions.filter(({ verdict }) => verdict === 'AGREE'),
      since: of.now,
    },
  };
}

/** One meeting of the two departments. Without its record nothing goes further up. @source CZ-11g, YN-18a */
export function negotiate(
  review: ReviewState,
  of: ReviewContext,
  { record, outcome, narrowing }: Extract<ReviewCommand, { type: 'NEGOTIATE' }>,
  actor: Actor,
): Outcome {
  const clauses = findEscalationStep(of.process, review)?.clauses;
  if (review.status !== 'NEGOTIATION') return refuse('OUT_OF_ORDER', `It is ${review.status}; nothing is negotiated.`);
  const isApplicant = actor.department === of.applicant.department;
  if (!isApplicant || outcome === 'AGREED') {
    const against = notEntitled('provider', actor, of);
    if (against) return against;
  }
  if (isBlank(record)) return refuse('RECORD_MISSING', 'Write down in `record` what was negotiated.', clauses);
  const held = { ...review, negotiations: review.negotiations + 1 };
  if (outcome === 'OPEN') return { review: held };
  if (outcome === 'FAILED') return { review: upwards(held, of, { by: actor.id, reason: record }) };
  const left = narrowTerms(review.terms, narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'This gives more than was asked for.', [], left.wider);
  const agreed = of.process.steps.flatMap(({ by }, step): RoleDecision[] =>
    by.includes('provider')
      ? [
          {
            step,
            as: 'provider',
            verdict: 'AGREE',
            department: actor.department,
            by: actor.id,
            at: of.now,
            reason: record,
          },
        ]
      : [],
  );
  const decisions = [...review.decisions.filter(({ as }) => as !== 'provider'), ...agreed];
  return { review: advanceReview(of.process, { ...held, decisions, terms: left.terms }, of.now) };
}

function upwards(review: ReviewState, of: ReviewContext, failed: { by: string; reason: string }): ReviewState {
  const next = of.process.escalation[review.level + 1];
  return next
    ? { ...review, status: next.step, level: review.level + 1, since: of.now }
    : {
        ...review,
        status: 'REFUSED',
        refusal: { ...failed, bases: [] },
        since: of.now,
        stopped: review.stopped ?? of.now,
      };
}

/** The authority settles a dispute in the applicant's favour; what the others refused is given all the same, and the
 *  steps that come after it follow.
 *  @source HZ-8.5h, CZ-11h, CZ-11i, YN-18b */
export function coordinate(
  review: ReviewState,
  of: ReviewContext,
  { reference, narrowing }: Extract<ReviewCommand, { type: 'COORDINATE' }>,
  actor: Actor,
): Outcome {
  const against = notCoordinating(review, of, actor);
  if (against) return against;
  const clauses = findEscalationStep(of.process, review)?.clauses;
  if (isBlank(reference))
    return refuse('REFERENCE_MISSING', 'Name in `reference` the document of the coordination.', clauses);
  const left = narrowTerms(review.terms, narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'This gives more than was asked for.', [], left.wider);
  const settled = {
    ...review,
    coordination: { reference, by: actor.id, department: actor.department },
    overridden: [...review.overridden, ...review.contested],
    contested: [],
    terms: left.terms,
  };
  return { review: advanceReview(of.process, settled, of.now) };
}

export function coordinateRefusal(
  review: ReviewState,
  of: ReviewContext,
  command: Extract<ReviewCommand, { type: 'COORDINATE_REFUSAL' }>,
  actor: Actor,
): Outcome {
  const against = notCoordinating(review, of, actor) ?? unfounded(of.process, command);
  if (against) return against;
  const refusal = { by: actor.id, reason: command.reason, bases: command.bases ?? [] };
  return { review: { ...review, status: 'REFUSED', refusal, since: of.now, stopped: review.stopped ?? of.now } };
}

function notCoordinating(review: ReviewState, of: ReviewContext, actor: Actor): Outcome | undefined {
  const { escalation } = of.process;
  if (review.status !== 'COORDINATION')
    return refuse('OUT_OF_ORDER', `It is ${review.status}; there is nothing to coordinate.`);
  const negotiation = escalation.slice(0, review.level).find(({ step }) => step === 'NEGOTIATION');
  if (negotiation && review.negotiations === 0)
    return refuse('NEGOTIATION_MISSING', 'There is no record of a negotiation.', negotiation.clauses);
  return notEntitled('authority', actor, of) ?? belowProvider(review, of, actor);
}

/** A case with a department of a higher level is settled by an authority of at least that level, never by a lower one.
 *  @source CZ-11i */
function belowProvider(
  review: ReviewState,
  { process, providerLevel }: ReviewContext,
  { level }: Actor,
): Outcome | undefined {
  const step = findEscalationStep(process, review);
  if (step?.by !== 'higher-authority') return undefined;
  if (level && providerLevel && !isHigherLevel(providerLevel, level)) return undefined;
  return refuse(
    'HIGHER_AUTHORITY_DECIDES',
    `${step.body ?? 'The authority of the higher level'} settles this, because the provider is of a higher level: ask for its coordination. An officer of its department, registered here as an authority of that level, enters the decision.`,
    step.clauses,
  );
}
