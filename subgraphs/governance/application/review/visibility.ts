import { sql, type SqlBool } from 'kysely';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import type { RowCondition } from '../../../../shared/subgraph/index.js';
import type { Database } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import { applicationTables } from '../tables.js';
import { findResponsibleAuthorities } from './find-responsible-authorities.rule.js';
import { viewerKeys } from './viewers.js';

/** The applications that a caller sees: those whose viewers name them, without applications by special procedure for which
 *  another authority is responsible.
 *  @source QZ-5.9a */
export async function isVisibleTo(database: Database, caller: FetchContext): Promise<RowCondition<ShareApplication>> {
  const foreign = await findForeignSpecials(database, caller);
  return { visibleTo: { $overlap: viewerKeys(caller) }, ...(foreign.length > 0 && { id: { $nin: foreign } }) };
}

/** Reports whether a caller sees an application. */
export async function canSeeApplication(
  database: Database,
  { id, visibleTo }: Pick<ShareApplication, 'id' | 'visibleTo'>,
  caller: FetchContext,
): Promise<boolean> {
  if (!viewerKeys(caller).some((key) => visibleTo.includes(key))) return false;
  return (await findForeignSpecials(database, caller, id)).length === 0;
}

/** Reports whether a caller sees the application that a review belongs to. */
export async function canSeeReview(database: Database, id: string, caller: FetchContext): Promise<boolean> {
  const row = await applicationTables(database)
    .selectFrom('application_track')
    .innerJoin('share_application', 'share_application.id', 'application_track.application')
    .select(['share_application.id', 'visible_to as visibleTo'])
    .where('application_track.id', '=', id)
    .executeTakeFirst();
  return row !== undefined && (await canSeeApplication(database, row, caller));
}

/** Ids of the open reviews by special procedure that a caller sees. They are no task of a department, but of persons.
 *  @source QZ-5.9a */
export async function findSeenSpecialReviews(database: Database, caller: FetchContext): Promise<string[]> {
  const foreign = await findForeignSpecials(database, caller);
  const rows = await applicationTables(database)
    .selectFrom('application_track')
    .innerJoin('share_application', 'share_application.id', 'application_track.application')
    .select('application_track.id')
    .where('application_track.kind', '=', 'SPECIAL')
    .where('application_track.closed_at', 'is', null)
    .where((column) => sql<boolean>`${column.ref('visible_to')} && ${viewerKeys(caller)}::text[]`)
    .$if(foreign.length > 0, (query) => query.where('share_application.id', 'not in', foreign))
    .execute();
  return rows.map(({ id }) => id);
}

/** Applications by special procedure that name the caller only as an authority, while another is responsible now for every
 *  part of them.
 *  @param only  looks at this one alone
 *  @returns     ids */
async function findForeignSpecials(
  database: Database,
  { department, system, person, roles }: FetchContext,
  only?: string,
): Promise<string[]> {
  if (!roles?.includes('authority')) return [];
  const own = viewerKeys({ department, system, person, roles: [] });
  const parts = await applicationTables(database)
    .selectFrom('application_track as part')
    .innerJoin('share_application as whole', 'whole.id', 'part.application')
    .select(['whole.id', 'part.department as applicant', 'part.provider'])
    .where('part.kind', '=', 'SPECIAL')
    .$if(only !== undefined, (query) => query.where('whole.id', '=', only!))
    .where((eb) => sql<SqlBool>`not ${eb.ref('whole.visible_to')} && ${own}::text[]`)
    .execute();
  if (parts.length === 0) return [];
  const departments = await findDepartments(database);
  const responsible = new Set(
    parts
      .filter((parties) => findResponsibleAuthorities(departments, parties).includes(department))
      .map(({ id }) => id),
  );
  return [...new Set(parts.map(({ id }) => id))].filter((id) => !responsible.has(id));
}
