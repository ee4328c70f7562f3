import type { Query } from '../../../../shared/evidence/store/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';

/** Whose inbox it is. */
export interface Reader {
  readonly department: string;
  readonly person: string | null;
  /** Under which what was read is kept. */
  readonly name: string;
}

export const readerOf = ({
  department,
  system,
  person,
}: Pick<FetchContext, 'department' | 'system' | 'person'>): Reader => ({
  department,
  person: person ?? null,
  name: person === undefined ? `system/${system}` : `person/${person}`,
});

/** What decides over what a reader may see. */
export interface Standing {
  /** Posts that he holds now. */
  readonly held: readonly string[];
  /** Posts that somebody of the department holds now. */
  readonly filled: readonly string[];
}

export async function standingOf(query: Query, { department, person }: Reader): Promise<Standing> {
  const rows = await query(
    `select post, bool_or(officer = $2) as own from appointment where department = $1 and until_at is null group by post`,
    [department, person],
  );
  return {
    held: rows.filter(({ own }) => own === true).map(({ post }) => String(post)),
    filled: rows.map(({ post }) => String(post)),
  };
}

/** Notices that a reader may see: the own department's for everybody, for the own person, and for posts that he holds
 *  now. A post that nobody fills keeps no notice from the department.
 *  Parameters: $1 department, $2 person, $3 posts held, $4 posts filled. */
export const VISIBLE = `
  notice.department = $1 and (notice.person is null or notice.person = $2)
  and (notice.posts is null or notice.posts && $3::text[] or not notice.posts && $4::text[])`;
