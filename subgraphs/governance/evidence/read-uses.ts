import { sql, type Expression, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import { type RecordTable, subjectNumber } from '../../../shared/evidence/store/index.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { dayWindows, type DayWindow } from './day-windows.js';
import type { ListPosition } from './evidence-cursor.js';
import type { PageRequest } from './evidence-page-arguments.js';
import { isOlderThan } from './is-older-than.js';
import type { EvidenceDatabase } from './tables.js';
import { visibleUseConditions, type UseCriteria } from './use-criteria.js';
import type { UseVisibility } from './use-visibility.js';

/** Criteria that only the records know, not the counts by day. */
export interface RecordCriteria extends UseCriteria {
  readonly from?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly person?: string | null | undefined;
  readonly system?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  /** Every hash under which the wanted subject may be named. */
  readonly subject?: readonly SubjectHash[] | undefined;
  /** Id of a consent that inputs were sent under. */
  readonly consent?: string | null | undefined;
  /** Id of a grant that the release rests on. */
  readonly grant?: string | undefined;
}
export interface UseRequest extends PageRequest {
  readonly criteria: RecordCriteria;
  readonly visibility: UseVisibility;
  readonly timeZone: string;
}
/** A stored use as it was read. */
export interface StoredUse extends ListPosition {
  readonly line: string;
  readonly department: string | null;
  /** Number of the set of items that it touched. */
  readonly items: number;
}

type Conditions = readonly Expression<SqlBool>[];

/** Uses that the reader may see, newest first. */
export async function readUses(db: EvidenceDatabase, request: UseRequest): Promise<StoredUse[]> {
  const { criteria, visibility, limit, after } = request;
  const visible = await visibleUseConditions(db, criteria, visibility, { ownOnly: criteria.subject !== undefined });
  const conditions = [...visible, ...recordConditions(criteria, visibility, after)];
  const isRare = criteria.subject !== undefined || criteria.requestId != null;
  if (isRare) return selectRare(db, conditions, limit);
  if (criteria.person != null || criteria.system != null) return select(db, conditions, limit);

  const found: StoredUse[] = [];
  const countWanted = () => limit - found.length;
  const windows = dayWindows(db, {
    conditions: visible,
    from: criteria.from,
    until: after ? new Date(after.at + 1) : criteria.until,
    timeZone: request.timeZone,
    countWanted,
  });
  for await (const window of windows) {
    const within = [...conditions, ...windowConditions(window)];
    const more = window.days
      ? await selectBySets(db, within, [...visible, isDayWithin(window.days)], request)
      : await select(db, within, countWanted());
    found.push(...more.slice(0, countWanted()));
    if (countWanted() <= 0) break;
  }
  return found;
}

const column = (name: keyof RecordTable) => sql.ref(`record.${name}`);
const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;

function recordConditions(
  criteria: RecordCriteria,
  visibility: UseVisibility,
  after: ListPosition | undefined,
): Conditions {
  const { from, until, person, system, requestId, subject, grant, consent } = criteria;
  const conditions: Expression<SqlBool>[] = [sql<SqlBool>`${column('kind')} = 'access'`];
  if (from) conditions.push(sql<SqlBool>`${column('at')} >= ${instant(from)}`);
  if (until) conditions.push(sql<SqlBool>`${column('at')} < ${instant(until)}`);
  if (person != null) conditions.push(sql<SqlBool>`${column('person')} = ${person}`);
  if (system != null) conditions.push(sql<SqlBool>`${column('system')} = ${system}`);
  if (requestId != null) conditions.push(sql<SqlBool>`${column('request')} = ${requestId}`);
  if (grant) conditions.push(sql<SqlBool>`strpos(${column('line')}, ${`"grant":${JSON.stringify(grant)}`}) > 0`);
  if (consent != null) conditions.push(namesConsent(consent, visibility));
  if (subject) conditions.push(...namesSubject(subject));
  if (after) conditions.push(isOlderThan(after));
  return conditions;
}

/** A provider finds only what rests on a consent that it gave itself. */
function namesConsent(id: string, { all, consumer, provider = '' }: UseVisibility): Expression<SqlBool> {
  const named = `"consent":${JSON.stringify(id)},`;
  const has = (text: string) => sql<SqlBool>`strpos(${column('line')}, ${text}) > 0`;
  if (all) return has(named);
  return sql<SqlBool>`(${has(`${named}"owner":${JSON.stringify(provider)}`)}
    or (${has(named)} and ${column('department')} = ${consumer ?? ''}))`;
}

/** Conditions on a query `from evidence.record as record`. The index has the first half of each hash; the line has the
 *  whole one. */
export const namesSubject = (subject: readonly SubjectHash[]): Conditions => [
  sql<SqlBool>`${column('subjects')} && ${subject.map(({ hash }) => subjectNumber(hash))}::bigint[]`,
  sql<SqlBool>`exists (
    select from unnest(${subject.map(({ hash }) => `"${hash}"`)}::text[]) as hash
     where strpos(${column('line')}, hash) > 0)`,
];

const windowConditions = ({ from, until, months }: DayWindow): Conditions => [
  sql<SqlBool>`${column('month')} = any(${months}::date[])`,
  sql<SqlBool>`${column('at')} >= ${from}::timestamptz`,
  sql<SqlBool>`${column('at')} < ${until}::timestamptz`,
];

const isDayWithin = ([low, high]: readonly [string, string]): Expression<SqlBool> =>
  sql<SqlBool>`${sql.ref('day')} between ${low}::date and ${high}::date`;

const COLUMNS = ['record.position', 'record.at', 'record.line', 'record.department', 'record.items'] as const;

/** Reads along the order of the list. */
async function select(db: EvidenceDatabase, conditions: Conditions, limit: number): Promise<StoredUse[]> {
  const rows = await db
    .selectFrom('evidence.record as record')
    .select((eb) => [
      'record.position',
      epochMs(eb.ref('record.at')).as('at'),
      'record.line',
      'record.department',
      'record.items',
    ])
    .where((eb) => eb.and([...conditions]))
    .orderBy('record.at', 'desc')
    .orderBy('record.position', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toStoredUse);
}

/** Finds the uses by an index of their own, since they are few, and sorts them afterwards. */
async function selectRare(db: EvidenceDatabase, conditions: Conditions, limit: number): Promise<StoredUse[]> {
  const rows = await db
    .with(
      (cte) => cte('found').materialized(),
      (found) =>
        found
          .selectFrom('evidence.record as record')
          .select(COLUMNS)
          .where((eb) => eb.and([...conditions])),
    )
    .selectFrom('found')
    .select((eb) => ['position', epochMs(eb.ref('at')).as('at'), 'line', 'department', 'items'])
    .orderBy('found.at', 'desc')
    .orderBy('found.position', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toStoredUse);
}

/** Reads day by day and set by set only where the daily counts say that there is something: for uses that are rare among
 *  many others.
 *  @param counted  conditions on `evidence.daily` */
async function selectBySets(
  db: EvidenceDatabase,
  conditions: Conditions,
  counted: Conditions,
  { limit, timeZone }: UseRequest,
): Promise<StoredUse[]> {
  const rows = await db
    .with(
      (cte) => cte('counted').materialized(),
      (daily) =>
        daily
          .selectFrom('evidence.daily')
          .select((eb) => [
            'items',
            sql<string>`${eb.ref('day')}::timestamp at time zone ${timeZone}`.as('from_at'),
            sql<string>`(${eb.ref('day')} + 1)::timestamp at time zone ${timeZone}`.as('until_at'),
          ])
          .distinct()
          .where((eb) => eb.and([...counted])),
    )
    .selectFrom('counted')
    .crossJoinLateral((eb) =>
      eb
        .selectFrom('evidence.record as record')
        .select(COLUMNS)
        .whereRef('record.items', '=', 'counted.items')
        .whereRef('record.at', '>=', 'counted.from_at')
        .whereRef('record.at', '<', 'counted.until_at')
        .where((eb) => eb.and([...conditions]))
        .orderBy('record.at', 'desc')
        .orderBy('record.position', 'desc')
        .limit(limit)
        .as('held'),
    )
    .select((eb) => [
      'held.position',
      epochMs(eb.ref('held.at')).as('at'),
      'held.line',
      'held.department',
      'held.items',
    ])
    .orderBy('held.at', 'desc')
    .orderBy('held.position', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toStoredUse);
}

interface UseRow extends Omit<StoredUse, 'position' | 'items'> {
  readonly position: string;
  readonly items: number | null;
}
const toStoredUse = (row: UseRow): StoredUse => ({ ...row, position: Number(row.position), items: Number(row.items) });
