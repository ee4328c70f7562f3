import type { Query } from '../../../../shared/evidence/store/index.js';
import type { DueDate, Term } from '../../../../shared/law/index.js';
import type { ReviewProcess, ReviewState } from '../../application/index.js';

/** A due date that may move when the calendar of its year is known. */
export interface Provisional {
  readonly id: string;
  /** What an act about it names as its object. */
  readonly object: string;
  readonly concerns: readonly string[];
  readonly clauses: readonly string[];
  readonly term: Term;
  readonly due: DueDate;
}
/** Where due dates of one kind are kept. */
export interface DueDates {
  /** Those that are provisional and still run. */
  readonly read: (query: Query, timeZone: string) => Promise<readonly Provisional[]>;
  readonly write: (query: Query, id: string, due: DueDate) => Promise<void>;
}

const applications: DueDates = {
  read: async (query, timeZone) => {
    const rows = await query(
      `select id, department, provider, kind, process, state, due_date,
              (extract(epoch from due_at) * 1000)::float8 as due_at
         from application_track where closed_at is null and due_provisional and due_at is not null order by id`,
    );
    return rows.flatMap((row) => {
      const { limit } = row['process'] as ReviewProcess;
      const { clock, extension } = row['state'] as ReviewState;
      if (limit?.workingDays === undefined || clock === undefined) return [];
      const more = extension?.state === 'GIVEN' ? extension.workingDays : 0;
      const parties = row['kind'] === 'SPECIAL' ? [row['provider']] : [row['department'], row['provider']];
      return [
        {
          id: String(row['id']),
          object: `application/${String(row['id'])}`,
          concerns: parties.map(String).sort(),
          clauses: limit.clauses,
          term: { start: clock, workingDays: limit.workingDays + more, timeZone },
          due: { date: String(row['due_date']), instant: Number(row['due_at']), provisional: true },
        },
      ];
    });
  },
  write: async (query, id, { date, instant, provisional }) => {
    await query('update application_track set due_date = $2, due_at = $3, due_provisional = $4 where id = $1', [
      ...[id, date, new Date(instant).toISOString(), provisional],
    ]);
  },
};

const catalogueTasks: DueDates = {
  read: async (query, timeZone) => {
    const rows = await query(
      `select id, department, clauses, working_days, due,
              (extract(epoch from opened_at) * 1000)::float8 as opened_at,
              (extract(epoch from due_at) * 1000)::float8 as due_at
         from catalogue_task where closed_at is null and provisional and due_at is not null and working_days is not null
        order by id`,
    );
    return rows.map((row) => ({
      id: String(row['id']),
      object: `task/${String(row['id'])}`,
      concerns: [String(row['department'])],
      clauses: row['clauses'] as string[],
      term: { start: Number(row['opened_at']), workingDays: Number(row['working_days']), timeZone },
      due: { date: String(row['due']), instant: Number(row['due_at']), provisional: true },
    }));
  },
  write: async (query, id, { date, instant, provisional }) => {
    await query('update catalogue_task set due = $2, due_at = $3, provisional = $4 where id = $1', [
      ...[id, date, new Date(instant).toISOString(), provisional],
    ]);
  },
};

/** Everything that has a due date that is kept. */
export const DUE_DATES: readonly DueDates[] = [applications, catalogueTasks];
