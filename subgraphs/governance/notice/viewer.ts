import type { FetchContext } from '../../../shared/trust/signed-context.js';

/** Whose inbox it is. */
export interface Reader {
  readonly department: string;
  readonly person: string | null;
  /** Under which what was read is kept. */
  readonly name: string;
}

export const readerOf = ({ dep, sys, per }: Pick<FetchContext, 'dep' | 'sys' | 'per'>): Reader => ({
  department: dep,
  person: per ?? null,
  name: per === undefined ? `system/${sys}` : `person/${per}`,
});

/** Notices that a reader may see: the own department's for everybody, for the own person, and for posts that he holds
 *  now. A post that nobody fills keeps no notice from the department.
 *  Parameters: $1 department, $2 person. */
export const VISIBLE = `
  notice.department = $1 and (notice.person is null or notice.person = $2)
  and (notice.posts is null
    or exists (select from appointment held
                where held.department = notice.department and held.post = any(notice.posts)
                  and held.until_at is null and held.officer = $2)
    or not exists (select from appointment held
                    where held.department = notice.department and held.post = any(notice.posts)
                      and held.until_at is null))`;
