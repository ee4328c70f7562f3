import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import {
  anyOf,
  type Database,
  type DeadlineSource,
  type DueDateSource,
  type PendingDepartment,
} from '../../core/index.js';
import { applicationTables } from '../tables.js';
import { readPartyResolver } from './resolve-parties.js';
import type { ReviewState } from './review-state.rule.js';

/** Open steps of reviews whose answer is due within days. A late one is escalated once for each due date, and nothing is
 *  decided by it: no grant comes by silence.
 *  @source HZ-8.5e, CZ-11d, CZ-23e, YN-16h, YN-17a, YN-42f */
export const reviewDeadlines: DeadlineSource = {
  async find({ database, now, only, isUnannounced }) {
    const rows = await applicationTables(database)
      .selectFrom('application_track as review')
      .select((eb) => [
        'review.id',
        'review.department',
        'review.provider',
        'review.kind',
        'review.waits_on',
        'review.process',
        'review.due_date',
        'review.due_provisional',
        epochMs(eb.ref('review.due_at')).as('due_at'),
      ])
      .where('review.closed_at', 'is', null)
      .where(
        (eb) =>
          sql<SqlBool>`${eb.ref('review.due_at')} <= ${new Date(now).toISOString()}::timestamptz + interval '20 days'`,
      )
      .where((eb) => sql<SqlBool>`${eb.ref('review.state')} -> 'stopped' is null`)
      .where((eb) => isUnannounced(subjectOf(eb.ref('review.id')), eb.ref('review.due_date').$notNull(), 'OVERDUE'))
      .$if(only !== undefined, (query) => query.where((eb) => eb(subjectOf(eb.ref('review.id')), '=', anyOf(only!))))
      .orderBy('review.due_at')
      .orderBy('review.id')
      .execute();
    if (rows.length === 0) return [];
    const resolve = await readPartyResolver(database);
    return rows.map((row) => ({
      subject: `${SUBJECT}${row.id}`,
      object: `application/${row.id}`,
      kind: 'APPLICATION' as const,
      owners: listOwners(row, resolve),
      // Of a special procedure only those who must act are notified (QZ-5.9a).
      others: row.kind === 'SPECIAL' ? [] : [row.department],
      clauses: row.process.limit?.clauses ?? [],
      due: { date: row.due_date!, instant: row.due_at, provisional: row.due_provisional },
    }));
  },

  /** Shows the escalation on the review. Its version stays, so that a decision in progress is not disturbed. */
  async onAnnounced(database, { subject, object, clauses }, stage, now) {
    if (stage !== 'OVERDUE') return;
    const id = subject.slice(SUBJECT.length);
    const db = applicationTables(database);
    const review = await db
      .updateTable('application_track')
      .set((eb) => ({
        escalated_at: new Date(now),
        state: sql<ReviewState>`jsonb_set(${eb.ref('state')}, '{escalated}', to_jsonb(${now}::float8))`,
      }))
      .where('id', '=', id)
      .where('escalated_at', 'is', null)
      .returning('version')
      .executeTakeFirst();
    if (!review) return;
    await db
      .insertInto('application_event')
      .values({
        application: object.split('/')[1]!,
        track: id,
        at: new Date(now),
        department: '',
        actor: 'sharehub',
        what: 'ESCALATE',
        clauses: [...clauses],
        version: review.version,
      })
      .execute();
  },
};

/** Due dates of open reviews. */
export const reviewDueDates: DueDateSource = {
  async findProvisional(database, timeZone) {
    const rows = await applicationTables(database)
      .selectFrom('application_track as review')
      .select((eb) => [
        'review.id',
        'review.department',
        'review.provider',
        'review.kind',
        'review.process',
        'review.state',
        'review.due_date',
        epochMs(eb.ref('review.due_at')).as('due_at'),
      ])
      .where('review.closed_at', 'is', null)
      .where('review.due_provisional', '=', true)
      .where('review.due_at', 'is not', null)
      .orderBy('review.id')
      .execute();
    return rows.flatMap(({ id, department, provider, kind, process: { limit }, state, due_date, due_at }) => {
      const { clock, extension } = state;
      if (limit?.workingDays === undefined || clock === undefined) return [];
      const more = extension?.state === 'GIVEN' ? extension.workingDays : 0;
      return [
        {
          id,
          object: `application/${id}`,
          concerns: kind === 'SPECIAL' ? [provider] : [department, provider].sort(),
          clauses: limit.clauses,
          term: { start: clock, workingDays: limit.workingDays + more, timeZone },
          due: { date: due_date!, instant: due_at, provisional: true },
        },
      ];
    });
  },

  async update(database, id, { date, instant, provisional }) {
    await applicationTables(database)
      .updateTable('application_track')
      .set({ due_date: date, due_at: new Date(instant), due_provisional: provisional })
      .where('id', '=', id)
      .execute();
  },
};

/** Departments that have to act next on an application, or on one review of it.
 *  @param id  of the application, or of the review */
export async function findPendingDepartments(database: Database, id: string): Promise<PendingDepartment[]> {
  const reviews = await applicationTables(database)
    .selectFrom('application_track as review')
    .innerJoin('share_application', 'share_application.id', 'review.application')
    .select(['review.department', 'provider', 'kind', 'waits_on', 'due_date', 'due_provisional', 'visible_to'])
    .where((eb) => eb.or([eb('review.application', '=', id), eb('review.id', '=', id)]))
    .where('review.closed_at', 'is', null)
    .orderBy((eb) => sql`${eb.ref('due_at')} nulls last`)
    .execute();
  if (reviews.length === 0) return [];
  const resolve = await readPartyResolver(database);
  // One party is another department for each review: the authority of one provider need not be that of the next.
  const earliest = new Map<string, PendingDepartment>();
  for (const { department: applicant, provider, kind, due_date, due_provisional, waits_on, visible_to } of reviews)
    for (const party of waits_on)
      for (const pending of resolve(party, { applicant, provider })) {
        // One by special procedure is known to persons of the department that asks, never to the department (QZ-5.9a).
        const named = visible_to.flatMap((viewer) => (viewer.startsWith('@') ? [viewer.slice(1)] : []));
        const persons = kind === 'SPECIAL' && party === applicant && { persons: named };
        const key = `${party} ${pending.department}`;
        const due = due_date != null && { dueOn: due_date, provisional: due_provisional };
        if (!earliest.has(key)) earliest.set(key, { ...pending, ...persons, ...due });
      }
  return [...earliest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pending]) => pending);
}

const SUBJECT = 'review/';
const subjectOf = (id: Parameters<typeof epochMs>[0]) => sql<string>`${SUBJECT}::text || ${id}`;

/** Departments that have to act on a review. */
const listOwners = (
  {
    department: applicant,
    provider,
    waits_on,
  }: Readonly<Record<'department' | 'provider', string>> & { waits_on: string[] },
  resolve: Awaited<ReturnType<typeof readPartyResolver>>,
): string[] => [
  ...new Set(waits_on.flatMap((party) => resolve(party, { applicant, provider })).map(({ department }) => department)),
];
