import type { DueDate } from '../../../../shared/law/index.js';

/** What kinds of things the hub watches the time of. */
export const WATCHED_KINDS = [
  'GRANT', // a grant that will end
  'APPLICATION', // the open step of an application with one provider
  'CATALOGUE_TASK', // an update of the catalogue that is owed
  'REPORT', // a yearly report
  'UPDATE_WINDOW', // days of a quarter in which data is updated
] as const;
export type WatchedKind = (typeof WATCHED_KINDS)[number];

/** Something whose time runs, as it stands now. */
export interface Watched {
  /** Names it for as long as the same thing runs: `grant/G-000001`, `application/A-000001/tax`. */
  readonly subject: string;
  /** What an act about it names as its object. */
  readonly object: string;
  readonly kind: WatchedKind;
  /** Departments that are to do something. */
  readonly owners: readonly string[];
  /** Departments beside them that are told as well. */
  readonly others: readonly string[];
  /** Clauses that the time rests on; empty where it was agreed. */
  readonly clauses: readonly string[];
  /** When it ends. */
  readonly due: DueDate;
  /** Days of the calendar before the end at which a reminder is sent; two working days where absent. */
  readonly noticeDays?: number;
}
