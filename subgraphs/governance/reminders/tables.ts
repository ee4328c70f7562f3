import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type { AuditAction } from '../../../shared/evidence/index.js';
import type { EvidenceTables } from '../../../shared/evidence/store/index.js';
import { openTables, type Database, type DeadlineStage } from '../core/index.js';
import type { WorkerTask } from '../../../shared/read-model/worker-state.js';
import type { NoticeKind } from './notice/recipients.rule.js';

type Bigint = ColumnType<string, string | number, string | number>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** Announced stages of deadlines. */
interface JobDoneTable {
  readonly subject: string;
  readonly stage: DeadlineStage;
  /** Key of the due date; a date that moves is announced anew. */
  readonly due: string;
  readonly at: Timestamp;
}
interface NoticeTable {
  readonly number: GeneratedAlways<string>;
  readonly id: GeneratedAlways<string>;
  /** Position of the act in the evidence. */
  readonly position: Bigint;
  readonly department: string;
  readonly posts: string[] | null;
  readonly person: string | null;
  /** Holders of one of these roles; anybody where null. */
  readonly roles: string[] | null;
  /** When a task was done. */
  readonly closed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  readonly at: Timestamp;
  readonly kind: NoticeKind;
  readonly act: AuditAction;
  readonly object: string;
  readonly text: string;
  readonly clauses: string[];
  readonly due_on: ColumnType<Date | string, string | null, string | null> | null;
  readonly provisional: boolean | null;
}
interface NoticeReadTable {
  readonly notice: Bigint;
  readonly reader: string;
  readonly at: Generated<Date>;
}
/** When each task of the worker was last done. */
interface WorkerBeatTable {
  readonly task: WorkerTask;
  readonly at: Timestamp;
}

/** The room's own tables, and those of shared/evidence, from which notices are made. */
export interface ReminderTables extends EvidenceTables {
  job_done: JobDoneTable;
  notice: NoticeTable;
  notice_read: NoticeReadTable;
  worker_beat: WorkerBeatTable;
  /** One row: position of the newest act that notices were made of. */
  notice_cursor: { readonly one: Generated<boolean>; readonly position: Bigint };
}
export type ReminderDatabase = Kysely<ReminderTables>;

export const reminderTables = (database: Database): ReminderDatabase => openTables<ReminderTables>(database);
