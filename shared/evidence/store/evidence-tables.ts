import type { ColumnType, Generated } from 'kysely';
import type { GrantMode, ShareType } from '../../kernel/index.js';
import type { Outcome } from '../access-record.js';
import type { StoredRecord } from '../record-line.js';
import type { ItemUse } from '../visible-use.js';

/** A bigint; the drivers give it as text, since it may exceed what a number holds. */
export type Bigint = ColumnType<string, string | number, string | number>;
/** Select it through `epochMs`: the drivers give a Date or a text. */
type Timestamp = ColumnType<Date | string, string, string>;

/** A record of any kind. Partitioned by `month`, which never goes back along a chain; a record's partition therefore says
 *  nothing certain of its time. */
export interface RecordTable {
  /** First day of the month of the partition. */
  readonly month: ColumnType<Date | string, string, string>;
  readonly position: Bigint;
  readonly writer: string;
  readonly seq: Bigint;
  readonly at: Timestamp;
  readonly kind: StoredRecord['kind'];
  readonly department: string | null;
  readonly system: string | null;
  readonly person: string | null;
  readonly scenario: string | null;
  readonly mode: GrantMode | null;
  readonly outcome: Outcome | null;
  /** Of a use: the error that ended it. Of an act: its name. */
  readonly code: string | null;
  readonly request: string | null;
  /** The set of items that a use touched. */
  readonly items: number | null;
  readonly object: string | null;
  readonly concerns: string[] | null;
  /** First 64 bits of each subject's hash; the line has the whole hashes. */
  readonly subjects: string[] | null;
  /** The record as it was signed, without its line end. */
  readonly line: string;
}

/** Uses by day, department, scenario, set of items, mode and outcome; '' where a use names no department or scenario. */
export interface DailyTable {
  readonly day: ColumnType<Date | string, string, string>;
  readonly department: string;
  readonly scenario: string;
  readonly items: number;
  readonly mode: GrantMode;
  readonly outcome: Outcome;
  readonly requests: Bigint;
  readonly rows: Bigint;
  readonly subjects: Bigint;
}

/** Tables of evidence that are read outside shared/evidence. They are written by `RecordStore` alone. The rooms `evidence`,
 *  `reminders` and `subscriptions` of governance are their readers by design; no other code names them. */
export interface EvidenceTables {
  'evidence.record': RecordTable;
  'evidence.daily': DailyTable;
  'evidence.item_use': { [Column in keyof ItemUse]-?: Exclude<ItemUse[Column], undefined> } & {
    readonly items: number;
  };
  'evidence.graph': { readonly version: string; readonly at: Timestamp; readonly position: Bigint };
  'evidence.graph_item': {
    readonly graph: string;
    readonly coordinate: string;
    readonly provider: string;
    readonly resource: string | null;
    readonly share_type: ShareType;
  };
  /** One row: the newest position. */
  'evidence.ledger': { readonly one: Generated<boolean>; readonly position: Bigint };
}
