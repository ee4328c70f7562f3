/** What a gateway needs to know of a file of an application before it takes it or hands it out. */
export interface ApplicationFileFacts {
  readonly id: string;
  /** Department and account that announced it. */
  readonly department: string;
  readonly by: string;
  readonly state: string;
  /** Size that was announced, bytes. */
  readonly bytes: number;
  readonly mediaType: string;
  /** Codes of the departments that see the application, roles with a `*` before, persons with an `@`. */
  readonly visibleTo: readonly string[];
}

const FILE_SQL = `
  select file.id, file.department, file.announced_by, file.state, file.bytes, file.media_type, visible_to
    from application_file file join share_application application on application.id = file.application where file.id = $1`;

/** Reads a file of an application.
 *  @returns undefined where there is none of this id */
export async function readApplicationFile(
  query: (sql: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>,
  id: string,
): Promise<ApplicationFileFacts | undefined> {
  const [row] = await query(FILE_SQL, [id]);
  return (
    row && {
      id: String(row['id']),
      department: String(row['department']),
      by: String(row['announced_by']),
      state: String(row['state']),
      bytes: Number(row['bytes']),
      mediaType: String(row['media_type']),
      visibleTo: (row['visible_to'] as unknown[]).map(String),
    }
  );
}
