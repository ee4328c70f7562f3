import { reject, type CommandRule } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** The provider takes the case up. From now on every answer that gives a disputed item says so. */
export const accept: CommandRule<'ACCEPT'> = {
  as: 'provider',
  apply: (state, { now }) =>
    state.status === 'DISPATCHED'
      ? { state: { ...state, status: 'ACCEPTED', times: { ...state.times, accepted: now }, since: now } }
      : reject('OUT_OF_ORDER', say('accept.status', { status: wordOf('correction', state.status) })),
};
