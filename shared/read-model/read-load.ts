/** What a gateway needs to know of a load before it takes its file or hands out its reports. */
export interface AnnouncedLoad {
  readonly department: string;
  readonly state: string;
  /** Size that was announced, bytes. */
  readonly bytes: number;
}

/** Reads a load.
 *  @returns undefined where there is none of this id */
export async function readLoad(
  query: (sql: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>,
  id: string,
): Promise<AnnouncedLoad | undefined> {
  const [row] = await query('select department, state, bytes from load where id = $1', [id]);
  return row && { department: String(row['department']), state: String(row['state']), bytes: Number(row['bytes']) };
}
