import { endOfDay, localDate } from '../../../../shared/law/index.js';
import type { Database, Deadline, DeadlineSource, DueDateSource } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { catalogueTables } from '../tables.js';
import { listProvisionalTasks, listTasksDueBy, moveDueDate } from './catalogue-task.store.js';

/** Tasks are read this long before they are due; the longest reminder is sent two working days before. */
const LEAD_MS = 20 * 86_400_000;

/** Updates that the catalogue is owed after a change, where the law gives a limit. @source CZ-7b, YN-9i */
export const catalogueTaskDeadlines: DeadlineSource = {
  async find({ database, now, only }) {
    const tasks = await listTasksDueBy(database, new Date(now + LEAD_MS));
    const deadlines = tasks.map(({ id, department, clauses, due }): Deadline => {
      const subject = `task/${id}`;
      return { subject, object: subject, kind: 'CATALOGUE_TASK', owners: [department], others: [], clauses, due };
    });
    return only ? deadlines.filter(({ subject }) => only.includes(subject)) : deadlines;
  },
};

/** Days before the end of the year at which a provider is reminded to go through its catalogue. */
const NOTICE_DAYS = 30;

/** The yearly maintenance of each provider's whole catalogue: due with the last day of the year, where nobody has confirmed
 *  it. @source HZ-5.4a, YN-9h */
export const maintenanceDeadlines: DeadlineSource = {
  async find({ database, profile, now, timeZone, only }) {
    const rule = profile.catalogue?.maintenance;
    if (!rule) return [];
    const thisYear = Number(localDate(now, timeZone).slice(0, 4));
    const deadlines: Deadline[] = [];
    for (const year of [thisYear - 1, thisYear]) {
      const date = `${year}-12-31`;
      const due = { date, instant: endOfDay(date, timeZone), provisional: false };
      for (const department of await findUnconfirmed(database, year, due.instant)) {
        const subject = `maintenance/${department}/${year}`;
        deadlines.push({
          subject,
          object: subject,
          kind: 'CATALOGUE_TASK',
          owners: [department],
          others: [],
          clauses: rule.clauses,
          due,
          noticeDays: NOTICE_DAYS,
        });
      }
    }
    return only ? deadlines.filter(({ subject }) => only.includes(subject)) : deadlines;
  },
};

/** Providers registered before the end of the year that have not confirmed the maintenance of that year. */
async function findUnconfirmed(database: Database, year: number, end: number): Promise<string[]> {
  const confirmed = await catalogueTables(database)
    .selectFrom('catalogue_maintenance')
    .select('department')
    .where('year', '=', year)
    .execute();
  const done = new Set(confirmed.map(({ department }) => department));
  const providers = await findDepartments(database, { role: 'provider' });
  return providers
    .filter(({ code, registeredAt }) => registeredAt.getTime() < end && !done.has(code))
    .map(({ code }) => code);
}

/** Due dates of open catalogue tasks. */
export const catalogueTaskDueDates: DueDateSource = {
  async findProvisional(database, timeZone) {
    const tasks = await listProvisionalTasks(database);
    return tasks.map(({ id, department, clauses, openedAt, workingDays, due }) => ({
      id,
      object: `task/${id}`,
      concerns: [department],
      clauses,
      term: { start: openedAt, workingDays, timeZone },
      due,
    }));
  },
  update: moveDueDate,
};
