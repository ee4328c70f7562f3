import { reject, type CommandRule } from './correction-command.rule.js';
import { judge } from './judge.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The provider has verified its record and decides. One decision for each case: whoever does not agree objects.
 *  @source QZ-7.2c, CZ-14c, YN-33b */
export const decide: CommandRule<'DECIDE'> = {
  as: 'provider',
  apply: (state, context, command) =>
    state.status === 'ACCEPTED'
      ? judge(state, context, command, { by: 'provider' })
      : reject('OUT_OF_ORDER', say('decide.status', { status: wordOf('correction', state.status) })),
};
