import type { ReportFiles } from '../report/rejection-report.js';

export type FileFormat = 'CSV' | 'XLSX' | 'NDJSON';
/** APPEND adds new keys only; UPSERT adds and changes; FULL also marks as gone what the file does not have. */
export type LoadMode = 'APPEND' | 'UPSERT' | 'FULL';

/** A file to be loaded into a hosted table. */
export interface LoadOrder {
  /** Names the batch in the table. */
  readonly id: string;
  /** Idempotency key: of one table, unique for ever. */
  readonly key: string;
  readonly file: string;
  /** Of the whole file, hex. */
  readonly sha256: string;
  readonly format: FileFormat;
  readonly mode: LoadMode;
  /** Highest share of rows that may be rejected while the others are loaded, percent; 0 is all or nothing. FULL is always
   *  all or nothing: a rejected row would be taken for one that is gone. */
  readonly mostRejected: number;
  /** Highest share of records that FULL may mark as gone, percent. */
  readonly mostVanished: number;
  readonly reports: ReportFiles;
}

/** What a load did. Counts are rows. */
export interface LoadOutcome {
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
  /** Problems of the rejected rows. */
  readonly problems: number;
  /** Values that were taken from formulas. */
  readonly formulas: number;
}

/** How far a load is. */
export interface LoadProgress {
  readonly stage: 'READING' | 'MERGING';
  readonly rows: number;
  /** Bytes of the file that were read. */
  readonly bytes: number;
}

export interface LoadOptions {
  /** Time zone of times that name none, IANA name. */
  readonly timeZone: string;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Gives the load up; nothing of it stays. */
  readonly signal?: AbortSignal;
}
