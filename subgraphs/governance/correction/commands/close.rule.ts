import { reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The reporter accepts the result: a rejection, or a correction that is proven and of which everybody was told.
 *  @source CZ-14c, QZ-7.2f */
export const close: CommandRule<'CLOSE'> = {
  as: 'reporter',
  apply: (state, { process, now }) => {
    if (state.status === 'REJECTED' && process.usersTold && state.times.notified === undefined)
      return reject('OUT_OF_ORDER', say('close.telling'), process.usersTold);
    return state.status === 'REJECTED' || state.status === 'NOTIFIED'
      ? { state: { ...state, status: 'CLOSED', since: now } }
      : reject(
          state.status === 'UPHELD' ? 'NOT_PROVEN' : 'OUT_OF_ORDER',
          say('close.status', { status: wordOf('correction', state.status) }),
          process.fix.clauses,
        );
  },
};
