import type { Role } from '../../../shared/kernel/index.js';
import type { Post } from './post.js';
import type { Expression, SqlBool } from 'kysely';
import type { DueDate, Profile, Term, WorkingCalendar } from '../../../shared/law/index.js';
import type { Database } from './open-tables.js';

/** Things of which the hub watches the time. */
export type DeadlineKind =
  | 'GRANT' // a grant that will end
  | 'CONSENT' // an owner's consent that will end
  | 'PROTECTION' // a subject's protection that will end
  | 'PROMISE' // a deprecated item that may end after a day
  | 'SUBGRAPH_KEY' // the key before a rotation that will end
  | 'APPLICATION' // the open step of a provider's review
  | 'CORRECTION' // the open step of a correction
  | 'CATALOGUE_TASK' // an update of the catalogue that is owed
  | 'DATA_UPDATE' // a resource that is late, until the authority is told
  | 'INTERFACE_REQUEST' // an interface that the authority asked for
  | 'QUALITY_TICKET' // a fault of data that is to be mended
  | 'REPORT' // a yearly report
  | 'UPDATE_WINDOW'; // days of a quarter in which data is updated

/** Stages of a deadline that are announced. */
export type DeadlineStage =
  | 'SOON' // little time is left
  | 'TODAY' // the last day
  | 'OVERDUE' // late: announced to the authority and listed; nothing is decided by it
  | 'ENDED'; // ended as planned

/** A deadline as it stands now. */
export interface Deadline {
  /** Stable name of what is due, e.g. `grant/G-000001` or `review/A-000001/tax`. */
  readonly subject: string;
  /** Object of the acts that announce it. */
  readonly object: string;
  readonly kind: DeadlineKind;
  /** Departments that have to act. */
  readonly owners: readonly string[];
  /** Further departments that are notified. */
  readonly others: readonly string[];
  /** Clauses on which it rests; empty where it was agreed. */
  readonly clauses: readonly string[];
  readonly due: DueDate;
  /** Calendar days before the end at which a reminder is sent; two working days where absent. */
  readonly noticeDays?: number;
}

export interface DeadlineContext {
  readonly database: Database;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly calendar: WorkingCalendar;
  /** IANA name. */
  readonly timeZone: string;
  /** The law in force; a procedure in progress keeps the law under which it began. */
  readonly profile: Profile;
  /** Only these subjects, where given. */
  readonly only?: readonly string[];
  /** Condition for a source's query: the stage has not been announced for this subject and due date. It only spares the
   *  source from reading what would be dropped anyway.
   *  @param due  local date; of what ends at an instant, that in ISO 8601 */
  readonly isUnannounced: (
    subject: Expression<string>,
    due: Expression<string>,
    stage: DeadlineStage | Expression<DeadlineStage>,
  ) => Expression<SqlBool>;
}

/** One kind of deadline, exported by the room that knows it. */
export interface DeadlineSource {
  /** Reads from the tables what somebody may have to be notified of by now. It keeps no state of its own. */
  readonly find: (context: DeadlineContext) => Promise<readonly Deadline[]>;
  /** Notes on the thing itself that a stage was announced, in the same transaction. */
  readonly onAnnounced?: (database: Database, deadline: Deadline, stage: DeadlineStage, now: number) => Promise<void>;
}

/** A due date that may move once the calendar of its year is published. */
export interface ProvisionalDueDate {
  readonly id: string;
  /** Object of the act that records a change. */
  readonly object: string;
  readonly concerns: readonly string[];
  readonly clauses: readonly string[];
  readonly term: Term;
  readonly due: DueDate;
}
/** Stored due dates of one kind, exported by the room that owns them. */
export interface DueDateSource {
  /** Reads the provisional ones that still run. */
  readonly findProvisional: (database: Database, timeZone: string) => Promise<readonly ProvisionalDueDate[]>;
  readonly update: (database: Database, id: string, due: DueDate) => Promise<void>;
}

/** A department that has to act next on an object of governance. */
export interface PendingDepartment {
  readonly department: string;
  /** Local date; absent where the law gives no limit. */
  readonly dueOn?: string;
  readonly provisional?: boolean;
  /** Roles of which somebody who can act has one; the daily posts are told where absent. */
  readonly roles?: readonly Role[];
  /** Posts of which somebody who can act holds one. */
  readonly posts?: readonly Post[];
  /** The only persons who may know of it; each is told by name. */
  readonly persons?: readonly string[];
  /** It may be a department that acted itself: another person of it has to act next. */
  readonly within?: true;
}
