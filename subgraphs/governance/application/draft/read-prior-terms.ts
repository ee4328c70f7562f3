import { sql, type SqlBool } from 'kysely';
import { endOfYearFrom } from '../../../../shared/law/calendar/local-date.js';
import type { Database } from '../../core/index.js';
import { findLiveGrants } from '../../grant/index.js';
import { applicationTables } from '../tables.js';
import type { ApplicationFacts, LiveGrant, OpenApplication } from './application-facts.js';
import { toNeedKey } from './find-duplicates.rule.js';
import type { ShareApplication } from './share-application.entity.js';

/** Most applications, and most grants, that are compared with one; the newest. */
const MOST = 50;

type Compared = Pick<ShareApplication, 'id' | 'department' | 'typed' | 'renews'>;

/** Reads the open applications and the live grants of a department for the same scenario and mode as an application.
 *  @param viewer    keys of the caller: nothing is told of an application that they may not see
 *  @param now       ms since the epoch
 *  @param timeZone  of the jurisdiction */
export async function readPriorTerms(
  database: Database,
  application: Compared,
  viewer: readonly string[],
  now: number,
  timeZone: string,
): Promise<Pick<ApplicationFacts, 'open' | 'grants'>> {
  const { scenario, mode } = application.typed;
  if (scenario === undefined || mode === undefined) return { open: [], grants: [] };
  return {
    open: await readOpenApplications(database, application, viewer, now, timeZone),
    grants: await readLiveGrants(database, application, now),
  };
}

async function readOpenApplications(
  database: Database,
  { id, department, typed }: Compared,
  viewer: readonly string[],
  now: number,
  timeZone: string,
): Promise<OpenApplication[]> {
  const rows = await applicationTables(database)
    .selectFrom('share_application')
    .select(['id', 'state', 'form', 'submitted_at'])
    .where('department', '=', department)
    .where('scenario', '=', typed.scenario!)
    .where('id', '<>', id)
    .where('state', 'in', ['DRAFT', 'SUBMITTED'])
    .where((eb) => sql<SqlBool>`${eb.ref('form')} ->> 'mode' = ${typed.mode!}`)
    .where((eb) => sql<SqlBool>`${eb.ref('visible_to')} && ${[...viewer]}::text[]`)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ form, submitted_at, ...row }) => {
    const { from, until, coordinates = [], rows: divisions, quotaPerDay, verificationDetails, uncatalogued } = form;
    const begins = from === undefined ? (submitted_at?.getTime() ?? now) : Date.parse(from);
    return {
      id: row.id,
      state: row.state === 'DRAFT' ? 'DRAFT' : 'SUBMITTED',
      scenario: typed.scenario!,
      mode: typed.mode!,
      coordinates,
      rows: divisions,
      quotaPerDay,
      verificationDetails,
      until: until === undefined ? endOfYearFrom(begins, timeZone) : Date.parse(until),
      need: toNeedKey(uncatalogued),
    };
  });
}

async function readLiveGrants(
  database: Database,
  { department, typed, renews }: Compared,
  now: number,
): Promise<LiveGrant[]> {
  const { scenario, mode, coordinates = [] } = typed;
  const grants = await findLiveGrants(
    database,
    { department, scenario: scenario!, mode: mode!, coordinates },
    { now, most: MOST },
  );
  return grants.filter(({ id }) => id !== renews);
}
