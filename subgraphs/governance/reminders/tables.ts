import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type { AuditAction } from '../../../shared/evidence/index.js';
import type { Language } from '../../../shared/kernel/index.js';
import type { EvidenceTables } from '../../../shared/evidence/store/index.js';
import { openTables, type Database, type DeadlineStage } from '../core/index.js';
import type { WorkerTask } from '../../../shared/read-model/worker-state.js';
import type {
  MessageChannelKind,
  MessageChannelStates,
  MessageFailure,
  MessageTiming,
} from './message/message-channel.type.js';
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
  /** Null in notices from before there were two languages. */
  readonly text_en: string | null;
  readonly clauses: string[];
  readonly due_on: ColumnType<Date | string, string | null, string | null> | null;
  readonly provisional: boolean | null;
}
interface NoticeReadTable {
  readonly notice: Bigint;
  readonly reader: string;
  readonly at: Generated<Date>;
}
/** Mail that was unsubscribed by its link; the gateway writes it. */
interface MessageUnsubscriptionTable {
  readonly channel: string;
  readonly at: Generated<Date>;
  readonly ended_at: ColumnType<Date | null, never, Date>;
}
/** Where notices are sent beyond the hub, for one officer or one department. */
interface MessageChannelTable {
  readonly number: GeneratedAlways<string>;
  readonly id: GeneratedAlways<string>;
  readonly department: string;
  /** Null for the robot of a department. */
  readonly officer: string | null;
  readonly kind: MessageChannelKind;
  readonly name: string | null;
  readonly address: string;
  /** Sealed address and key of a robot. */
  readonly sealed: string | null;
  readonly kinds: NoticeKind[];
  readonly timing: MessageTiming;
  readonly language: Language;
  readonly state: keyof typeof MessageChannelStates | 'ENDED';
  /** Hash of the code that was sent. */
  readonly code: string | null;
  readonly code_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
  readonly code_tries: Generated<number>;
  readonly failure: MessageFailure | null;
  readonly failures: Generated<number>;
  /** Nothing is sent before. */
  readonly next_at: Timestamp;
  /** Until when one worker alone sends. */
  readonly lease_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
  readonly sent_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  readonly added_at: Timestamp;
  readonly added_by: string;
}
/** The outbox. */
interface MessageTable {
  readonly number: GeneratedAlways<string>;
  readonly channel: Bigint;
  readonly kind: 'NOTICE' | 'CODE' | 'TRIAL';
  readonly notice: ColumnType<string | null, string | null | undefined, never>;
  readonly sealed: string | null;
  /** Messages that are sent as one have the same. */
  readonly batch: string | null;
  readonly state: 'WAITING' | 'SENT' | 'GIVEN_UP' | 'DROPPED';
  readonly at: Timestamp;
  readonly settled_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
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
  message_channel: MessageChannelTable;
  message: MessageTable;
  /** One row: the newest notice that messages were made of. */
  message_cursor: { readonly one: Generated<boolean>; readonly number: Bigint };
  readonly message_unsubscription: MessageUnsubscriptionTable;
  /** One row: position of the newest act that notices were made of. */
  notice_cursor: { readonly one: Generated<boolean>; readonly position: Bigint };
}
export type ReminderDatabase = Kysely<ReminderTables>;

export const reminderTables = (database: Database): ReminderDatabase => openTables<ReminderTables>(database);
