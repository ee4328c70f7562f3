import type { CaseAct, ReviewState } from '../review-state.rule.js';
import {
  isOwn,
  reject,
  type Actor,
  type Rejected,
  type ReviewCommand,
  type ReviewContext,
} from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Checks that the caller has had no other part in the case, over its whole life: who asked, drafted, decided or consented
 *  stays bound after moving to another department or post. A dispute is not settled by a person who decided a step of it.
 *  @returns undefined when they may act
 *  @source QZ-9.2d, HZ-8.5d; share-rules section 2 (separation of duties) */
export function checkSeparation(
  review: ReviewState,
  context: ReviewContext,
  command: ReviewCommand,
  actor: Actor,
): Rejected | undefined {
  const as = findPart(command, context, actor);
  if (as === undefined) return undefined;
  const { id, persons = [] } = context.applicant;
  if (as !== 'applicant' && [id, ...persons].some((by) => isOwn(actor, by)))
    return reject('SAME_PERSON', say('separation.applicant'));
  const own = review.acts.filter(({ by }) => isOwn(actor, by));
  const other = own.find((act) => act.as !== as);
  if (other)
    return reject('SAME_PERSON', say('separation.other', { other: wordOf('part', other.as), as: wordOf('part', as) }));
  const settles = isCoordination(command.type);
  if (own.some(({ type }) => (settles ? isDecision(type) : isDecision(command.type) && isCoordination(type))))
    return reject('SAME_PERSON', say('separation.dispute'));
  return undefined;
}

/** Adds a command to the acts of its case. */
export function recordAct(
  review: ReviewState,
  context: ReviewContext,
  command: ReviewCommand,
  actor: Actor,
): readonly CaseAct[] {
  const as = findPart(command, context, actor);
  const acts = review.acts;
  return as === undefined ? acts : [...acts, { by: actor.id, as, type: command.type }];
}

/** The part in which a command is given; undefined for one that decides nothing. */
function findPart(command: ReviewCommand, { applicant, process }: ReviewContext, { department }: Actor) {
  switch (command.type) {
    case 'AGREE':
    case 'REFUSE':
    case 'ASK_CHANGES':
    case 'EXTEND':
      return command.as;
    case 'CONSENT_TO_EXTENSION':
      return process.limit?.extension?.consent === 'authority' ? 'authority' : 'provider';
    case 'COORDINATE':
    case 'COORDINATE_REFUSAL':
      return 'authority';
    case 'FULFIL':
      return 'provider';
    case 'NEGOTIATE':
      return department === applicant.department ? 'applicant' : 'provider';
    case 'RESUBMIT':
    case 'WITHDRAW':
    case 'OBJECT':
      return 'applicant';
    case 'ESCALATE':
      return undefined;
  }
}

const isDecision = (type: string): boolean => type === 'AGREE' || type === 'REFUSE';
const isCoordination = (type: string): boolean => type === 'COORDINATE' || type === 'COORDINATE_REFUSAL';
