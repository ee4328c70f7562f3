import type { HoldsPost } from '../../core/index.js';
import { Appointment } from './appointment.entity.js';

/** A person holds a post from its appointment until that is ended. */
export const holdsPost: HoldsPost = async (em, { person, department }, posts) =>
  (await em.count(Appointment, { officer: person, department, post: { $in: [...posts] }, untilAt: null })) > 0;
