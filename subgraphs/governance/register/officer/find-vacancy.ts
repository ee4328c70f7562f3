import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import { Refusal } from '../../core/index.js';
import { findPostHolders } from './find-officers.js';
import { findVacantPosts } from './vacant-posts.rule.js';

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
    `Department ${department} cannot submit while these posts are vacant: ${vacant.map(({ post }) => post).join(', ')}. Fill them with appoint.`,
    [...new Set(vacant.flatMap(({ clauses }) => clauses))],
    vacant.map(({ post, clauses }) => `${post} is vacant (${clauses.join(', ')}).`),
  );
}
