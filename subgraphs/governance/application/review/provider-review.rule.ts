import type { Role } from '../../../../shared/kernel/index.js';
import { contest, coordinate, coordinateRefusal, negotiate } from '../dispute/dispute.rule.js';
import { consentToExtension, extend } from './extension.rule.js';
import { decline } from './refuse.rule.js';
import { narrowed, type Narrowing } from '../draft/terms.rule.js';
import {
  notEntitled,
  isBlank,
  refuse,
  type Actor,
  type Case,
  type Command,
  type Outcome,
} from './review-command.rule.js';
import { advanced, isOpen, missing, opened, openStep, type DecisionMade, type Track } from './review-state.rule.js';

/** Applies a command to a track. Nothing is agreed without the agreement of every step's people, or a coordination
 *  against their refusal; nothing is ever agreed by the passing of time.
 *  @param seen  version of the track that who commands has seen
 *  @returns     the new track, or why nothing changed */
export function act(track: Track, of: Case, command: Command, actor: Actor, seen: number): Outcome {
  if (seen !== track.version)
    return refuse('STALE_VERSION', `This has changed since you looked (version ${seen}, now ${track.version}).`);
  const outcome = apply(track, of, command, actor);
  return 'track' in outcome ? { track: { ...outcome.track, version: track.version + 1 } } : outcome;
}

function apply(track: Track, of: Case, command: Command, actor: Actor): Outcome {
  switch (command.do) {
    case 'AGREE':
      return agree(track, of, command, actor);
    case 'REFUSE':
      return inTurn(track, of, command.as, actor) ?? decline(track, of, command, actor);
    case 'ASK_CHANGES':
      return askChanges(track, of, command, actor);
    case 'RESUBMIT':
      return resubmit(track, of, command, actor);
    case 'WITHDRAW':
      return withdraw(track, of, actor);
    case 'EXTEND':
      return inTurn(track, of, command.as, actor) ?? extend(track, of, command, actor);
    case 'CONSENT_TO_EXTENSION':
      return consentToExtension(track, of, command, actor);
    case 'OBJECT':
      return contest(track, of, command, actor);
    case 'NEGOTIATE':
      return negotiate(track, of, command, actor);
    case 'COORDINATE':
      return coordinate(track, of, command, actor);
    case 'COORDINATE_REFUSAL':
      return coordinateRefusal(track, of, command, actor);
    case 'FULFIL':
      return fulfil(track, of, command, actor);
    case 'ESCALATE':
      return escalate(track, of);
  }
}

/** Whether a role's part of the open step can be decided by this person now. */
function inTurn(track: Track, of: Case, as: Role, actor: Actor): Outcome | undefined {
  const step = openStep(of.process, track);
  if (!step) return refuse('OUT_OF_ORDER', `Nothing is to be decided: it is ${track.status}.`);
  if (!step.by.includes(as))
    return refuse('OUT_OF_ORDER', `It is the turn of ${step.by.join(' and ')}, not of the ${as}.`, step.clauses);
  const against = notEntitled(as, actor, of);
  if (against) return against;
  const here = track.decisions.filter((decision) => decision.step === track.step);
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

function agree(track: Track, of: Case, command: Extract<Command, { do: 'AGREE' }>, actor: Actor): Outcome {
  const { process } = of;
  const against = inTurn(track, of, command.as, actor) ?? unfit(of, command);
  if (against) return against;
  const step = process.steps[track.step]!;
  const others = missing(process, track, track.step).filter((as) => as !== command.as);
  if (step.final === command.as && others.length > 0)
    return refuse('CONSENT_MISSING', `${others.join(', ')} must agree first.`, step.clauses);
  const left = narrowed(track.terms, command.narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'The decision gives more than was asked for.', [], left.wider);
  const decision: DecisionMade = {
    ...{ step: track.step, as: command.as, verdict: 'AGREE', department: actor.department, by: actor.id, at: of.now },
    ...(command.reason !== undefined && { reason: command.reason }),
  };
  const decisions = [...track.decisions.filter(isOther(track.step, command.as)), decision];
  return { track: advanced(process, { ...track, decisions, terms: left.terms }, of.now) };
}

const isOther = (step: number, as: Role) => (decision: DecisionMade) => decision.step !== step || decision.as !== as;

/** What the law asks of an agreement beside the word. @source HZ-8.5b, HZ-8.5c, QZ-2.2d, CZ-11j, YN-15b */
function unfit(
  { process }: Case,
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

function askChanges(track: Track, of: Case, command: Extract<Command, { do: 'ASK_CHANGES' }>, actor: Actor): Outcome {
  const against = inTurn(track, of, command.as, actor);
  if (against) return against;
  if (isBlank(command.reason)) return refuse('REASON_MISSING', 'Say in `reason` what is to be changed.');
  const { clock: _, ...still } = track;
  return { track: { ...still, status: 'CHANGES_ASKED', since: of.now } };
}

/** A new submission: the steps and the clock begin anew, and nothing that was settled for other terms holds on. */
function resubmit(track: Track, of: Case, { asked }: Extract<Command, { do: 'RESUBMIT' }>, actor: Actor): Outcome {
  if (track.status !== 'CHANGES_ASKED') return refuse('OUT_OF_ORDER', 'Nobody has asked for changes.');
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied answers for its application.');
  return { track: opened(of.process, asked, of.now, track.version) };
}

function withdraw(track: Track, of: Case, actor: Actor): Outcome {
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied withdraws its application.');
  if (!isOpen(track)) return refuse('FINAL', `It is ${track.status} and can no longer be withdrawn.`);
  return { track: { ...track, status: 'WITHDRAWN', since: of.now, stopped: track.stopped ?? of.now } };
}

/** The data is in the catalogue now: what was agreed is given by its items. @source YN-17c */
function fulfil(track: Track, of: Case, { terms }: Extract<Command, { do: 'FULFIL' }>, actor: Actor): Outcome {
  if (track.status !== 'ENTRY_PENDING') return refuse('OUT_OF_ORDER', `It is ${track.status}; no entry is waited for.`);
  const against = notEntitled('provider', actor, of);
  return against ?? { track: { ...track, status: 'AGREED', terms, since: of.now } };
}

/** Being late is said to those above; who decides stays who decides. @source CZ-23e, YN-42f */
function escalate(track: Track, of: Case): Outcome {
  if (!of.late || track.status !== 'REVIEW')
    return refuse('NOT_OVERDUE', 'Its time has not run out, so there is nothing to escalate.');
  if (track.escalated !== undefined) return refuse('NOT_OVERDUE', 'This has been escalated already.');
  return { track: { ...track, escalated: of.now } };
}
