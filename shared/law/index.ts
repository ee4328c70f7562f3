export { clauses, clauseText, type Clause } from './clauses.js';
export { listNotSharedModes } from './profile/not-shared-modes.rule.js';
export { readProfile } from './profile/read-profile.js';
export { PROFILE_NAMES, type ClockEvent, type Deadline, type Profile, type Sourced } from './profile/profile.js';
export { readCalendar } from './calendar/read-calendar.js';
export { isWorkingDay, type WorkingCalendar } from './calendar/working-calendar.js';
export { dueDate, recountDueDate, type DueDate, type Term } from './calendar/due-date.js';
export { ageInWorkingDays, workingDaysBetween, workingDaysLeft, type WorkingDays } from './calendar/working-days.js';
export { endOfDay, endOfYearFrom, localDate, type LocalDate } from './calendar/local-date.js';
