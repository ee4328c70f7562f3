import { sql } from 'kysely';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import type { Database } from '../../core/index.js';
import { applicationTables } from '../tables.js';
import { viewerKeys } from './viewers.js';

/** Reports whether a caller is among the viewers of the application that a review belongs to. */
export async function canSeeReview(database: Database, id: string, caller: FetchContext): Promise<boolean> {
  const row = await applicationTables(database)
    .selectFrom('application_track')
    .innerJoin('share_application', 'share_application.id', 'application_track.application')
    .select('application_track.id')
    .where('application_track.id', '=', id)
    .where((column) => sql<boolean>`${column.ref('visible_to')} && ${viewerKeys(caller)}::text[]`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ids of the open reviews by special procedure that a caller sees. They are no task of a department, but of persons.
 *  @source QZ-5.9a */
export async function findSeenSpecialReviews(database: Database, caller: FetchContext): Promise<string[]> {
  const rows = await applicationTables(database)
    .selectFrom('application_track')
    .innerJoin('share_application', 'share_application.id', 'application_track.application')
    .select('application_track.id')
    .where('application_track.kind', '=', 'SPECIAL')
    .where('application_track.closed_at', 'is', null)
    .where((column) => sql<boolean>`${column.ref('visible_to')} && ${viewerKeys(caller)}::text[]`)
    .execute();
  return rows.map(({ id }) => id);
}
