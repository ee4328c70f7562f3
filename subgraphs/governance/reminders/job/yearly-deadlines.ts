import { endOfDay, localDate, type LocalDate } from '../../../../shared/law/index.js';
import type { Deadline, DeadlineContext, DeadlineSource } from '../../core/index.js';
import { readDepartmentsByRole } from '../../register/index.js';

/** Days before a report is due at which its author is reminded. */
const REPORT_NOTICE_DAYS = 30;

/** The next of each report and update window that the law asks for every year or quarter. The hub does not know whether it
 *  was done, so it is announced and never called late.
 *  @source CZ-17a, CZ-17b (reports), HZ-7.4d (days of the quarter in which data is updated) */
export const yearlyDeadlines: DeadlineSource = {
  find: async (context) => {
    const deadlines = [...(await findReports(context)), ...(await findUpdateWindow(context))];
    return context.only ? deadlines.filter(({ subject }) => context.only!.includes(subject)) : deadlines;
  },
};

async function findReports(context: DeadlineContext): Promise<Deadline[]> {
  const { profile, now, timeZone } = context;
  const today = localDate(now, timeZone);
  const byRole = await readDepartmentsByRole(context.database);
  const makers = {
    authority: byRole('authority'),
    departments: [...new Set([...byRole('provider'), ...byRole('consumer')])].sort(),
  };
  return (profile.evaluation?.reports ?? []).map(({ value: { by, before }, clauses }) => {
    const year = Number(today.slice(0, 4));
    const next = [year, year + 1].map((of) => previousDay(`${of}-${before}`)).find((date) => date >= today)!;
    const subject = `report/${profile.prefix}/${by}/${next}`;
    return {
      subject,
      object: subject,
      kind: 'REPORT' as const,
      owners: makers[by],
      others: [],
      clauses,
      due: toDueDate(next, timeZone),
      noticeDays: REPORT_NOTICE_DAYS,
    };
  });
}

async function findUpdateWindow(context: DeadlineContext): Promise<Deadline[]> {
  const { profile, now, timeZone } = context;
  const window = profile.updates?.exception?.window;
  if (!window) return [];
  const { monthOfQuarter, fromDay, toDay } = window.value;
  const today = localDate(now, timeZone);
  const year = Number(today.slice(0, 4));
  const ends = [year, year + 1].flatMap((of) =>
    [0, 3, 6, 9].map((quarter) => `${of}-${padNumber(quarter + monthOfQuarter)}-${padNumber(toDay)}`),
  );
  const next = ends.find((date) => date >= today)!;
  const subject = `update-window/${profile.prefix}/${next}`;
  const providers = (await readDepartmentsByRole(context.database))('provider');
  return [
    {
      subject,
      object: subject,
      kind: 'UPDATE_WINDOW',
      owners: providers,
      others: [],
      clauses: window.clauses,
      due: toDueDate(next, timeZone),
      noticeDays: toDay - fromDay + 1,
    },
  ];
}

const toDueDate = (date: LocalDate, timeZone: string) => ({
  date,
  instant: endOfDay(date, timeZone),
  provisional: false,
});
const previousDay = (date: LocalDate): LocalDate => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const padNumber = (number: number): string => String(number).padStart(2, '0');
