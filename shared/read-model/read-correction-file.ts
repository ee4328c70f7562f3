/** What a gateway needs to know of an evidence file of a correction before it takes it or hands it out. */
export interface CorrectionFileFacts {
  readonly id: string;
  /** Department and account that announced it. */
  readonly department: string;
  readonly by: string;
  readonly state: string;
  /** Size that was announced, bytes. */
  readonly bytes: number;
  readonly mediaType: string;
  readonly correction: {
    readonly department: string;
    /** Person or system that reported. */
    readonly reporter: string;
    readonly provider: string;
    /** The correction has come to the provider. */
    readonly dispatched: boolean;
    readonly status: string;
    /** Administrators of the provider now. */
    readonly administrators: readonly string[];
  };
}

const FILE_SQL = `
  select file.id, file.department, file.announced_by, file.state, file.bytes, file.media_type,
         correction.department as reported_by, reporter, provider, dispatched_at is not null as dispatched, status,
         array(select officer from appointment join officer on officer.subject = appointment.officer
                where appointment.department = provider and officer.department = provider and not suspended
                  and until_at is null and post in ('DATA_ADMINISTRATOR', 'DESIGNATED_PERSON')) as administrators
    from correction_file file join correction on correction.id = file.correction where file.id = $1`;

/** Reads an evidence file.
 *  @returns undefined where there is none of this id */
export async function readCorrectionFile(
  query: (sql: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>,
  id: string,
): Promise<CorrectionFileFacts | undefined> {
  const [row] = await query(FILE_SQL, [id]);
  return (
    row && {
      id: String(row['id']),
      department: String(row['department']),
      by: String(row['announced_by']),
      state: String(row['state']),
      bytes: Number(row['bytes']),
      mediaType: String(row['media_type']),
      correction: {
        department: String(row['reported_by']),
        reporter: String(row['reporter']),
        provider: String(row['provider']),
        dispatched: row['dispatched'] === true,
        status: String(row['status']),
        administrators: (row['administrators'] as unknown[]).map(String),
      },
    }
  );
}
