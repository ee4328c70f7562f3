import type { StoredRecord } from '../record-line.js';
import type { LocalDays } from './local-days.js';

/** A record as it is stored in the database, but for its position, month and set of items. */
export interface RecordRow {
  readonly writer: string;
  readonly seq: number;
  readonly at: string;
  readonly kind: StoredRecord['kind'];
  readonly department?: string | undefined;
  readonly system?: string | undefined;
  readonly person?: string | undefined;
  readonly scenario?: string | undefined;
  readonly mode?: string | undefined;
  readonly outcome?: string | undefined;
  readonly code?: string | undefined;
  readonly request?: string | undefined;
  readonly object?: string | undefined;
  readonly concerns?: readonly string[] | undefined;
  readonly subjects?: readonly string[] | undefined;
}

/** The columns of a record. */
export function rowOf(record: StoredRecord): RecordRow {
  const { writer, seq, time: at, kind } = record;
  switch (kind) {
    case 'access': {
      const { department, system, person, scenario, mode, outcome, code, requestId: request, subjects } = record;
      return {
        writer,
        seq,
        at,
        kind,
        department,
        system,
        person,
        scenario,
        mode,
        outcome,
        code,
        request,
        subjects: subjects.length > 0 ? subjects.map(subjectNumber) : undefined,
      };
    }
    case 'act': {
      const { department, system, person, requestId: request, act: code, object, concerns } = record;
      return { writer, seq, at, kind, department, system, person, code, request, object, concerns };
    }
    case 'graph':
      return { writer, seq, at, kind, object: `graph/${record.version}` };
  }
}

/** Index value of a subject's hash: its first 64 bits, as a signed number. Two subjects may share one;
 *  the record itself has the whole hash. */
export const subjectNumber = (hash: string): string =>
  Buffer.from(hash.slice(0, 11), 'base64url').readBigInt64BE().toString();

/** One line of `evidence.daily`. */
export interface DailyCount {
  readonly day: string;
  readonly department: string;
  readonly scenario: string;
  readonly items: number;
  readonly mode: string;
  readonly outcome: string;
  requests: number;
  rows: number;
  subjects: number;
}

/** What one access record counts for. */
export type CountedUse = Omit<DailyCount, 'day'> & { readonly at: number };

/** Counts access records by day, department, scenario, set of items, mode and outcome. */
export class DailyCounts {
  private readonly counts = new Map<string, DailyCount>();

  constructor(private readonly days: LocalDays) {}

  add(record: StoredRecord, items: number): void {
    if (record.kind !== 'access') return;
    const { department = '', scenario = '', mode, outcome, repeated = 1, subjectCount: subjects } = record;
    let rows = 0;
    for (const type in record.rows) rows += record.rows[type]!;
    const at = Date.parse(record.time);
    this.count({ at, department, scenario, items, mode, outcome, requests: repeated, rows, subjects });
  }

  /** @param use  `at` in milliseconds since the epoch */
  count({ at, department, scenario, items, mode, outcome, ...use }: CountedUse): void {
    const day = this.days.of(at);
    const key = `${day}|${items}|${mode}|${outcome}|${department}|${scenario}`;
    let count = this.counts.get(key);
    if (!count) {
      count = { day, department, scenario, items, mode, outcome, requests: 0, rows: 0, subjects: 0 };
      this.counts.set(key, count);
    }
    count.requests += use.requests;
    count.rows += use.rows;
    count.subjects += use.subjects;
  }

  list(): DailyCount[] {
    return [...this.counts.values()];
  }
}
