import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import { Refusal } from '../../core/index.js';
import { Appointment } from './appointment.entity.js';
import { vacantPosts } from './posts.rule.js';

/** Why a department cannot submit anything: posts that the law in force asks for are vacant.
 *  @returns  undefined where all are filled
 *  @source QZ-9.2b */
export async function vacancyOf(em: EntityManager, department: string, profile: Profile): Promise<Refusal | undefined> {
  const live = await em.find(Appointment, { department, untilAt: null }, { disableIdentityMap: true });
  const vacant = vacantPosts(profile, new Set(live.map(({ post }) => post)));
  if (vacant.length === 0) return undefined;
  return Refusal.because(
    'POSTS_VACANT',
    `Department ${department} cannot submit while these posts are vacant: ${vacant.map(({ post }) => post).join(', ')}. Fill them with appoint.`,
    [...new Set(vacant.flatMap(({ clauses }) => clauses))],
    vacant.map(({ post, clauses }) => `${post} is vacant (${clauses.join(', ')}).`),
  );
}
