import { narrowTerms } from '../../draft/terms.rule.js';
import { advanceReview, findMissingRoles, recordDecision } from '../review-state.rule.js';
import { checkTurn } from './check-turn.rule.js';
import {
  reject,
  type CommandRule,
  type Rejected,
  type ReviewCommand,
  type ReviewContext,
} from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { joinTexts } from '../../../../../shared/kernel/index.js';
import { wordOf } from '../../../core/words.rule.js';

type Agreement = Extract<ReviewCommand, { readonly type: 'AGREE' }>;

/** One role of the open step agrees, to all that is left or to less. Where another role decides last, it waits for the
 *  others.
 *  @source HZ-8.5b, HZ-8.5c, QZ-2.2d, CZ-11e, YN-16j */
export const agree: CommandRule<'AGREE'> = (review, context, command, actor) => {
  const { process, now } = context;
  const { as, narrowing = {}, reason } = command;
  const problem = checkTurn(review, context, as, actor) ?? checkFindings(context, command);
  if (problem) return problem;
  const step = process.steps[review.step]!;
  const others = findMissingRoles(process, review, review.step).filter((role) => role !== as);
  if (step.final === as && others.length > 0)
    return reject(
      'CONSENT_MISSING',
      say('agree.others', {
        roles: joinTexts(
          others.map((role) => wordOf('role', role)),
          ',',
        ),
      }),
      step.clauses,
    );
  const left = narrowTerms(review.terms, narrowing);
  if ('wider' in left) return reject('TERMS_WIDER', say('agree.wider'), [], left.wider);
  const decided = recordDecision(review, {
    step: review.step,
    as,
    verdict: 'AGREE',
    department: actor.department,
    by: actor.id,
    at: now,
    ...(reason !== undefined && { reason }),
  });
  return { review: advanceReview(process, { ...decided, terms: left.terms }, now) };
};

/** Checks what the law asks of an agreement beside the word: the finding on duty need, and the scope where this role
 *  fixes it.
 *  @source HZ-8.5b, CZ-11j, YN-15b */
function checkFindings({ process }: ReviewContext, { as, dutyNeed, narrowing }: Agreement): Rejected | undefined {
  const duty = process.parts.find(({ part }) => part === 'DUTY');
  if (duty && as === 'provider' && dutyNeed !== true)
    return reject(
      'DUTY_FINDING_MISSING',
      dutyNeed === false ? say('agree.noNeed') : say('agree.sayNeed'),
      duty.clauses,
    );
  const { scopeFixedBy, kind } = process;
  if (scopeFixedBy?.role !== as || kind === 'UNCATALOGUED') return undefined;
  if (narrowing?.mode !== undefined && narrowing.coordinates !== undefined) return undefined;
  return reject('SCOPE_NOT_FIXED', say('agree.scope'), scopeFixedBy.clauses);
}
