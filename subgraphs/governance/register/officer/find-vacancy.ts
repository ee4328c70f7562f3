import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import { wordOf, Refusal } from '../../core/index.js';
import { findPostHolders } from './find-officers.js';
import { findVacantPosts } from './vacant-posts.rule.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';

/** Finds why a department cannot submit anything: posts that the law in force requires are vacant.
 *  @returns undefined where all of them are filled
 *  @source QZ-9.2b */
export async function findVacancy(
  em: EntityManager,
  department: string,
  profile: Profile,
): Promise<Refusal | undefined> {
  const holders = await findPostHolders(em, department);
  const vacant = findVacantPosts(profile, new Set(holders.map(({ post }) => post)));
  if (vacant.length === 0) return undefined;
  return Refusal.because(
    'POSTS_VACANT',
    say('vacancy.posts', {
      department,
      posts: joinTexts(
        vacant.map(({ post }) => wordOf('post', post)),
        ',',
      ),
    }),
    [...new Set(vacant.flatMap(({ clauses }) => clauses))],
    vacant.map(({ post, clauses }) =>
      say('vacancy.post', { post: wordOf('post', post), clauses: joinTexts(clauses, ',') }),
    ),
  );
}
