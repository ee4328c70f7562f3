import type { HoldsPost } from '../../core/index.js';
import { Appointment } from './appointment.entity.js';

/** Tells that a person holds one of the posts now: from an appointment until it is ended. */
export const holdsPost: HoldsPost = async (em, { person, department }, posts) =>
  (await em.count(Appointment, { officer: person, department, post: { $in: [...posts] }, untilAt: null })) > 0;
