import { dueDate, type DueDate } from '../../../shared/law/calendar/due-date.js';
import type { WorkingCalendar } from '../../../shared/law/calendar/working-calendar.js';
import type { ClockEvent } from '../../../shared/law/profile/profile.js';
import type { CorrectionProcess, StepLimit } from './correction-process.rule.js';

export const CORRECTION_STATUSES = [
  'FOUND', // a comparison found a difference; the department that uses the data looks at its own record first
  'REPORTED', // the operator analyses and dispatches it
  'DISPATCHED', // it is with the provider
  'ACCEPTED', // the provider verifies; from here on answers carry the flag
  'UPHELD', // decided to correct, in whole or in part
  'REJECTED', // decided not to correct; the reporter may object
  'DISPUTED', // the authority settles it
  'NOTIFIED', // a new read through the hub has shown the change, and every department that had received the items is told
  'CLOSED',
  'WITHDRAWN',
] as const;
export type CorrectionStatus = (typeof CORRECTION_STATUSES)[number];

export const VERDICTS = ['UPHELD', 'PARTLY', 'REJECTED'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A side of a case. No person acts on two sides, over the whole life of the case. */
export type CasePart = 'reporter' | 'operator' | 'provider' | 'authority';

/** A command of a case, with the person who gave it and the side on which they did. */
export interface CaseAct {
  readonly by: string;
  readonly as: CasePart;
  readonly type: string;
}

/** Instants, ms since the epoch. */
export interface CorrectionTimes {
  /** The difference was found, where that is known. */
  readonly found?: number;
  readonly reported: number;
  readonly dispatched?: number;
  readonly accepted?: number;
  readonly decided?: number;
  readonly corrected?: number;
  /** Every department that had received the items was told of the result. */
  readonly notified?: number;
}

export interface CorrectionDecision {
  readonly verdict: Verdict;
  /** Items that are corrected. */
  readonly items: readonly string[];
  readonly reason: string;
  readonly by: 'provider' | 'authority' | 'reporter';
  /** Document of a coordination. */
  readonly reference?: string;
}

/** The state of one correction. It is a value: every change is a new one. Stored as JSON: a change of a name takes a
 *  migration. */
export interface CorrectionState {
  readonly status: CorrectionStatus;
  /** Grows with every change; a command names the version its caller last saw. */
  readonly version: number;
  readonly times: CorrectionTimes;
  /** Everything that persons did in the case. */
  readonly acts: readonly CaseAct[];
  /** How a desk made sure that the person who reported is the one concerned. */
  readonly identityCheck?: string;
  /** Number of the check that found the difference. */
  readonly check?: string;
  readonly analysis?: string;
  readonly decision?: CorrectionDecision;
  readonly objection?: string;
  /** Instant of the last change of status. */
  readonly since: number;
}

/** Parties that have to act next: department codes, and roles with a `*` before. */
export function findAwaited(
  { status }: Pick<CorrectionState, 'status'>,
  { reporter, provider }: { readonly reporter: string; readonly provider: string },
): string[] {
  switch (status) {
    case 'FOUND':
      return [reporter];
    case 'REPORTED':
      return ['*operator'];
    case 'DISPATCHED':
    case 'ACCEPTED':
    case 'UPHELD':
      return [provider];
    case 'DISPUTED':
      return ['*authority'];
    case 'REJECTED':
    case 'NOTIFIED':
      return [reporter];
    default:
      return [];
  }
}

/** The limit that runs now. */
export function findLimit({ report, decision, fix }: CorrectionProcess, status: CorrectionStatus): StepLimit {
  switch (status) {
    case 'FOUND':
      return report;
    case 'DISPATCHED':
    case 'ACCEPTED':
      return decision;
    case 'UPHELD':
      return fix;
    default:
      return NO_LIMIT;
  }
}
const NO_LIMIT: StepLimit = { clauses: [] };

/** Instant from which the limit that runs now is counted; undefined while no clock runs.
 *  @source QZ-7.2c (dispatch), QZ-7.2e (decision), HZ-8.6c (detection) */
export function findClockStart(process: CorrectionProcess, state: CorrectionState): number | undefined {
  const { workingDays, starts } = findLimit(process, state.status);
  return workingDays === undefined || starts === undefined ? undefined : instantOf(starts, state.times);
}

/** Last day of the step that is open; absent where the text gives no number. */
export function computeDueDate(
  process: CorrectionProcess,
  state: CorrectionState,
  { calendar, timeZone }: { readonly calendar: WorkingCalendar; readonly timeZone: string },
): DueDate | undefined {
  const start = findClockStart(process, state);
  const { workingDays } = findLimit(process, state.status);
  return start === undefined ? undefined : dueDate(calendar, { start, workingDays: workingDays!, timeZone });
}

function instantOf(event: ClockEvent, times: CorrectionTimes): number | undefined {
  switch (event) {
    case 'DETECTION':
      return times.found ?? times.reported;
    case 'SUBMISSION':
    case 'FEEDBACK':
      return times.reported;
    case 'DISPATCH':
      return times.dispatched;
    case 'RECEIPT':
      return times.accepted;
    case 'DECISION':
      return times.decided;
    default:
      return undefined;
  }
}

/** Opens a correction as it is reported. `now` and `found` are in ms since the epoch. A `mismatch` of the own
 *  record with the provider's waits for the department's own look at it first. */
export function openCorrection(
  process: CorrectionProcess,
  act: CaseAct,
  {
    now,
    found,
    mismatch = false,
  }: { readonly now: number; readonly found?: number | undefined; readonly mismatch?: boolean },
): CorrectionState {
  if (mismatch)
    return { status: 'FOUND', version: 1, times: { reported: now, found: found ?? now }, acts: [act], since: now };
  const direct = process.route.through === 'PROVIDER';
  return {
    status: direct ? 'DISPATCHED' : 'REPORTED',
    version: 1,
    times: { reported: now, ...(found !== undefined && { found }), ...(direct && { dispatched: now }) },
    acts: [act],
    since: now,
  };
}
