import { dueDate, type DueDate } from '../../../shared/law/calendar/due-date.js';
import { endOfDay, localDate, type LocalDate } from '../../../shared/law/calendar/local-date.js';
import type { WorkingCalendar } from '../../../shared/law/calendar/working-calendar.js';
import type { Profile } from '../../../shared/law/profile/profile.js';

/** Cycles in which a resource is updated, as the catalogue has them. */
export type Cycle = 'REALTIME' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'YEARLY' | 'IRREGULAR';

/** Kinds of data of which a law may ask different things. */
export type DataClass = 'CERTIFICATES' | 'DOCUMENTS' | 'OTHER';

/** Faults in how a resource is kept current, beside its being late. */
export type FreshnessFlagCode = 'CYCLE_MISSING' | 'NOT_REAL_TIME' | 'WINDOW_NOT_APPROVED' | 'INTERVAL_NOT_FILED';

export interface Flag {
  readonly code: FreshnessFlagCode;
  readonly clauses: readonly string[];
}

/** An exception from the rules of the law that is in force for a resource. */
export type UpdateExceptionTerms =
  | { readonly kind: 'WINDOW' } // updated in the days of the quarter that the law names
  | { readonly kind: 'INTERVAL'; readonly cycle: Cycle }; // updated by a cycle that was filed

/** Everything by which the freshness of a resource is judged. Instants are milliseconds since the epoch. */
export interface UpdateFacts {
  readonly cycle?: Cycle | undefined;
  readonly dataClass: DataClass;
  /** Absent where nobody knows it. */
  readonly lastUpdate?: number | undefined;
  /** When data was generated that is not here yet, where that was reported. */
  readonly generatedAt?: number | undefined;
  readonly exception?: UpdateExceptionTerms | undefined;
}

export interface FreshnessJudgement {
  /** Last day on which the next update is in time; absent where nothing is known, or nothing is limited. */
  readonly due?: DueDate;
  /** Last day before the authority is told that it is late. */
  readonly escalation?: DueDate;
  /** Clauses on which the due day rests. */
  readonly clauses: readonly string[];
  readonly flags: readonly Flag[];
}

interface Place {
  readonly calendar: WorkingCalendar;
  readonly profile: Profile;
}

/** Working days between the due day and the one after which the authority is told. No clause gives a step between them; the
 *  provider's data administrator is told first. */
const ESCALATION_WORKING_DAYS = 1;

/** Days and months of a cycle. No clause says how many minutes real time is: a resource that has shown no update for a whole
 *  day is late by any reading. */
const LENGTHS: Readonly<Record<Cycle, { readonly days?: number; readonly months?: number } | undefined>> = {
  REALTIME: { days: 1 },
  DAILY: { days: 1 },
  WEEKLY: { days: 7 },
  MONTHLY: { months: 1 },
  QUARTERLY: { months: 3 },
  HALF_YEARLY: { months: 6 },
  YEARLY: { months: 12 },
  IRREGULAR: undefined,
};

/** Judges when a resource must be updated next, and how it is kept current.
 *  @source HZ-7.4a to HZ-7.4d, QZ-4.3b, QZ-4.3e, QZ-4.3f, CZ-12a, YN-11a, HZ-6.1c */
export function judgeFreshness(facts: UpdateFacts, place: Place): FreshnessJudgement {
  const { due, clauses } = findDue(facts, place);
  const flags = findFlags(facts, place.profile);
  if (!due) return { clauses: [], flags };
  const start = due.instant - 1;
  const next = { start, workingDays: ESCALATION_WORKING_DAYS, timeZone: place.profile.timeZone };
  return { due, escalation: dueDate(place.calendar, next), clauses, flags };
}

/** The rule of the law for a kind of data. */
function findRule(dataClass: DataClass, { updates }: Profile) {
  return updates?.rules?.find(({ data }) => data.value.includes(dataClass) || data.value.includes('ALL'));
}

function findDue(facts: UpdateFacts, { calendar, profile }: Place): { due?: DueDate; clauses: readonly string[] } {
  const { lastUpdate, generatedAt, exception, dataClass } = facts;
  const { timeZone, updates } = profile;
  const within = findRule(dataClass, profile)?.within;
  const [workingDays, clauses] = within?.workingDays
    ? [within.workingDays.value, within.workingDays.clauses]
    : [1, within?.pace?.clauses ?? []];
  if (exception?.kind === 'WINDOW' && updates?.exception?.window) {
    if (lastUpdate === undefined) return { clauses: [] };
    const { value, clauses } = updates.exception.window;
    const date = findWindowEnd(value, localDate(lastUpdate, timeZone));
    return { due: { date, instant: endOfDay(date, timeZone), provisional: false }, clauses };
  }
  const cycle = exception?.kind === 'INTERVAL' ? exception.cycle : facts.cycle;
  const length = cycle && LENGTHS[cycle];
  const ends: DueDate[] = [];
  if (lastUpdate !== undefined && length) {
    const next = addTo(localDate(lastUpdate, timeZone), length);
    // Where the law counts days, they begin with the day on which the next data is there; where it counts none, the cycle's
    // end counts itself, and moves to the next working day.
    const from = within?.workingDays ? next : addTo(next, { days: -1 });
    ends.push(dueDate(calendar, { start: endOfDay(from, timeZone) - 1, workingDays, timeZone }));
  }
  if (generatedAt !== undefined && (lastUpdate === undefined || generatedAt > lastUpdate))
    ends.push(dueDate(calendar, { start: generatedAt, workingDays, timeZone }));
  const due = ends.sort((a, b) => a.instant - b.instant)[0];
  return due ? { due, clauses } : { clauses: [] };
}

function findFlags({ cycle, dataClass, exception }: UpdateFacts, profile: Profile): Flag[] {
  const rule = findRule(dataClass, profile);
  if (!rule) return [];
  if (cycle === undefined) return [{ code: 'CYCLE_MISSING', clauses: rule.data.clauses }];
  const { approvedBy, filedWith, window } = profile.updates?.exception ?? {};
  if (exception) return [];
  if (cycle === 'QUARTERLY' && approvedBy && window) return [{ code: 'WINDOW_NOT_APPROVED', clauses: window.clauses }];
  const { pace } = rule.within;
  if (pace?.value !== 'REAL_TIME' || cycle === 'REALTIME') return [];
  return [
    filedWith
      ? { code: 'INTERVAL_NOT_FILED', clauses: filedWith.clauses }
      : { code: 'NOT_REAL_TIME', clauses: pace.clauses },
  ];
}

type Window = NonNullable<NonNullable<NonNullable<Profile['updates']>['exception']>['window']>['value'];

/** The last day of the first window that begins after an update. */
function findWindowEnd({ monthOfQuarter, fromDay, toDay }: Window, last: LocalDate): LocalDate {
  const year = Number(last.slice(0, 4));
  for (const each of [year, year + 1])
    for (const quarter of [0, 3, 6, 9]) {
      const month = `${each}-${pad(quarter + monthOfQuarter)}`;
      if (`${month}-${pad(fromDay)}` > last) return `${month}-${pad(toDay)}`;
    }
  throw new RangeError(`No window begins within a year after ${last}.`);
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** A day later by a cycle: the same day of a later month, or the last one where that month is shorter. */
function addTo(
  date: LocalDate,
  { days = 0, months = 0 }: { readonly days?: number; readonly months?: number },
): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, months > 0 ? lastDay : day) + days))
    .toISOString()
    .slice(0, 10);
}
