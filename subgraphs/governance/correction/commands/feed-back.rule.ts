import { isBlank, reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The department that uses the data has looked at its own record after a check found a difference. Where its own is wrong,
 *  it has corrected that, and the case is closed; where it is right, the provider has to look.
 *  @source HZ-8.6b, HZ-8.6c */
export const feedBack: CommandRule<'FEED_BACK'> = {
  as: 'reporter',
  apply: (state, { process, now }, { finding, reason }) => {
    const { clauses } = process.report;
    if (state.status !== 'FOUND')
      return reject('OUT_OF_ORDER', say('feedBack.status', { status: wordOf('correction', state.status) }));
    if (isBlank(reason)) return reject('REASON_MISSING', say('feedBack.reason'), clauses);
    const times = { ...state.times, reported: now };
    if (finding === 'OWN_WRONG')
      return {
        state: {
          ...state,
          status: 'CLOSED',
          decision: { verdict: 'UPHELD', items: [], reason, by: 'reporter' },
          times: { ...times, decided: now },
          since: now,
        },
      };
    return process.route.through === 'OPERATOR'
      ? { state: { ...state, status: 'REPORTED', times, since: now } }
      : { state: { ...state, status: 'DISPATCHED', times: { ...times, dispatched: now }, since: now } };
  },
};
