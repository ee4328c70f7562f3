import { isBlank, reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The reporter takes a report back that nobody has decided. What a check has found nobody takes back. */
export const withdraw: CommandRule<'WITHDRAW'> = {
  as: 'reporter',
  apply: (state, { now }, { reason }) => {
    if (state.check !== undefined) return reject('NOT_ENTITLED', say('withdraw.check', { check: state.check }));
    if (!['REPORTED', 'DISPATCHED', 'ACCEPTED'].includes(state.status))
      return reject('OUT_OF_ORDER', say('withdraw.status', { status: wordOf('correction', state.status) }));
    if (isBlank(reason)) return reject('REASON_MISSING', say('withdraw.reason'));
    return { state: { ...state, status: 'WITHDRAWN', since: now } };
  },
};
