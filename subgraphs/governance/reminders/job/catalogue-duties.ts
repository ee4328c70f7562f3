import { endOfDay, localDate } from '../../../../shared/law/index.js';
import { readBodies } from './bodies.js';
import type { Source, SourceContext } from './source.js';
import type { Watched } from './watched.rule.js';

/** Updates that the catalogue is owed after a change, where the law gives a limit. @source CZ-7b, YN-9i */
export const catalogueTasks: Source = {
  read: async ({ query, now, only }) => {
    const rows = await query(
      `select id, department, clauses, due, provisional,
              (extract(epoch from due_at) * 1000)::float8 as due_at
         from catalogue_task
        where closed_at is null and due_at <= $1::timestamptz + interval '20 days'
          and ($2::text[] is null or 'task/' || id = any($2))
          and not exists (
            select from job_done where subject = 'task/' || catalogue_task.id and stage = 'OVERDUE'
               and job_done.due = catalogue_task.due)
        order by due_at, id`,
      [new Date(now).toISOString(), only ?? null],
    );
    return rows.map((row) => {
      const subject = `task/${String(row['id'])}`;
      return {
        ...{
          subject,
          object: subject,
          kind: 'CATALOGUE_TASK' as const,
          owners: [String(row['department'])],
          others: [],
        },
        clauses: row['clauses'] as string[],
        due: {
          date: String(row['due']),
          instant: Number(row['due_at']),
          provisional: row['provisional'] === true,
        },
      };
    });
  },
};

/** Days before the end of the year at which a provider is reminded to go through its catalogue. */
const NOTICE_DAYS = 30;

/** That each provider goes through its whole catalogue once a year, at least: due with the year's last day, where nobody
 *  has confirmed it. @source HZ-5.4a, YN-9h */
export const catalogueMaintenance: Source = {
  read: async (context) => {
    const { profile, query, now, timeZone, only } = context;
    const rule = profile.catalogue?.maintenance;
    if (!rule) return [];
    const year = Number(localDate(now, timeZone).slice(0, 4));
    const providers = (await readBodies(query))('provider');
    const watched: Watched[] = [];
    for (const within of [year - 1, year]) {
      const date = `${within}-12-31`;
      const due = { date, instant: endOfDay(date, timeZone), provisional: false };
      for (const department of await unconfirmed(context, within, due.instant, providers)) {
        const subject = `maintenance/${department}/${within}`;
        const who = { owners: [department], others: [] };
        watched.push({
          ...{ subject, object: subject, kind: 'CATALOGUE_TASK', ...who, clauses: rule.clauses, due },
          noticeDays: NOTICE_DAYS,
        });
      }
    }
    return only ? watched.filter(({ subject }) => only.includes(subject)) : watched;
  },
};

/** Providers that were registered within the year or before, and have not confirmed it. */
async function unconfirmed(
  { query }: SourceContext,
  year: number,
  end: number,
  providers: readonly string[],
): Promise<string[]> {
  const rows = await query(
    `select code from department
      where code = any($1::text[]) and registered_at < $2
        and not exists (select from catalogue_maintenance done where done.department = code and done.year = $3)
      order by code`,
    [providers, new Date(end).toISOString(), year],
  );
  return rows.map(({ code }) => String(code));
}
