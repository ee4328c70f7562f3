import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import type { AccessRecord, DisputedUse } from '../../../shared/evidence/index.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import type { Database } from '../core/index.js';
import { namesSubject } from './read-uses.js';
import { evidenceTables } from './tables.js';

/** An answer that gave an item under correction. */
export interface RecordedDispute extends DisputedUse {
  /** ms since the epoch. */
  readonly at: number;
  readonly department: string;
  /** Hash of the operation. */
  readonly operation: string;
}

/** Answers that gave items under a correction from an instant on, oldest first. `hashes` is every hash under which a record may
 *  name the subject. */
export async function findDisputedUses(
  database: Database,
  {
    correction,
    hashes,
    since,
  }: { readonly correction: string; readonly hashes: readonly SubjectHash[]; readonly since: Date },
): Promise<RecordedDispute[]> {
  const rows = await evidenceTables(database)
    .with(
      (cte) => cte('found').materialized(),
      (records) =>
        records
          .selectFrom('evidence.record as record')
          .select(['record.at', 'record.position', 'record.line'])
          .where('record.kind', '=', 'access')
          .where((eb) => eb.and([...namesSubject(hashes)])),
    )
    .selectFrom('found')
    .select((eb) => [epochMs(eb.ref('found.at')).as('at'), 'found.line'])
    .where((eb) => sql<SqlBool>`${eb.ref('found.at')} >= ${since.toISOString()}::timestamptz`)
    .where((eb) => sql<SqlBool>`strpos(${eb.ref('found.line')}, ${`"correction":${JSON.stringify(correction)}`}) > 0`)
    .orderBy('found.at')
    .orderBy('found.position')
    .execute();
  return rows.flatMap(({ at, line }) => {
    const { department, operation, disputes = [] } = JSON.parse(line) as AccessRecord;
    if (department === undefined || operation === undefined) return [];
    return disputes
      .filter((dispute) => dispute.correction === correction)
      .map((dispute) => ({ ...dispute, at, department, operation }));
  });
}
