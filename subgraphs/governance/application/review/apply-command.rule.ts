import { agree } from './commands/agree.rule.js';
import { askChanges } from './commands/ask-changes.rule.js';
import { checkSeparation, recordAct } from './commands/check-separation.rule.js';
import { consentToExtension } from './commands/consent-to-extension.rule.js';
import { coordinateRefusal } from './commands/coordinate-refusal.rule.js';
import { coordinate } from './commands/coordinate.rule.js';
import { escalate } from './commands/escalate.rule.js';
import { extend } from './commands/extend.rule.js';
import { fulfil } from './commands/fulfil.rule.js';
import { negotiate } from './commands/negotiate.rule.js';
import { objectToRefusal } from './commands/object.rule.js';
import { refuse } from './commands/refuse.rule.js';
import { resubmit } from './commands/resubmit.rule.js';
import {
  reject,
  type Actor,
  type CommandOutcome,
  type CommandRule,
  type CommandType,
  type ReviewCommand,
  type ReviewContext,
} from './commands/review-command.rule.js';
import { withdraw } from './commands/withdraw.rule.js';
import type { ReviewState } from './review-state.rule.js';
import { say } from '../messages/index.js';

/** The rule of each command, closed: a new command has its rule here or does not compile. */
const COMMAND_RULES: { readonly [Type in CommandType]: CommandRule<Type> } = {
  AGREE: agree,
  REFUSE: refuse,
  ASK_CHANGES: askChanges,
  RESUBMIT: resubmit,
  WITHDRAW: withdraw,
  EXTEND: extend,
  CONSENT_TO_EXTENSION: consentToExtension,
  OBJECT: objectToRefusal,
  NEGOTIATE: negotiate,
  COORDINATE: coordinate,
  COORDINATE_REFUSAL: coordinateRefusal,
  FULFIL: fulfil,
  ESCALATE: escalate,
};

/** Applies a command to a review. Nothing is agreed without the agreement of every step's roles, or a coordination against
 *  their refusal; nothing is ever agreed by the passing of time.
 *  @param expectedVersion  version of the review that the caller last saw
 *  @returns                the new state, or the reason why nothing changed */
export function applyCommand<Type extends CommandType>(
  review: ReviewState,
  context: ReviewContext,
  command: Extract<ReviewCommand, { readonly type: Type }>,
  actor: Actor,
  expectedVersion: number,
): CommandOutcome {
  const { version } = review;
  if (expectedVersion !== version)
    return reject('STALE_VERSION', say('review.stale', { seen: expectedVersion, now: version }));
  const outcome = COMMAND_RULES[command.type](review, context, command, actor);
  if ('refused' in outcome) return outcome;
  const conflict = checkSeparation(review, context, command, actor);
  if (conflict) return conflict;
  return { review: { ...outcome.review, version: version + 1, acts: recordAct(review, context, command, actor) } };
}
