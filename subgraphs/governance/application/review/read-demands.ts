import { sql } from 'kysely';
import type { Database } from '../../core/index.js';
import { applicationTables } from '../tables.js';
import type { ReviewStatus } from './review-state.rule.js';

/** Lines to read, in the order of their keys' bytes. */
interface LineRange {
  /** Code of one department; every department's where absent. */
  readonly department?: string | undefined;
  /** Key behind which the lines begin; '' for the first. */
  readonly after: string;
  readonly limit: number;
}
/** The part of an application that one provider reviews, and its state. */
export interface Demand {
  readonly key: string;
  readonly department: string;
  readonly provider: string;
  readonly scenario: string | null;
  /** Description of data that no catalogue has; null where it has. */
  readonly description: string | null;
  readonly status: ReviewStatus;
  readonly asked: readonly string[];
  readonly agreed: readonly string[];
  readonly grant: string | null;
}
/** An entry that a provider owes the catalogue, since it has agreed to a request for data that no catalogue has. */
export interface OwedEntry {
  readonly key: string;
  readonly department: string;
  readonly name: string;
  readonly scenario: string | null;
}

/** Applications by special procedure are in no list. @source QZ-5.9a */
const listedReviews = (database: Database) =>
  applicationTables(database)
    .selectFrom('application_track as t')
    .innerJoin('share_application as a', 'a.id', 't.application')
    .where('t.kind', '<>', 'SPECIAL');

/** Demands that have not been withdrawn, in the order of their keys.
 *  @param viewer  keys of the viewer; undefined for one who sees all */
export async function readDemands(
  database: Database,
  viewer: readonly string[] | undefined,
  { department, after, limit }: LineRange,
): Promise<Demand[]> {
  const rows = await listedReviews(database)
    .where('t.status', '<>', 'WITHDRAWN')
    .select(['t.id', 't.department', 't.provider', 't.status', 't.state', 't.grant_id', 'a.scenario', 'a.form'])
    .$if(viewer !== undefined, (query) =>
      query.where((eb) => sql<boolean>`${eb.ref('a.visible_to')} && ${[...viewer!]}::text[]`),
    )
    .$if(department !== undefined, (query) => query.where('t.department', '=', department!))
    .where((eb) => sql<boolean>`${eb.ref('t.id')} collate "C" > ${after}`)
    .orderBy((eb) => sql`${eb.ref('t.id')} collate "C"`)
    .limit(limit)
    .execute();
  return rows.map(({ id, state, grant_id, form, ...row }) => ({
    key: id,
    department: row.department,
    provider: row.provider,
    scenario: row.scenario,
    status: row.status,
    description: form.uncatalogued?.description ?? null,
    asked: state.asked.coordinates,
    agreed: state.terms.coordinates,
    grant: grant_id,
  }));
}

/** Entries that providers owe the catalogue, in the order of their keys. @source YN-17b */
export async function readOwedEntries(
  database: Database,
  { department, after, limit }: LineRange,
): Promise<OwedEntry[]> {
  const rows = await listedReviews(database)
    .where('t.status', '=', 'ENTRY_PENDING')
    .select(['t.id', 't.provider', 'a.scenario', 'a.form'])
    .$if(department !== undefined, (query) => query.where('t.provider', '=', department!))
    .where((eb) => sql<boolean>`('request/' || ${eb.ref('t.id')}) collate "C" > ${after}`)
    .orderBy((eb) => sql`${eb.ref('t.id')} collate "C"`)
    .limit(limit)
    .execute();
  return rows.map(({ id, provider, scenario, form }) => ({
    key: `request/${id}`,
    department: provider,
    name: form.uncatalogued?.description ?? id,
    scenario,
  }));
}
