import type { CasePart, CorrectionState } from '../correction-state.rule.js';
import { accept } from './accept.rule.js';
import { close } from './close.rule.js';
import { coordinate } from './coordinate.rule.js';
import {
  reject,
  type Actor,
  type CommandOutcome,
  type CommandRule,
  type CommandType,
  type CorrectionCommand,
  type CorrectionContext,
  type Rejected,
} from './correction-command.rule.js';
import { decide } from './decide.rule.js';
import { dispatch } from './dispatch.rule.js';
import { feedBack } from './feed-back.rule.js';
import { objectToResult } from './object.rule.js';
import { withdraw } from './withdraw.rule.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The rule of each command, closed: a new command has its rule here or does not compile. */
const COMMAND_RULES: { readonly [Type in CommandType]: CommandRule<Type> } = {
  FEED_BACK: feedBack,
  WITHDRAW: withdraw,
  DISPATCH: dispatch,
  ACCEPT: accept,
  DECIDE: decide,
  OBJECT: objectToResult,
  COORDINATE: coordinate,
  CLOSE: close,
};

/** Applies a command to a correction.
 *  @param expectedVersion  version that the caller last saw
 *  @returns                the new state, or the reason why nothing changed */
export function applyCommand<Type extends CommandType>(
  state: CorrectionState,
  context: CorrectionContext,
  command: Extract<CorrectionCommand, { readonly type: Type }>,
  actor: Actor,
  expectedVersion: number,
): CommandOutcome {
  const { version } = state;
  if (expectedVersion !== version)
    return reject('STALE_VERSION', say('case.stale', { seen: expectedVersion, now: version }));
  const { as, apply } = COMMAND_RULES[command.type];
  const problem = checkEntitlement(as, context, actor) ?? checkSeparation(state, as, actor);
  if (problem) return problem;
  const outcome = apply(state, context, command);
  if ('refused' in outcome) return outcome;
  const acts = [...state.acts, { by: actor.id, as, type: command.type }];
  return { state: { ...outcome.state, version: version + 1, acts } };
}

function checkEntitlement(as: CasePart, context: CorrectionContext, actor: Actor): Rejected | undefined {
  const { reporter, provider, authorities, process } = context;
  const { department, roles } = actor;
  if (as === 'reporter' && department !== reporter) return reject('NOT_ENTITLED', say('case.reporter'));
  if (as === 'provider' && (department !== provider || !roles.includes('provider')))
    return reject('NOT_ENTITLED', say('case.provider'));
  if (as === 'operator' && !roles.includes('operator')) return reject('NOT_ENTITLED', say('case.operator'));
  if (as === 'authority' && !(roles.includes('authority') && authorities.includes(department)))
    return reject(
      'NOT_ENTITLED',
      say('case.authority', { authorities: joinTexts(authorities, 'or') }),
      process.dispute,
    );
  return undefined;
}

/** Checks that the caller has stood on no other side of the case, through whichever of their accounts and in whichever
 *  department they were then. */
function checkSeparation({ acts }: CorrectionState, as: CasePart, { accounts }: Actor): Rejected | undefined {
  const other = acts.find((act) => act.as !== as && accounts.includes(act.by));
  return (
    other && reject('SAME_PERSON', say('case.samePerson', { other: wordOf('part', other.as), as: wordOf('part', as) }))
  );
}
