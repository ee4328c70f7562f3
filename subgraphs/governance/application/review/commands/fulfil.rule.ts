import { checkEntitlement } from './check-entitlement.rule.js';
import { reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** The data that the catalogue lacked is in it now: the agreement is given by its items. @source YN-17c */
export const fulfil: CommandRule<'FULFIL'> = (review, context, { terms }, actor) => {
  if (review.status !== 'ENTRY_PENDING')
    return reject('OUT_OF_ORDER', say('fulfil.notWaiting', { status: wordOf('review', review.status) }));
  const notEntitled = checkEntitlement('provider', actor, context);
  return notEntitled ?? { review: { ...review, status: 'AGREED', terms, since: context.now } };
};
