import { isBlank, reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The reporter does not accept the result: the authority settles it, and neither department can close it alone.
 *  @source HZ-6.3c */
export const objectToResult: CommandRule<'OBJECT'> = {
  as: 'reporter',
  apply: (state, { process, now }, { reason }) => {
    if (state.status !== 'REJECTED' && state.status !== 'NOTIFIED')
      return reject('OUT_OF_ORDER', say('object.status', { status: wordOf('correction', state.status) }));
    if (state.decision?.by === 'authority' && state.status === 'REJECTED')
      return reject('FINAL', say('object.settled'), process.dispute);
    if (isBlank(reason)) return reject('REASON_MISSING', say('object.reason'), process.dispute);
    return { state: { ...state, status: 'DISPUTED', objection: reason, since: now } };
  },
};
