import { endOfDay, localDate, type LocalDate } from '../../../../shared/law/index.js';
import { readBodies } from './bodies.js';
import type { Source, SourceContext } from './source.js';
import type { Watched } from './watched.rule.js';

/** Days before a report is due at which who makes it is reminded. */
const REPORT_NOTICE_DAYS = 30;

/** What the law asks for every year or quarter, whatever anybody does: the next of each. Whether it was done is not known
 *  here, so it is announced and never called late.
 *  @source CZ-17a, CZ-17b (reports), HZ-7.4d (days of the quarter in which data is updated) */
export const yearlyDuties: Source = {
  read: async (context) => {
    const watched = [...(await reports(context)), ...(await updateWindow(context))];
    return context.only ? watched.filter(({ subject }) => context.only!.includes(subject)) : watched;
  },
};

async function reports(context: SourceContext): Promise<Watched[]> {
  const { profile, now, timeZone } = context;
  const today = localDate(now, timeZone);
  const bodies = await readBodies(context.query);
  const makers = {
    authority: bodies('authority'),
    departments: [...new Set([...bodies('provider'), ...bodies('consumer')])].sort(),
  };
  return (profile.evaluation?.reports ?? []).map(({ value: { by, before }, clauses }) => {
    const year = Number(today.slice(0, 4));
    const next = [year, year + 1].map((of) => dayBefore(`${of}-${before}`)).find((date) => date >= today)!;
    const subject = `report/${profile.prefix}/${by}/${next}`;
    return {
      ...{ subject, object: subject, kind: 'REPORT' as const, owners: makers[by], others: [], clauses },
      due: lastDay(next, timeZone),
      noticeDays: REPORT_NOTICE_DAYS,
    };
  });
}

async function updateWindow(context: SourceContext): Promise<Watched[]> {
  const { profile, now, timeZone } = context;
  const window = profile.updates?.exception?.window;
  if (!window) return [];
  const { monthOfQuarter, fromDay, toDay } = window.value;
  const today = localDate(now, timeZone);
  const year = Number(today.slice(0, 4));
  const ends = [year, year + 1].flatMap((of) =>
    [0, 3, 6, 9].map((quarter) => `${of}-${padded(quarter + monthOfQuarter)}-${padded(toDay)}`),
  );
  const next = ends.find((date) => date >= today)!;
  const subject = `update-window/${profile.prefix}/${next}`;
  const providers = (await readBodies(context.query))('provider');
  return [
    {
      ...{ subject, object: subject, kind: 'UPDATE_WINDOW' as const, owners: providers, others: [] },
      clauses: window.clauses,
      due: lastDay(next, timeZone),
      noticeDays: toDay - fromDay + 1,
    },
  ];
}

const lastDay = (date: LocalDate, timeZone: string) => ({
  date,
  instant: endOfDay(date, timeZone),
  provisional: false,
});
const dayBefore = (date: LocalDate): LocalDate => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const padded = (number: number): string => String(number).padStart(2, '0');
