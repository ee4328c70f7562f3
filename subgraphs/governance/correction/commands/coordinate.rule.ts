import { isBlank, reject, type CommandRule } from './correction-command.rule.js';
import { judge } from './judge.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The authority settles a dispute about data.
 *  @source HZ-6.3c */
export const coordinate: CommandRule<'COORDINATE'> = {
  as: 'authority',
  apply: (state, context, command) => {
    const { dispute } = context.process;
    if (state.status !== 'DISPUTED')
      return reject('OUT_OF_ORDER', say('coordinate.status', { status: wordOf('correction', state.status) }), dispute);
    if (isBlank(command.reference)) return reject('REFERENCE_MISSING', say('coordinate.reference'), dispute);
    return judge(state, context, command, { by: 'authority', reference: command.reference });
  },
};
