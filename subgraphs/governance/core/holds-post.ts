import type { EntityManager } from '@mikro-orm/postgresql';
import type { Post } from './post.js';

/** Reports whether a person holds one of the posts of a department now. The register answers it. */
export type HoldsPost = (
  em: EntityManager,
  holder: { readonly person: string; readonly department: string },
  posts: readonly Post[],
) => Promise<boolean>;
