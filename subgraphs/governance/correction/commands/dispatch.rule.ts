import { isBlank, reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The operator has analysed the report and sends it to the department whose data it is.
 *  @source QZ-7.2a, QZ-7.2b */
export const dispatch: CommandRule<'DISPATCH'> = {
  as: 'operator',
  apply: (state, { process, now }, { analysis }) => {
    if (state.status !== 'REPORTED')
      return reject('OUT_OF_ORDER', say('dispatch.status', { status: wordOf('correction', state.status) }));
    if (isBlank(analysis)) return reject('REASON_MISSING', say('dispatch.analysis'), process.route.clauses);
    const times = { ...state.times, dispatched: now };
    return { state: { ...state, status: 'DISPATCHED', analysis, times, since: now } };
  },
};
