import type { HoldsPost } from '../../core/index.js';
import { findPostHolders } from './find-officers.js';

/** Tells that a person holds one of the posts now: from an appointment until it is ended. */
export const holdsPost: HoldsPost = async (em, { person, department }, posts) =>
  (await findPostHolders(em, department)).some(({ post, officer }) => officer === person && posts.includes(post));
