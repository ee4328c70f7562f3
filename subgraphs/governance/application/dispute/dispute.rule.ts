import { isHigherLevel } from '../../register/department/level.rule.js';
import { unfounded } from '../review/refuse.rule.js';
import { narrowed } from '../draft/terms.rule.js';
import {
  isBlank,
  notEntitled,
  refuse,
  type Actor,
  type Case,
  type Command,
  type Outcome,
} from '../review/review-command.rule.js';
import { advanced, escalationStep, type DecisionMade, type Part, type Track } from '../review/review-state.rule.js';

/** The applicant does not accept a refusal: it goes the way that the law has for it.
 *  @source HZ-8.5h, CZ-11g, YN-18a */
export function contest(track: Track, of: Case, { reason }: Extract<Command, { do: 'OBJECT' }>, actor: Actor): Outcome {
  if (actor.department !== of.applicant.department)
    return refuse('NOT_ENTITLED', 'Only the department that applied objects to the answer.');
  if (track.status !== 'REFUSED') return refuse('OUT_OF_ORDER', `It is ${track.status}; a refusal is objected to.`);
  if (isBlank(reason)) return refuse('REASON_MISSING', 'Say in `reason` why the data is needed all the same.');
  const next = of.process.escalation[track.level + 1];
  if (!next) return refuse('FINAL', 'The regulation in force has no further step after this refusal.');
  const contested: Part[] = track.decisions.filter(({ verdict }) => verdict === 'REFUSE');
  const { refusal: _, clock: __, stopped: ___, ...still } = track;
  return {
    track: {
      ...still,
      status: next.step,
      level: track.level + 1,
      contested: [...track.contested, ...contested.map(({ step, as }) => ({ step, as }))],
      decisions: track.decisions.filter(({ verdict }) => verdict === 'AGREE'),
      since: of.now,
    },
  };
}

/** One meeting of the two departments. Without its record nothing goes further up. @source CZ-11g, YN-18a */
export function negotiate(
  track: Track,
  of: Case,
  { record, outcome, narrowing }: Extract<Command, { do: 'NEGOTIATE' }>,
  actor: Actor,
): Outcome {
  const clauses = escalationStep(of.process, track)?.clauses;
  if (track.status !== 'NEGOTIATION') return refuse('OUT_OF_ORDER', `It is ${track.status}; nothing is negotiated.`);
  const isApplicant = actor.department === of.applicant.department;
  if (!isApplicant || outcome === 'AGREED') {
    const against = notEntitled('provider', actor, of);
    if (against) return against;
  }
  if (isBlank(record)) return refuse('RECORD_MISSING', 'Write down in `record` what was negotiated.', clauses);
  const held = { ...track, negotiations: track.negotiations + 1 };
  if (outcome === 'OPEN') return { track: held };
  if (outcome === 'FAILED') return { track: upwards(held, of, { by: actor.id, reason: record }) };
  const left = narrowed(track.terms, narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'This gives more than was asked for.', [], left.wider);
  const agreed = of.process.steps.flatMap(({ by }, step): DecisionMade[] =>
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
  const decisions = [...track.decisions.filter(({ as }) => as !== 'provider'), ...agreed];
  return { track: advanced(of.process, { ...held, decisions, terms: left.terms }, of.now) };
}

function upwards(track: Track, of: Case, failed: { by: string; reason: string }): Track {
  const next = of.process.escalation[track.level + 1];
  return next
    ? { ...track, status: next.step, level: track.level + 1, since: of.now }
    : {
        ...track,
        status: 'REFUSED',
        refusal: { ...failed, bases: [] },
        since: of.now,
        stopped: track.stopped ?? of.now,
      };
}

/** The authority settles a dispute in the applicant's favour; what the others refused is given all the same, and the
 *  steps that come after it follow.
 *  @source HZ-8.5h, CZ-11h, CZ-11i, YN-18b */
export function coordinate(
  track: Track,
  of: Case,
  { reference, narrowing }: Extract<Command, { do: 'COORDINATE' }>,
  actor: Actor,
): Outcome {
  const against = notCoordinating(track, of, actor);
  if (against) return against;
  const clauses = escalationStep(of.process, track)?.clauses;
  if (isBlank(reference))
    return refuse('REFERENCE_MISSING', 'Name in `reference` the document of the coordination.', clauses);
  const left = narrowed(track.terms, narrowing ?? {});
  if ('wider' in left) return refuse('TERMS_WIDER', 'This gives more than was asked for.', [], left.wider);
  const settled = {
    ...track,
    coordination: { reference, by: actor.id, department: actor.department },
    overridden: [...track.overridden, ...track.contested],
    contested: [],
    terms: left.terms,
  };
  return { track: advanced(of.process, settled, of.now) };
}

export function coordinateRefusal(
  track: Track,
  of: Case,
  command: Extract<Command, { do: 'COORDINATE_REFUSAL' }>,
  actor: Actor,
): Outcome {
  const against = notCoordinating(track, of, actor) ?? unfounded(of.process, command);
  if (against) return against;
  const refusal = { by: actor.id, reason: command.reason, bases: command.bases ?? [] };
  return { track: { ...track, status: 'REFUSED', refusal, since: of.now, stopped: track.stopped ?? of.now } };
}

function notCoordinating(track: Track, of: Case, actor: Actor): Outcome | undefined {
  const { escalation } = of.process;
  if (track.status !== 'COORDINATION')
    return refuse('OUT_OF_ORDER', `It is ${track.status}; there is nothing to coordinate.`);
  const negotiation = escalation.slice(0, track.level).find(({ step }) => step === 'NEGOTIATION');
  if (negotiation && track.negotiations === 0)
    return refuse('NEGOTIATION_MISSING', 'There is no record of a negotiation.', negotiation.clauses);
  return notEntitled('authority', actor, of) ?? belowProvider(track, of, actor);
}

/** A case with a department of a higher level is settled by an authority of at least that level, never by a lower one.
 *  @source CZ-11i */
function belowProvider(track: Track, { process, providerLevel }: Case, { level }: Actor): Outcome | undefined {
  const step = escalationStep(process, track);
  if (step?.by !== 'higher-authority') return undefined;
  if (level && providerLevel && !isHigherLevel(providerLevel, level)) return undefined;
  return refuse(
    'HIGHER_AUTHORITY_DECIDES',
    `${step.body ?? 'The authority of the higher level'} settles this, because the provider is of a higher level: ask for its coordination. An officer of its department, registered here as an authority of that level, enters the decision.`,
    step.clauses,
  );
}
