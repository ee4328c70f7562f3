import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { wordOf, Refusal } from '../../core/index.js';
import { findPostHolders } from '../../register/index.js';
import { say } from '../messages/index.js';

/** Checks that the caller may submit an application of their department. The law in force may name one officer for that;
 *  anybody of the department may write the draft.
 *  @returns undefined when they may
 *  @source QZ-9.2d */
export async function checkSubmitter(
  em: EntityManager,
  { department, person }: Pick<FetchContext, 'department' | 'person'>,
  { applications }: Profile,
): Promise<Refusal | undefined> {
  const rule = applications?.submittedBy;
  if (!rule) return undefined;
  const { value: post, clauses } = rule;
  const holders = await findPostHolders(em, department);
  if (holders.some(({ post: held, officer }) => held === post && officer === person)) return undefined;
  return Refusal.because(
    'OFFICER_REQUIRED',
    say('draft.submitter', { post: wordOf('post', post), department }),
    clauses,
  );
}
