import { sql } from 'kysely';
import { NEWEST_GRAPH } from '../../../shared/evidence/store/index.js';
import type { Database } from '../core/index.js';
import { evidenceTables } from './tables.js';

/** Version of the graph that came into force last; undefined where no record of one has come yet. */
export async function findNewestGraph(database: Database): Promise<string | undefined> {
  const { rows } = await sql<{ version: string | null }>`select ${sql.raw(NEWEST_GRAPH)} as version`.execute(
    evidenceTables(database),
  );
  return rows[0]?.version ?? undefined;
}
