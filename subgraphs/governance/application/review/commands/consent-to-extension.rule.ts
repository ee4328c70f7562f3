import { checkEntitlement } from './check-entitlement.rule.js';
import { isOwn, reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** Gives or denies more time to answer: the authority or the head of the provider, as the law has it, and never the person
 *  who asked.
 *  @source QZ-2.3g, YN-26c */
export const consentToExtension: CommandRule<'CONSENT_TO_EXTENSION'> = (review, context, { agreed }, actor) => {
  const rule = context.process.limit?.extension;
  const { extension } = review;
  if (review.status !== 'REVIEW' || extension?.state !== 'ASKED')
    return reject('OUT_OF_ORDER', say('extension.nobody'));
  const notEntitled = checkEntitlement(rule?.consent === 'authority' ? 'authority' : 'provider', actor, context);
  if (notEntitled) return notEntitled;
  if (rule?.consent === 'provider-head' && !actor.isHead)
    return reject('NOT_ENTITLED', say('extension.head'), rule.clauses);
  if (isOwn(actor, extension.by)) return reject('SAME_PERSON', say('extension.own'), rule?.clauses);
  return { review: { ...review, extension: { ...extension, state: agreed ? 'GIVEN' : 'DENIED' } } };
};
