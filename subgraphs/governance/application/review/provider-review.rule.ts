import type { Role } from '../../../../shared/kernel/index.js';
import { contest, coordinate, coordinateRefusal, negotiate } from '../dispute/dispute.rule.js';
import { consentToExtension, extend } from './extension.rule.js';
import { decline } from './refuse.rule.js';
import { narrowTerms, type Narrowing } from '../draft/terms.rule.js';
import {
  notEntitled,
  isBlank,
  refuse,
  type Actor,
  type ReviewContext,
  type ReviewCommand,
  type Outcome,
} from './review-command.rule.js';
import {
  advanceReview,
  isOpen,
  findMissingRoles,
  openReview,
  findOpenStep,
  type RoleDecision,
  type ReviewState,
} from './review-state.rule.js';

/** Applies a command to a review. Nothing is agreed without the agreement of every step's people, or a coordination
 *  against their refusal; nothing is ever agreed by the passing of time.
 *  @param seen  version of the review that who commands has seen
 *  @returns     the new review, or why nothing changed */
export function applyCommand(
  review: ReviewState,
  of: ReviewContext,
  command: ReviewCommand,
  actor: Actor,
  seen: number,
): Outcome {
  if (seen !== review.version)
    return refuse('STALE_VERSION', `This has changed since you looked (version ${seen}, now ${review.version}).`);
  const outcome = apply(review, of, command, actor);
  return 'review' in outcome ? { review: { ...outcome.review, version: review.version + 1 } } : outcome;
}

function apply(review: ReviewState, of: ReviewContext, command: ReviewCommand, actor: Actor): Outcome {
  switch (command.type) {
    case 'AGREE':
      return agree(review, of, command, actor);
    case 'REFUSE':
      return inTurn(review, of, command.as, actor) ?? decline(review, of, command, actor);
    case 'ASK_CHANGES':
      return askChanges(review, of, command, actor);
    case 'RESUBMIT':
      return resubmit(review, of, command, actor);
    case 'WITHDRAW':
      return withdraw(review, of, actor);
    case 'EXTEND':
      return inTurn(review, of, command.as, actor) ?? extend(review, of, command, actor);
    case 'CONSENT_TO_EXTENSION':
      return consentToExtension(review, of, command, actor);
    case 'OBJECT':
      return contest(review, of, command, actor);
    case 'NEGOTIATE':
      return negotiate(review, of, command, actor);
    case 'COORDINATE':
      return coordinate(review, of, command, actor);
    case 'COORDINATE_REFUSAL':
      return coordinateRefusal(review, of, command, actor);
    case 'FULFIL':
      return fulfil(review, of, command, actor);
    case 'ESCALATE':
      return escalate(review, of);
  }
}

/** Whether a role's part of the open step can be decided by this person now. */
function inTurn(review: ReviewState, of: ReviewContext, as: Role, actor: Actor): Outcome | undefined {
  const step = findOpenStep(of.process, review);
  if (!step) return refuse('OUT_OF_ORDER', `Nothing is to be decided: it is ${review.status}.`);
  if (!step.by.includes(as))
    return refuse('OUT_OF_ORDER', `It is the turn of ${step.by.join(' and ')}, not of the ${as}.`, step.clauses);
  const against = notEntitled(as, actor, of);
  if (against) return against;
  const here = review.decisions.filter((decision) => decision.step === review.step);
  if (
    here.some((decision) => decision.as !== as && decision.by === actor.id && decision.department === actor.department)
  )
    return refuse(
      'SAME_PERSON',
      'You have decided this step in another role; another person takes this one.',
      step.clauses,
    );
  if (!step.final && here.some((decision) => decision.as === as))
    return refuse('ALREADY_DECIDED', `The ${as} has decided this step.`, step.clauses);
  return undefined;
}

