import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import type { AccessRecord } from '../../../shared/evidence/index.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import type { Database } from '../core/index.js';
import type { ListEntry, PageRequest } from './evidence-page-arguments.js';
import { namesSubject } from './read-uses.js';
import type { SubjectUse } from './subject-use.js';
import { evidenceTables, type EvidenceDatabase } from './tables.js';

interface SubjectUses {
  readonly uses: readonly ListEntry<SubjectUse>[];
  /** Number of uses that are told. */
  readonly total: number;
  /** Number of uses that are sealed. */
  readonly withheld: number;
}

/** The uses in which a person's records were given, newest first, without those that are sealed. */
export async function readSubjectUses(
  database: Database,
  hashes: readonly SubjectHash[],
  { limit, after }: PageRequest,
): Promise<SubjectUses> {
  const db = evidenceTables(database);
  const { total, withheld } = await findUses(db, hashes)
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere('sealed', '=', false).as('total'),
      eb.fn.countAll<string>().filterWhere('sealed', '=', true).as('withheld'),
    ])
    .executeTakeFirstOrThrow();
  let told = findUses(db, hashes).where('sealed', '=', false);
  if (after)
    told = told.where(
      (eb) =>
        sql<SqlBool>`(${eb.ref('found.at')}, ${eb.ref('found.position')}) <
                     (${new Date(after.at).toISOString()}::timestamptz, ${after.position}::bigint)`,
    );
  const rows = await told
    .select((eb) => ['found.position', epochMs(eb.ref('found.at')).as('at'), 'found.line'])
    .orderBy('found.at', 'desc')
    .orderBy('found.position', 'desc')
    .limit(limit)
    .execute();
  const records = rows.map(({ line }) => JSON.parse(line) as AccessRecord);
  const uses = rows.map(({ at, position }, i) => ({
    at,
    position: Number(position),
    node: toSubjectUse(records[i]!),
  }));
  return { uses, total: Number(total), withheld: Number(withheld) };
}

/** Uses of the subject as `found`, each with whether a seal in force covers it: its department, scenario and grant, from
 *  the seal's beginning on. */
const findUses = (db: EvidenceDatabase, hashes: readonly SubjectHash[]) =>
  db
    .with(
      (cte) => cte('found').materialized(),
      (uses) =>
        uses
          .selectFrom('evidence.record as record')
          .select((eb) => [
            'record.position',
            'record.at',
            'record.line',
            eb
              .exists(
                eb
                  .selectFrom('use_seal as seal')
                  .select('seal.id')
                  .where('seal.lifted_at', 'is', null)
                  .where('seal.until_at', '>', sql<Date>`now()`)
                  .whereRef('seal.department', '=', 'record.department')
                  .whereRef('seal.from_at', '<=', 'record.at')
                  .where((eb) =>
                    eb.or([eb('seal.scenario', 'is', null), eb('seal.scenario', '=', eb.ref('record.scenario'))]),
                  )
                  .where((eb) =>
                    eb.or([
                      eb('seal.grant_id', 'is', null),
                      sql<SqlBool>`strpos(${eb.ref('record.line')}, '"grant":' || to_json(${eb.ref('seal.grant_id')})::text) > 0`,
                    ]),
                  ),
              )
              .as('sealed'),
          ])
          .where('record.kind', '=', 'access')
          .where((eb) => eb.and([...namesSubject(hashes)])),
    )
    .selectFrom('found');

function toSubjectUse(record: AccessRecord): SubjectUse {
  const { time, department, departmentName = null, scenario, purpose, approvals, mode, requestId } = record;
  const released = [...record.released, ...(record.masked ?? [])];
  const basis = [...new Set(approvals.flatMap((approval) => approval.basis))];
  return { time: new Date(time), department, departmentName, scenario, purpose, basis, released, mode, requestId };
}
