import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import type { Database } from '../core/index.js';
import { namesSubject } from './read-uses.js';
import { type EvidenceDatabase, evidenceTables } from './tables.js';

/** A department to which items of a subject were given. */
export interface Receiver {
  readonly department: string;
  /** Number of answers. */
  readonly uses: number;
  /** Instant of the last one, ms since the epoch. */
  readonly last: number;
}
export interface ReceiverQuestion {
  /** Every hash under which a record may name the subject. */
  readonly hashes: readonly SubjectHash[];
  /** Coordinates. */
  readonly items: readonly string[];
  /** Only answers from this instant on. */
  readonly since?: Date | undefined;
  /** Only answers to this department. */
  readonly department?: string;
}

/** Departments to which one of the items left in an answer that gave records of the subject, found from the evidence alone.
 *  A record names its subjects and its items, and not which item is whose; so one that gave the item of another person in the
 *  same answer is found too.
 *  @source CZ-14d */
export async function findReceivers(database: Database, question: ReceiverQuestion): Promise<Receiver[]> {
  const rows = await releases(evidenceTables(database), question)
    .select((eb) => [
      eb.ref('found.department').$notNull().as('department'),
      eb.fn.countAll<string>().as('uses'),
      epochMs(eb.fn.max('found.at')).as('last'),
    ])
    .groupBy('found.department')
    .orderBy('found.department')
    .execute();
  return rows.map(({ department, uses, last }) => ({ department, uses: Number(uses), last }));
}

/** True when one of the items of the subject was given to the department. */
export async function hasReceived(
  database: Database,
  question: ReceiverQuestion & { readonly department: string },
): Promise<boolean> {
  const row = await releases(evidenceTables(database), question).select('found.department').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Answers by which a department was given one of the items of the subject, the newest hundred first. */
export async function findReceivedAnswers(
  database: Database,
  question: ReceiverQuestion & { readonly department: string },
): Promise<{ readonly requestId: string; readonly at: number }[]> {
  return releases(evidenceTables(database), question)
    .select((eb) => [eb.ref('found.request').$notNull().as('requestId'), epochMs(eb.ref('found.at')).as('at')])
    .orderBy('found.at', 'desc')
    .limit(MOST_ANSWERS)
    .execute();
}
const MOST_ANSWERS = 100;

/** Answers in which one of the items left, as `found`. The subject's index finds them; how many there are is not estimated
 *  well, so the search is kept apart from the rest. */
const releases = (db: EvidenceDatabase, { hashes, items, since, department }: ReceiverQuestion) =>
  db
    .with(
      (cte) => cte('found').materialized(),
      (records) => {
        let named = records
          .selectFrom('evidence.record as record')
          .select(['record.department', 'record.at', 'record.items', 'record.request'])
          .where('record.kind', '=', 'access')
          .where('record.department', 'is not', null)
          .where((eb) => eb.and([...namesSubject(hashes)]));
        if (since) named = named.where('record.at', '>=', sql<string>`${since.toISOString()}::timestamptz`);
        if (department !== undefined) named = named.where('record.department', '=', department);
        return named;
      },
    )
    .selectFrom('found')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('evidence.item_use as use')
          .select('use.items')
          .whereRef('use.items', '=', 'found.items')
          .where('use.part', 'in', ['released', 'masked'])
          .where(sql<SqlBool>`${sql.ref('use.coordinate')} = any(${[...items]}::text[])`),
      ),
    );