function agree(
  review: ReviewState,
  of: ReviewContext,
  command: Extract<ReviewCommand, { type: 'AGREE' }>,
  actor: Actor,
): Outcome {
  const { process } = of;
  const against = inTurn(review, of, command.as, actor) ?? unfit(of, command);
  if (against) return against;
  const step = process.steps[review.step]!;
  const others = findMissingRoles(process, review, review.step).filter((as) => as !== command.as);
  if (step.final === command.as && others.length > 0)
    return refuse('CONSENT_MISSING', `${others.join(', ')} must agree first.`, step.clauses);
  const left = narrowTerms(review.terms, command.narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'The decision gives more than was asked for.', [], left.wider);
  const decision: RoleDecision = {
    ...{ step: review.step, as: command.as, verdict: 'AGREE', department: actor.department, by: actor.id, at: of.now },
    ...(command.reason !== undefined && { reason: command.reason }),
  };
  const decisions = [...review.decisions.filter(isOther(review.step, command.as)), decision];
  return { review: advanceReview(process, { ...review, decisions, terms: left.terms }, of.now) };
}

const isOther = (step: number, as: Role) => (decision: RoleDecision) => decision.step !== step || decision.as !== as;

/** What the law asks of an agreement beside the word. @source HZ-8.5b, HZ-8.5c, QZ-2.2d, CZ-11j, YN-15b */
function unfit(
  { process }: ReviewContext,
  { as, dutyNeed, narrowing = {} }: { as: Role; dutyNeed?: boolean | undefined; narrowing?: Narrowing | undefined },
): Outcome | undefined {
  const duty = process.parts.find(({ part }) => part === 'DUTY');
  if (duty && as === 'provider' && dutyNeed !== true)
    return refuse(
      'DUTY_FINDING_MISSING',
      dutyNeed === false
        ? 'You find that the duty does not need the data; then refuse with that reason.'
        : 'Say in `dutyNeed` whether the applicant needs the data for its duty.',
      duty.clauses,
    );
  const { scopeFixedBy } = process;
  const fixes = scopeFixedBy?.role === as;
  if (fixes && process.kind !== 'UNCATALOGUED' && (narrowing.mode === undefined || narrowing.coordinates === undefined))
    return refuse(
      'SCOPE_NOT_FIXED',
      'State `mode` and `coordinates` in the decision: how and which items are shared.',
      scopeFixedBy?.clauses,
    );
  return undefined;
}

function askChanges(
  review: ReviewState,
  of: ReviewContext,
  command: Extract<ReviewCommand, { type: 'ASK_CHANGES' }>,
  actor: Actor,
): Outcome {
  const against = inTurn(review, of, command.as, actor);
  if (against) return against;
  if (isBlank(command.reason)) return refuse('REASON_MISSING', 'Say in `reason` what is to be changed.');
  const { clock: _, ...still } = review;
  return { review: { ...still, status: 'CHANGES_ASKED', since: of.now } };
}

/** A new submission: the steps and the clock begin anew, and nothing that was settled for other terms holds on. */
function resubmit(
  review: ReviewState,
  of: ReviewContext,
  { asked }: Extract<ReviewCommand, { type: 'RESUBMIT' }>,
  actor: Actor,
): Outcome {
  if (review.status !== 'CHANGES_ASKED') return refuse('OUT_OF_ORDER', 'Nobody has asked for changes.');
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied answers for its application.');
  return { review: openReview(of.process, asked, of.now, review.version) };
}

function withdraw(review: ReviewState, of: ReviewContext, actor: Actor): Outcome {
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied withdraws its application.');
  if (!isOpen(review)) return refuse('FINAL', `It is ${review.status} and can no longer be withdrawn.`);
  return { review: { ...review, status: 'WITHDRAWN', since: of.now, stopped: review.stopped ?? of.now } };
}

/** The data is in the catalogue now: what was agreed is given by its items. @source YN-17c */
function fulfil(
  review: ReviewState,
  of: ReviewContext,
  { terms }: Extract<ReviewCommand, { type: 'FULFIL' }>,
  actor: Actor,
): Outcome {
  if (review.status !== 'ENTRY_PENDING')
    return refuse('OUT_OF_ORDER', `It is ${review.status}; no entry is waited for.`);
  const against = notEntitled('provider', actor, of);
  return against ?? { review: { ...review, status: 'AGREED', terms, since: of.now } };
}

/** Being late is said to those above; who decides stays who decides. @source CZ-23e, YN-42f */
function escalate(review: ReviewState, of: ReviewContext): Outcome {
  if (!of.late || review.status !== 'REVIEW')
    return refuse('NOT_OVERDUE', 'Its time has not run out, so there is nothing to escalate.');
  if (review.escalated !== undefined) return refuse('NOT_OVERDUE', 'This has been escalated already.');
  return { review: { ...review, escalated: of.now } };
}
