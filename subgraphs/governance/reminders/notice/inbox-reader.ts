import { sql, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import type { PostHolder } from '../../register/index.js';
import type { ReminderTables } from '../tables.js';

/** The reader of an inbox: a person of a department, or a system of it. */
export interface InboxReader {
  readonly department: string;
  readonly person: string | null;
  readonly roles: readonly string[];
  /** Key under which read state is stored. */
  readonly key: string;
}

export const toInboxReader = ({
  department,
  system,
  person,
  roles = [],
}: Pick<FetchContext, 'department' | 'system' | 'person' | 'roles'>): InboxReader => ({
  department,
  roles,
  person: person ?? null,
  key: person === undefined ? `system/${system}` : `person/${person}`,
});

/** Condition on `notice`: notices that a reader may see. These are the own department's notices for everybody, for the
 *  reader in person, for roles that they have, and for posts that they hold now. A post that nobody fills hides no notice from the department.
 *  @param holders  who holds the posts of the reader's department now */
export function isVisibleTo({ department, person, roles }: InboxReader, holders: readonly PostHolder[]) {
  const held = holders.filter((holder) => holder.officer === person).map(({ post }) => post);
  const filled = holders.map(({ post }) => post);
  return (eb: ExpressionBuilder<ReminderTables, 'notice'>) => {
    const posts = eb.ref('notice.posts');
    return eb.and([
      eb('notice.department', '=', department),
      eb.or([eb('notice.person', 'is', null), ...(person === null ? [] : [eb('notice.person', '=', person)])]),
      eb.or([eb('notice.roles', 'is', null), sql<SqlBool>`${eb.ref('notice.roles')} && ${[...roles]}::text[]`]),
      eb.or([
        eb('notice.posts', 'is', null),
        sql<SqlBool>`${posts} && ${held}::text[]`,
        sql<SqlBool>`not (${posts} && ${filled}::text[])`,
      ]),
    ]);
  };
}
